"""Reads SQL Server row by row. It knows no read-only transactions: what is read is rolled back."""

import re
from collections.abc import Iterator, Sequence

import pymssql

from tws.connectors.databases.refusals import on, said
from tws.connectors.processes.child import Request
from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable

CONNECT = 10
"Seconds."
REFUSED = frozenset({229, 230, 297, 300, 916, 4064, 18452, 18456, 18470, 18486, 18487, 18488})
"Account or rights (sys.messages)."
BUSY = frozenset({1205, 1222, 17142, 17809, 18401})
DB_LIBRARY = range(20_000, 20_500)
"Numbers of the client: no connection, or one that was lost."


def read(request: Request) -> Iterator[Sequence[object]]:
    if request.tls == "verified":
        raise Misconfigured(
            "SQL Server: certificates cannot be verified here. Choose TLS required, or a DSN of"
            " Microsoft's ODBC driver."
        )
    try:
        connection = _connected(request)
        try:
            cursor = connection.cursor()
            cursor.execute(request.source)
            yield [column[0] for column in cursor.description or ()]
            while (row := cursor.fetchone()) is not None:
                yield row
        finally:
            connection.close()
    except pymssql.Error as error:
        raise wrong(error, request) from None


def _connected(request: Request) -> pymssql.Connection:
    instance = request.options.get("instance", "")
    return pymssql.connect(
        server=f"{request.host}\\{instance}" if instance else request.host,
        port="" if instance else str(request.port),
        user=request.user,
        password=request.password,
        database=request.database,
        login_timeout=min(CONNECT, request.timeout),
        timeout=request.timeout,
        charset="UTF-8",
        appname="tws",
        autocommit=False,
        encryption="require" if request.tls == "required" else "request",
        use_datetime2=True,
    )


def wrong(error: pymssql.Error, request: Request) -> ConnectorError:
    """Its number and words come as `(number, b"...")`, sometimes one level deeper."""
    args: tuple[object, ...] = error.args
    if len(args) == 1 and isinstance(args[0], tuple):
        args = args[0]
    number = args[0] if args and isinstance(args[0], int) else DB_LIBRARY.start
    words = args[-1] if args else type(error).__name__
    text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    # The same lines stand there twice, with the client's own in front.
    text = re.sub(r"DB-Lib error message \d+, severity \d+:\s*", "", text)
    lines = dict.fromkeys(line.strip() for line in text.splitlines() if line.strip())
    return kind(number)(said(on("SQL Server", request), " ".join(lines), request.password))


def kind(number: int) -> type[ConnectorError]:
    if number in REFUSED:
        return Refused
    return Unreachable if number in DB_LIBRARY or number in BUSY else Misconfigured

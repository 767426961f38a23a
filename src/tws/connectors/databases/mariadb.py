"""Reads MariaDB and MySQL row by row, in a read-only transaction."""

import ssl
from collections.abc import Iterator, Sequence
from typing import Any

import pymysql
from pymysql.cursors import SSCursor

from tws.connectors.databases.refusals import on, said
from tws.connectors.processes.child import Request, Tls
from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable

CONNECT = 10
"Seconds."
REFUSED = frozenset({1044, 1045, 1130, 1142, 1143, 1227, 1370, 1698, 1820, 2026, 3118, 4151})
"Account, rights or TLS (error numbers)."
BUSY = frozenset({1040, 1053, 1077, 1129, 1203, 1205, 1226, 1317, 3024})
CLIENT = 2000
"From here the numbers are the client's: no connection, or one that was lost."


def read(request: Request) -> Iterator[Sequence[object]]:
    try:
        connection = _connected(request)
        try:
            with connection.cursor() as begin:
                begin.execute("START TRANSACTION READ ONLY")
            cursor = connection.cursor(SSCursor)
            cursor.execute(request.source)
            yield [column[0] for column in cursor.description or ()]
            yield from cursor.fetchall_unbuffered()
        finally:
            _dropped(connection)
    except pymysql.Error as error:
        raise _wrong(error, request) from None


def _connected(request: Request) -> Any:
    return pymysql.connect(
        host=request.host,
        port=request.port,
        user=request.user,
        password=request.password,
        database=request.database or None,
        charset="utf8mb4",
        connect_timeout=min(CONNECT, request.timeout),
        read_timeout=request.timeout,
        write_timeout=request.timeout,
        ssl=_context(request.tls),
        local_infile=False,
        autocommit=False,
        program_name="tws",
    )


def _context(tls: Tls) -> ssl.SSLContext | None:
    """None: TLS where the server has it."""
    if tls == "preferred":
        return None
    context = ssl.create_default_context()
    if tls != "verified":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _dropped(connection: Any) -> None:
    """At once: a polite end would read all rows that are left."""
    connection._force_close()


def _wrong(error: pymysql.Error, request: Request) -> ConnectorError:
    number = error.args[0] if error.args and isinstance(error.args[0], int) else CLIENT
    words = error.args[-1] if error.args else type(error).__name__
    return _kind(number)(said(on("MariaDB", request), words, request.password))


def _kind(number: int) -> type[ConnectorError]:
    if number in REFUSED:
        return Refused
    return Unreachable if number >= CLIENT or number in BUSY else Misconfigured

"""Reads Oracle in batches, without Oracle's own client, in a read-only transaction."""

from collections.abc import Iterator, Sequence

import oracledb

from tws.connectors.databases.refusals import on, said
from tws.connectors.processes.child import Request
from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable

FETCHED = 200
"Rows asked for at once: some have photos."
CONNECT = 10
"Seconds."
REFUSED = frozenset({"ORA-01017", "ORA-01031", "ORA-01045", "ORA-28000", "ORA-28001"})
"Account or rights."
AWAY = (
    "DPY-1001",
    "DPY-4011",
    "DPY-4024",
    "DPY-6000",
    "DPY-6005",
    "DPY-6012",
    "ORA-00018",
    "ORA-00020",
    "ORA-01033",
    "ORA-01034",
    "ORA-01089",
    "ORA-03113",
    "ORA-03114",
    "ORA-03135",
    "ORA-03136",
    "ORA-12170",
    "ORA-12516",
    "ORA-12519",
    "ORA-12520",
    "ORA-12528",
    "ORA-12541",
    "ORA-12545",
)
"No connection, one that was lost, or a server that is just starting or full."


def read(request: Request) -> Iterator[Sequence[object]]:
    oracledb.defaults.fetch_lobs = False
    oracledb.defaults.fetch_decimals = True
    try:
        connection = _connected(request)
        try:
            connection.call_timeout = request.timeout * 1000
            cursor = connection.cursor()
            cursor.execute("SET TRANSACTION READ ONLY")
            cursor.arraysize = FETCHED
            cursor.execute(request.source)
            yield [column[0] for column in cursor.description or ()]
            yield from cursor
        finally:
            connection.close()
    except oracledb.Error as error:
        raise wrong(error, request) from None


def _connected(request: Request) -> oracledb.Connection:
    sid = request.options.get("sid")
    return oracledb.connect(
        user=request.user,
        password=request.password,
        host=request.host,
        port=request.port,
        service_name=None if sid else request.database,
        sid=sid,
        protocol="tcp" if request.tls == "preferred" else "tcps",
        ssl_server_dn_match=request.tls == "verified",
        tcp_connect_timeout=min(CONNECT, request.timeout),
        retry_count=0,
    )


def wrong(error: oracledb.Error, request: Request) -> ConnectorError:
    # Its second line is a link to a page of Oracle's.
    words = str(error).partition("\nHelp:")[0]
    return kind(words.partition(":")[0])(said(on("Oracle", request), words, request.password))


def kind(code: str) -> type[ConnectorError]:
    if code in REFUSED:
        return Refused
    return Unreachable if code in AWAY else Misconfigured

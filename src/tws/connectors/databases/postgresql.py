"""Reads PostgreSQL through a cursor of the server, in a read-only transaction."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress

import psycopg

from tws.connectors.databases.refusals import on, said
from tws.connectors.processes.child import Request, Tls
from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable

FETCHED = 200
"Rows asked for at once: some have photos."
CONNECT = 10
"Seconds."
MODES: Mapping[Tls, str] = {
    "preferred": "prefer",
    "required": "require",
    "verified": "verify-full",
}
_BY_CLASS: Mapping[str, type[ConnectorError]] = {
    "08": Unreachable,
    "28": Refused,
    "53": Unreachable,
    "57": Unreachable,
}
"By the first two characters of the SQLSTATE (PostgreSQL, appendix A)."
_BUSY = ("starting up", "shutting down", "too many clients", "remaining connection slots")


def read(request: Request) -> Iterator[Sequence[object]]:
    try:
        with closing(_connected(request)) as connection:
            connection.read_only = True
            cursor = connection.cursor(name="tws")
            try:
                # DECLARE takes one statement, a SELECT; what it is was looked at before.
                cursor.execute(request.source)
                yield [column.name for column in cursor.description or ()]
                while rows := cursor.fetchmany(FETCHED):
                    yield from rows
            finally:
                connection.close()
                with suppress(psycopg.Error):
                    cursor.close()
    except psycopg.Error as error:
        raise _wrong(error, request) from None


def _connected(request: Request) -> psycopg.Connection[tuple[object, ...]]:
    """Nothing of this machine's own is used: no file of passwords, no ticket of Kerberos."""
    return psycopg.connect(
        host=request.host,
        port=request.port,
        dbname=request.database,
        user=request.user,
        password=request.password,
        passfile=os.devnull,
        gssencmode="disable",
        sslmode=MODES[request.tls],
        sslrootcert="system" if request.tls == "verified" else "",
        connect_timeout=min(CONNECT, request.timeout),
        client_encoding="UTF8",
        application_name="tws",
    )


def _wrong(error: psycopg.Error, request: Request) -> ConnectorError:
    words = error.diag.message_primary or str(error)
    return _kind(error.sqlstate or "", words)(
        said(on("PostgreSQL", request), words, request.password)
    )


def _kind(state: str, words: str) -> type[ConnectorError]:
    if state == "42501":
        return Refused  # insufficient_privilege
    if state:
        return _BY_CLASS.get(state[:2], Misconfigured)
    if "SSL" in words or "certificate" in words:
        return Refused
    if "FATAL" not in words or any(each in words for each in _BUSY):
        return Unreachable
    # A connection that is refused has no SQLSTATE, only words.
    return Misconfigured if words.rstrip().endswith("does not exist") else Refused

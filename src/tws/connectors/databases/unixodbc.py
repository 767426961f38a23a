"""Reads whatever has an ODBC driver. Drivers differ in all: what is read is rolled back. Some,
those of Debian among them, take all rows into memory before they give the first."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress

import pyodbc

from tws.connectors.databases.ibm_i import IBM_I, is_of_ibm_i
from tws.connectors.databases.refusals import said
from tws.connectors.databases.statement import statement
from tws.connectors.processes.child import Request
from tws.sentences import Sentence, sentence
from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable

CONNECT = 10
"Seconds."
FOLD: Mapping[object, Callable[[str], str]] = {1: str.upper, 2: str.lower}
"SQL_IC_UPPER, SQL_IC_LOWER: what is made of a name without quotes."
_KINDS: Mapping[str, type[ConnectorError]] = {
    "08": Unreachable,
    "28": Refused,
    "HYT": Unreachable,
    "42": Misconfigured,
    "IM": Misconfigured,
}
"By the beginning of the SQLSTATE."
_DENIED = re.compile(r"denied|permission|not authorized|privilege", re.IGNORECASE)


def read(request: Request) -> Iterator[Sequence[object]]:
    asked = _with_driver(request.connection)
    try:
        connection = _connected(asked, request)
    except pyodbc.Error as error:
        raise wrong(error, request, Unreachable) from None
    try:
        quote = str(connection.getinfo(pyodbc.SQL_IDENTIFIER_QUOTE_CHAR)).strip() or " "
        fold = FOLD.get(connection.getinfo(pyodbc.SQL_IDENTIFIER_CASE), str)
        quotes = (quote, quote) if quote != " " else ("", "")
        cursor = connection.cursor()
        cursor.execute(statement(request.source, quotes, fold))
        yield [column[0] for column in cursor.description or ()]
        while (row := cursor.fetchone()) is not None:
            yield row
    except pyodbc.Error as error:
        raise wrong(error, request, Misconfigured) from None
    finally:
        with suppress(pyodbc.Error):
            connection.close()


def _connected(asked: str, request: Request) -> pyodbc.Connection:
    seconds = min(CONNECT, request.timeout)
    connection = pyodbc.connect(asked, timeout=seconds, autocommit=False, readonly=True)
    with suppress(pyodbc.Error):  # not every driver knows such a limit
        connection.timeout = request.timeout
    return connection


def _with_driver(connection: str) -> str:
    """The driver must be one that this machine's administrator registered: a path would be code of
    somebody else's. AS/400 has another name on Linux."""
    named = re.match(r"Driver=\{((?:[^}]|\}\})*)\}", connection)
    if named is None:
        return connection
    wanted = named[1].replace("}}", "}")
    there = pyodbc.drivers()
    found = next((name for name in there if name.casefold() == wanted.casefold()), None)
    as400 = is_of_ibm_i(wanted)
    if found is None and as400 and IBM_I in there:
        found = IBM_I
    if found is None:
        more: str | Sentence = ""
        if as400:
            more = sentence(
                ' For an AS/400 it is IBM\'s "{name}", of IBM i Access Client Solutions.',
                name=IBM_I,
            )
        known = (
            sentence("There are: {there}.", there=", ".join(there))
            if there
            else sentence("There is none.")
        )
        raise Misconfigured(
            'The ODBC driver "{wanted}" is not installed on this machine. {known}{more}',
            wanted=wanted,
            known=known,
            more=more,
        )
    return f"Driver={{{found}}}{connection[named.end() :]}"


def wrong(
    error: pyodbc.Error, request: Request, otherwise: type[ConnectorError]
) -> ConnectorError:
    """`otherwise`: where the driver gives no state that says anything."""
    state = str(error.args[0]) if error.args else ""
    words = str(error.args[-1]) if error.args else type(error).__name__
    words = re.sub(r"^(\s*\[[^\]]*\])+\s*", "", words)
    words = re.sub(r"\s*\(-?\d+\)(\s*\(SQL\w+\))?.*$", "", words, flags=re.DOTALL)
    kind = next((kind for begin, kind in _KINDS.items() if state.startswith(begin)), otherwise)
    if "Can't open lib" in words:
        kind = Misconfigured
    elif kind is Misconfigured and _DENIED.search(words):
        kind = Refused
    return kind(said("ODBC", words, request.password))

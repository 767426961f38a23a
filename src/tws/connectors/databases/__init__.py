"""Other people's databases: where each one is, and how it is named.

Each has a reader of its own in this folder, which a process of its own runs
(`tws.connectors.processes.child`), so no driver is loaded by the server itself.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from tws.connectors.databases.statement import statement
from tws.connectors.processes import parent
from tws.connectors.processes.child import Request
from tws.directory.connector import Entry, Header
from tws.net.encryption import IN_CLEAR_TEXT, UNVERIFIED
from tws.sentences import sentence
from tws.sources.clear import refuse_clear
from tws.sources.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class Kind:
    """One product."""

    reader: str
    title: str
    port: int
    quotes: tuple[str, str] = ('"', '"')
    fold: Callable[[str], str] = str
    "What it makes of a name without quotes."
    options: frozenset[str] = frozenset()
    "Which `?name=value` an address may have; none of them names a file of this machine."


POSTGRESQL = Kind("postgresql", "PostgreSQL", 5432, fold=str.lower)
MARIADB = Kind("mariadb", "MariaDB", 3306, quotes=("`", "`"))
SQL_SERVER = Kind(
    "sql_server", "SQL Server", 1433, quotes=("[", "]"), options=frozenset({"instance"})
)
ORACLE = Kind("oracle", "Oracle", 1521, fold=str.upper, options=frozenset({"sid"}))
KINDS: Mapping[str, Kind] = {
    "postgresql": POSTGRESQL,
    "postgres": POSTGRESQL,
    "mariadb": MARIADB,
    "mysql": MARIADB,
    "mssql": SQL_SERVER,
    "sqlserver": SQL_SERVER,
    "oracle": ORACLE,
}
"By the scheme of an address."


def is_host(name: str) -> bool:
    """A folder of sockets would be this machine's own databases."""
    return re.fullmatch(r"[\w.:-]+", name) is not None


def entries(kind: Kind, request: Request, header: Header) -> Iterator[Entry]:
    """Everything of the table or SELECT `request.source`. Raises ConnectorError."""
    if not is_host(request.host):
        raise Misconfigured(
            "{title}: the name of the server is missing, or is none.", title=kind.title
        )
    asked = replace(
        request,
        source=statement(request.source, kind.quotes, kind.fold),
        port=request.port or kind.port,
    )
    encrypted, verified = asked.tls not in IN_CLEAR_TEXT, asked.tls != UNVERIFIED
    refuse_clear(asked.host, asked.port, encrypted=encrypted, verified=verified)
    where = sentence("{product} on {host}", product=kind.title, host=asked.host)
    yield from parent.entries(kind.reader, asked, where, header)

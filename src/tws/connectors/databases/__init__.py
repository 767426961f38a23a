"""Other people's databases: where each one is, and how it is named.

Each has a reader of its own in this folder, which a process of its own runs
(`tws.connectors.reader`), so no driver is loaded by the server itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tws.connectors import children
from tws.connectors.reader import Request
from tws.connectors.statement import statement
from tws.directory.connector import Entry


@dataclass(frozen=True, slots=True)
class Kind:
    """One product."""

    reader: str
    title: str
    port: int
    quotes: tuple[str, str] = ('"', '"')
    options: frozenset[str] = frozenset()
    "Which `?name=value` an address may have; none of them names a file of this machine."


POSTGRESQL = Kind("postgresql", "PostgreSQL", 5432)
MARIADB = Kind("mariadb", "MariaDB", 3306, ("`", "`"))
SQL_SERVER = Kind("sql_server", "SQL Server", 1433, ("[", "]"), frozenset({"instance"}))
ORACLE = Kind("oracle", "Oracle", 1521, options=frozenset({"sid"}))
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


def entries(kind: Kind, request: Request) -> Iterator[Entry]:
    """Everything of the table or SELECT `request.source`. Raises ConnectorError."""
    asked = replace(
        request,
        source=statement(request.source, kind.quotes),
        port=request.port or kind.port,
    )
    yield from children.entries(kind.reader, asked, f"{kind.title} on {asked.host}")

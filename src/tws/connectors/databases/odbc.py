"""A DSN, or a whole connection string of ODBC, as Windows writes it; and the same for OLE DB."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from tws.connectors.databases import drivers
from tws.connectors.databases.connection_strings import ConnectionString, braced
from tws.connectors.databases.drivers import Asked
from tws.connectors.databases.sql import Sql
from tws.directory.connector import Entry, Header
from tws.forms import About

_TABLE = About(help="Its name, or one SELECT; for Excel [Contacts$], for text the file.")
_PASSWORD = About(secret=True)
_TIMEOUT = About(expert=True, minimum=1, maximum=3600, help="Seconds it may be silent.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OdbcSettings:
    """The password is taken out of the string when it is filled in; one in the string is newer
    than one that was stored."""

    connection_string: str = field(
        default="",
        repr=False,
        metadata=About(where=True, help="DSN=name, or Driver={…};Server=…;"),
    )
    database: str = field(default="", metadata=About(where=True, help="The name of a DSN."))
    table: str = field(default="", metadata=_TABLE)
    user: str = ""
    password: str = field(default="", repr=False, metadata=_PASSWORD)
    timeout: int = field(default=60, metadata=_TIMEOUT)

    def __post_init__(self) -> None:
        text, password = _apart(self.connection_string, self.password, quotes=False)
        object.__setattr__(self, "connection_string", text)
        object.__setattr__(self, "password", password)
        if not text and not self.database:
            raise ValueError("connection_string: needed, or the name of a DSN")


@dataclass(frozen=True, slots=True, kw_only=True)
class OleDbSettings:
    """As those of ODBC."""

    connection_string: str = field(
        repr=False, metadata=About(where=True, help="Provider=…;Data Source=…;")
    )
    table: str = field(default="", metadata=_TABLE)
    user: str = ""
    password: str = field(default="", repr=False, metadata=_PASSWORD)
    timeout: int = field(default=60, metadata=_TIMEOUT)

    def __post_init__(self) -> None:
        text, password = _apart(self.connection_string, self.password, quotes=True)
        object.__setattr__(self, "connection_string", text)
        object.__setattr__(self, "password", password)


class Odbc:
    title: ClassVar[str] = "ODBC"
    Settings: ClassVar[type[OdbcSettings]] = OdbcSettings
    private: ClassVar[bool] = False
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = Sql.suggested

    def __init__(self, settings: OdbcSettings, files: Path) -> None:
        self._settings, self._files = settings, files
        self.header = Header()

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        wanted = self._settings
        text = wanted.connection_string or f"DSN={braced(wanted.database)}"
        parts = ConnectionString(text)
        yield from drivers.entries(parts, _asked(wanted), self._files, self.header)


class OleDb:
    title: ClassVar[str] = "OLE DB"
    Settings: ClassVar[type[OleDbSettings]] = OleDbSettings
    private: ClassVar[bool] = False
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = Sql.suggested

    def __init__(self, settings: OleDbSettings, files: Path) -> None:
        self._settings, self._files = settings, files
        self.header = Header()

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        parts = ConnectionString(self._settings.connection_string, quotes=True)
        yield from drivers.entries(parts, _asked(self._settings), self._files, self.header)


def _asked(wanted: OdbcSettings | OleDbSettings) -> Asked:
    return Asked(
        table=wanted.table,
        user=wanted.user,
        password=wanted.password,
        timeout=wanted.timeout,
    )


def _apart(text: str, password: str, quotes: bool) -> tuple[str, str]:
    """The string without its secrets, and the password. WrongValue repeats nothing of it."""
    parts = ConnectionString(text, quotes)
    return parts.without_secrets(), parts.password() or password

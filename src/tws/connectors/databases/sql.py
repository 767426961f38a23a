"""A table, or one SELECT, of somebody's database, by its address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from tws.connectors import databases
from tws.connectors.databases import KINDS, Kind
from tws.connectors.databases.statement import statement
from tws.connectors.processes.child import Request, Tls
from tws.directory.connector import Entry, Header
from tws.forms import About, WrongValue
from tws.sources.errors import ConnectorError

SCHEMES = "postgresql, mariadb, mysql, sqlserver, oracle"


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlSettings:
    """The password is taken out of the address when it is filled in."""

    url: str = field(
        metadata=About(
            where=True, kind="url", help="postgresql://host/database, mariadb://, sqlserver://…"
        )
    )
    table: str = field(metadata=About(help="Its name, or one SELECT."))
    user: str = ""
    password: str = field(default="", repr=False, metadata=About(secret=True))
    tls: Tls = field(
        default="preferred",
        metadata=About(
            where=True, expert=True, help="Verified: only a server whose certificate is known."
        ),
    )
    timeout: int = field(
        default=60,
        metadata=About(
            expert=True, minimum=1, maximum=3600, help="Seconds the database may be silent."
        ),
    )

    def __post_init__(self) -> None:
        address = _address(self.url)
        if address.password is not None:
            object.__setattr__(self, "password", unquote(address.password))
        if address.username:
            object.__setattr__(self, "user", unquote(address.username))
        bare = address._replace(netloc=address.netloc.rpartition("@")[2]).geturl()
        object.__setattr__(self, "url", bare)
        try:
            statement(self.table, _kind(address).quotes)
        except ConnectorError as why:
            raise WrongValue("table", why.said) from why


class Sql:
    title: ClassVar[str] = "SQL database"
    Settings: ClassVar[type[SqlSettings]] = SqlSettings
    private: ClassVar[bool] = False
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = {
        "identifier": "id",
        "last_name": "lastname",
        "first_name": "firstname",
        "organisation": "company",
        "work": "tel1",
    }

    def __init__(self, settings: SqlSettings, files: Path) -> None:
        self._settings = settings
        self.header = Header()

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        wanted = self._settings
        address = _address(wanted.url)
        request = Request(
            source=wanted.table,
            host=address.hostname or "",
            port=address.port or 0,
            database=unquote(address.path.strip("/")),
            user=wanted.user,
            password=wanted.password,
            tls=wanted.tls,
            options=dict(parse_qsl(address.query)),
            timeout=wanted.timeout,
        )
        yield from databases.entries(_kind(address), request, self.header)


def _address(url: str) -> SplitResult:
    """WrongValue in words that repeat nothing of it: a password may stand anywhere."""
    try:
        address = urlsplit(url)
        host, port = address.hostname or "", address.port
    except ValueError:
        raise WrongValue(
            "url",
            "write it as postgresql://host:port/database; special signs of a password are"
            " written %40 for @, or in its own field",
        ) from None
    if address.scheme.partition("+")[0] not in KINDS:
        raise WrongValue("url", "begin with one of {schemes}", schemes=SCHEMES)
    kind = _kind(address)
    if not databases.is_host(host) or port == 0 or address.fragment:
        raise WrongValue("url", "the name of a host is expected, and perhaps its port")
    for name, _ in parse_qsl(address.query, keep_blank_values=True):
        if name not in kind.options:
            raise WrongValue(
                "url", "{product} has no option of that name here", product=kind.title
            )
    return address


def _kind(address: SplitResult) -> Kind:
    return KINDS[address.scheme.partition("+")[0]]

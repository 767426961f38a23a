"""A whole house behind a real socket, with a PBX on paper: what a PBX does is written by the test.

    async with running_house(database) as house:
        await house.sign_in("alice")           # -> httpx.AsyncClient with her cookie
        page = house.page(client)              # -> her live stream
        house.report(Delivered(...))

The company SSDEI has two domains, Paris and Nice; alice (4001, 4002) and bob (4003) are of Paris,
carol (4101) of Nice. The company Other has erin (5001), in Berlin. Everybody's password is
`PASSWORD`. Administrators: admin-all, admin-SSDEI, admin-Other.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Self

import httpx
from fastapi import FastAPI

from tests import granting
from tests.access.hashing import quick
from tests.plain import PLAIN
from tests.telephony.paper import PEER, PaperCarrier, PaperDriver
from tests.web.page import Page
from tws import connectors, forms
from tws.app.house import open_house
from tws.app.outside import SOURCES, Outside
from tws.config import Settings
from tws.directory.connector import Entry
from tws.errors import Invalid
from tws.net.carrier import Carriage, Dials
from tws.organisation.actor import SYSTEM
from tws.organisation.applications import Application
from tws.organisation.device_protocols import DeviceProtocol
from tws.organisation.model import Company, DirectoryKind, Domain, Link, User, UserDevice
from tws.organisation.walls import Connectors, Forms
from tws.register import NotInstalled
from tws.sentences import Sentence, sentence
from tws.storage import Storage
from tws.telephony.commands import USER_COMMANDS, Command, GetForwarding
from tws.telephony.event_reports import CommandDone, CommandRefused, Event
from tws.telephony.link import Address, Dialect, LinkDriver, Snippet
from tws.telephony.model import CallOrigin, DeviceId, ForwardingType, LinkId
from tws.telephony.network import Network
from tws.telephony.supervisor import Supervisor
from tws.web.pages import STATIC
from tws.web.rooms import Rooms, WebSettings
from tws.web.server import build, serve

PASSWORD = "correct horse battery"
DEADLINE = 20.0
DIALECT = "paper"
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@dataclass(frozen=True)
class PaperSettings:
    host: str = field(metadata={"help": "Where the PBX is."})
    port: int | None = 1
    password: str | None = field(default=None, metadata={"secret": True})
    tls: bool = False
    edition: str = field(default="3", metadata={"choices": ("3", "6")})


class Pbx(PaperDriver):
    """Offers every service, and tells when it is asked for one."""

    def __init__(self) -> None:
        super().__init__()
        self.offered: frozenset[type[Command[Any]]] = frozenset(USER_COMMANDS)
        self.refuses = False
        "Whatever is asked is refused at once."
        self._heard = asyncio.Event()

    def send(self, command: Command[Any], now: float) -> None:
        """What is asked as a monitor starts is answered at once; the rest waits for the test."""
        super().send(command, now)
        if command in self.open and self.refuses:
            self.open.remove(command)
            self.report(CommandRefused(command.id, "invalidDestination"))
        elif command in self.open and command.id.startswith("monitor-"):
            self.open.remove(command)
            self.report(
                CommandDone(command.id, () if isinstance(command, GetForwarding) else False)
            )
        self._heard.set()

    async def heard(self) -> None:
        """Until it is asked something more."""
        self._heard.clear()
        await self._heard.wait()

    def commands(self, device: DeviceId) -> frozenset[type[Command[Any]]]:
        return self.offered

    def forwardings(self, device: DeviceId) -> frozenset[tuple[ForwardingType, CallOrigin]]:
        return frozenset({(ForwardingType.IMMEDIATE, CallOrigin.ALL)})


class PaperDialect(Dialect):
    name: ClassVar[str] = DIALECT
    title: ClassVar[str] = "On paper"
    Settings: ClassVar[type[Any]] = PaperSettings
    adds_to_pbx: ClassVar[bool] = True
    protocol: ClassVar[DeviceProtocol] = "CSTA"
    advice: ClassVar[Sentence] = sentence("Sharpen the pencil.")

    @staticmethod
    def driver(settings: Any, now: float) -> LinkDriver:
        return Pbx()

    @staticmethod
    def carriage(settings: Any) -> Carriage:
        return Dials()


@dataclass(frozen=True)
class PaperSource:
    """The settings of a directory on paper."""

    host: str = field(metadata={"help": "Where the directory is."})
    bind_dn: str = ""
    password: str | None = field(default=None, metadata={"secret": True})


class PaperConnector:
    title: ClassVar[str] = "Directory on paper"
    Settings: ClassVar[type[Any]] = PaperSource
    private: ClassVar[bool] = False
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = {"last_name": "sn", "work": "telephoneNumber"}
    suggested_users: ClassVar[Mapping[str, str]] = {"username": "uid", "identifier": "id"}

    def __init__(self, settings: Any, files: Path) -> None:
        self._entries: list[Entry] = []

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        return iter(self._entries)


@dataclass
class House:
    """The running house, and short names for what is in it."""

    rooms: Rooms
    network: Network
    storage: Storage
    url: str = ""
    app: FastAPI = field(default_factory=FastAPI)
    companies: dict[str, Company] = field(default_factory=dict)
    domains: dict[str, Domain] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    devices: dict[str, UserDevice] = field(default_factory=dict)
    "By number."
    clients: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)

    @classmethod
    def of(cls, rooms: Rooms, network: Network, storage: Storage) -> Self:
        known = rooms.registry
        domains = {x.name: x for x in known.domains.values()}
        return cls(
            rooms,
            network,
            storage,
            companies={x.name: x for x in known.companies.values()},
            domains=domains,
            users={x.username: x for x in known.users.values()},
            links={
                name: link
                for name, domain in domains.items()
                for link in known.links.values()
                if link.domain == domain.id
            },
            devices={x.number: x for x in known.devices.values()},
        )

    # ------------------------------------------------------------ people

    async def client(self, **headers: str) -> httpx.AsyncClient:
        """Nobody yet. All that is asked is of one trace: answers can be compared."""
        base = f"{self.url}/api/v1/"
        headers.setdefault("traceparent", TRACE)
        client = httpx.AsyncClient(base_url=base, headers=headers, timeout=30, verify=PLAIN)
        return await self.clients.enter_async_context(client)

    async def program(self, username: str) -> httpx.AsyncClient:
        """A program of that user: it comes with an API key."""
        _, secret = await self.rooms.access.keys.create_api_key(
            SYSTEM, self.users[username].id, "test", None
        )
        return await self.client(Authorization=f"Bearer {secret}")

    async def sign_in(self, username: str) -> httpx.AsyncClient:
        """A browser in which that user has signed in."""
        browser = await self.client(Origin=self.url)
        answer = await browser.post("login", json={"username": username, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return browser

    async def administrator(self, company: str | None = None) -> httpx.AsyncClient:
        """A browser of an administrator: of that company, or a super user."""
        browser = await self.client(Origin=self.url)
        account = {"username": f"admin-{company or 'all'}", "password": PASSWORD}
        answer = await browser.post("administrator/login", json=account)
        assert answer.status_code == 200, answer.text
        return browser

    def page(self, client: httpx.AsyncClient, *watched: str) -> Page:
        """A live stream with the identity of `client`, which shows the presence of these users, by
        their names; open it with `async with`."""
        names = ("authorization", "origin", "cookie")
        headers = {name: client.headers[name] for name in names if name in client.headers}
        if client.cookies:
            headers["cookie"] = "; ".join(f"{k}={v}" for k, v in client.cookies.items())
        return Page(self.url, headers, [self.users[name].id for name in watched])

    async def parameter(self, name: str, value: Any, username: str) -> None:
        """It is that for this user from now on."""
        user = self.users[username].id
        known = self.rooms.registry.parameter_value(name, user)
        version = None if known is None else known.version
        await self.rooms.organisation.parameters.set_parameter(
            SYSTEM, parameter=name, value=value, user=user, version=version
        )

    # ------------------------------------------------------------ the PBX

    def pbx(self, domain: str = "Paris") -> Pbx:
        driver = self.supervisor(domain).driver
        assert isinstance(driver, Pbx)
        return driver

    def supervisor(self, domain: str = "Paris") -> Supervisor:
        """What the network tells a paper link; nobody but its carrier speaks to it."""
        return self.network._supervisors[LinkId(self.links[domain].id)]

    def connect(self, domain: str = "Paris") -> None:
        self.supervisor(domain).connected(PEER)

    def cut(self, domain: str = "Paris", why: str = "connection reset") -> None:
        self.supervisor(domain).disconnected(PEER, why)

    def report(self, *events: Event, domain: str = "Paris") -> None:
        """The PBX says so now."""
        self.pbx(domain).report(*events)
        self.supervisor(domain).received(PEER, b".")

    def device(self, number: str) -> str:
        """The row id of a device."""
        return self.devices[number].id

    def legs(self, number: str) -> list[str]:
        """The legs of a device, oldest first."""
        row = self.devices[number]
        calls = self.rooms.state.calls_of(LinkId(row.link), DeviceId(number))
        return [call.connections[DeviceId(number)].leg for call in calls]

    async def asked(self, kind: type[Command[Any]], domain: str = "Paris") -> Command[Any]:
        """The command of that kind which waits for the PBX's answer, once it has come."""
        async with asyncio.timeout(DEADLINE):
            while True:
                for command in self.pbx(domain).open:
                    if isinstance(command, kind):
                        return command
                await self.pbx(domain).heard()


async def _furnish(rooms: Rooms) -> None:
    """The people, telephones and links of the tests."""
    service, access = rooms.organisation, rooms.access
    companies = {
        x: await service.companies.create_company(SYSTEM, name=x) for x in ("SSDEI", "Other")
    }
    domains: dict[str, Domain] = {}
    links: dict[str, Link] = {}
    for domain, company in (("Paris", "SSDEI"), ("Nice", "SSDEI"), ("Berlin", "Other")):
        domains[domain] = await service.domains.create_domain(
            SYSTEM, company=companies[company].id, name=domain, time_zone="Europe/Paris"
        )
        links[domain] = await service.links.create_link(
            SYSTEM,
            domain=domains[domain].id,
            name=f"PBX {domain}",
            dialect=DIALECT,
            settings={"host": "pbx.example", "password": "secret of the PBX"},
        )
    people = (
        ("alice", "Alice", "Martin", "Paris", ("4001", "4002")),
        ("bob", "Bob", "Durand", "Paris", ("4003",)),
        ("carol", "Carol", "Petit", "Nice", ("4101",)),
        ("erin", "Erin", "Stone", "Berlin", ("5001",)),
    )
    for username, first, last, domain, numbers in people:
        user = await service.users.create_user(
            SYSTEM,
            domain=domains[domain].id,
            username=username,
            first_name=first,
            last_name=last,
        )
        await access.passwords.set_password(SYSTEM, user.id, PASSWORD)
        await service.grants.create_grant(
            SYSTEM, **granting.application(Application.CALLER, user=user.id)
        )
        for number in numbers:
            await service.devices.create_device(
                SYSTEM, user=user.id, link=links[domain].id, number=number
            )
    for name, managed in (
        ("all", None),
        ("Other", companies["Other"]),
        ("SSDEI", companies["SSDEI"]),
    ):
        row = await service.administrators.create_administrator(
            SYSTEM,
            username=f"admin-{name}",
            super_user=managed is None,
            companies=[managed.id] if managed is not None else [],
        )
        await access.passwords.set_administrator_password(SYSTEM, row.id, PASSWORD)


def _source(connector: str, settings: Mapping[str, object]) -> Mapping[str, object]:
    if connector != DIALECT:
        raise Invalid(f"no such kind of directory: {connector}", field="connector")
    try:
        return asdict(forms.convert(PaperSource, settings))
    except forms.WrongSetting as wrong:
        raise Invalid(str(wrong), field=f"settings.{wrong.field}") from wrong


def _kinds(connector: str) -> Collection[DirectoryKind]:
    if connector != DIALECT:
        raise Invalid(f"no such kind of directory: {connector}", field="connector")
    return {DirectoryKind.PUBLIC}


def _validate(dialect: str, settings: Mapping[str, object]) -> Mapping[str, object]:
    if dialect != DIALECT:
        raise Invalid(f"no such kind of link: {dialect}", field="dialect")
    try:
        return asdict(PaperSettings(**settings))  # type: ignore[arg-type]
    except TypeError as error:
        raise Invalid(str(error), field="settings") from error


@contextlib.asynccontextmanager
async def open_rooms(
    database: Path,
    settings: WebSettings | None = None,
    outside: Outside | None = None,
) -> AsyncIterator[tuple[Rooms, Network, Storage]]:
    """The rooms on an embedded database; links are not started yet."""
    where = Settings(
        data_dir=database.parent,
        state_dir=database.parent,
        database=f"sqlite:///{database}",
        local_sms=True,
    )
    async with open_house(where, outside or PAPER, settings or WebSettings()) as house:
        yield house.rooms, house.network, house.storage


async def furnish(database: Path) -> None:
    """Make a database with the people, telephones and links of the tests."""
    async with open_rooms(database) as (rooms, _, _):
        await _furnish(rooms)


@contextlib.asynccontextmanager
async def running_house(
    database: Path,
    *,
    settings: WebSettings | None = None,
    pages: Path = STATIC,
    outside: Outside | None = None,
) -> AsyncIterator[House]:
    """A house on that database, its links connected, served on a free port."""
    async with open_rooms(database, settings, outside) as opened:
        async with serving(*opened, pages=pages) as house:
            for link in house.links:
                house.connect(link)
            yield house


@contextlib.asynccontextmanager
async def reading_house(database: Path) -> AsyncIterator[House]:
    """The same with the real connectors: what they read is read. Nobody connects its links."""
    outside = with_connectors()
    async with open_rooms(database, outside=outside) as opened, serving(*opened) as house:
        yield house


def with_connectors() -> Outside:
    return replace(PAPER, connectors=connectors.connectors, sources=SOURCES)


@contextlib.asynccontextmanager
async def serving(
    rooms: Rooms, network: Network, storage: Storage, *, pages: Path = STATIC
) -> AsyncIterator[House]:
    """Open rooms, served on a free port; their links start, and nobody connects them."""
    await network.start()
    house = House.of(rooms, network, storage)
    house.app = build(rooms, pages)
    async with served(house.app) as house.url, house.clients:
        yield house


@contextlib.asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    """The address of `app` on a free port."""
    stop = asyncio.Event()
    bound: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(app, "127.0.0.1", 0, ready=bound.set_result, stop=stop))
    serving.add_done_callback(lambda _: bound.cancel())
    try:
        yield f"http://127.0.0.1:{await bound}"
    finally:
        stop.set()
        await serving


async def _snippets(link: Link) -> list[Snippet]:
    host = link.settings.get("host")
    return [Snippet("manager.conf", "user", f"permit={host}")] if link.name != "PBX Nice" else []


def _address(link: Link) -> Address | None:
    """The PBX of Nice calls us."""
    return None if link.name == "PBX Nice" else Address(str(link.settings["host"]), 1)


PAPER = Outside(
    dialects=lambda: {DIALECT: PaperDialect},
    link_settings=Forms(
        validate=_validate,
        secret_fields=lambda _: ("password",),
        where_fields=lambda _: ("host",),
    ),
    connectors=lambda: {
        DIALECT: PaperConnector,
        "absent": NotInstalled("Not installed: install tws[absent]."),
    },
    sources=Connectors(
        validate=_source,
        secret_fields=lambda _: ("password",),
        where_fields=lambda _: ("host",),
        kinds=_kinds,
        users=lambda connector: connector == DIALECT,
    ),
    driver=lambda _: Pbx(),
    carrier=lambda _, user: PaperCarrier(user),
    link_patience=0.05,
    snippets=_snippets,
    address=_address,
    advice=lambda _: PaperDialect.advice,
    hashing=quick(),
)

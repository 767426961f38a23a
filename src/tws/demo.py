"""The demonstration: the guide's company SSDEI, its domains Paris and Nice, a simulated PBX.

The PBX is a process of its own, spoken to over its socket like any other; it is started again when
it dies. What is made here goes through the same services as everything else, once: a second start
on the same data finds it.
"""

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import structlog

from tws.app.house import House
from tws.config import Settings
from tws.directory.fields import Fields
from tws.directory.model import ContactNumber, NumberKind
from tws.errors import Conflict
from tws.net.child import Child
from tws.organisation.actor import SYSTEM
from tws.organisation.applications import Application
from tws.organisation.grant import GranteeKind, GrantKind, ObjectKind
from tws.organisation.model import Domain, Link, User
from tws.organisation.parameters.catalogue.caller import AUTHORIZE_INTERCEPTION

ADMINISTRATOR = "admin"
PASSWORD = "demonstration"  # noqa: S105 - of the demonstration, which listens on this machine only
COMPANY = "SSDEI"
DIALECT = "csta_xml"
LINK_SETTINGS: Mapping[str, object] = {"host": "127.0.0.1"}
MARK = "demo"
"""A file in the folder of the data that the demonstration made. Its accounts are known to all:
`tws serve` refuses them."""
BEGUN = "begun"
"What the mark says until everything was made once."
AGAIN_AFTER = 1.0
"Seconds before a simulator that died is started again."

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    first_name: str
    last_name: str
    number: str
    mobile: str = ""


PARIS = (
    Person("marie", "Marie", "Durand", "4001", "0612345601"),
    Person("paul", "Paul", "Martin", "4002", "0612345602"),
    Person("alice", "Alice", "Bernard", "4003"),
    Person("bruno", "Bruno", "Petit", "4004"),
    Person("chloe", "Chloé", "Robert", "4005"),
    Person("david", "David", "Richard", "4006"),
)
NICE = (
    Person("emma", "Emma", "Moreau", "4101", "0612345611"),
    Person("farid", "Farid", "Laurent", "4102"),
    Person("gilles", "Gilles", "Simon", "4103"),
)
QUEUE = ("7000", "Accueil")
"The queue of the simulated PBX."
PUBLIC_CONTACTS = (
    Fields(
        first_name="Sophie",
        last_name="Lefèvre",
        organisation="Imprimerie du Port",
        numbers=(
            ContactNumber(NumberKind.WORK, "+33 4 93 00 11 22"),
            ContactNumber(NumberKind.MOBILE, "06 11 22 33 44"),
        ),
    ),
    Fields(
        first_name="Marc",
        last_name="Girard",
        organisation="Transports Girard",
        numbers=(ContactNumber(NumberKind.WORK, "01 55 17 18 89"),),
    ),
    Fields(
        first_name="Chiara",
        last_name="Rossi",
        organisation="Studio Rossi",
        numbers=(ContactNumber(NumberKind.WORK, "+39 06 1234 5678"),),
    ),
)


@dataclass(frozen=True, slots=True)
class Simulator:
    csta_port: int
    page_port: int


@contextlib.asynccontextmanager
async def running_simulator(csta_port: int, page_port: int) -> AsyncIterator[Simulator]:
    """The simulated PBX as a child process, kept running on the ports it got first."""
    kept = _Kept(*await _start(csta_port, page_port))
    keeper = asyncio.create_task(kept.keep())
    try:
        yield kept.simulator
    finally:
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper
        await kept.child.stop()


@dataclass(slots=True)
class _Kept:
    child: Child
    simulator: Simulator

    async def keep(self) -> None:
        while True:
            code = await self.child.ended()
            log.warning("simulator ended, starting it again", code=code)
            await asyncio.sleep(AGAIN_AFTER)
            ports = self.simulator.csta_port, self.simulator.page_port
            try:
                self.child, _ = await _start(*ports)
            except OSError as error:
                log.warning("simulator not started", error=str(error))


async def _start(csta_port: int, page_port: int) -> tuple[Child, Simulator]:
    command = (
        *(sys.executable, "-m", "tws.simulator"),
        *(f"--csta-port={csta_port}", f"--page-port={page_port}"),
        *(f"--name={p.number}={p.first_name} {p.last_name}" for p in (*PARIS, *NICE)),
        "--no-agents",  # so that one sees who waits
        "--until-input-ends",  # which it does when this process is killed
    )
    child = await Child.start(command)
    listening = False
    try:
        line = await child.line()
        if not line:
            await child.ended()
            raise OSError(
                f"the simulated PBX does not start on the ports {page_port} (its page) and"
                f" {csta_port} (CSTA): choose others with --page-port and --csta-port"
            )
        ports = json.loads(line)
        listening = True
        return child, Simulator(ports["csta"], ports["page"])
    finally:
        if not listening:
            await child.stop()


def refuse_demonstration(settings: Settings) -> None:
    """Conflict where the data to be served are the demonstration's."""
    for folder in settings.folders:
        if (folder / MARK).exists():
            raise Conflict(
                f"{folder} holds the demonstration, whose passwords everybody knows. Start it"
                f" with: tws demo --data {folder}. To serve, give another folder (--data or"
                " TWS_DATA_DIR) or database (TWS_DATABASE)."
            )


async def prepare(house: House, csta_port: int, folder: Path) -> None:
    """The demonstration's company in a database of `folder`, with the PBX where it listens now.

    Conflict where somebody else's company is in it.
    """
    mark = folder / MARK
    if await house.rooms.access.first_start.needed():
        mark.write_text(BEGUN)  # before the accounts that everybody knows
    elif not mark.exists():
        raise Conflict(
            f"{folder} holds data that the demonstration did not make, and leaves alone."
            " Give it a folder of its own: tws demo --data FOLDER."
        )
    await _furnish(house, csta_port, finished=mark.read_text() != BEGUN)
    mark.write_text("")


async def _furnish(house: House, csta_port: int, *, finished: bool) -> None:
    """Make the company, and point its link at the PBX.

    `finished`: everything was made once, and what people deleted stays deleted. Otherwise what an
    interrupted start left out is made up for.
    """
    rooms = house.rooms
    if await rooms.access.first_start.needed():
        await rooms.access.first_start.initialise(
            username=ADMINISTRATOR,
            password=PASSWORD,
            company=COMPANY,
            domain={"name": "Paris", "time_zone": "Europe/Paris"},
        )
    link = await _link(house, csta_port, make=not finished)
    if link is None or finished:
        return
    paris, nice = await _domain(house, "Paris"), await _domain(house, "Nice")
    for domain, people in ((paris, PARIS), (nice, NICE)):
        await _people(house, domain, link, people)
    await _queue(house, paris, link)
    company = rooms.registry.companies[paris.company]
    for contact in PUBLIC_CONTACTS:
        if not await rooms.directory.search(SYSTEM, contact["last_name"], 1, company=company.id):
            await rooms.directory.own.create(SYSTEM, False, company=company.id, **contact)


async def _link(house: House, csta_port: int, *, make: bool) -> Link | None:
    """The link to the simulated PBX, by whatever name."""
    organisation = house.rooms.organisation
    for link in house.rooms.registry.links.values():
        if link.dialect == DIALECT and link.settings.get("host") == LINK_SETTINGS["host"]:
            settings = {**organisation.links.opened_link(link).settings, "port": csta_port}
            return await organisation.links.update_link(
                SYSTEM, link.id, link.version, settings=settings
            )
    if not make:
        return None
    return await organisation.links.create_link(
        SYSTEM,
        domain=(await _domain(house, "Paris")).id,
        name=COMPANY,
        dialect=DIALECT,
        capacity=500,
        enabled=True,
        settings={**LINK_SETTINGS, "port": csta_port},
    )


async def _domain(house: House, name: str) -> Domain:
    registry = house.rooms.registry
    for domain in registry.domains.values():
        if domain.name == name and registry.companies[domain.company].name == COMPANY:
            return domain
    company = next(c for c in registry.companies.values() if c.name == COMPANY)
    return await house.rooms.organisation.domains.create_domain(
        SYSTEM, company=company.id, name=name, time_zone="Europe/Paris"
    )


async def _people(house: House, domain: Domain, link: Link, people: tuple[Person, ...]) -> None:
    registry, organisation = house.rooms.registry, house.rooms.organisation
    name = f"All {domain.name}"
    group = next(
        (g for g in registry.groups.values() if g.domain == domain.id and g.name == name), None
    ) or await organisation.groups.create_group(SYSTEM, domain=domain.id, name=name)
    members = [(await _user(house, domain, link, person)).id for person in people]
    group = await organisation.groups.set_members(SYSTEM, group.id, group.version, members)
    intercom = next(
        (g for g in registry.intercom_groups.values() if g.company == domain.company), None
    ) or await organisation.intercom_groups.create_intercom_group(
        SYSTEM, domain=domain.id, name=COMPANY
    )
    await _grant(house, group.id, ObjectKind.APPLICATION, Application.CALLER)
    await _grant(house, group.id, ObjectKind.INTERCOM_GROUP, intercom.id)
    if registry.parameter_value(AUTHORIZE_INTERCEPTION, domain.id) is None:
        await organisation.parameters.set_parameter(
            SYSTEM, parameter=AUTHORIZE_INTERCEPTION, value=True, domain=domain.id
        )


async def _queue(house: House, domain: Domain, link: Link) -> None:
    """The queue, which everybody of `domain` sees."""
    registry, organisation = house.rooms.registry, house.rooms.organisation
    number, name = QUEUE
    queue = next(
        (q for q in registry.queues.values() if (q.link, q.number) == (link.id, number)), None
    ) or await organisation.queues.create_queue(
        SYSTEM, domain=domain.id, name=name, link=link.id, number=number
    )
    group = next(
        g
        for g in registry.groups.values()
        if g.domain == domain.id and g.name == f"All {domain.name}"
    )
    await _grant(house, group.id, ObjectKind.APPLICATION, Application.ALERTER)
    await _grant(house, group.id, ObjectKind.QUEUE, queue.id)


async def _grant(house: House, group: str, object_kind: ObjectKind, object: str) -> None:
    kind = GrantKind(object_kind.value)
    if house.rooms.registry.granted.exactly(kind, object, group) is None:
        await house.rooms.organisation.grants.create_grant(
            SYSTEM,
            kind=kind,
            object_kind=object_kind,
            object=object,
            grantee_kind=GranteeKind.GROUP,
            grantee=group,
        )


async def _user(house: House, domain: Domain, link: Link, person: Person) -> User:
    registry, organisation = house.rooms.registry, house.rooms.organisation
    user = next(
        (u for u in registry.users_named(person.username) if u.domain == domain.id), None
    ) or await organisation.users.create_user(
        SYSTEM,
        domain=domain.id,
        username=person.username,
        first_name=person.first_name,
        last_name=person.last_name,
        mobile=person.mobile,
        email=f"{person.username}@ssdei.fr",
    )
    await house.rooms.access.passwords.set_password(SYSTEM, user.id, PASSWORD)
    if registry.device_at(link.id, person.number) is None:
        await organisation.devices.create_device(
            SYSTEM, user=user.id, link=link.id, number=person.number, protocol="CSTA"
        )
    return user


def welcome(address: str, simulator: Simulator, say: Callable[[str], None]) -> None:
    say(f"TWS is running:     {address}")
    say(f"  Caller:           user marie, paul, emma ...   password {PASSWORD}")
    say(f"  Administration:   {address}/admin   user {ADMINISTRATOR}   password {PASSWORD}")
    say(f"  Simulated PBX:    http://127.0.0.1:{simulator.page_port}   (a wall of phones)")
    say("  Try it: sign in as marie in one window, and let 4002 call 4001 on the wall of phones.")

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

import structlog

from tws.app import House
from tws.directory.fields import Fields
from tws.directory.model import ContactNumber, NumberKind
from tws.organisation.actor import SYSTEM, Application
from tws.organisation.model import Domain, Link

ADMINISTRATOR = "admin"
PASSWORD = "demonstration"  # noqa: S105 - of the demonstration, which listens on this machine only
COMPANY = "SSDEI"
LINK_SETTINGS: Mapping[str, object] = {"host": "127.0.0.1"}
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
    child = _Child(*await _start(csta_port, page_port))
    keeper = asyncio.create_task(child.keep())
    try:
        yield child.simulator
    finally:
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper
        await child.end()


@dataclass(slots=True)
class _Child:
    process: asyncio.subprocess.Process
    simulator: Simulator

    async def keep(self) -> None:
        while True:
            code = await self.process.wait()
            log.warning("simulator ended, starting it again", code=code)
            await asyncio.sleep(AGAIN_AFTER)
            ports = self.simulator.csta_port, self.simulator.page_port
            self.process, _ = await _start(*ports)

    async def end(self) -> None:
        if self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()


async def _start(csta_port: int, page_port: int) -> tuple[asyncio.subprocess.Process, Simulator]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tws.simulator",
        f"--csta-port={csta_port}",
        f"--page-port={page_port}",
        stdout=asyncio.subprocess.PIPE,
    )
    listening = False
    try:
        if process.stdout is None:
            raise RuntimeError("the simulator has no standard output")
        line = await process.stdout.readline()
        if not line:
            raise RuntimeError(f"the simulator ended with {await process.wait()}")
        ports = json.loads(line)
        listening = True
        return process, Simulator(ports["csta"], ports["page"])
    finally:
        if not listening and process.returncode is None:
            process.terminate()


async def furnish(house: House, csta_port: int) -> None:
    """Make the demonstration's company, or point its link at where the PBX listens now."""
    rooms = house.rooms
    if not await rooms.access.initialisation_needed():
        for link in rooms.registry.links.values():
            settings = {**link.settings, "port": csta_port}
            if link.name == COMPANY and settings != link.settings:
                await rooms.organisation.update_link(
                    SYSTEM, link.id, link.version, settings=settings
                )
        return
    await rooms.access.initialise(
        username=ADMINISTRATOR,
        password=PASSWORD,
        company=COMPANY,
        domain={"name": "Paris", "time_zone": "Europe/Paris"},
    )
    (company,) = rooms.registry.companies.values()
    (paris,) = rooms.registry.domains.values()
    nice = await rooms.organisation.create_domain(
        SYSTEM, company=company.id, name="Nice", time_zone="Europe/Paris"
    )
    link = await rooms.organisation.create_link(
        SYSTEM,
        domain=paris.id,
        name=COMPANY,
        dialect="csta_xml",
        capacity=500,
        enabled=True,
        settings={**LINK_SETTINGS, "port": csta_port},
    )
    for domain, people in ((paris, PARIS), (nice, NICE)):
        await _people(house, domain, link, people)
    for contact in PUBLIC_CONTACTS:
        await rooms.directory.create(SYSTEM, False, company=company.id, **contact)


async def _people(house: House, domain: Domain, link: Link, people: tuple[Person, ...]) -> None:
    organisation = house.rooms.organisation
    group = await organisation.create_group(SYSTEM, domain=domain.id, name=f"All {domain.name}")
    members = []
    for person in people:
        user = await organisation.create_user(
            SYSTEM,
            domain=domain.id,
            username=person.username,
            first_name=person.first_name,
            last_name=person.last_name,
            mobile=person.mobile,
            email=f"{person.username}@ssdei.fr",
        )
        await house.rooms.access.set_password(SYSTEM, user.id, PASSWORD)
        await organisation.create_device(
            SYSTEM,
            user=user.id,
            link=link.id,
            number=person.number,
            protocol="CSTA",
        )
        members.append(user.id)
    group = await organisation.set_members(SYSTEM, group.id, group.version, members)
    await organisation.create_authorisation(SYSTEM, application=Application.CALLER, group=group.id)


def welcome(address: str, simulator: Simulator, say: Callable[[str], None]) -> None:
    say(f"TWS is running:     {address}")
    say(f"  Caller:           user marie, paul, emma ...   password {PASSWORD}")
    say(f"  Administration:   {address}/admin   user {ADMINISTRATOR}   password {PASSWORD}")
    say(f"  Simulated PBX:    http://127.0.0.1:{simulator.page_port}   (a wall of phones)")
    say("  Try it: sign in as marie in one window, and let 4002 call 4001 on the wall of phones.")

"""Puts the house together: the only module that knows every other, and that nobody imports but the
command line.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from tws import links, telemetry
from tws.access.service import AccessService
from tws.bus import Bus
from tws.config import Settings
from tws.directory.service import DirectoryService
from tws.journal.service import JournalService
from tws.measures import sources
from tws.naming import Names
from tws.net.carrier import Carrier, CarrierUser
from tws.net.stream import Stream
from tws.numbering.checking import check_plan
from tws.numbering.service import NumberingService
from tws.organisation.model import Link
from tws.organisation.registry import Registry
from tws.organisation.service import OrganisationService
from tws.storage import Storage, new_id
from tws.telephony.link import LinkDriver
from tws.telephony.network import Network
from tws.telephony.service import TelephonyService
from tws.telephony.state import TelephonyState
from tws.web.rooms import Health, Rooms, WebSettings
from tws.web.server import TlsFiles, build, serve

log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class House:
    """One running process: its rooms, and what belongs to no room."""

    bus: Bus
    storage: Storage
    network: Network
    rooms: Rooms


@contextlib.asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[House]:
    """Open the database, read the organisation, build the rooms; close them in the other order.

    Links are not started: `House.network.start()` does that, once who watches them is there.
    """
    bus = Bus()
    storage = Storage(settings.database, bus.publish)
    registry = Registry(bus)  # the first to follow: others may ask it in their handlers
    await storage.open()
    try:
        await registry.load(storage)
        organisation = OrganisationService(
            storage,
            registry,
            validate=links.validate,
            secret_fields=links.secret_fields,
            check_plan=check_plan,
        )
        access = AccessService(storage, registry, bus, utc_now)
        await access.load()
        access.start()
        directory = DirectoryService(storage, registry, bus, utc_now)
        await directory.load()
        journal = JournalService(storage, registry, bus, utc_now, settings.state_dir)
        await journal.start()
        network = Network(
            registry,
            bus,
            driver=_driver,
            carrier=_carrier,
            own_link=organisation.own_link,
            load_open=journal.load_open,
            clock=utc_now,
            new_id=new_id,
        )
        state = TelephonyState(network)
        rooms = Rooms(
            access=access,
            organisation=organisation,
            registry=registry,
            numbering=NumberingService(organisation),
            telephony=TelephonyService(registry, network, state, bus, new_id),
            state=state,
            directory=directory,
            names=Names(directory, registry, bus),
            journal=journal,
            bus=bus,
            clock=utc_now,
            health=_health(storage),
            dialects=links.dialects,
            snippets=links.snippets,
            metrics=telemetry.registry(lambda: sources(bus, network, journal)),
            settings=WebSettings(hosts=frozenset(settings.hosts), public_url=settings.public_url),
        )
        try:
            yield House(bus, storage, network, rooms)
        finally:
            await network.stop()
            await bus.settle()
            await journal.stop()
            await access.stop()
    finally:
        await storage.close()


async def run(
    house: House, settings: Settings, stop: asyncio.Event, ready: Callable[[int], None]
) -> None:
    """Start the links and serve people until `stop` is set."""
    app = build(house.rooms)
    starting = asyncio.create_task(house.network.start())
    try:
        await serve(
            app,
            settings.host,
            settings.port,
            tls=_tls(settings),
            proxies=settings.proxies,
            ready=ready,
            stop=stop,
        )
    finally:
        starting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await starting


def _driver(link: Link) -> LinkDriver:
    return links.driver(link, time.monotonic())


def _carrier(user: CarrierUser) -> Carrier:
    return Stream(user)


def _tls(settings: Settings) -> TlsFiles | None:
    if settings.tls_certificate is None or settings.tls_key is None:
        return None
    return TlsFiles(settings.tls_certificate, settings.tls_key)


def _health(storage: Storage) -> Callable[[], Awaitable[Health]]:
    async def health() -> Health:
        return Health(database=await storage.alive())

    return health

"""Puts the house together: the only module that knows every other, and that nobody imports but the
command line.
"""

import asyncio
import contextlib
import gc
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

import structlog

from tws import connectors as directories
from tws import links, telemetry
from tws.access.passwords import Hashing
from tws.access.service import AccessService
from tws.bus import Bus
from tws.config import Settings
from tws.connectors.calendars import own_accounts
from tws.directory.checking import checked_mapping
from tws.directory.company_files import CompanyFileService
from tws.directory.connector import DirectoryConnector
from tws.directory.contact_files import ContactFileService
from tws.directory.lists import ListService
from tws.directory.photo_making import Make, made
from tws.directory.service import DirectoryService
from tws.directory.sync import process as reading
from tws.directory.sync.sending import SendService
from tws.directory.sync.service import Sources, SyncService
from tws.directory.user_photos import UserPhotoService
from tws.errors import Invalid
from tws.imports import process as user_reading
from tws.imports.service import ImportService
from tws.imports.service import Sources as UserSources
from tws.journal.service import JournalService
from tws.licences.document import public_key
from tws.licences.service import LicenceService
from tws.maintenance.audit_log import AuditLog
from tws.maintenance.company_data import CompanyData
from tws.maintenance.person_data import PersonData
from tws.measures import sources
from tws.naming import Names
from tws.net import carriers
from tws.net.carrier import Carrier, CarrierUser
from tws.net.route import own_address
from tws.numbering.checking import check_plan
from tws.numbering.service import NumberingService
from tws.organisation.model import Link
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.organisation.service import OrganisationService
from tws.organisation.walls import CalendarConnectors, Connectors, Forms
from tws.presence import process as calendar_reading
from tws.presence.calendar import CalendarConnector
from tws.presence.service import CalendarService, CalendarSources
from tws.register import NotInstalled
from tws.rereading import Rereading
from tws.schedule import Schedule
from tws.storage import Storage, new_id
from tws.storage.secrets import Secrets
from tws.telephony.asking import Asking
from tws.telephony.features import FeatureService
from tws.telephony.link import Address, Dialect, LinkDriver, Snippet
from tws.telephony.network import Network
from tws.telephony.service import TelephonyService
from tws.telephony.state import TelephonyState
from tws.web.rooms import Health, Rooms, WebSettings
from tws.web.server import TlsFiles, build, serve

log = structlog.get_logger(__name__)

COLLECTED = 10_000
"Objects that come before the collector looks at the youngest."


def utc_now() -> datetime:
    return datetime.now(UTC)


LINKS = Forms(
    validate=links.validate,
    secret_fields=links.secret_fields,
    where_fields=links.where_fields,
)

SOURCES = Connectors(
    validate=directories.validate,
    secret_fields=directories.secret_fields,
    where_fields=directories.where_fields,
    kinds=directories.kinds,
    same_server=own_accounts.same_server,
    users=directories.users,
)

CALENDARS = CalendarConnectors(
    validate=directories.CALENDAR_WINDOWS.validate,
    secret_fields=directories.CALENDAR_WINDOWS.secret_fields,
    where_fields=directories.CALENDAR_WINDOWS.where_fields,
    accounts=directories.accounts,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What the house looks at through its windows. Tests look at PBXs on paper."""

    dialects: Callable[[], Mapping[str, type[Dialect] | NotInstalled]] = links.dialects
    link_settings: Forms = LINKS
    driver: Callable[[Link], LinkDriver] = lambda link: links.driver(link, time.monotonic())
    "Given the link with its secrets open; whatever else is asked of one has them sealed."
    carrier: Callable[[Link, CarrierUser], Carrier] = lambda link, user: carriers.carrier(
        links.carriage(link), user
    )
    snippets: Callable[[Link], Awaitable[Sequence[Snippet]]] = lambda link: snippets(
        link.dialect, link.settings
    )
    address: Callable[[Link], Address | None] = links.address
    connectors: Callable[[], Mapping[str, type[DirectoryConnector] | NotInstalled]] = (
        directories.connectors
    )
    sources: Connectors = SOURCES
    calendar_connectors: Callable[[], Mapping[str, type[CalendarConnector] | NotInstalled]] = (
        directories.CALENDAR_WINDOWS.listing
    )
    calendars: CalendarConnectors = CALENDARS
    reader: Sequence[str] = (sys.executable, "-m", "tws.source_reader")
    "The command that reads one source of contacts; of calendars, with that word behind it."
    hashing: Hashing = field(default_factory=Hashing)


@dataclass(frozen=True, slots=True)
class House:
    """One running process: its rooms, and what belongs to no room."""

    bus: Bus
    schedule: Schedule
    storage: Storage
    network: Network
    rooms: Rooms


@dataclass(frozen=True, slots=True)
class Office:
    """Who is who, and may what: all that a command needs that runs beside a server. It has
    nothing of the state folder, which is the server's alone."""

    bus: Bus
    schedule: Schedule
    storage: Storage
    registry: Registry
    organisation: OrganisationService
    access: AccessService
    licences: LicenceService
    rereading: Rereading


@contextlib.asynccontextmanager
async def open_office(
    settings: Settings, outside: Outside | None = None, *, serving: bool = False
) -> AsyncIterator[Office]:
    """Open the database and read the organisation. `serving`: as the one server of this
    database, or InUse."""
    outside = outside or Outside()
    bus, schedule = Bus(), Schedule()
    secrets = Secrets(settings.data_dir, settings.secret_key)
    storage = Storage(settings.database, bus.publish, secrets.seal)
    registry = Registry(bus)  # the first to follow: others may ask it in their handlers
    issuers = [public_key(key) for key in settings.licence_issuers]
    licences = LicenceService(storage, registry, bus, utc_now, issuers)
    organisation = OrganisationService(
        storage,
        registry,
        dialects=outside.link_settings,
        check_plan=check_plan,
        connectors=outside.sources,
        calendars=outside.calendars,
        check_mapping=checked_mapping,
        secrets=secrets,
        refuse_beyond=licences.refuse_beyond,
    )
    access = AccessService(
        storage,
        registry,
        bus,
        utc_now,
        secrets,
        hashing=outside.hashing,
        methods=directories.login_methods(Parameters(registry), settings.data_dir / "files"),
        provider=directories.identity_provider,
    )
    rereading = Rereading(storage, bus, schedule, [*registry.replicas, *access.sessions.replicas])
    async with storage.claimed() if serving else contextlib.nullcontext():
        await storage.open()
        try:
            await registry.load(storage)
            await licences.load()
            yield Office(
                bus, schedule, storage, registry, organisation, access, licences, rereading
            )
        finally:
            await schedule.stop()
            await storage.close()


@contextlib.asynccontextmanager
async def open_house(
    settings: Settings, outside: Outside | None = None, web: WebSettings | None = None
) -> AsyncIterator[House]:
    """Open the database as its one server, build the rooms; close them in the other order.

    Links are not started: `House.network.start()` does that, once who watches them is there.
    """
    outside = outside or Outside()
    async with open_office(settings, outside, serving=True) as office:
        storage, registry = office.storage, office.registry
        bus, schedule = office.bus, office.schedule
        await office.access.sessions.load()
        office.access.sessions.start(schedule)
        directory = _directory(office)
        read_from = _sources(settings, outside, office.organisation)
        synchronisation = await _synchronisation(office, read_from)
        journal = await _journal(settings, office)
        network = _network(office, outside, journal)
        asking = Asking(registry, network, bus, new_id)
        rooms = Rooms(
            access=office.access,
            organisation=office.organisation,
            licences=office.licences,
            audit_log=AuditLog(storage, registry),
            company_data=_company_data(settings, office),
            person_data=PersonData(storage, registry, office.organisation.users),
            registry=registry,
            numbering=NumberingService(office.organisation.domains),
            telephony=TelephonyService(asking),
            features=FeatureService(asking),
            state=TelephonyState(network),
            directory=directory,
            lists=(lists := ListService(storage, registry, bus, directory)),
            contact_files=_contact_files(office, outside, directory, lists),
            company_files=CompanyFileService(storage, registry, settings.data_dir / "files"),
            synchronisation=synchronisation,
            user_imports=await _imports(settings, outside, office, synchronisation),
            calendars=await _calendars(settings, outside, office),
            user_photos=UserPhotoService(office.organisation.user_photos, _make(outside)),
            sending=SendService(storage, registry, utc_now, read_from),
            names=Names(directory, registry, bus),
            journal=journal,
            bus=bus,
            clock=utc_now,
            health=_health(storage),
            dialects=outside.dialects,
            connectors=outside.connectors,
            calendar_connectors=outside.calendar_connectors,
            snippets=outside.snippets,
            address=outside.address,
            metrics=telemetry.registry(lambda: sources(bus, schedule, network, journal)),
            state_dir=settings.state_dir,
            settings=web or _web_settings(settings),
        )
        try:
            yield House(bus, schedule, storage, network, rooms)
        finally:
            await network.stop()
            await schedule.stop()
            await bus.settle()
            await journal.stop()
            await office.access.sessions.stop()


def _directory(office: Office) -> DirectoryService:
    directory = DirectoryService(
        office.storage, office.registry, office.bus, office.schedule, utc_now
    )
    directory.load()
    return directory


async def _synchronisation(office: Office, sources: Sources) -> SyncService:
    synchronisation = SyncService(
        office.storage, office.registry, office.bus, office.schedule, utc_now, sources
    )
    await synchronisation.start()
    return synchronisation


async def _imports(
    settings: Settings, outside: Outside, office: Office, synchronisation: SyncService
) -> ImportService:
    """With what users are read from, and by which process; started."""
    organisation = office.organisation
    imports = ImportService(
        office.storage,
        office.registry,
        office.bus,
        office.schedule,
        utc_now,
        organisation.user_batches,
        organisation.groups,
        UserSources(
            read=partial(user_reading.read, (*outside.reader, "users")),
            settings=organisation.directories.opened_settings,
            show=synchronisation.synchronise,
            files=settings.data_dir / "files",
        ),
    )
    await imports.start()
    return imports


async def _journal(settings: Settings, office: Office) -> JournalService:
    journal = JournalService(
        office.storage, office.registry, office.bus, office.schedule, utc_now, settings.state_dir
    )
    await journal.start()
    return journal


def _contact_files(
    office: Office, outside: Outside, directory: DirectoryService, lists: ListService
) -> ContactFileService:
    return ContactFileService(
        office.storage, office.registry, directory, lists, _make(outside), utc_now
    )


def _company_data(settings: Settings, office: Office) -> CompanyData:
    files = settings.data_dir / "files"
    return CompanyData(
        office.storage, office.registry, office.bus, files, office.rereading.read_again
    )


def _network(office: Office, outside: Outside, journal: JournalService) -> Network:
    return Network(
        office.registry,
        office.bus,
        office.schedule,
        driver=partial(_driver, office.organisation, outside),
        carrier=outside.carrier,
        own_link=office.organisation.links.own_link,
        load_open=journal.load_open,
        clock=utc_now,
        new_id=new_id,
    )


def _driver(organisation: OrganisationService, outside: Outside, link: Link) -> LinkDriver:
    """ValueError with words where its settings cannot work."""
    try:
        opened = organisation.links.opened_link(link)
    except Invalid as error:
        raise ValueError(error.message) from error
    return outside.driver(opened)


def _sources(settings: Settings, outside: Outside, organisation: OrganisationService) -> Sources:
    """What directories are read from, and by which process."""
    return Sources(
        read=partial(reading.read, outside.reader),
        settings=organisation.directories.opened_settings,
        account=organisation.collaboration.opened_account,
        ended=organisation.directories.directory_synchronised,
        files=settings.data_dir / "files",
        staging=settings.state_dir / "staging",
        local_photos=settings.local_photos,
    )


def _make(outside: Outside) -> Make:
    """What makes pictures small that people give."""
    return partial(made, (*outside.reader, "photos"))


def _web_settings(settings: Settings) -> WebSettings:
    return WebSettings(hosts=frozenset(settings.hosts), public_url=settings.public_url)


async def _calendars(settings: Settings, outside: Outside, office: Office) -> CalendarService:
    """With what calendars are read from, and by which process; started."""
    sources = CalendarSources(
        read=partial(calendar_reading.read, (*outside.reader, "calendars")),
        settings=office.organisation.collaboration.opened_calendar,
        files=settings.data_dir / "files",
    )
    calendars = CalendarService(
        office.storage, office.registry, office.bus, office.schedule, utc_now, sources
    )
    await calendars.start()
    return calendars


async def run(
    house: House, settings: Settings, stop: asyncio.Event, ready: Callable[[int], None]
) -> None:
    """Start the links and serve people until `stop` is set."""
    app = build(house.rooms)
    _spare_collections()
    starting = asyncio.create_task(house.network.start())
    starting.add_done_callback(_started)
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


def _spare_collections() -> None:
    """What the house is made of stays to the end, and what a request makes ends with it: looking
    through both time and again is a twelfth of the time of a lookup."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED, 20, 20)


def _started(starting: asyncio.Task[None]) -> None:
    if not starting.cancelled() and (error := starting.exception()):
        log.error("links not started", exc_info=error)


async def snippets(
    dialect: str,
    settings: Mapping[str, object],
    servers: Sequence[str] = (),
    *,
    secrets: bool = False,
) -> Sequence[Snippet]:
    """What must be added to the PBX of a link; Invalid. `servers`: the addresses it sees us come
    from; none = the one from which we reach it."""
    host = settings.get("host")
    if not servers and isinstance(host, str) and (own := await own_address(host)):
        servers = (own,)
    return links.snippets(dialect, settings, servers, secrets=secrets)


def _tls(settings: Settings) -> TlsFiles | None:
    if settings.tls_certificate is None or settings.tls_key is None:
        return None
    return TlsFiles(settings.tls_certificate, settings.tls_key)


def _health(storage: Storage) -> Callable[[], Awaitable[Health]]:
    async def health() -> Health:
        return Health(database=await storage.alive())

    return health

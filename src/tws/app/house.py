"""Puts the house together: the only module that knows every other, and that nobody imports but the
command line.
"""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from socket import gethostname
from urllib.parse import urlsplit

import structlog
from prometheus_client import CollectorRegistry

from tws import telemetry
from tws.alerter.service import AlerterService
from tws.alerter.templates import Templates
from tws.app.external_chat import external_chat
from tws.app.office import Office, doctor_of, open_office, utc_now
from tws.app.outside import Outside
from tws.app.parts import (
    LINKS,
    emails_part,
    external_chat_part,
    rules_part,
    sms_part,
    watching_parts,
)
from tws.app.texting import Texting, texting
from tws.app.working import backup_examiner, backup_settings, contact_sources, working
from tws.bus import Bus
from tws.config import Settings
from tws.desk.calling import DeskCalls
from tws.desk.helpers import Helpers
from tws.directory.company_files import CompanyFileService
from tws.directory.contact_files import ContactFileService
from tws.directory.lists import ListService
from tws.directory.photo_making import Make, made
from tws.directory.service import DirectoryService
from tws.directory.sync.sending import SendService
from tws.directory.user_photos import UserPhotoService
from tws.errors import Invalid
from tws.incidents.keeping import Keeper
from tws.incidents.service import Incidents
from tws.incidents.sign_of_life import SignOfLife
from tws.incidents.telling import Teller
from tws.incidents.watching import Watch
from tws.journal.news import NewsService
from tws.journal.notes import NoteService
from tws.journal.service import JournalService
from tws.maintenance.audit_log import AuditLog
from tws.maintenance.company_data import CompanyData
from tws.maintenance.findings import Running
from tws.maintenance.person_data import PersonData
from tws.maintenance.services import Services
from tws.maintenance.traces.service import TraceService
from tws.measures import sources
from tws.messaging.chat.calls import CallChats
from tws.messaging.chat.forgetting import Forgetting
from tws.messaging.chat.service import ChatService
from tws.messaging.emails.noting import Noting
from tws.messaging.emails.telling import EmailTeller
from tws.naming import Names, OverseenNames
from tws.numbering.checking import check_plan
from tws.numbering.service import NumberingService
from tws.organisation.model import Link
from tws.organisation.service import OrganisationService
from tws.presence.service import PresenceService
from tws.provisioning.service import ProvisioningService
from tws.push.service import PushService
from tws.queues.abandoned import AbandonedCalls
from tws.queues.service import QueueService
from tws.rules.book import ProfileBook, RuleBook
from tws.rules.presences import Presences
from tws.rules.profiles import ProfileService
from tws.rules.service import RuleService
from tws.rules.watching import Forwarder
from tws.schedule import Schedule
from tws.storage import Storage, new_id
from tws.telephony.asking import Asking
from tws.telephony.features import FeatureService
from tws.telephony.handing_on import HandingOn
from tws.telephony.link import LinkDriver
from tws.telephony.link_trials import LinkTrials
from tws.telephony.network import Network
from tws.telephony.service import TelephonyService
from tws.telephony.trial_calls import TrialCalls
from tws.templates.model import Walls
from tws.templates.service import TemplateService
from tws.web.live.door import Door
from tws.web.rooms import Health, Rooms, WebSettings
from tws.web.server import TlsFiles, build, serve

log = structlog.get_logger(__name__)

COLLECTED = 10_000
"Objects that come before the collector looks at the youngest."


@dataclass(frozen=True, slots=True)
class House:
    """One running process: its rooms, and what belongs to no room."""

    bus: Bus
    schedule: Schedule
    storage: Storage
    network: Network
    rooms: Rooms
    watch: Watch
    teller: Teller
    emails: EmailTeller


@contextlib.asynccontextmanager
async def open_house(
    settings: Settings, outside: Outside | None = None, web: WebSettings | None = None
) -> AsyncIterator[House]:
    """Open the database as its one server, build the rooms; close them in the other order.

    Links are not started: `House.network.start()` does that, once who watches them is there.
    """
    outside = outside or Outside()
    async with open_office(settings, outside, serving=True) as office:
        await office.access.sessions.load()
        office.access.sessions.start(office.schedule)
        directory, noting = _directory(office), Noting(office.registry, utc_now)
        journal = JournalService(
            office.storage,
            office.registry,
            office.bus,
            office.schedule,
            utc_now,
            settings.state_dir,
            directory.seen,
            noting.legs,
        )
        network = _network(office, outside, journal)
        incidents = Keeper(office.storage, office.registry, office.bus, office.schedule, utc_now)
        await incidents.load()
        life = SignOfLife(settings.state_dir / "running.json", incidents, office.schedule, utc_now)
        texts = texting(settings, outside, office, directory)
        rooms = _rooms(
            settings, outside, office, directory, noting, journal, network, incidents, texts, web
        )
        watch = Watch(incidents, rooms.doctor, office.mail, office.bus, office.schedule, utc_now)
        teller = _teller(settings, office, incidents)
        emails = _emails(settings, office, noting, network)
        rooms.services.add(
            *watching_parts(watch, teller), rules_part(rooms.forwarder), emails_part(emails)
        )
        rooms.services.add(external_chat_part(rooms.external.lines))
        rooms.services.add(sms_part(texts.sender))
        await rooms.rules.book.load(office.storage)
        await rooms.profiles.book.load(office.storage)
        office.rereading.add(rooms.rules.book.replica, rooms.profiles.book.replica)
        office.rereading.add(rooms.push.subscriptions.replica)
        try:
            await life.start()
            await rooms.presence.load()
            await rooms.external.book.load()
            office.rereading.add(*rooms.external.book.replicas)
            await rooms.chats.load()
            _forgetting(office, rooms.chats).start()
            texts.cleaning.start()
            await rooms.alerter.templates.load()
            await rooms.push.load()
            await rooms.services.begin(but=LINKS)
            yield House(
                office.bus, office.schedule, office.storage, network, rooms, watch, teller, emails
            )
        finally:
            await watch.stop()
            await texts.sender.stop()
            await network.stop()
            await rooms.external.lines.stop()
            await rooms.traces.stop()
            await office.schedule.stop()
            await office.bus.settle()
            await rooms.push.stop()
            await journal.stop()
            await office.access.sessions.stop()
            await rooms.provisioning.tokens.stop()
            await rooms.syslog.stop()
            await life.stop()


def _rooms(
    settings: Settings,
    outside: Outside,
    office: Office,
    directory: DirectoryService,
    noting: Noting,
    journal: JournalService,
    network: Network,
    incidents: Keeper,
    texts: Texting,
    web: WebSettings | None,
) -> Rooms:
    bus, storage, registry = office.bus, office.storage, office.registry
    live, asking = Door(), Asking(registry, network, bus, new_id)
    lists, traces = _lists(office, directory), _traces(settings, outside, office, network)
    rules = RuleService(storage, registry, RuleBook(bus))
    running = working(settings, outside, office, journal, network, live, traces)
    names, presence = Names(directory, registry, bus), _presence(office, running)
    push = _push(settings, outside, office, names, running)
    queues = QueueService(registry, bus, asking, running.state, presence)
    telephony = TelephonyService(asking)
    chats = ChatService(storage, registry, bus, utc_now, presence)
    external = external_chat(office, outside, chats, presence)
    files = CompanyFileService(storage, registry, settings.data_dir / "files")
    alerter = _alerter(settings, office, names, files)
    return Rooms(
        access=office.access,
        organisation=office.organisation,
        licences=office.licences,
        audit_log=AuditLog(storage, registry),
        templates=_templates(outside, office),
        company_data=_company_data(settings, office, traces),
        person_data=_person_data(office, traces),
        services=running.services,
        doctor=doctor_of(office, settings, outside, running),
        backups=running.backups,
        backup_settings=backup_settings(settings, office, running.backups),
        backup_examiner=backup_examiner(settings, office, running.backups),
        mail=office.mail,
        password_resets=office.resets,
        incidents=Incidents(storage, registry, incidents, utc_now),
        traces=traces,
        syslog=running.syslog,
        registry=registry,
        numbering=NumberingService(office.organisation.domains),
        telephony=telephony,
        features=FeatureService(asking),
        handing_on=HandingOn(asking, network),
        rules=rules,
        profiles=ProfileService(storage, registry, rules, ProfileBook(bus)),
        forwarder=_forwarder(office, network, rules, presence),
        trial_calls=TrialCalls(asking, storage, bus, utc_now),
        link_trials=_link_trials(outside, network),
        state=running.state,
        directory=directory,
        lists=lists,
        contact_files=_contact_files(office, outside, directory, lists),
        company_files=files,
        synchronisation=running.synchronisation,
        user_imports=running.imports,
        provisioning=_provisioning(office),
        calendars=running.calendars,
        presence=presence,
        queues=queues,
        abandoned=_abandoned(office, queues, telephony),
        chats=chats,
        call_chats=CallChats(registry, bus, utc_now, running.state, chats),
        external=external,
        sms=texts.service,
        sms_trials=texts.trials,
        sms_hearing=texts.hearing,
        user_photos=UserPhotoService(office.organisation.user_photos, _make(outside)),
        sending=SendService(
            storage, registry, utc_now, contact_sources(settings, outside, office)
        ),
        names=names,
        overseen=OverseenNames(directory, registry, bus),
        alerter=alerter,
        helpers=Helpers(registry, running.state, alerter, bus),
        desk_calls=DeskCalls(registry, running.state, telephony),
        journal=journal,
        notes=NoteService(storage, registry, bus, utc_now, directory),
        news=NewsService(storage, registry, bus, utc_now, noting.voice),
        push=push,
        live=live,
        bus=bus,
        clock=utc_now,
        health=_health(storage),
        metrics=_metrics(office, network, journal, running.services),
        state_dir=settings.state_dir,
        settings=web or _web_settings(settings),
        dialects=outside.dialects,
        connectors=outside.connectors,
        calendar_connectors=outside.calendar_connectors,
        sms_connectors=outside.sms_connectors,
        snippets=outside.snippets,
        address=outside.address,
    )


def _abandoned(
    office: Office, queues: QueueService, telephony: TelephonyService
) -> AbandonedCalls:
    abandoned = AbandonedCalls(
        office.storage,
        office.registry,
        office.bus,
        office.schedule,
        utc_now,
        queues,
        telephony,
    )
    abandoned.start()
    return abandoned


def _alerter(
    settings: Settings, office: Office, names: Names, files: CompanyFileService
) -> AlerterService:
    """Its server is called as people call it, or as its computer is."""
    public = settings.public_url or ""
    return AlerterService(
        office.registry,
        names,
        Templates(settings.data_dir / "files", office.bus),
        files,
        server=urlsplit(public).hostname or gethostname(),
        origin=public.rstrip("/"),
    )


def _presence(office: Office, running: Running) -> PresenceService:
    return PresenceService(
        office.storage,
        office.registry,
        office.bus,
        office.schedule,
        utc_now,
        running.state,
        running.calendars.known,
    )


def _push(
    settings: Settings, outside: Outside, office: Office, names: Names, running: Running
) -> PushService:
    subject = settings.public_url or ""
    if not subject.startswith("https:"):
        subject = f"mailto:postmaster@{gethostname()}"
    return PushService(
        office.storage,
        office.registry,
        office.access.sessions,
        office.secrets,
        office.bus,
        office.schedule,
        names,
        running.state,
        utc_now,
        outside.postman(subject, settings.local_push),
    )


def _forgetting(office: Office, chats: ChatService) -> Forgetting:
    return Forgetting(office.storage, office.registry, office.bus, office.schedule, utc_now, chats)


def _metrics(
    office: Office, network: Network, journal: JournalService, services: Services
) -> CollectorRegistry:
    return telemetry.registry(
        lambda: sources(office.bus, office.schedule, network, journal, services)
    )


def _lists(office: Office, directory: DirectoryService) -> ListService:
    return ListService(office.storage, office.registry, office.bus, directory)


def _provisioning(office: Office) -> ProvisioningService:
    provisioning = ProvisioningService(office.registry, office.organisation, utc_now)
    provisioning.tokens.start(office.schedule)
    return provisioning


def _forwarder(
    office: Office, network: Network, rules: RuleService, presence: PresenceService
) -> Forwarder:
    return Forwarder(
        office.storage,
        office.registry,
        office.bus,
        office.schedule,
        network,
        rules,
        Presences(presence, office.bus),
        new_id,
    )


def _teller(settings: Settings, office: Office, incidents: Keeper) -> Teller:
    return Teller(
        office.storage,
        office.registry,
        office.schedule,
        utc_now,
        incidents,
        office.mail,
        settings.public_url,
    )


def _emails(settings: Settings, office: Office, noting: Noting, network: Network) -> EmailTeller:
    return EmailTeller(
        office.storage,
        office.registry,
        office.bus,
        office.schedule,
        utc_now,
        office.mail,
        noting.wishes,
        network.call,
        settings.public_url,
    )


def _directory(office: Office) -> DirectoryService:
    directory = DirectoryService(
        office.storage, office.registry, office.bus, office.schedule, utc_now
    )
    directory.load()
    return directory


def _contact_files(
    office: Office, outside: Outside, directory: DirectoryService, lists: ListService
) -> ContactFileService:
    return ContactFileService(
        office.storage, office.registry, directory, lists, _make(outside), utc_now
    )


def _templates(outside: Outside, office: Office) -> TemplateService:
    walls = Walls(
        check_plan=check_plan,
        links=outside.link_settings.validate,
        directories=outside.sources.validate,
        calendars=outside.calendars.validate,
    )
    return TemplateService(office.storage, office.registry, office.organisation, walls)


def _company_data(settings: Settings, office: Office, traces: TraceService) -> CompanyData:
    return CompanyData(
        office.storage,
        office.registry,
        office.bus,
        settings.data_dir / "files",
        office.rereading.read_again,
        traces.forget_company,
    )


def _person_data(office: Office, traces: TraceService) -> PersonData:
    users = office.organisation.users
    return PersonData(office.storage, office.registry, users, traces.forget_person)


def _traces(
    settings: Settings, outside: Outside, office: Office, network: Network
) -> TraceService:
    return TraceService(
        office.storage,
        office.registry,
        office.schedule,
        network,
        office.bus,
        utc_now,
        root=settings.data_dir / "traces",
        secret_fields=outside.link_settings.secret_fields,
        replayer=outside.replayer,
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


def _link_trials(outside: Outside, network: Network) -> LinkTrials:
    return LinkTrials(
        network,
        driver=outside.driver,
        carrier=outside.carrier,
        clock=utc_now,
        new_id=new_id,
        patience=outside.link_patience,
    )


def _driver(organisation: OrganisationService, outside: Outside, link: Link) -> LinkDriver:
    """ValueError with words where its settings cannot work."""
    try:
        opened = organisation.links.opened_link(link)
    except Invalid as error:
        raise ValueError(error.message) from error
    return outside.driver(opened)


def _sending(settings: Settings, outside: Outside, office: Office) -> SendService:
    sources = contact_sources(settings, outside, office)
    return SendService(office.storage, office.registry, utc_now, sources)


def _make(outside: Outside) -> Make:
    """What makes pictures small that people give."""
    return partial(made, (*outside.reader, "photos"))


def _web_settings(settings: Settings) -> WebSettings:
    return WebSettings(
        hosts=frozenset(settings.hosts),
        public_url=settings.public_url,
        metrics_token=settings.metrics_token,
    )


async def run(
    house: House, settings: Settings, stop: asyncio.Event, ready: Callable[[int], None]
) -> None:
    """Start the links and serve people until `stop` is set."""
    app = build(house.rooms)
    _spare_collections()
    starting = asyncio.create_task(house.rooms.services.try_to_begin(LINKS))
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


def _tls(settings: Settings) -> TlsFiles | None:
    if settings.tls_certificate is None or settings.tls_key is None:
        return None
    return TlsFiles(settings.tls_certificate, settings.tls_key)


def _health(storage: Storage) -> Callable[[], Awaitable[Health]]:
    async def health() -> Health:
        return Health(database=await storage.alive())

    return health

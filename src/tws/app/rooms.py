"""Everything that a server has of rooms, put together."""

from collections.abc import Awaitable, Callable

from tws.app.calling import abandoned_of, forwarder_of, link_trials_of
from tws.app.contacts import (
    contact_files_of,
    lists_of,
    making_photos,
    provisioning_of,
    sending_of,
)
from tws.app.external_chat import external_chat
from tws.app.keeping import company_data_of, person_data_of, support_of, templates_of, traces_of
from tws.app.office import Office, doctor_of, utc_now
from tws.app.outside import Outside
from tws.app.telling import alerter_of, presence_of, push_of
from tws.app.texting import Texting
from tws.app.working import backup_examiner, backup_settings, working
from tws.config import Settings
from tws.desk.calling import DeskCalls
from tws.desk.helpers import Helpers
from tws.directory.company_files import CompanyFileService
from tws.directory.service import DirectoryService
from tws.directory.user_photos import UserPhotoService
from tws.incidents.keeping import Keeper
from tws.incidents.service import Incidents
from tws.journal.news import NewsService
from tws.journal.notes import NoteService
from tws.journal.service import JournalService
from tws.maintenance.audit_log import AuditLog
from tws.maintenance.findings import Running
from tws.measures import Measured, Measures
from tws.messaging.chat.calls import CallChats
from tws.messaging.chat.service import ChatService
from tws.messaging.emails.noting import Noting
from tws.naming import Names, OverseenNames
from tws.numbering.service import NumberingService
from tws.queues.service import QueueService
from tws.rules.book import ProfileBook, RuleBook
from tws.rules.profiles import ProfileService
from tws.rules.service import RuleService
from tws.storage import Storage, new_id
from tws.telephony.asking import Asking
from tws.telephony.features import FeatureService
from tws.telephony.handing_on import HandingOn
from tws.telephony.network import Network
from tws.telephony.queued_calls import QueuedCalls
from tws.telephony.service import TelephonyService
from tws.telephony.trial_calls import TrialCalls
from tws.web.live.door import Door
from tws.web.rooms import Health, Rooms, WebSettings


def all_rooms(
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
    lists, traces = lists_of(office, directory), traces_of(settings, outside, office, network)
    rules = RuleService(storage, registry, RuleBook(bus))
    profiles = ProfileService(storage, registry, rules, ProfileBook(bus))
    running = working(
        settings, outside, office, journal, network, live, traces, texts.service.providers
    )
    names, presence = Names(directory, registry, bus), presence_of(office, running)
    push = push_of(settings, outside, office, names, running)
    queues = QueueService(registry, bus, QueuedCalls(asking), running.state, presence)
    telephony = TelephonyService(asking)
    chats = ChatService(storage, registry, bus, utc_now, presence, office.schedule)
    external = external_chat(office, outside, chats, presence)
    files = CompanyFileService(storage, registry, settings.data_dir / "files")
    alerter = alerter_of(settings, office, names, files)
    measures = _measures(office, network, journal, running, incidents, texts)
    doctor = doctor_of(office, settings, outside, running, external)
    return Rooms(
        access=office.access,
        organisation=office.organisation,
        licences=office.licences,
        audit_log=AuditLog(storage, registry),
        templates=templates_of(outside, office),
        company_data=company_data_of(settings, office, traces),
        person_data=person_data_of(office, traces),
        services=running.services,
        nodes=running.nodes,
        doctor=doctor,
        support=support_of(
            settings, outside, office, doctor, running, network, measures, incidents
        ),
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
        profiles=profiles,
        forwarder=forwarder_of(office, network, rules, presence),
        trial_calls=TrialCalls(asking, storage, bus, utc_now),
        link_trials=link_trials_of(outside, network),
        state=running.state,
        directory=directory,
        lists=lists,
        contact_files=contact_files_of(office, outside, directory, lists),
        company_files=files,
        synchronisation=running.synchronisation,
        user_imports=running.imports,
        provisioning=provisioning_of(office),
        calendars=running.calendars,
        presence=presence,
        queues=queues,
        abandoned=abandoned_of(office, queues, telephony),
        chats=chats,
        call_chats=CallChats(registry, bus, utc_now, running.state, chats),
        external=external,
        sms=texts.service,
        sms_trials=texts.trials,
        sms_reports=texts.reports,
        user_photos=UserPhotoService(office.organisation.user_photos, making_photos(outside)),
        sending=sending_of(settings, outside, office),
        names=names,
        overseen=OverseenNames(directory, registry, bus),
        alerter=alerter,
        helpers=Helpers(registry, running.state, alerter, bus, utc_now),
        desk_calls=DeskCalls(registry, running.state, telephony, profiles.chosen_device),
        journal=journal,
        notes=NoteService(storage, registry, bus, utc_now, directory),
        news=NewsService(storage, registry, bus, utc_now, noting.voice),
        push=push,
        live=live,
        bus=bus,
        clock=utc_now,
        health=_health(storage),
        metrics=measures.registry,
        measure=measures.look,
        state_dir=settings.state_dir,
        settings=web or _web_settings(settings),
        dialects=outside.dialects,
        connectors=outside.connectors,
        calendar_connectors=outside.calendar_connectors,
        sms_connectors=outside.sms_connectors,
        snippets=outside.snippets,
        address=outside.address,
    )


def _measures(
    office: Office,
    network: Network,
    journal: JournalService,
    running: Running,
    incidents: Keeper,
    texts: Texting,
) -> Measures:
    return Measures(
        Measured(
            bus=office.bus,
            schedule=office.schedule,
            storage=office.storage,
            registry=office.registry,
            network=network,
            journal=journal,
            services=running.services,
            nodes=running.nodes,
            access=office.access,
            mail=office.mail,
            sms=texts.service,
            synchronisation=running.synchronisation,
            backups=running.backups,
            incidents=incidents,
            lag=office.lag,
        )
    )


def _web_settings(settings: Settings) -> WebSettings:
    return WebSettings(
        hosts=frozenset(settings.hosts),
        public_url=settings.public_url,
        metrics_token=settings.metrics_token,
    )


def _health(storage: Storage) -> Callable[[], Awaitable[Health]]:
    async def health() -> Health:
        return Health(database=await storage.alive())

    return health

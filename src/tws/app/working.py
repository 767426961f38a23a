"""What works by itself in a house, as parts that are started and stopped; with what it works."""

from functools import partial

from tws.app.backups import choices
from tws.app.office import Office, utc_now
from tws.app.outside import Outside
from tws.app.parts import all_parts
from tws.config import Settings
from tws.directory.sync import process as reading
from tws.directory.sync.service import Sources, SyncService
from tws.imports import process as user_reading
from tws.imports.service import ImportService
from tws.imports.service import Sources as UserSources
from tws.journal.service import JournalService
from tws.maintenance.backups.examining import BackupExaminer
from tws.maintenance.backups.restoring import Place
from tws.maintenance.backups.service import BackupService, BackupSettings
from tws.maintenance.backups.settings import BackupSettingsService
from tws.maintenance.findings import Running
from tws.maintenance.nodes import NodesService
from tws.maintenance.services import Services
from tws.maintenance.syslog import SyslogService
from tws.maintenance.traces.service import TraceService
from tws.messaging.sms.providers import Providers
from tws.presence.calendars import process as calendar_reading
from tws.presence.calendars.service import CalendarService, CalendarSources
from tws.telephony.network import Network
from tws.telephony.state import TelephonyState
from tws.web.live.door import Door


def working(
    settings: Settings,
    outside: Outside,
    office: Office,
    journal: JournalService,
    network: Network,
    live: Door,
    traces: TraceService,
    sms_providers: Providers,
) -> Running:
    """What is started and stopped, and what the doctor asks of it."""
    bus, schedule, storage = office.bus, office.schedule, office.storage
    synchronisation = SyncService(
        storage,
        office.registry,
        bus,
        schedule,
        utc_now,
        contact_sources(settings, outside, office),
    )
    imports = _imports(settings, outside, office, synchronisation)
    calendars = _calendars(settings, outside, office)
    backups = _backups(settings, outside, office)
    syslog = SyslogService(settings.data_dir / "syslog.json", storage, utc_now)
    parts = all_parts(
        storage=storage,
        journal=journal,
        network=network,
        synchronisation=synchronisation,
        imports=imports,
        calendars=calendars,
        backups=backups,
        live=live,
        syslog=syslog,
        traces=traces,
        mail=office.mail,
    )
    return Running(
        services=Services(storage, parts, lambda: schedule.failing),
        state=TelephonyState(network),
        synchronisation=synchronisation,
        calendars=calendars,
        imports=imports,
        sms_providers=sms_providers,
        backups=backups,
        syslog=syslog,
        nodes=NodesService(office.registry),
    )


def _backups(settings: Settings, outside: Outside, office: Office) -> BackupService:
    return BackupService(
        BackupSettings(
            database=settings.database,
            files=settings.data_dir / "files",
            folder=settings.backups,
            plan=choices(settings, office.secrets).plan(),
            state=settings.state_dir / "backup-failure.json",
            since=settings.state_dir / "backups-since.json",
        ),
        office.storage,
        office.secrets,
        office.schedule,
        utc_now,
        outside.backup_maker,
    )


def _imports(
    settings: Settings, outside: Outside, office: Office, synchronisation: SyncService
) -> ImportService:
    """With what users are read from, and by which process."""
    organisation = office.organisation
    return ImportService(
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


def contact_sources(settings: Settings, outside: Outside, office: Office) -> Sources:
    """What directories are read from, and by which process."""
    organisation = office.organisation
    return Sources(
        read=partial(reading.read, outside.reader),
        settings=organisation.directories.opened_settings,
        account=organisation.collaboration.opened_account,
        ended=organisation.directories.directory_synchronised,
        files=settings.data_dir / "files",
        staging=settings.state_dir / "staging",
        local_photos=settings.local_photos,
    )


def _calendars(settings: Settings, outside: Outside, office: Office) -> CalendarService:
    """With what calendars are read from, and by which process."""
    sources = CalendarSources(
        read=partial(calendar_reading.read, (*outside.reader, "calendars")),
        settings=office.organisation.collaboration.opened_calendar,
        files=settings.data_dir / "files",
    )
    return CalendarService(
        office.storage, office.registry, office.bus, office.schedule, utc_now, sources
    )


def backup_settings(
    settings: Settings, office: Office, backups: BackupService
) -> BackupSettingsService:
    return BackupSettingsService(choices(settings, office.secrets), backups, office.storage)


def backup_examiner(settings: Settings, office: Office, backups: BackupService) -> BackupExaminer:
    place = Place(database=settings.database, data_dir=settings.data_dir, keys=settings.secret_key)
    return BackupExaminer(backups, place, office.storage, utc_now)

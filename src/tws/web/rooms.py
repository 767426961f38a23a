"""What the web is given: the rooms it serves, and its settings. `tws.app` fills it in."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry

from tws.access.resets import PasswordResets
from tws.access.service import AccessService
from tws.alerter.service import AlerterService
from tws.bus import Bus
from tws.desk.calling import DeskCalls
from tws.desk.helpers import Helpers
from tws.directory.company_files import CompanyFileService
from tws.directory.connector import DirectoryConnector
from tws.directory.contact_files import ContactFileService
from tws.directory.lists import ListService
from tws.directory.service import DirectoryService
from tws.directory.sync.sending import SendService
from tws.directory.sync.service import SyncService
from tws.directory.user_photos import UserPhotoService
from tws.imports.service import ImportService
from tws.incidents.service import Incidents
from tws.journal.news import NewsService
from tws.journal.notes import NoteService
from tws.journal.service import JournalService
from tws.licences.service import LicenceService
from tws.mail.service import MailService
from tws.maintenance.audit_log import AuditLog
from tws.maintenance.backups.examining import BackupExaminer
from tws.maintenance.backups.service import BackupService
from tws.maintenance.backups.settings import BackupSettingsService
from tws.maintenance.company_data import CompanyData
from tws.maintenance.doctor import Doctor
from tws.maintenance.nodes import NodesService
from tws.maintenance.person_data import PersonData
from tws.maintenance.services import Services
from tws.maintenance.support.service import SupportService
from tws.maintenance.syslog import SyslogService
from tws.maintenance.traces.service import TraceService
from tws.messaging.chat.calls import CallChats
from tws.messaging.chat.service import ChatService
from tws.messaging.external.service import ExternalService
from tws.messaging.sms.provider import SmsProvider
from tws.messaging.sms.reports import Reports
from tws.messaging.sms.service import SmsService
from tws.messaging.sms.trials import Trials as SmsTrials
from tws.naming import Names, OverseenNames
from tws.numbering.service import NumberingService
from tws.organisation.model import Link
from tws.organisation.registry import Registry
from tws.organisation.service import OrganisationService
from tws.presence.calendars.calendar import CalendarConnector
from tws.presence.calendars.service import CalendarService
from tws.presence.service import PresenceService
from tws.provisioning.service import ProvisioningService
from tws.push.service import PushService
from tws.queues.abandoned import AbandonedCalls
from tws.queues.service import QueueService
from tws.register import NotInstalled
from tws.rules.profiles import ProfileService
from tws.rules.service import RuleService
from tws.rules.watching import Forwarder
from tws.telephony.features import FeatureService
from tws.telephony.handing_on import HandingOn
from tws.telephony.link import Address, Dialect, Snippet
from tws.telephony.link_trials import LinkTrials
from tws.telephony.service import TelephonyService
from tws.telephony.state import TelephonyState
from tws.telephony.trial_calls import TrialCalls
from tws.templates.service import TemplateService
from tws.web.live.door import Door
from tws.web.live.stream import Limits
from tws.web.shown.known import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    hosts: frozenset[str] = frozenset()
    """Host names this server answers to, without port; empty = any. A site that points its own
    name here could otherwise drive the pages that need no session."""
    public_url: str | None = None
    "How people reach this server, where a proxy stands before it: `https://tws.company.example`."
    limits: Limits = field(default_factory=Limits)
    metrics_token: str | None = field(default=None, repr=False)
    "By which /metrics is read from elsewhere."


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Whether this process can do its work. A PBX away is its link's state, not our illness."""

    database: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    access: AccessService
    organisation: OrganisationService
    licences: LicenceService
    audit_log: AuditLog
    templates: TemplateService
    company_data: CompanyData
    person_data: PersonData
    services: Services
    nodes: NodesService
    doctor: Doctor
    backups: BackupService
    backup_settings: BackupSettingsService
    backup_examiner: BackupExaminer
    incidents: Incidents
    traces: TraceService
    mail: MailService
    syslog: SyslogService
    support: SupportService
    password_resets: PasswordResets
    registry: Registry
    numbering: NumberingService
    telephony: TelephonyService
    features: FeatureService
    handing_on: HandingOn
    rules: RuleService
    profiles: ProfileService
    forwarder: Forwarder
    trial_calls: TrialCalls
    link_trials: LinkTrials
    state: TelephonyState
    directory: DirectoryService
    lists: ListService
    contact_files: ContactFileService
    company_files: CompanyFileService
    synchronisation: SyncService
    user_imports: ImportService
    provisioning: ProvisioningService
    calendars: CalendarService
    presence: PresenceService
    queues: QueueService
    abandoned: AbandonedCalls
    chats: ChatService
    call_chats: CallChats
    external: ExternalService
    sms: SmsService
    sms_trials: SmsTrials
    sms_reports: Reports
    user_photos: UserPhotoService
    sending: SendService
    names: Names
    overseen: OverseenNames
    alerter: AlerterService
    helpers: Helpers
    desk_calls: DeskCalls
    journal: JournalService
    notes: NoteService
    news: NewsService
    push: PushService
    live: Door
    bus: Bus
    clock: Callable[[], datetime]
    "The time in UTC."
    health: Callable[[], Awaitable[Health]]
    dialects: Callable[[], Mapping[str, type[Dialect] | NotInstalled]]
    "Those of this installation, by name; or why one cannot be used."
    connectors: Callable[[], Mapping[str, type[DirectoryConnector] | NotInstalled]]
    "Kinds of directories of this installation, in the same way."
    calendar_connectors: Callable[[], Mapping[str, type[CalendarConnector] | NotInstalled]]
    "Kinds of calendars, in the same way."
    sms_connectors: Callable[[], Mapping[str, type[SmsProvider] | NotInstalled]]
    "Kinds of gateways of text messages, in the same way."
    snippets: Callable[[Link], Awaitable[Sequence[Snippet]]]
    "What must be added to the PBX of this link; nothing for most dialects."
    address: Callable[[Link], Address | None]
    "Where the PBX of this link is dialled; None where it is not, or its settings cannot work."
    metrics: CollectorRegistry
    measure: Callable[[], Awaitable[None]]
    "Asks for what `metrics` does not know by itself; before they are read."
    state_dir: Path
    "Folder of what must outlive this process beside the database."
    settings: WebSettings = field(default_factory=WebSettings)

    @property
    def known(self) -> Known:
        return Known(
            registry=self.registry,
            state=self.state,
            names=self.names,
            overseen=self.overseen,
            alerter=self.alerter,
            helpers=self.helpers,
            desk_calls=self.desk_calls,
            address=self.address,
            runs=self.synchronisation.last,
            imports=self.user_imports.last,
            calendars=self.calendars,
            presence=self.presence,
            queues=self.queues,
            abandoned=self.abandoned,
            chats=self.chats,
            external=self.external,
            sms=self.sms,
            lists=self.lists.changes,
            journal=lambda user: f"{self.notes.changes(user)} {self.news.changes(user)}",
            logs=self.journal.logs,
            incidents=self.incidents.standing,
            push=self.push.telling,
            rules=self.rules,
            profiles=self.profiles,
            forwarder=self.forwarder,
        )

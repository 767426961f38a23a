"""What the doctor found: of one check, of one thing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from tws.access.elsewhere import Elsewhere
from tws.access.negotiator import Standing
from tws.directory.sync.service import SyncService
from tws.imports.service import ImportService
from tws.licences.service import LicenceService
from tws.maintenance.backups.service import BackupService
from tws.maintenance.nodes import NodesService
from tws.maintenance.services import Services
from tws.maintenance.syslog import SyslogService
from tws.messaging.external.service import ExternalService
from tws.messaging.sms.providers import Providers
from tws.net.encryption import Way
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.model import CollaborationSource, Directory, Link, SmsProvider
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.organisation.service import OrganisationService
from tws.presence.calendars.service import CalendarService
from tws.sentences import Sentence, sentence
from tws.storage import Storage
from tws.telephony.link import Address
from tws.telephony.state import TelephonyState

Row = Link | Directory | CollaborationSource | SmsProvider
MOST = 10
"Of one kind of trouble that are named; the others are counted."


class Check(StrEnum):
    """In the order of the table (10.8)."""

    DATABASE = "database"
    DISK = "disk"
    CLOCK = "clock"
    CERTIFICATE = "certificate"
    ENCRYPTION = "encryption"
    SECRETS = "secrets"
    LICENCES = "licences"
    SERVICES = "services"
    NODES = "nodes"
    BACKUPS = "backups"
    SYSLOG = "syslog"
    USERS = "users"
    SIGNING_IN = "signingIn"
    LINKS = "links"
    DEVICES = "devices"
    DIRECTORIES = "directories"
    IMPORTS = "imports"
    CALENDARS = "calendars"
    EXTERNAL_CHAT = "externalChat"
    SMS_PROVIDERS = "smsProviders"


class Severity(StrEnum):
    FAILED = "failed"
    WARNING = "warning"
    OK = "ok"
    NOT_APPLICABLE = "notApplicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    check: Check
    outcome: Severity
    said: Sentence
    todo: Sentence | None = None
    page: str | None = None
    "Of Administration, by its name in the address."
    row: str | None = None
    "Id of what the page opens."
    about: str = ""
    "The name of what it is of: a row, a folder, an application, a service."
    company: CompanyId | None = None
    occurrence: str = ""
    "Of what is wrong: another one is another time that it went wrong, or another degree."
    unsure: bool = False
    "Too early to say that it went wrong, or that what was wrong is well again."


@dataclass(frozen=True, slots=True)
class Running:
    """What is known of a server that runs; a command beside one knows nothing of it."""

    services: Services
    state: TelephonyState
    synchronisation: SyncService
    calendars: CalendarService
    imports: ImportService
    sms_providers: Providers
    backups: BackupService
    syslog: SyslogService
    nodes: NodesService


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What checks look at, for one actor."""

    actor: Actor
    registry: Registry
    organisation: OrganisationService
    licences: LicenceService
    storage: Storage
    now: datetime
    folders: tuple[Path, ...]
    scarce: int
    "Bytes left on a disk, below which that is told."
    certificate: Path | None
    push_key_lost: Sentence | None
    "Why the key that browsers are told by cannot be used."
    methods: frozenset[str]
    "Ways of signing in that this installation has."
    elsewhere: Elsewhere
    "Products that check who somebody is."
    tickets: Standing | None
    "Of the keytab; None: there is none."
    address: Mapping[str, Address | None]
    ways: Callable[[Row], Sequence[Way]]
    "How the product of a row is spoken to."
    server_ways: Sequence[tuple[str, Way]]
    "What speaks to people and to the database, by its name."
    advice: Callable[[str], Sentence | None]
    "By the name of a dialect: what to look at on its PBX."
    "Where the PBX of each link is dialled, by the link's id."
    running: Running | None
    external: ExternalService | None
    "Chat with people outside; None where nothing runs."

    def covers(self, company: CompanyId) -> bool:
        return self.actor.manages(company)

    @property
    def parameters(self) -> Parameters:
        return Parameters(self.registry)


def unknown(check: Check) -> Finding:
    return Finding(
        check=check,
        outcome=Severity.NOT_APPLICABLE,
        said=sentence("Only a server that runs can tell."),
    )


def of_running(
    check: Check,
    sight: Sight,
    look: Callable[[Sight, Running], Iterable[Finding]],
    well: Sentence,
) -> Iterator[Finding]:
    """What `look` finds of a server that runs; where that is nothing, that all is well."""
    if sight.running is None:
        return iter([unknown(check)])
    return or_well(check, look(sight, sight.running), well)


def or_well(check: Check, found: Iterable[Finding], well: Sentence) -> Iterator[Finding]:
    """What was found; where that is nothing, that all is well."""
    none = True
    for finding in found:
        none = False
        yield finding
    if none:
        yield Finding(check=check, outcome=Severity.OK, said=well)

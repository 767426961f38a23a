"""What is in memory, for reading: all that is shown is made of it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from tws.alerter.service import AlerterService
from tws.desk.calling import DeskCalls
from tws.desk.helpers import Helpers
from tws.directory.runs import Run
from tws.imports.model import Run as ImportRun
from tws.incidents.service import Standing
from tws.journal.logs import Logs
from tws.messaging.chat.service import ChatService
from tws.messaging.external.service import ExternalService
from tws.messaging.sms.service import SmsService
from tws.naming import Names, OverseenNames
from tws.organisation.actor import CompanyId, DirectoryId, UserId, UserImportId
from tws.organisation.model import Link
from tws.organisation.registry import Registry
from tws.presence.calendars.service import CalendarService
from tws.presence.service import PresenceService
from tws.push.telling import Telling
from tws.queues.abandoned import AbandonedCalls
from tws.queues.service import QueueService
from tws.rules.profiles import ProfileService
from tws.rules.service import RuleService
from tws.rules.watching import Forwarder
from tws.telephony.link import Address
from tws.telephony.state import TelephonyState


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    registry: Registry
    state: TelephonyState
    names: Names
    overseen: OverseenNames
    alerter: AlerterService
    helpers: Helpers
    desk_calls: DeskCalls
    address: Callable[[Link], Address | None]
    "Where the PBX of a link is dialled; None where it is not, or nobody can say."
    runs: Callable[[DirectoryId], Run | None]
    "The last synchronisation of a directory."
    imports: Callable[[UserImportId], ImportRun | None]
    "The last run of an import of users."
    calendars: CalendarService
    presence: PresenceService
    queues: QueueService
    abandoned: AbandonedCalls
    chats: ChatService
    external: ExternalService
    sms: SmsService
    lists: Callable[[UserId], str]
    "Another text after each change of the lists that a user sees."
    journal: Callable[[UserId], str]
    "Another text after each change in the event journal that a user reads, but for calls."
    logs: Logs
    incidents: Callable[[Collection[CompanyId] | None], Standing]
    "How many are open, of some companies or of all and the server."
    push: Telling
    rules: RuleService
    profiles: ProfileService
    forwarder: Forwarder

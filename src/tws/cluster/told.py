"""What every node tells all others of: rows that changed, and what happens to no link.

What happens on a link is told by its holder (`cluster.link_voice`). The rest stays: it is made of
what was told on each node anew (how people are, who is called what), or is work of this node.
"""

from typing import Any

from tws.access.events import (
    ApiKeyCreated,
    ApiKeyRevoked,
    GuessNoted,
    SessionEnded,
    SessionStarted,
    SignInBegun,
    SignInOver,
    TriesKnown,
    TryNoted,
    TryRefused,
    UsesNoted,
)
from tws.desk.events import OrderGiven, OrderReported
from tws.directory.events import (
    CompanyFileChanged,
    ContactChanged,
    ContactListChanged,
    ContactsMerged,
    SynchronisationChanged,
)
from tws.imports.events import UserImportRunChanged
from tws.incidents.events import IncidentChanged
from tws.journal.events import JournalSeen, LogChanged, VoiceNoticed
from tws.journal.note import NoteChanged
from tws.licences.events import LicenceChanged
from tws.mail.events import MailQueued
from tws.maintenance.stopped import PartsStopped
from tws.messaging.chat.events import (
    CallMessageSent,
    FilePassing,
    MessageDelivered,
    MessageSent,
    MessagesGone,
    MessagesPassing,
    MessagesRead,
    MessagesSeen,
    PartyGone,
    Typing,
    UnreadChanged,
)
from tws.messaging.external.events import (
    ExternalAccountChanged,
    ExternalContactChanged,
    LineAsked,
)
from tws.messaging.sms.events import ReceiptAside, SmsChanged, SmsQueued
from tws.node_memory import KINDS as OF_NODES
from tws.organisation.events import (
    AdministratorChanged,
    CollaborationAccountChanged,
    CollaborationSourceChanged,
    CompanyChanged,
    DirectoryChanged,
    DirectorySynchronised,
    DomainChanged,
    GrantChanged,
    GroupChanged,
    IntercomGroupChanged,
    LinkChanged,
    LinkOwned,
    ParameterValueChanged,
    PreferencesChanged,
    QueueChanged,
    ScimConnectionChanged,
    ScimConnectionUsed,
    SmsProviderChanged,
    UserChanged,
    UserDeviceChanged,
    UserImportChanged,
)
from tws.presence.calendars.model import CalendarRead, SourceRead
from tws.presence.events import SaidChanged
from tws.push.events import KeyRenewed, SubscriptionChanged
from tws.queues.events import AbandonedChanged
from tws.rereading import RowsMissed
from tws.rules.events import ForwardingRuleChanged, KeptChanged, ProfileChanged

KINDS: tuple[type[Any], ...] = (
    AbandonedChanged,
    AdministratorChanged,
    ApiKeyCreated,
    ApiKeyRevoked,
    CalendarRead,
    CallMessageSent,
    CollaborationAccountChanged,
    CollaborationSourceChanged,
    CompanyChanged,
    CompanyFileChanged,
    ContactChanged,
    ContactListChanged,
    ContactsMerged,
    DirectoryChanged,
    DirectorySynchronised,
    DomainChanged,
    ExternalAccountChanged,
    ExternalContactChanged,
    FilePassing,
    ForwardingRuleChanged,
    GrantChanged,
    GroupChanged,
    GuessNoted,
    IncidentChanged,
    IntercomGroupChanged,
    JournalSeen,
    KeptChanged,
    KeyRenewed,
    LicenceChanged,
    LineAsked,
    LinkChanged,
    LinkOwned,
    LogChanged,
    MailQueued,
    MessageDelivered,
    MessageSent,
    MessagesGone,
    MessagesPassing,
    MessagesRead,
    MessagesSeen,
    NoteChanged,
    OrderGiven,
    OrderReported,
    ParameterValueChanged,
    PartsStopped,
    PartyGone,
    PreferencesChanged,
    ProfileChanged,
    QueueChanged,
    ReceiptAside,
    RowsMissed,
    SaidChanged,
    ScimConnectionChanged,
    ScimConnectionUsed,
    SessionEnded,
    SessionStarted,
    SignInBegun,
    SignInOver,
    SmsChanged,
    SmsProviderChanged,
    SmsQueued,
    SourceRead,
    SubscriptionChanged,
    SynchronisationChanged,
    TriesKnown,
    TryNoted,
    TryRefused,
    Typing,
    UnreadChanged,
    UserChanged,
    UserDeviceChanged,
    UserImportChanged,
    UserImportRunChanged,
    UsesNoted,
    VoiceNoticed,
    *OF_NODES,
)
BY_NAME = {kind.__name__: kind for kind in KINDS}

"""Parts of the state that are watched as a whole, and what each room's file here is made of."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from tws.organisation.actor import CompanyId, UserId
from tws.organisation.model import User
from tws.telephony.events import CallChanged
from tws.web.shown.known import Known
from tws.web.shown.values import Value


class Kind(StrEnum):
    USER = "user"
    ADMINISTRATOR = "administrator"
    DEVICE = "device"
    CALLS = "calls"
    POPS = "pops"
    "The screen pops of a device's calls."
    DESK = "desk"
    "The helpers of a user."
    HELPER = "helper"
    "What these do."
    NOTICES = "notices"
    "The calls of a user, as these show them."
    LINK = "link"
    DEVICE_STATE = "device state"
    LISTS = "lists"
    "Of contacts, those that a user sees."
    JOURNAL = "journal"
    "What else a user reads in the event journal: other people's logs, notes, what is new."
    PARAMETERS = "parameters"
    "Of TWS Caller, as they are for a user."
    PREFERENCES = "preferences"
    "What a user chose for himself."
    RUN = "run"
    "The last synchronisation of a directory."
    USER_IMPORT = "user import"
    "Its last run."
    TELEPHONE = "telephone"
    "One of nobody's, which an intercom group supervises."
    PRESENCE = "presence"
    "How somebody is, as all see it who may see as much of it."
    CHATS = "chats"
    "What waits to be read of a user."
    EXTERNAL = "external"
    "A user's account with people outside, and whom he knows there."
    COLLABORATION = "collaboration"
    "How a source of calendars is read."
    SMS = "sms"
    "That a user may send text messages, and that what he sent has come further."
    SMS_PROVIDER = "SMS provider"
    "How it goes with a provider of text messages."
    RULES = "rules"
    "The forwarding rules of a user, and what they do."
    QUEUE = "queue"
    "A call queue, as all see it who are authorised on it."
    INCIDENTS = "incidents"
    "How many are open, as all see it who manage the same companies."


class Scope(NamedTuple):
    """One part of the state; `id` is the row id of what it is of, and behind a stroke how it is
    seen, where not all see the same of it. Of incidents: the ids of the companies."""

    kind: Kind
    id: str

    @property
    def of(self) -> str:
        """What it is of, however it is seen."""
        return self.id.partition("/")[0]


Values = dict[str, Value]
"By key."
Content = Callable[[Known, str], Values]
"The present content of the scope of that id; empty when the thing is no more."


class Marks(Protocol):
    """Where it is told what changed: the hub."""

    known: Known

    def mark(self, kind: Kind, of: str) -> None:
        """This has changed, however it is seen."""

    def mark_each(self, kinds: Sequence[Kind], of: str) -> None:
        """So have several kinds of what is shown of one thing."""

    def mark_all(self, *kinds: Kind) -> None:
        """Everything of these kinds has changed."""

    def mark_users(self, kind: Kind, fits: Callable[[User], bool]) -> None:
        """What is of those users that fit has changed."""

    def mark_company(self, kind: Kind, company: CompanyId) -> None:
        """What is of the users of a company has changed."""

    def reported(self, change: CallChanged) -> None:
        """What was marked comes of this step of a call."""

    def doubt(self, owners: Iterable[str]) -> None:
        """The rights of these users or administrators may be others now."""

    def doubt_watching(self, users: Iterable[str]) -> None:
        """What may be seen of these users may be other now, for whoever watches them."""

    def doubt_company(self, company: CompanyId) -> None:
        """Anybody's rights in this company may be others now."""

    def doubt_administrators(self) -> None:
        """Rows came or went: what administrators list may be other, soon enough."""

    def moment(self, user: UserId, value: object) -> None:
        """Something happened to this user."""

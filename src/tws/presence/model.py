"""What people say of themselves, and what is made of all that is known of them (9.1.2, 9.1.3)."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from tws.organisation.actor import UserId


class PresenceState(StrEnum):
    """What somebody says, in the guide's words."""

    ONLINE = "online"
    "Whatever the calendar says."
    BUSY = "busy"
    ABSENT = "absent"
    OFFLINE = "offline"
    "Also while a page of theirs is open."


class Said(Struct, frozen=True, kw_only=True):
    """What somebody says. Who says nothing is as telephone, calendar and open pages have it."""

    user: UserId
    since: datetime
    state: PresenceState | None = None
    message: str = ""
    until: datetime | None = None
    "When it is said no more; None = until it is changed."


class TelephoneState(StrEnum):
    """The most important of what somebody's telephones do."""

    UNKNOWN = "unknown"
    "The PBX does not tell: the link is down, or the telephone is not listened to."
    OUT_OF_SERVICE = "outOfService"
    "Unplugged, or not registered: it cannot ring."
    FREE = "free"
    BUSY = "busy"
    RINGING = "ringing"


class State(StrEnum):
    """How somebody is, in one word: each has its sign on the pages."""

    UNKNOWN = "unknown"
    FREE = "free"
    RINGING = "ringing"
    BUSY = "busy"
    AWAY = "away"
    OFFLINE = "offline"
    UNREACHABLE = "unreachable"
    "The telephone is not registered: nobody can ring there."


class Because(StrEnum):
    """What the state was taken from."""

    NOTHING = "nothing"
    TELEPHONE = "telephone"
    DO_NOT_DISTURB = "doNotDisturb"
    SAID = "said"
    CALENDAR = "calendar"
    PAGE = "page"
    "Whether a page of theirs is open."


class Combined(Struct, frozen=True):
    state: State
    because: Because

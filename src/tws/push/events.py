"""What this room publishes on the bus."""

from dataclasses import dataclass

from msgspec import Struct

from tws.push.model import Notice, Subscription
from tws.telephony.model import ThreadId


@dataclass(frozen=True, slots=True)
class SubscriptionChanged:
    """After the commit; None = there was none, or there is none any more."""

    before: Subscription | None
    after: Subscription | None


@dataclass(frozen=True, slots=True)
class NoticeWanted:
    """A browser has to be told of a call, of which it knows nothing newer."""

    subscription: Subscription
    notice: Notice
    thread: ThreadId
    "Of the call, for the log."
    turn: int
    "Grows: the greatest of a leg and a browser is what is told."


class KeyRenewed(Struct, frozen=True):
    """The pair by which browsers know us is another."""

"""What a browser gave us to reach it by, and what it is told of a call. Immutable values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import msgspec

from tws.organisation.actor import CompanyId, UserId
from tws.telephony.model import LegId

MOST_OF_A_USER = 10
"Browsers of one user; one more takes the place of the oldest."


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Of one session, which is one browser signed in."""

    id: str
    company: CompanyId
    user: UserId
    session: str
    place: str
    "SHA-256 of the address, in hexadecimal: a browser that is somebody else's now is found by it."
    sealed: str = field(repr=False)
    "Its `Target`."
    created: datetime


class Target(msgspec.Struct, frozen=True):
    """PushSubscription of the W3C's Push API, 8: whoever knows it reaches that browser."""

    endpoint: str
    "An https address of the push service that the browser has chosen."
    p256dh: str
    "The browser's public key on P-256, uncompressed, in base64url."
    auth: str
    "The secret of RFC 8291, 3.2: 16 bytes in base64url."


class CallState(StrEnum):
    RINGING = "ringing"
    ANSWERED = "answered"
    "By the user, or by somebody else."
    MISSED = "missed"
    OVER = "over"
    "Refused, sent on, or ended some other way."


class Notice(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """What is told of a call: `frontend/src/worker/shown.ts` reads it. No more than is shown; the
    push service sees nothing of it (RFC 8291)."""

    leg: LegId
    device: str
    state: CallState
    name: str | None
    number: str | None
    "As people of the country read it. None: withheld, or on the red list."
    company: str | None
    by: str | None
    "The queue that it came by, or who sent it here."
    culture: str
    operations: tuple[str, ...]
    "What may be asked of the telephone at once."

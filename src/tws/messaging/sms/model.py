"""What a text message is, and how far it has come."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from msgspec import Struct

from tws.errors import Invalid
from tws.organisation.actor import CompanyId, DomainId, SmsProviderId, UserId
from tws.protocols.sms.segments import Segmented, segmented
from tws.sentences import NOTHING, Sentence

SmsId = NewType("SmsId", str)
"A UUIDv7: the order of ids is that of messages."
MOST_PARTS = 10
FIRST, LONGEST = timedelta(seconds=15), timedelta(minutes=5)
"Until one that could not be sent is tried again: each time twice as long."
GIVEN_UP = timedelta(hours=1)
"After its making: a text message that comes later helps nobody."


class SmsState(StrEnum):
    WAITING = "waiting"
    "Until its turn comes, or until it is tried again."
    SENDING = "sending"
    "It is being given to the provider, at this moment."
    SENT = "sent"
    "The provider took it."
    DELIVERED = "delivered"
    "... and told that the telephone has it."
    FAILED = "failed"
    "It was refused, or never reached anybody; `reason` says why."
    UNKNOWN = "unknown"
    "The provider may have taken it: it is not sent again."


NEXT: Mapping[SmsState, frozenset[SmsState]] = {
    # Waiting again: longer, where nobody is there to send it.
    SmsState.WAITING: frozenset({SmsState.WAITING, SmsState.SENDING, SmsState.FAILED}),
    SmsState.SENDING: frozenset(
        {SmsState.SENT, SmsState.WAITING, SmsState.FAILED, SmsState.UNKNOWN}
    ),
    SmsState.SENT: frozenset({SmsState.DELIVERED, SmsState.FAILED}),
    # What was sent may be told of although nobody heard that it was taken.
    SmsState.UNKNOWN: frozenset({SmsState.DELIVERED, SmsState.FAILED}),
    SmsState.DELIVERED: frozenset(),
    SmsState.FAILED: frozenset(),
}
"What may follow each state; whatever else is told is of yesterday."


class Sms(Struct, frozen=True, kw_only=True):
    id: SmsId
    company: CompanyId
    domain: DomainId
    user: UserId
    "Who sends it."
    number: str
    "E.164, with its `+`."
    contact: str | None = None
    "Id of the contact whose number it was."
    name: str = ""
    "Of that contact, then."
    text: str
    parts: int
    state: SmsState = SmsState.WAITING
    reason: Sentence = NOTHING
    created: datetime
    changed: datetime
    tries: int = 0
    due: datetime | None
    "When it is tried next; None: it is not."
    provider: SmsProviderId | None = None
    "By which it was sent, or tried last."
    key: str | None = None
    "The client's own id of it: one that comes again makes no second message."


class SmsPage(Struct, frozen=True, kw_only=True):
    """Some of what somebody sent, newest first."""

    messages: tuple[Sms, ...]
    more: bool
    "Whether there are older ones."


def later(tries: int) -> timedelta:
    """How long after so many tries the next one comes."""
    doublings = max(0, min(tries - 1, 20))
    return min(FIRST * (1 << doublings), LONGEST)


def written(text: str) -> tuple[str, Segmented]:
    """A text as it is sent, and how it is parted; Invalid."""
    clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not clean.strip():
        raise Invalid("There is nothing to send.", field="text", why="needed")
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign != "\n" for sign in clean):
        raise Invalid(
            "control characters cannot be part of this", field="text", why="controlCharacters"
        )
    parted = segmented(clean)
    if len(parted.texts) > MOST_PARTS:
        raise Invalid(
            f"A text message has at most {MOST_PARTS} parts.",
            field="text",
            why="smsTooLong",
            parameters={"most": MOST_PARTS},
        )
    return clean, parted

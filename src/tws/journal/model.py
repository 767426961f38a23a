"""What the journal keeps of a leg, and what it shows of it."""

from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from msgspec import Struct

from tws.organisation.actor import CompanyId, DeviceRowId, DomainId, UserId
from tws.telephony.model import CallId, DeviceId, Direction, LegId, LinkId, Party, ThreadId, Via

T = TypeVar("T")


class Outcome(StrEnum):
    """How a leg ended, for its user."""

    ANSWERED = "answered"
    MISSED = "missed"
    CANCELLED = "cancelled"
    "Outgoing: given up before an answer came."
    BUSY = "busy"
    REFUSED = "refused"
    FAILED = "failed"
    FORWARDED = "forwarded"
    "Incoming: sent on before it was answered here."
    TRANSFERRED = "transferred"
    "Handed on by its user."
    ANSWERED_ELSEWHERE = "answeredElsewhere"
    END_NOT_SEEN = "endNotSeen"
    "It was over when the PBX could be asked again."


class Leg(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One row: one device's part in a thread. `ended` None = it is going on."""

    id: LegId
    link: LinkId
    call: CallId
    device: DeviceId
    thread: ThreadId
    company: CompanyId
    domain: DomainId
    user: UserId
    device_row: DeviceRowId
    direction: Direction
    epoch: int = 0
    "Of the owner of the link that wrote it."
    revision: int = 1
    "Counts its versions: an older one never replaces a newer one."

    number: str = ""
    "The other party's, in a form that can be dialled again."
    heard: str = ""
    "The same as the PBX gave it."
    name: str = ""
    "The other party's at the time: of the directories, else as the PBX called them."
    contact: str | None = None
    red: bool = False
    "The directory hides the number: its user reads the name alone."
    restricted: bool = False
    peer: str = ""
    "Who the PBX says is connected to this device: in a snapshot it tells this call from another."
    queue: Party | None = None
    via: Via | None = None
    other: Party | None = None
    "Forwarded or transferred to whom; answered by whom."

    created: datetime
    alerted: datetime | None = None
    answered: datetime | None = None
    ended: datetime | None = None
    last_seen: datetime
    outcome: Outcome | None = None
    cause: str = ""
    "Of the end, an ECMA-269 cause."
    late: bool = False
    "Its beginning was not seen."
    gap: bool = False
    "While it went on the PBX could not be heard for a time."


class LogEntry(Struct, frozen=True, kw_only=True, gc=False):
    """A finished leg, as its user reads it."""

    id: LegId
    user: UserId
    domain: DomainId
    device: DeviceRowId
    thread: ThreadId
    direction: Direction
    number: str
    "The other party's, in a form that can be dialled again; empty when withheld or hidden."
    name: str
    contact: str | None
    restricted: bool
    queue: Party | None
    via: Via | None
    "Why it came here other than by being dialled, and by whom."
    outcome: Outcome
    other: Party | None
    "Forwarded or transferred to whom; answered by whom."
    cause: str
    started: datetime
    answered: datetime | None
    ended: datetime
    ringing: int
    "Seconds from the first ring until it was answered, or ended; 0 where no ring was seen."
    duration: int
    "Seconds of conversation."
    joined_late: bool
    end_not_seen: bool
    gap: bool


class Page(Struct, Generic[T], frozen=True):
    """Some entries, newest first; `before` asks for those that follow, None = there are none."""

    entries: tuple[T, ...]
    before: str | None


class Gap(Struct, frozen=True, kw_only=True):
    """A time in which a link's calls were not heard."""

    id: str = ""
    "Given as it is marked."
    link: LinkId
    company: CompanyId
    since: datetime
    until: datetime
    ended: int
    "Calls that were over when the PBX could be asked again."


class VoiceNotice(Struct, frozen=True, kw_only=True):
    """Voice messages came for a user's telephone."""

    id: str
    company: CompanyId
    user: UserId
    device_row: DeviceRowId
    at: datetime
    heard: datetime | None = None
    "Since when none waits any more."


class News(Struct, frozen=True, kw_only=True):
    """What came into a user's journal since he looked at it."""

    seen: datetime | None
    "When that was; None = never."
    missed: int
    notes: int
    "Public ones of others about his calls."
    messages: tuple[VoiceNotice, ...]
    "Also those of before."

    @property
    def unread(self) -> int:
        new = (one for one in self.messages if self.seen is None or one.at > self.seen)
        return self.missed + self.notes + sum(1 for _ in new)


def entry(leg: Leg, *, reveal: bool = False) -> LogEntry:
    """A leg that has ended, as a log entry; `reveal` a number that the red list hides."""
    if leg.ended is None or leg.outcome is None:
        raise ValueError("a leg that goes on is no log entry")
    return LogEntry(
        id=leg.id,
        user=leg.user,
        domain=leg.domain,
        device=leg.device_row,
        thread=leg.thread,
        direction=leg.direction,
        number=leg.number if reveal or not leg.red else "",
        name=leg.name,
        contact=leg.contact,
        restricted=leg.restricted,
        queue=leg.queue,
        via=leg.via,
        outcome=leg.outcome,
        other=leg.other,
        cause=leg.cause,
        started=leg.created,
        answered=leg.answered,
        ended=leg.ended,
        ringing=_seconds(leg.alerted, leg.answered or leg.ended) if leg.alerted else 0,
        duration=_seconds(leg.answered, leg.ended) if leg.answered else 0,
        joined_late=leg.late,
        end_not_seen=leg.outcome is Outcome.END_NOT_SEEN,
        gap=leg.gap,
    )


def _seconds(since: datetime, until: datetime) -> int:
    """Whole seconds; none where the clock was set back in between."""
    return max(0, int((until - since).total_seconds()))

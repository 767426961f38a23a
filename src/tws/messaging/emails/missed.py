"""Which calls somebody missed, seen from all legs of their threads. Pure."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tws.journal.model import Leg, LogEntry, Outcome, entry
from tws.messaging.emails.model import LONGEST_CALL, Notice
from tws.telephony.model import Cause, Direction, LegId, ThreadId


@dataclass(frozen=True, slots=True)
class Sorted:
    """What becomes of notices."""

    entries: list[LogEntry] = field(default_factory=list)
    "To be told, the oldest first; one for each call, however many telephones rang."
    ids: list[str] = field(default_factory=list)
    "The notices of these."
    first: datetime | None = None
    "When the first of them ended."
    settled: list[str] = field(default_factory=list)
    "Nobody missed these."
    going_on: set[ThreadId] = field(default_factory=set)
    "Somebody may still answer these."


def may_be_missed(leg: Leg) -> bool:
    """One that ended; of those that were sent on only what rang, or found its telephone busy:
    whoever forwards all calls does not wait for them here."""
    if leg.direction is not Direction.INCOMING:
        return False
    if leg.outcome is Outcome.FORWARDED:
        return leg.alerted is not None or leg.cause == Cause.CALL_FORWARD_BUSY
    return leg.outcome is Outcome.MISSED


def sort(
    notices: Sequence[Notice],
    legs: Sequence[Leg],
    goes_on: Callable[[ThreadId], bool],
    voice_mail: Callable[[str], bool],
    now: datetime,
) -> Sorted:
    """`legs`: all of the threads of these notices of one user; `goes_on`: whether the PBX still
    has a call of the thread; `voice_mail`: whether a number is that of his voice mail."""
    by_id = {one.id: one for one in legs}
    by_thread: dict[ThreadId, list[Leg]] = {}
    for one in legs:
        by_thread.setdefault(one.thread, []).append(one)
    found, told = Sorted(), dict[ThreadId, Leg]()
    first: datetime | None = None
    for notice in notices:
        leg = by_id.get(LegId(notice.id))
        if leg is None or not may_be_missed(leg):
            found.settled.append(notice.id)
            continue
        thread = by_thread[leg.thread]
        waits = now - notice.at < LONGEST_CALL
        if waits and (goes_on(leg.thread) or any(one.ended is None for one in thread)):
            found.going_on.add(leg.thread)
        elif not _missed(leg, thread, voice_mail):
            found.settled.append(notice.id)
        else:
            found.ids.append(notice.id)
            first = notice.at if first is None else min(first, notice.at)
            known = told.get(leg.thread)
            if known is None or _rang(known) < _rang(leg):
                told[leg.thread] = leg
    entries = sorted((entry(leg) for leg in told.values()), key=lambda one: (one.started, one.id))
    return Sorted(entries, found.ids, first, found.settled, found.going_on)


def _missed(leg: Leg, thread: Collection[Leg], voice_mail: Callable[[str], bool]) -> bool:
    if any(_answers(one, leg) for one in thread if one.direction is Direction.INCOMING):
        return False
    if any(_handed_on(one, leg) for one in thread):
        return False
    if leg.outcome is Outcome.MISSED:
        return True
    if leg.other is not None and leg.other.number and voice_mail(leg.other.number):
        return True
    # Whether an outside number was answered is told by a colleague's call only.
    others = [one for one in thread if one.user != leg.user or one.direction is not leg.direction]
    return bool(others) and not any(_answers(one, leg) for one in others)


def _answers(other: Leg, missed: Leg) -> bool:
    """Not before it came here: who answered first may have handed it on."""
    return other.answered is not None and other.answered >= missed.created


def _handed_on(other: Leg, missed: Leg) -> bool:
    """Its user talked to the caller, and sent him to another telephone of his own: he knows."""
    via = missed.via
    return (
        via is not None
        and via.cause == Cause.SINGLE_STEP_TRANSFER
        and (other.user, other.device) == (missed.user, via.by.number)
        and other.answered is not None
    )


def _rang(leg: Leg) -> float:
    if leg.alerted is None or leg.ended is None:
        return -1.0
    return (leg.ended - leg.alerted).total_seconds()

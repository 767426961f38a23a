"""Lines of the call log as values."""

from datetime import datetime
from functools import lru_cache
from typing import Annotated

import msgspec

from tws import numbering
from tws.journal.model import LogEntry, Outcome
from tws.organisation.model import Domain
from tws.organisation.registry import Registry
from tws.telephony.model import (
    Direction,
    Party,
)
from tws.web.shown.calls import QueueValue
from tws.web.shown.values import Value


class LogPartyValue(Value):
    """Somebody in a line of the call log, as they were known then."""

    number: str | None
    name: str | None
    display: str | None


class LogViaValue(Value):
    """Why a call came other than by being dialled, and by whom."""

    cause: str
    by: LogPartyValue


class LogEntryValue(Value):
    """A call that is over, as its user reads it."""

    id: str
    device: Annotated[str, msgspec.Meta(description="Id.")]
    thread: str
    direction: Direction
    outcome: Outcome
    cause: Annotated[str, msgspec.Meta(description="How it ended: an ECMA-269 cause.")]
    number: Annotated[
        str, msgspec.Meta(description="The other party's, as it can be dialled; may be empty.")
    ]
    display: str
    name: str
    contact: str | None
    restricted: bool
    queue: QueueValue | None
    via: LogViaValue | None
    other: Annotated[
        LogPartyValue | None,
        msgspec.Meta(description="Forwarded or transferred to whom; answered by whom."),
    ]
    started: datetime
    answered: datetime | None
    ended: datetime
    ringing: Annotated[int, msgspec.Meta(description="Seconds.")]
    duration: Annotated[int, msgspec.Meta(description="Seconds of conversation.")]
    joined_late: Annotated[bool, msgspec.Meta(description="Its beginning was not seen.")]
    end_not_seen: bool
    gap: Annotated[bool, msgspec.Meta(description="The PBX was not heard for a part of it.")]


_display = lru_cache(4096)(numbering.display)
_display_kept = lru_cache(4096)(numbering.display_kept)


def log_entry(registry: Registry, entry: LogEntry) -> LogEntryValue:
    domain = registry.domains.get(entry.domain)
    via, queue = entry.via, entry.queue
    return LogEntryValue(
        id=entry.id,
        device=entry.device,
        thread=entry.thread,
        direction=entry.direction,
        outcome=entry.outcome,
        cause=entry.cause,
        number=entry.number,
        display=_kept(entry.number, domain),
        name=entry.name,
        contact=entry.contact,
        restricted=entry.restricted,
        queue=None if queue is None else QueueValue(number=queue.number, name=queue.name),
        via=None if via is None else LogViaValue(cause=via.cause, by=_party(via.by, domain)),
        other=None if entry.other is None else _party(entry.other, domain),
        started=entry.started,
        answered=entry.answered,
        ended=entry.ended,
        ringing=entry.ringing,
        duration=entry.duration,
        joined_late=entry.joined_late,
        end_not_seen=entry.end_not_seen,
        gap=entry.gap,
    )


def _party(party: Party, domain: Domain | None) -> LogPartyValue:
    if party.restricted:
        return LogPartyValue(number=None, name=None, display=None)
    shown = party.number
    if shown is not None and domain is not None:
        shown = _display(shown, domain)
    return LogPartyValue(number=party.number, name=party.name, display=shown)


def _kept(number: str, domain: Domain | None) -> str:
    return number if domain is None else _display_kept(number, domain)

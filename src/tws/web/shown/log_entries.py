"""Lines of the call log as values."""

from functools import lru_cache

from tws import numbering
from tws.journal.model import LogEntry
from tws.organisation.model import Domain
from tws.organisation.registry import Registry
from tws.telephony.model import Party
from tws.web.shown.values import LogEntryValue, LogPartyValue, LogViaValue, QueueValue

_display = lru_cache(4096)(numbering.display)
_display_written = lru_cache(4096)(numbering.display_written)


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
        display=_written(entry.number, domain),
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


def _written(number: str, domain: Domain | None) -> str:
    return number if domain is None else _display_written(number, domain)

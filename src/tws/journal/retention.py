"""Which calls a user's log keeps (10.2.1). Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class LogType(StrEnum):
    """The logs of a user as the guide counts them."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    MISSED = "missed"
    NOTE = "note"
    "Kept as calls are, beside them."


@dataclass(frozen=True, slots=True)
class Logged:
    """What decides about an entry."""

    id: str
    "Of a leg, or of a note."
    type: LogType
    created: datetime


@dataclass(frozen=True, slots=True)
class Limits:
    most: int
    "Of each type (`CallLog-NumberMaxOfStorage`)."
    days: int
    "`CallLog-NumberDaysOfStorage`."
    least: int
    "Of all types together, whatever the others say (`CallLog-NumberToKeepInStorage`)."


def surplus(log: Sequence[Logged], limits: Limits, now: datetime) -> list[str]:
    """What goes of a user's log, given newest first. Of those that go by the first two numbers the
    newest stay, as many as the third asks for."""
    oldest = now - timedelta(days=limits.days)
    seen: Counter[LogType] = Counter()
    over: list[str] = []
    for entry in log:
        seen[entry.type] += 1
        if seen[entry.type] > limits.most or entry.created < oldest:
            over.append(entry.id)
    spared = max(0, limits.least - (len(log) - len(over)))
    return over[spared:]

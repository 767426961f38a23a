"""From the events of a calendar to what somebody is at a moment, and until when. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from tws.presence.calendars.calendar import Event, State

Private = Literal["shown", "masked", "left out"]
"masked: that there is something, but not what."


class Availability(Struct, frozen=True):
    """What somebody is, `until` the next change; None where nothing known changes it."""

    state: State
    subject: str = ""
    private: bool = False
    until: datetime | None = None


def visible(
    events: Iterable[Event], *, summaries: bool = True, private: Private = "masked"
) -> Iterator[Event]:
    """What others may see: `summaries` and `private` "shown" or "left out" are the parameters
    DisplayCalendarSummary and DisplayCalendarPrivate (specification 9.1.3)."""
    for event in events:
        if event.private and private == "left out":
            continue
        hidden = not summaries or (event.private and private == "masked")
        yield replace(event, subject="") if hidden else event


def at(
    events: Iterable[Event],
    moment: datetime,
    *,
    summaries: bool = True,
    private: Private = "masked",
) -> Availability:
    """`moment`: aware. Of events at the same time the one with the highest state counts, then the
    one that began last."""
    seen = visible(events, summaries=summaries, private=private)
    left = [event for event in seen if event.until > moment]
    now = _strongest(left, moment)
    changes = sorted({b for e in left for b in (e.since, e.until) if b > moment})
    until = next((when for when in changes if _other(now, _strongest(left, when))), None)
    if now is None:
        return Availability(State.FREE, until=until)
    return Availability(now.state, now.subject, now.private, until)


def _strongest(events: Iterable[Event], moment: datetime) -> Event | None:
    going_on = (event for event in events if event.since <= moment < event.until)
    return max(going_on, key=_weight, default=None)


def _weight(event: Event) -> tuple[State, datetime, datetime, str, bool]:
    return event.state, event.since, event.until, event.subject, event.private


def _other(now: Event | None, then: Event | None) -> bool:
    """Whether anybody sees the difference."""
    return _seen(now) != _seen(then)


def _seen(event: Event | None) -> tuple[State, str, bool]:
    return (
        (State.FREE, "", False) if event is None else (event.state, event.subject, event.private)
    )

"""One state of all that is known of somebody, or of as much as somebody else may know. Pure.

What may not be known is None, and is as if it were not there: who sees less sees another state,
and never one from which the rest could be told (decision 0084: the table, and why it is so).
"""

from collections.abc import Callable

from msgspec import Struct

from tws.presence.calendars.calendar import State as Calendar
from tws.presence.model import Because, Combined, PresenceState, State, TelephoneState


class Facts(Struct, frozen=True, kw_only=True):
    """What is known; None = nothing, or it is not for whoever asks."""

    telephone: TelephoneState | None = None
    do_not_disturb: bool = False
    said: PresenceState | None = None
    calendar: Calendar | None = None
    page: bool | None = None
    "Whether a page of theirs is open."


Fits = Callable[[Facts], bool]

TABLE: tuple[tuple[Fits, State, Because], ...] = (
    (lambda f: f.telephone is TelephoneState.RINGING, State.RINGING, Because.TELEPHONE),
    (lambda f: f.telephone is TelephoneState.BUSY, State.BUSY, Because.TELEPHONE),
    (lambda f: f.do_not_disturb, State.BUSY, Because.DO_NOT_DISTURB),
    (lambda f: f.said is PresenceState.OFFLINE, State.OFFLINE, Because.SAID),
    (lambda f: f.said is PresenceState.BUSY, State.BUSY, Because.SAID),
    (lambda f: f.said is PresenceState.ABSENT, State.AWAY, Because.SAID),
    (
        lambda f: f.telephone is TelephoneState.OUT_OF_SERVICE,
        State.UNREACHABLE,
        Because.TELEPHONE,
    ),
    (lambda f: f.said is PresenceState.ONLINE, State.FREE, Because.SAID),
    (lambda f: f.calendar is Calendar.OUT_OF_OFFICE, State.AWAY, Because.CALENDAR),
    (lambda f: f.calendar is Calendar.BUSY, State.BUSY, Because.CALENDAR),
    (lambda f: f.telephone is TelephoneState.FREE, State.FREE, Because.TELEPHONE),
    (lambda f: f.page is True, State.FREE, Because.PAGE),
    (lambda f: f.page is False, State.OFFLINE, Because.PAGE),
    (lambda f: f.calendar is not None, State.FREE, Because.CALENDAR),
)
"The first that fits is it."


def combined(facts: Facts) -> Combined:
    for fits, state, because in TABLE:
        if fits(facts):
            return Combined(state, because)
    return Combined(State.UNKNOWN, Because.NOTHING)

"""What somebody is at a moment, from the events of his calendar."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tws.presence.calendars.calendar import Event, State
from tws.presence.calendars.free_busy import Availability, at, visible

DAY = datetime(2026, 3, 2, tzinfo=UTC)
FREE, TENTATIVE, BUSY, AWAY = State
LAST = 30
"Hours that the properties look at."


def when(hour: float) -> datetime:
    return DAY + timedelta(hours=hour)


def event(
    since: float, until: float, state: State = BUSY, subject: str = "", private: bool = False
) -> Event:
    return Event(when(since), when(until), state, subject, private)


def test_an_event_begins_and_ends() -> None:
    meeting = [event(9, 10, BUSY, "Budget")]
    assert at(meeting, when(8)) == Availability(FREE, until=when(9))
    assert at(meeting, when(9)) == Availability(BUSY, "Budget", until=when(10))
    assert at(meeting, when(10)) == Availability(FREE)
    assert at([], when(9)) == Availability(FREE)


def test_the_strongest_of_several_counts() -> None:
    events = [
        event(0, 24, AWAY, "Holiday"),
        event(8, 12, BUSY, "Meeting"),
        event(11, 30, TENTATIVE, "Perhaps"),
        event(7, 13, FREE, "Birthday"),
    ]
    assert at(events, when(9)) == Availability(AWAY, "Holiday", until=when(24))
    assert at(events[1:], when(9)) == Availability(BUSY, "Meeting", until=when(12))
    assert at(events[1:], when(12)) == Availability(TENTATIVE, "Perhaps", until=when(30))
    assert at(events[3:], when(9)) == Availability(FREE, "Birthday", until=when(13))


def test_of_two_alike_the_one_that_began_last() -> None:
    events = [event(8, 12, BUSY, "All morning"), event(9, 10, BUSY, "Meeting")]
    assert at(events, when(9)).subject == "Meeting"
    assert at(events, when(10)) == Availability(BUSY, "All morning", until=when(12))


def test_meetings_without_a_gap_are_one_where_nobody_sees_the_difference() -> None:
    events = [event(8, 9), event(9, 10), event(9.5, 11)]
    assert at(events, when(8)) == Availability(BUSY, until=when(11))


def test_what_is_private() -> None:
    events = [event(9, 10, AWAY, "Doctor", True), event(9, 11, BUSY, "Meeting")]
    assert at(events, when(9)) == Availability(AWAY, "", True, when(10))
    assert at(events, when(9), private="shown").subject == "Doctor"
    assert at(events, when(9), private="left out") == Availability(BUSY, "Meeting", until=when(11))


def test_what_others_may_see() -> None:
    events = [event(9, 10, AWAY, "Doctor", True), event(9, 11, BUSY, "Meeting")]
    assert [e.subject for e in visible(events)] == ["", "Meeting"]
    assert [e.subject for e in visible(events, private="shown")] == ["Doctor", "Meeting"]
    assert [e.subject for e in visible(events, private="left out")] == ["Meeting"]
    assert [e.subject for e in visible(events, summaries=False, private="shown")] == ["", ""]


hours = st.integers(0, LAST)
calendars = st.lists(
    st.builds(event, hours, hours, st.sampled_from(State), st.sampled_from("abc"), st.booleans()),
    max_size=8,
)


@given(calendars, hours)
def test_the_state_is_that_of_the_strongest(events: list[Event], hour: int) -> None:
    going_on = [e.state for e in events if e.since <= when(hour) < e.until]
    assert at(events, when(hour)).state == max(going_on, default=FREE)


@given(calendars, hours)
def test_nothing_changes_before_it_is_said_to(events: list[Event], hour: int) -> None:
    def seen(hour: int) -> tuple[State, str, bool]:
        found = at(events, when(hour))
        return found.state, found.subject, found.private

    until = at(events, when(hour)).until
    later = range(hour + 1, LAST + 2)
    changed = next((when(then) for then in later if seen(then) != seen(hour)), None)
    assert until == changed


@given(calendars, hours, st.randoms())
def test_the_order_of_events_says_nothing(events: list[Event], hour: int, dice: object) -> None:
    mixed = list(events)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert at(events, when(hour)) == at(mixed, when(hour))


@given(calendars, hours)
def test_no_private_subject_is_told(events: list[Event], hour: int) -> None:
    found = at(events, when(hour))
    assert not (found.private and found.subject)

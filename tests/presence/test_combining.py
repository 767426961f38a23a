"""One state of all that is known: the table of the decision, and what holds for all of it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.presence.calendars.calendar import State as Calendar
from tws.presence.combining import Facts, combined
from tws.presence.model import Because, Combined, PresenceState, State, TelephoneState

T, P, C = TelephoneState, PresenceState, Calendar

CASES = {
    "nothing is known": (Facts(), State.UNKNOWN, Because.NOTHING),
    "it rings, whatever is said": (
        Facts(telephone=T.RINGING, said=P.OFFLINE, do_not_disturb=True),
        State.RINGING,
        Because.TELEPHONE,
    ),
    "on the telephone, in a meeting": (
        Facts(telephone=T.BUSY, calendar=C.BUSY, said=P.ONLINE),
        State.BUSY,
        Because.TELEPHONE,
    ),
    "do not disturb": (
        Facts(telephone=T.FREE, do_not_disturb=True, said=P.ONLINE, page=True),
        State.BUSY,
        Because.DO_NOT_DISTURB,
    ),
    "says busy": (
        Facts(telephone=T.FREE, said=P.BUSY, calendar=C.FREE),
        State.BUSY,
        Because.SAID,
    ),
    "says absent, in a meeting": (
        Facts(telephone=T.FREE, said=P.ABSENT, calendar=C.BUSY, page=True),
        State.AWAY,
        Because.SAID,
    ),
    "says offline, the page is open": (
        Facts(telephone=T.FREE, said=P.OFFLINE, page=True),
        State.OFFLINE,
        Because.SAID,
    ),
    "says online, in a meeting": (
        Facts(telephone=T.FREE, said=P.ONLINE, calendar=C.BUSY, page=True),
        State.FREE,
        Because.SAID,
    ),
    "not registered is not free": (
        Facts(telephone=T.OUT_OF_SERVICE, said=P.ONLINE, page=True, calendar=C.FREE),
        State.UNREACHABLE,
        Because.TELEPHONE,
    ),
    "in a meeting": (
        Facts(telephone=T.FREE, calendar=C.BUSY, page=True),
        State.BUSY,
        Because.CALENDAR,
    ),
    "perhaps in a meeting": (
        Facts(telephone=T.FREE, calendar=C.TENTATIVE),
        State.FREE,
        Because.TELEPHONE,
    ),
    "out of office": (
        Facts(telephone=T.FREE, calendar=C.OUT_OF_OFFICE, page=False),
        State.AWAY,
        Because.CALENDAR,
    ),
    "at the desk without a page": (
        Facts(telephone=T.FREE, page=False),
        State.FREE,
        Because.TELEPHONE,
    ),
    "the PBX is away, the page is open": (
        Facts(telephone=T.UNKNOWN, page=True),
        State.FREE,
        Because.PAGE,
    ),
    "the PBX is away, and no page": (
        Facts(telephone=T.UNKNOWN, page=False),
        State.OFFLINE,
        Because.PAGE,
    ),
    "only the calendar is shown": (Facts(calendar=C.FREE), State.FREE, Because.CALENDAR),
    "only the telephone is shown, which nobody knows": (
        Facts(telephone=T.UNKNOWN),
        State.UNKNOWN,
        Because.NOTHING,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_one_state_of_all(case: str) -> None:
    facts, state, because = CASES[case]
    assert combined(facts) == Combined(state, because)


facts = st.builds(
    Facts,
    telephone=st.none() | st.sampled_from(T),
    do_not_disturb=st.booleans(),
    said=st.none() | st.sampled_from(P),
    calendar=st.none() | st.sampled_from(C),
    page=st.none() | st.booleans(),
)


@given(facts)
def test_what_it_was_taken_from_is_known(known: Facts) -> None:
    """So that nobody is told of what he may not see."""
    because = combined(known).because
    assert because is not Because.TELEPHONE or known.telephone is not None
    assert because is not Because.SAID or known.said is not None
    assert because is not Because.CALENDAR or known.calendar is not None
    assert because is not Because.PAGE or known.page is not None
    assert because is not Because.DO_NOT_DISTURB or known.do_not_disturb


def test_free_is_never_said_of_a_telephone_that_cannot_ring() -> None:
    said, calendars, pages = (None, *P), (None, *C), (None, True, False)
    for one, calendar, page in product(said, calendars, pages):
        known = Facts(telephone=T.OUT_OF_SERVICE, said=one, calendar=calendar, page=page)
        assert combined(known).state is not State.FREE

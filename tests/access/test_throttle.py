"""Whoever tries passwords gets so many tries, whatever they do, and everybody else theirs."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.access.tries.throttle import FREE_TRIES, LONGEST_WAIT, REMEMBERED, Throttle
from tws.errors import TooMany

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MOST_IN_A_ROW = 19
"In a quarter of an hour: 10, and one each after 1, 2, 4 ... 256 seconds."
GAPS = st.lists(st.one_of(st.integers(0, 5), st.floats(0, 1000), st.just(901)), max_size=60)
"Seconds from one try to the next."


def wait(throttle: Throttle, who: str, now: datetime) -> int:
    """Seconds until the next try; 0: this was one."""
    try:
        throttle.begin(who, now)
    except TooMany as refused:
        told = refused.details["retry_after"]
        assert isinstance(told, int) and told > 0
        assert f"{told} s" in refused.message
        return told
    return 0


def failing(throttle: Throttle, tries: int) -> datetime:
    """Somebody failed so often, as fast as they could; the moment of the last one."""
    now = START
    for _ in range(tries):
        if told := wait(throttle, "ada", now):
            now += SECOND * told
            assert wait(throttle, "ada", now) == 0
    return now


@given(gaps=GAPS)
def test_nobody_gets_more_tries_whatever_the_pauses(gaps: list[float]) -> None:
    throttle, now, taken = Throttle(), START, [START]
    throttle.begin("ada", now)
    for gap in gaps:
        now += timedelta(seconds=gap)
        if not wait(throttle, "ada", now):
            taken.append(now)
    for first in taken:
        inside = [at for at in taken if first <= at <= first + LONGEST_WAIT]
        assert len(inside) <= MOST_IN_A_ROW


def test_whoever_waits_as_told_gets_each_try_and_waits_twice_as_long() -> None:
    throttle, now, waits = Throttle(), START, []
    for _ in range(FREE_TRIES + 13):
        waits.append(told := wait(throttle, "ada", now))
        if told:
            # Asking meanwhile costs nothing.
            almost = now + SECOND * told - SECOND / 4
            assert wait(throttle, "ada", almost) == 1
            now += SECOND * told
            assert wait(throttle, "ada", now) == 0
    longest = int(LONGEST_WAIT.total_seconds())
    assert waits[:FREE_TRIES] == [0] * FREE_TRIES
    assert waits[FREE_TRIES:] == [min(2**n, longest) for n in range(13)]
    taken = [sum(waits[: n + 1]) for n in range(len(waits))]
    assert len([at for at in taken if at <= longest]) == MOST_IN_A_ROW


@given(tries=st.integers(0, 30), early=st.floats(0, 0.999))
def test_a_success_forgets_all_failures(tries: int, early: float) -> None:
    throttle = Throttle()
    now = failing(throttle, tries)
    throttle.succeeded("ada")
    now += timedelta(seconds=early)
    assert [wait(throttle, "ada", now) for _ in range(FREE_TRIES)] == [0] * FREE_TRIES
    assert wait(throttle, "ada", now) > 0


@given(undone=st.integers(1, 40))
def test_a_try_at_which_nobody_looked_does_not_count(undone: int) -> None:
    """The database was away, say: people who tried then are not slowed down."""
    throttle = Throttle()
    for _ in range(undone):
        assert wait(throttle, "ada", START) == 0
        throttle.undo("ada")
    assert [wait(throttle, "ada", START) for _ in range(FREE_TRIES)] == [0] * FREE_TRIES
    assert wait(throttle, "ada", START) == 1


@given(whose=st.lists(st.sampled_from(["ada", "grace", ("ada", "10.0.0.2")]), max_size=60))
def test_everybody_is_counted_alone(whose: list[object]) -> None:
    throttle = Throttle()
    for n, who in enumerate(whose):
        before = whose[:n].count(who)
        try:
            throttle.begin(who, START)
            assert before < FREE_TRIES
        except TooMany:
            assert before >= FREE_TRIES


@pytest.mark.parametrize("tries", [FREE_TRIES, FREE_TRIES + 3, 40])
def test_what_was_long_ago_is_forgotten(tries: int) -> None:
    throttle = Throttle()
    now = failing(throttle, tries) + LONGEST_WAIT + SECOND
    assert [wait(throttle, "ada", now) for _ in range(FREE_TRIES)] == [0] * FREE_TRIES
    assert wait(throttle, "ada", now) == 1


def test_a_crowd_makes_it_forget_whoever_was_quiet_for_longest() -> None:
    """Its memory has an end, whoever sends what names."""
    throttle = Throttle()
    failing(throttle, FREE_TRIES)
    for n in range(REMEMBERED - 1):
        throttle.begin(f"name {n}", START)
    assert wait(throttle, "ada", START) == 1
    throttle.begin("one more", START)
    assert wait(throttle, "ada", START) == 0

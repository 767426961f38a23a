"""Quiet hours, by the clock of the domain."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quiet_hours import CASES, moment
from tws.organisation.preferences.choices import Choices, QuietHours
from tws.push.quiet import is_quiet, is_within

PARIS = "Europe/Paris"
WORK = QuietHours(days=(1, 2, 3, 4, 5), start="09:00", end="17:30")
NIGHTS = QuietHours(days=(5,), start="18:00", end="08:00")
MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
TIMES = st.integers(0, 1439).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")


@pytest.mark.parametrize(
    ("hours", "day", "time", "quiet"),
    [
        (WORK, 0, "08:59", False),
        (WORK, 0, "09:00", True),
        (WORK, 4, "17:29", True),
        (WORK, 4, "17:30", False),
        (WORK, 5, "12:00", False),
        (NIGHTS, 4, "17:59", False),
        (NIGHTS, 4, "18:00", True),
        (NIGHTS, 5, "07:59", True),  # of Friday's night
        (NIGHTS, 5, "08:00", False),
        (NIGHTS, 5, "18:00", False),
        (NIGHTS, 4, "07:00", False),  # of Thursday's
    ],
)
def test_hours(hours: QuietHours, day: int, time: str, quiet: bool) -> None:
    hour, minute = map(int, time.split(":"))
    there = MONDAY + timedelta(days=day, hours=hour, minutes=minute)
    assert is_within(hours, there) is quiet


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["at"])
def test_what_helpers_and_pages_decide_too(case: dict[str, Any]) -> None:
    hours = case["hours"]
    chosen = QuietHours(days=tuple(hours["days"]), start=hours["start"], end=hours["end"])
    assert is_quiet(Choices(quiet_hours=chosen), moment(case), case["zone"]) is case["quiet"]


@given(st.integers(0, 7 * 1440 - 1), TIMES)
def test_the_same_hour_twice_is_all_day(minute: int, hour: str) -> None:
    always = QuietHours(days=(1, 2, 3, 4, 5, 6, 7), start=hour, end=hour)
    assert is_within(always, MONDAY + timedelta(minutes=minute))


@given(st.integers(0, 7 * 1440 - 1), TIMES, TIMES)
def test_hours_and_the_others_are_the_whole_week(minute: int, start: str, end: str) -> None:
    if start == end:
        return
    days = (1, 2, 3, 4, 5, 6, 7)
    there = MONDAY + timedelta(minutes=minute)
    inside = is_within(QuietHours(days=days, start=start, end=end), there)
    assert inside is not is_within(QuietHours(days=days, start=end, end=start), there)


def test_the_clock_is_the_domains() -> None:
    chosen = Choices(quiet_hours=WORK)
    assert is_quiet(chosen, datetime(2026, 1, 5, 8, 0, tzinfo=UTC), PARIS)
    assert not is_quiet(chosen, datetime(2026, 1, 5, 8, 0, tzinfo=UTC), "UTC")
    # In summer Paris is two hours ahead.
    assert is_quiet(chosen, datetime(2026, 7, 6, 7, 0, tzinfo=UTC), PARIS)
    assert is_quiet(Choices(quiet=True), datetime(2026, 1, 4, tzinfo=UTC), PARIS)
    assert not is_quiet(Choices(), datetime(2026, 1, 5, 12, tzinfo=UTC), PARIS)

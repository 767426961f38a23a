"""Passwords tried out in numbers, and forgetful people."""

from datetime import UTC, datetime, timedelta

from tws.access.events import TryRefused
from tws.incidents.passwords import LOCKED, REFUSED, WINDOW, WrongPasswords

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def test_a_forgetful_person_is_no_incident() -> None:
    kept = WrongPasswords()
    for n in range(REFUSED - 1):
        kept.add(TryRefused("alice", "192.0.2.1", n > 10), NOON)
    assert kept.trouble(NOON) is None


def test_many_accounts_that_wait_are_one_until_they_are_left_alone() -> None:
    kept = WrongPasswords()
    for n in range(LOCKED):
        kept.add(TryRefused(f"user {n}", "192.0.2.1", True), NOON)
    trouble = kept.trouble(NOON)
    assert trouble is not None and str(trouble.said) == (
        f"{LOCKED} wrong passwords within 15 minutes; {LOCKED} accounts wait."
        " Most came from 192.0.2.1."
    )
    assert kept.trouble(NOON + WINDOW + timedelta(seconds=1)) is None


def test_one_try_at_each_of_many_accounts_is_seen_too() -> None:
    kept = WrongPasswords()
    for n in range(REFUSED):
        kept.add(TryRefused(f"nobody {n}", "192.0.2.1", False), NOON)
    assert kept.trouble(NOON) is not None

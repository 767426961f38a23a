"""Who is on the way to a provider and back: how long, how many, and whose."""

from datetime import UTC, datetime, timedelta

import pytest

from tws.access import awaited
from tws.access.identity_provider import Asked, Client
from tws.access.model import Owner
from tws.access.pending import LASTS, PendingSignIns
from tws.bus import Bus
from tws.organisation.actor import CompanyId, UserId

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
COMPANY = CompanyId("company")
CLIENT = Client("https://id.example", "tws", "", "openid", frozenset({"preferred_username"}))
SECOND = timedelta(seconds=1)


def begins(
    known: PendingSignIns, state: str, address: str = "10.0.0.1", now: datetime = NOW
) -> str:
    asked = Asked("https://id.example/authorize", "", state, "nonce", "verifier")
    return known.add(COMPANY, CLIENT, asked, address, now)


def test_it_is_taken_once_and_by_its_browser_only() -> None:
    known = PendingSignIns(Bus(), lambda _: None)
    mine, other = begins(known, "mine"), begins(known, "other")
    assert known.take("mine", other, NOW) is None
    assert known.take("mine", "", NOW) is None
    taken = known.take("mine", mine, NOW)
    assert taken is not None and taken.asked.state == "mine"
    assert known.take("mine", mine, NOW) is None
    assert known.take("other", other, NOW) is not None


def test_it_lasts_ten_minutes() -> None:
    known = PendingSignIns(Bus(), lambda _: None)
    early, late = begins(known, "early"), begins(known, "late")
    assert known.take("early", early, NOW + LASTS) is not None
    assert known.take("late", late, NOW + LASTS + SECOND) is None


def test_a_code_is_awaited_for_as_long_and_until_it_is_right() -> None:
    known = PendingSignIns(Bus(), lambda _: None)
    browser = begins(known, "one")
    assert known.identified_in(browser, NOW) is None
    taken = known.take("one", browser, NOW)
    assert taken is not None
    known.identified(taken, Owner(user=UserId("alice")))
    for _ in range(2):
        awaited = known.identified_in(browser, NOW + LASTS)
        assert awaited is not None and awaited.known == Owner(user=UserId("alice"))
    assert known.identified_in("another", NOW) is None
    assert known.identified_in(browser, NOW + LASTS + SECOND) is None
    known.over(taken)
    assert known.identified_in(browser, NOW) is None


def test_whoever_begins_too_many_pushes_out_his_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(awaited, "MOST_OF_ADDRESS", 3)
    known = PendingSignIns(Bus(), lambda _: None)
    first = begins(known, "first")
    many = [begins(known, f"{number}", "10.0.0.2") for number in range(9)]
    assert [known.take(f"{n}", many[n], NOW) is not None for n in range(9)] == [
        *[False] * 6,
        *[True] * 3,
    ]
    assert known.take("first", first, NOW) is not None


def test_there_are_never_more_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(awaited, "MOST", 3)
    known = PendingSignIns(Bus(), lambda _: None)
    many = [begins(known, f"{number}", f"10.0.0.{number}") for number in range(5)]
    assert [known.take(f"{n}", many[n], NOW) is not None for n in range(5)] == [
        *[False] * 2,
        *[True] * 3,
    ]


def test_those_that_are_too_late_make_room_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(awaited, "MOST_OF_ADDRESS", 2)
    known = PendingSignIns(Bus(), lambda _: None)
    begins(known, "old")
    fresh = begins(known, "fresh", now=NOW + LASTS)
    newest = begins(known, "newest", now=NOW + LASTS + SECOND)
    assert known.take("fresh", fresh, NOW + LASTS) is not None
    assert known.take("newest", newest, NOW + LASTS + SECOND) is not None

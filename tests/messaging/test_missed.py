"""Whether somebody missed a call, from the legs of its thread as they are written."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tws.journal.model import Leg, Outcome
from tws.messaging.emails.missed import sort
from tws.messaging.emails.model import LONGEST_CALL, Notice, NoticeKind
from tws.organisation.actor import CompanyId, DeviceRowId, DomainId, UserId
from tws.telephony.model import CallId, DeviceId, Direction, LegId, LinkId, Party, ThreadId, Via

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
ALICE, BOB = UserId("alice"), UserId("bob")
THREAD = ThreadId("thread")


def at(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


def leg(user: UserId, id: str = "", **told: Any) -> Leg:
    """Rang for 20 seconds, and was not answered."""
    known: dict[str, Any] = {
        "direction": Direction.INCOMING,
        "created": at(0),
        "alerted": at(0),
        "ended": at(20),
        "outcome": Outcome.MISSED,
    }
    known |= told
    return Leg(
        id=LegId(id or user),
        link=LinkId("link"),
        call=CallId("1"),
        device=DeviceId(user),
        thread=THREAD,
        company=CompanyId("company"),
        domain=DomainId("domain"),
        user=user,
        device_row=DeviceRowId(user),
        last_seen=at(20),
        **known,
    )


def missed(*legs: Leg, now: datetime = NOW + timedelta(minutes=1), **other: Any) -> list[str]:
    """Of alice: the legs that are told, or `waits`."""
    notices = [
        Notice(
            id=one.id,
            kind=NoticeKind.MISSED,
            company=one.company,
            user=ALICE,
            thread=one.thread,
            began=one.created,
            at=one.ended or NOW,
        )
        for one in legs
        if one.user == ALICE and one.outcome in (Outcome.MISSED, Outcome.FORWARDED)
    ]
    known: dict[str, Any] = {"goes_on": lambda _: False, "voice_mail": lambda _: False, **other}
    found = sort(notices, legs, now=now, **known)
    settled = len(found.ids) + len(found.settled)
    assert settled == (0 if found.going_on else len(notices))
    return ["waits"] if found.going_on else [one.id for one in found.entries]


FORWARDED = leg(ALICE, outcome=Outcome.FORWARDED, other=Party("4003"))
MOVED = "singleStepTransfer"
ANSWERED = leg(BOB, created=at(20), answered=at(25), ended=at(90), outcome=Outcome.ANSWERED)
TALKED = leg(ALICE, answered=at(5), outcome=Outcome.TRANSFERRED, cause=MOVED)
LATER: dict[str, Any] = {"created": at(20), "alerted": at(20), "ended": at(40)}
OUTGOING: dict[str, Any] = {"direction": Direction.OUTGOING, "ended": at(90)}


@pytest.mark.parametrize(
    ("legs", "told"),
    [
        ([leg(ALICE)], ["alice"]),
        ([leg(ALICE), leg(BOB)], ["alice"]),
        # at her other telephone too: one call, which rang there longer
        ([leg(ALICE), leg(ALICE, "other", ended=at(30))], ["other"]),
        # another process was told who answered, so that it still says missed
        ([leg(ALICE), ANSWERED], []),
        ([leg(ALICE), leg(ALICE, "other", answered=at(10), outcome=Outcome.ANSWERED)], []),
        # bob had answered before, and handed it on to her
        ([leg(ALICE, created=at(30), ended=at(50)), ANSWERED], ["alice"]),
        # a colleague called her: that a voice box answered him is no answer
        ([leg(ALICE), leg(BOB, answered=at(20), outcome=Outcome.ANSWERED, **OUTGOING)], ["alice"]),
        # she talked to the caller, and moved the call to her other telephone
        ([TALKED, leg(ALICE, "other", via=Via(MOVED, Party("alice")), **LATER)], []),
        # a colleague sent the caller on to her, who had talked to somebody else, or not at all
        ([TALKED, leg(ALICE, "other", via=Via(MOVED, Party("bob")), **LATER)], ["other"]),
        ([leg(ALICE, "other", via=Via(MOVED, Party("alice")), **LATER)], ["other"]),
        ([FORWARDED], []),
        ([FORWARDED, leg(BOB, created=at(20), ended=at(40))], ["alice"]),
        ([FORWARDED, ANSWERED], []),
        # who called her hears at the other end whether somebody answered
        ([FORWARDED, leg(BOB, outcome=Outcome.CANCELLED, **OUTGOING)], ["alice"]),
        ([FORWARDED, leg(BOB, answered=at(30), outcome=Outcome.ANSWERED, **OUTGOING)], []),
        # all her calls go on at once: she waits for none
        ([leg(ALICE, alerted=None, outcome=Outcome.FORWARDED, other=Party("7770"))], []),
    ],
)
def test_what_is_told_of_a_thread(legs: list[Leg], told: list[str]) -> None:
    assert missed(*legs) == told


def test_the_voice_mail_is_no_answer() -> None:
    box = leg(ALICE, outcome=Outcome.FORWARDED, other=Party("7770"))
    assert missed(box, voice_mail=lambda number: number == "7770") == ["alice"]
    assert missed(box) == []


def test_a_call_that_goes_on_decides_at_its_end_and_not_for_ever() -> None:
    still = leg(BOB, created=at(20), ended=None, outcome=None)
    assert missed(leg(ALICE), still) == ["waits"]
    assert missed(leg(ALICE), goes_on=lambda _: True) == ["waits"]
    assert missed(leg(ALICE), still, now=NOW + 2 * LONGEST_CALL) == ["alice"]


def test_a_leg_that_was_erased_is_not_told() -> None:
    assert missed(leg(ALICE)) == ["alice"]
    notice = Notice(
        id="gone",
        kind=NoticeKind.MISSED,
        company=CompanyId("company"),
        user=ALICE,
        thread=THREAD,
        began=NOW,
        at=NOW,
    )
    found = sort([notice], [leg(ALICE)], lambda _: False, lambda _: False, NOW)
    assert (found.entries, found.settled) == ([], ["gone"])

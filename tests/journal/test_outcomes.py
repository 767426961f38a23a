"""How a call ended, as its user reads it, whatever the PBX calls it."""

import pytest

from tests.journal.calls import (
    OUTSIDE,
    answers,
    calls,
    diverted,
    fails,
    hangs_up,
    reaches,
    rings,
    transferred,
)
from tests.journal.desk import MARIE, PAUL, Desk
from tests.telephony.words import conn
from tws.journal.model import Outcome
from tws.journal.outcomes import OUTCOMES, End, outcome
from tws.telephony.event_reports import ConnectionCleared, Established
from tws.telephony.model import Cause, Direction, Party, Via

IN, OUT = Direction.INCOMING, Direction.OUTGOING


@pytest.fixture
def desk(sqlite_desk: Desk) -> Desk:
    return sqlite_desk


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (End(direction=IN, answered=True, cause="normalClearing"), "answered"),
        (End(direction=OUT, answered=True, cause="normal"), "answered"),
        (End(direction=OUT, answered=True, cause="busy", failure="busy"), "answered"),
        (End(direction=IN, answered=True, cause="transfer", sent_on=True), "transferred"),
        (End(direction=IN, answered=True, cause="conference"), "answered"),
        (End(direction=OUT, answered=True, cause="park"), "transferred"),
        (End(direction=IN, answered=False, cause="normalClearing"), "missed"),
        (End(direction=IN, answered=False, cause="callCancelled"), "missed"),
        (End(direction=IN, answered=False, cause="made up"), "missed"),
        (End(direction=IN, answered=False, cause="busy"), "missed"),
        (End(direction=IN, answered=False, cause="busy", rang=True), "refused"),
        (End(direction=IN, answered=False, cause="callForwardBusy"), "forwarded"),
        (End(direction=IN, answered=False, cause="redirected", sent_on=True), "forwarded"),
        (End(direction=IN, answered=False, cause="made up", sent_on=True), "forwarded"),
        (End(direction=IN, answered=False, cause="callPickup"), "answeredElsewhere"),
        (
            End(direction=IN, answered=False, cause="normal", taken_elsewhere=True),
            "answeredElsewhere",
        ),
        (End(direction=OUT, answered=False, cause="normalClearing"), "cancelled"),
        (End(direction=OUT, answered=False, cause="callNotAnswered"), "cancelled"),
        (End(direction=OUT, answered=False, cause="normal", failure="busy"), "busy"),
        (End(direction=OUT, answered=False, cause="x", failure="numberUnallocated"), "failed"),
        (End(direction=OUT, answered=False, cause="normal", failure="made up"), "failed"),
        (End(direction=OUT, answered=False, cause="doNotDisturb"), "refused"),
        (End(direction=OUT, answered=False, cause="transfer"), "transferred"),
        (End(direction=IN, answered=True, cause="endNotSeen"), "endNotSeen"),
        (End(direction=OUT, answered=False, cause="endNotSeen"), "endNotSeen"),
    ],
)
def test_the_table(end: End, expected: str) -> None:
    assert outcome(end) == expected


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("cause", [*Cause, "", "unheard of"])
def test_every_cause_means_something(direction: Direction, answered: bool, cause: str) -> None:
    causes, otherwise = OUTCOMES[direction, answered]
    expected = (
        Outcome.END_NOT_SEEN if cause == Cause.END_NOT_SEEN else causes.get(cause, otherwise)
    )
    assert outcome(End(direction=direction, answered=answered, cause=cause)) is expected


async def test_an_answered_call(desk: Desk) -> None:
    desk.take(rings("1", MARIE))
    desk.take(answers("1", MARIE), seconds=7)
    desk.take(hangs_up("1", OUTSIDE), seconds=61)
    desk.take(hangs_up("1", MARIE), seconds=0)
    entry = await desk.only()
    assert (entry.outcome, entry.direction, entry.user) == ("answered", "incoming", desk.marie.id)
    assert (entry.number, entry.ringing, entry.duration) == ("+33155171889", 7, 61)
    assert not entry.joined_late and not entry.end_not_seen and not entry.gap
    assert await desk.log(desk.paul) == []


async def test_a_missed_call(desk: Desk) -> None:
    desk.take(rings("1", MARIE))
    desk.take(hangs_up("1", OUTSIDE), seconds=12)
    desk.take(hangs_up("1", MARIE), seconds=0)
    entry = await desk.only()
    assert (entry.outcome, entry.ringing, entry.duration) == ("missed", 12, 0)
    assert entry.answered is None


async def test_a_busy_number(desk: Desk) -> None:
    desk.take(*calls("1", MARIE, OUTSIDE), fails("1", OUTSIDE, "busy"))
    desk.take(hangs_up("1", MARIE), seconds=9)
    entry = await desk.only()
    assert (entry.outcome, entry.direction, entry.ringing) == ("busy", "outgoing", 0)
    assert entry.number == "+33155171889"


async def test_a_call_given_up(desk: Desk) -> None:
    desk.take(*calls("1", MARIE, OUTSIDE), reaches("1", MARIE, OUTSIDE), hangs_up("1", MARIE))
    assert (await desk.only()).outcome is Outcome.CANCELLED


async def test_a_colleague_calls(desk: Desk) -> None:
    desk.take(*calls("1", MARIE, PAUL), rings("1", PAUL, Party(number=MARIE)))
    desk.take(answers("1", PAUL), seconds=5)
    desk.take(hangs_up("1", PAUL), hangs_up("1", MARIE))
    outgoing, incoming = await desk.only(desk.marie), await desk.only(desk.paul)
    assert outgoing.thread == incoming.thread and outgoing.id != incoming.id
    assert (outgoing.direction, outgoing.number, outgoing.name) == (OUT, PAUL, "Paul Martin")
    assert (incoming.direction, incoming.number, incoming.name) == (IN, MARIE, "Marie Durand")
    assert outgoing.outcome is incoming.outcome is Outcome.ANSWERED
    assert outgoing.answered == incoming.answered
    assert outgoing.ringing == incoming.ringing == 5


async def test_forwarded_before_it_was_answered(desk: Desk) -> None:
    desk.take(rings("1", MARIE))
    desk.take(diverted("1", MARIE, PAUL, "callForwardNoAnswer"))
    desk.take(
        Established(
            connection=conn("1", PAUL),
            party=Party(number=PAUL),
            calling=Party(number=OUTSIDE),
            called=Party(number=MARIE),
            last_redirection=Party(number=MARIE),
            cause="callForwardNoAnswer",
        )
    )
    desk.take(hangs_up("1", OUTSIDE), hangs_up("1", PAUL))
    mine, his = await desk.only(desk.marie), await desk.only(desk.paul)
    assert (mine.outcome, mine.other) == ("forwarded", Party(PAUL, "Paul Martin"))
    assert his.outcome is Outcome.ANSWERED
    assert his.via == Via("callForwardNoAnswer", Party(MARIE, "Marie Durand"))
    assert mine.thread == his.thread


async def test_transferred_by_its_user(desk: Desk) -> None:
    desk.take(rings("1", MARIE), answers("1", MARIE))
    desk.take(*calls("2", MARIE, PAUL), rings("2", PAUL, Party(number=MARIE)), answers("2", PAUL))
    desk.take(transferred("1", "2", MARIE, PAUL))
    desk.take(hangs_up("2", OUTSIDE), hangs_up("2", PAUL))
    mine = await desk.log(desk.marie)
    assert [entry.outcome for entry in mine] == [Outcome.TRANSFERRED, Outcome.TRANSFERRED]
    asked, first = mine
    assert (first.number, first.other) == ("+33155171889", Party(PAUL, "Paul Martin"))
    assert (asked.number, asked.other) == (PAUL, Party(OUTSIDE, None))
    his = await desk.only(desk.paul)
    assert (his.outcome, his.number) == ("answered", "+33155171889")
    assert his.via == Via("transfer", Party(MARIE, "Marie Durand"))
    assert await desk.number_of_rows() == 3


async def test_a_call_that_rings_at_two_is_answered_by_the_other(desk: Desk) -> None:
    desk.take(rings("1", MARIE, called="7000"), rings("1", PAUL, called="7000"))
    desk.take(answers("1", PAUL), hangs_up("1", MARIE))
    entry = await desk.only(desk.marie)
    assert (entry.outcome, entry.other) == ("answeredElsewhere", Party(PAUL, "Paul Martin"))


async def test_a_colleague_takes_it_a_moment_after_it_stopped_ringing_here(desk: Desk) -> None:
    desk.take(rings("1", MARIE, called="7000"), rings("1", PAUL, called="7000"))
    desk.take(hangs_up("1", MARIE))
    assert (await desk.only(desk.marie)).outcome is Outcome.MISSED
    desk.take(answers("1", PAUL))
    entry = await desk.only(desk.marie)
    assert (entry.outcome, entry.other) == ("answeredElsewhere", Party(PAUL, "Paul Martin"))
    assert [change.entry.outcome for change in desk.logged] == ["missed", "answeredElsewhere"]


async def test_picked_up(desk: Desk) -> None:
    desk.take(rings("1", MARIE), diverted("1", MARIE, PAUL, "callPickup"))
    desk.take(answers("1", PAUL), hangs_up("1", PAUL))
    entry = await desk.only(desk.marie)
    assert (entry.outcome, entry.other) == ("answeredElsewhere", Party(PAUL, "Paul Martin"))


async def test_off_hook_and_back_is_no_line_of_the_log(desk: Desk) -> None:
    desk.take(*calls("1", MARIE, OUTSIDE)[:1], hangs_up("1", MARIE))
    assert await desk.log() == []
    assert await desk.number_of_rows() == 1


async def test_of_a_withheld_caller_nothing_is_kept(desk: Desk) -> None:
    withheld = Party(number=OUTSIDE, name="Madame X", restricted=True)
    desk.take(rings("1", MARIE, withheld), hangs_up("1", MARIE))
    entry = await desk.only()
    assert (entry.number, entry.name, entry.restricted) == ("", "", True)


async def test_who_hung_up_first_tells_a_refusal_from_a_missed_call(desk: Desk) -> None:
    changes = desk.table.apply(rings("1", MARIE), desk.now)
    desk.tell(changes)
    (change,) = desk.table.apply(
        ConnectionCleared(connection=conn("1", MARIE), cause="rejected"), desk.now
    )
    desk.tell([change])
    assert (await desk.only()).outcome is Outcome.REFUSED

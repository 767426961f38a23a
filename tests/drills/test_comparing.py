"""How the drills compare the journal with the truth: what is lost is seen."""

from dataclasses import replace
from datetime import UTC, datetime

from drills.calls import Call
from drills.journal import Row, compared

AT = datetime(2026, 3, 2, tzinfo=UTC)
CALL = Call("7", 1, "10", "11", rang=100.0, answered=101.0, ended=104.0)
ROW = Row("7", "10", 1, answered=AT, ended=AT, outcome="answered")
ROWS = [ROW, replace(ROW, device="11")]


def test_what_is_whole() -> None:
    found = compared([CALL], ROWS, [])
    assert (found.lines, found.lost, found.doubled, found.events_lost) == (2, 0, 0, 0)
    assert (found.unheard, found.ghosts) == (0, 0)


def test_lines_lost_and_doubled() -> None:
    assert compared([CALL], ROWS[:1], []).lost == 1
    assert compared([CALL], [*ROWS, ROW], []).doubled == 1
    assert compared([CALL], [*ROWS, replace(ROW, life=2)], []).doubled == 0


def test_steps_that_were_told_and_are_not_there() -> None:
    no_answer = [replace(row, answered=None) for row in ROWS]
    no_end = [replace(row, outcome="endNotSeen") for row in ROWS]
    open_still = [replace(row, ended=None, outcome=None) for row in ROWS]
    assert compared([CALL], no_answer, []).events_lost == 2
    assert compared([CALL], no_end, []).events_lost == 2
    assert compared([CALL], open_still, []).ghosts == 2


def test_what_nobody_could_hear_is_not_lost() -> None:
    no_end = [replace(row, outcome="endNotSeen") for row in ROWS]
    found = compared([CALL], no_end, [(103.0, 110.0)])
    assert (found.lines, found.events_lost, found.unheard) == (2, 0, 1)
    found = compared([CALL], [], [(99.0, 110.0)])
    assert (found.lines, found.lost, found.unheard) == (0, 0, 3)
    assert compared([CALL], [], [(90.0, 99.0)]).lost == 2
    assert compared([CALL], [], [(90.0, 102.0), (110.0, 120.0)]).lost == 2

"""What is owed to whoever asked a PBX for something: one outcome, even if a driver forgets."""

import asyncio

import pytest

from tests.telephony.words import A, conn
from tws.telephony.commands import CommandId, MakeCall
from tws.telephony.event_reports import LINK_DOWN, NO_ANSWER, CommandDone
from tws.telephony.requests import OVERDUE, Refusal, Requests


def make(number: int) -> MakeCall:
    return MakeCall(id=CommandId(f"c{number}"), device=A, called="4002")


async def refusal(asked: "asyncio.Future[object]") -> str:
    with pytest.raises(Refusal) as refused:
        await asked
    return refused.value.cause


async def test_a_command_that_its_driver_forgets_is_answered_all_the_same() -> None:
    requests = Requests()
    (first, _), (second, _) = requests.open(make(1), 0.0), requests.open(make(2), 10.0)
    assert requests.timer() == OVERDUE
    requests.handle_timer(OVERDUE - 1)
    assert not first.done()
    requests.handle_timer(OVERDUE)
    assert await refusal(first) == NO_ANSWER
    assert not second.done()
    assert requests.timer() == OVERDUE + 10
    # What comes after all changes nothing, and is counted.
    assert requests.outcome(CommandDone(CommandId("c1"), conn("1", A)), 1.0) is None
    assert requests.outcomes == {"overdue": 1, "unknown": 1}


async def test_an_answered_command_is_not_overdue() -> None:
    requests = Requests()
    asked, _ = requests.open(make(1), 0.0)
    done = CommandDone(CommandId("c1"), conn("1", A))
    assert requests.outcome(done, 1.0) == make(1)
    assert requests.timer() is None
    requests.handle_timer(OVERDUE)
    requests.link_down(1.0)
    assert await asked == conn("1", A)


async def test_a_link_that_goes_down_answers_those_who_wait() -> None:
    requests = Requests()
    asked, _ = requests.open(make(1), 0.0)
    requests.link_down(1.0)
    assert await refusal(asked) == LINK_DOWN
    assert requests.timer() is None

"""An outside caller's number: the same on the screen of the call and in the log, and dialled back
from there as the PBX reported it."""

import pytest

from tests.web.calls import ends, rings
from tests.web.house import House
from tests.web.operations import begin
from tws.telephony import commands as c
from tws.telephony.event_reports import CommandDone


@pytest.mark.parametrize(
    ("reported", "shown"),
    [
        ("03900", "03900"),
        ("000144000077", "00144000077"),
        ("00144000077", "01 44 00 00 77"),
        ("000390612345678", "+39 06 1234 5678"),
    ],
)
async def test_shown_logged_and_called_back(house: House, reported: str, shown: str) -> None:
    alice = await house.program("alice")
    house.report(rings("1", "4001", reported))
    await house.rooms.bus.settle()
    (call,) = (await alice.get("calls")).json()
    (party,) = call["parties"]
    assert party["display"] == shown
    house.report(ends("1", "4001"))
    await house.rooms.bus.settle()
    await house.rooms.journal.flush()
    (entry,) = (await alice.get("call-log")).json()["entries"]
    assert entry["display"] == shown
    body = {"device": house.device("4001"), "called": entry["number"]}
    sent = await begin(house, alice, "makeCall", body)
    command = await house.asked(c.MakeCall)
    assert isinstance(command, c.MakeCall) and command.called == reported
    house.report(CommandDone(command.id, None))
    assert (await sent).json() == {"result": None, "tooLong": False}

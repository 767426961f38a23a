"""What is offered depends on what the manager user may send and on what the Asterisk has."""

import pytest

from tests.links.asterisk.bench import EVERYTHING, Bench
from tws.links.asterisk.loading import NEEDED
from tws.links.asterisk.operations import ACTIONS
from tws.telephony.commands import CommandId, GetMessageWaiting, SetMessageWaiting
from tws.telephony.event_reports import (
    NOT_SUPPORTED,
    CommandDone,
    CommandRefused,
    MessageWaitingChanged,
)
from tws.telephony.model import DeviceId

DEVICE = DeviceId("1002")


@pytest.mark.parametrize("action", sorted(EVERYTHING - NEEDED))
def test_what_needs_an_action_that_is_not_there_is_not_offered(action: str) -> None:
    bench = Bench(EVERYTHING - {action})
    bench.connect()
    needing = {kind for kind, actions in ACTIONS.items() if action in actions}
    assert bench.driver.commands(DEVICE) == ACTIONS.keys() - needing


def test_a_lamp_is_set_where_asterisk_keeps_external_counts() -> None:
    bench = Bench()
    bench.connect()
    bench.order(SetMessageWaiting(id=CommandId("lamp"), device=DEVICE, on=True))
    (asked,) = bench.actions
    wanted = {"Action": "MWIUpdate", "Mailbox": "1002@default", "NewMessages": "1"}
    assert wanted.items() <= dict(asked.fields).items()
    bench.answer(asked, good=True)
    assert bench.told[-2:] == [MessageWaitingChanged(DEVICE, True), CommandDone(CommandId("lamp"))]


def test_a_lamp_is_left_alone_where_it_does_not() -> None:
    bench = Bench(EVERYTHING - {"MWIUpdate"})
    bench.connect()
    assert GetMessageWaiting in bench.driver.commands(DEVICE)
    bench.order(SetMessageWaiting(id=CommandId("lamp"), device=DEVICE, on=True))
    assert bench.told[-1] == CommandRefused(CommandId("lamp"), NOT_SUPPORTED)
    assert bench.actions == []

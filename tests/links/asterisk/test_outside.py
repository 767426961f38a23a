"""Calls from and to the outside, over a trunk whose far end is SIPp."""

import pytest

from tests.links.asterisk.conftest import Lab
from tests.peers import require_peer
from tests.peers.sipp import outside_call, outside_numbers
from tws.telephony.commands import AnswerCall, ClearConnection, HoldCall, MakeCall, RetrieveCall
from tws.telephony.event_reports import ConnectionCleared, Delivered, Established, Originated
from tws.telephony.model import Cause, Party
from tws.telephony.model import ConnectionState as S

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.peer("asterisk"),
    pytest.mark.peer("phones"),
    pytest.mark.peer("sipp"),
]


@pytest.fixture(autouse=True)
def sipp() -> None:
    require_peer("sipp")


async def test_a_call_from_outside(lab: Lab) -> None:
    async with outside_call(lab.pbx, "1002"):
        await lab.b.rings()
        there = await lab.pump.state("1002", S.ALERTING)
        delivered = await lab.pump.event(Delivered, device="1002")
        assert delivered.calling == Party("0612345678")
        assert delivered.called == Party("1002")
        (shown,) = await lab.pump.snapshot("1002")
        assert [(other, state) for other, state, _ in shown.others] == [
            ("0612345678", S.CONNECTED)
        ]
        await lab.do(AnswerCall, "1002", connection=there)
        await lab.do(HoldCall, "1002", connection=there)
        await lab.do(RetrieveCall, "1002", connection=there)
        await lab.do(ClearConnection, "1002", connection=there)
        await lab.pump.idle("1002")


async def test_a_caller_who_withholds_the_number(lab: Lab) -> None:
    async with outside_call(lab.pbx, "1002", privacy=True):
        await lab.b.rings()
        delivered = await lab.pump.event(Delivered, device="1002")
        assert delivered.calling == Party(None, None, restricted=True)
        await lab.b.live[0].refuse()
        await lab.pump.idle("1002")


async def test_a_call_to_the_outside(lab: Lab) -> None:
    async with outside_numbers(lab.pbx):
        own = await lab.do(MakeCall, called="0123456789")
        begun = await lab.pump.event(Originated, device="1001")
        assert begun.called == Party("0123456789")
        answered = await lab.pump.event(Established, device="0123456789")
        assert answered.party == Party("0123456789")
        await lab.do(ClearConnection, connection=own)
        cleared = await lab.pump.event(ConnectionCleared, device="0123456789")
        assert cleared.cause == Cause.NORMAL_CLEARING

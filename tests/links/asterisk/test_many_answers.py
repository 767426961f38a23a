"""Answering as the settings say at first, twenty times in a row: telephones that obey NOTIFY."""

import pytest

from tests.links.asterisk.conftest import Lab
from tests.links.asterisk.rounds import again_and_again, of
from tws.telephony.commands import AnswerCall, ClearConnection, MakeCall
from tws.telephony.model import ConnectionState as S

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.peer("asterisk"),
    pytest.mark.peer("phones"),
]


async def test_a_call_of_ours_is_answered_20_times(lab: Lab) -> None:
    async def one() -> None:
        own = await lab.do(MakeCall, called="1002")
        ringing = await lab.b.rings()
        there = await lab.pump.state("1002", S.ALERTING)
        await lab.do(AnswerCall, "1002", connection=there)
        (shown,) = await lab.pump.snapshot("1002")
        assert (shown.connection, shown.state) == (of(own, "1002"), S.CONNECTED)
        await ringing.until("confirmed")
        assert ringing.notified == ["talk"]
        await lab.do(ClearConnection, connection=own)
        await lab.pump.idle("1001", "1002")
        await lab.b.idle()

    told = await again_and_again(lab, one)
    assert told.count("Established 1002 normal") == 1


async def test_a_call_of_a_telephone_is_answered_20_times(lab: Lab) -> None:
    async def one() -> None:
        call = await lab.a.dial("1002")
        ringing = await lab.b.rings()
        there = await lab.pump.state("1002", S.ALERTING)
        await lab.do(AnswerCall, "1002", connection=there)
        await ringing.until("confirmed")
        assert ringing.notified == ["talk"]
        await call.until("confirmed")
        await call.hang_up()
        await lab.pump.idle("1001", "1002")

    told = await again_and_again(lab, one)
    assert told.count("Established 1002 normal") == 1

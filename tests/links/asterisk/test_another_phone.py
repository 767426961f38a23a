"""A second make of phone, which obeys no NOTIFY and answers nothing by itself."""

import pytest

from tests.links.asterisk.conftest import Lab
from tests.peers import require_peer
from tests.peers.baresip import running_baresip
from tws.telephony.commands import ConsultationCall, HoldCall, RetrieveCall, TransferCall
from tws.telephony.event_reports import InService
from tws.telephony.model import ConnectionState as S

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.peer("asterisk"),
    pytest.mark.peer("phones"),
    pytest.mark.peer("baresip"),
]


async def test_operations_need_nothing_of_the_phone(lab: Lab) -> None:
    require_peer("baresip")
    lab.pump.watch_device("1007")
    async with running_baresip(lab.pbx.registrar, "1007") as phone:
        await lab.pump.event(InService, device="1007")
        await phone.command("dial", f"sip:1002@{lab.pbx.registrar}")
        await (await lab.b.rings()).answer()
        await phone.until("CALL_ESTABLISHED")
        await lab.pump.state("1002", S.CONNECTED)
        own = await lab.pump.state("1007", S.CONNECTED)
        await lab.do(HoldCall, "1007", connection=own)
        await lab.do(RetrieveCall, "1007", connection=own)
        second = await lab.do(ConsultationCall, "1007", existing=own, consulted="1003")
        await (await lab.c.rings()).answer()
        await lab.pump.state("1003", S.CONNECTED)
        await lab.do(TransferCall, "1007", held=own, active=second)
        await phone.until("CALL_CLOSED")
        await lab.b.hears(lab.c)


async def test_a_hold_made_on_it_is_seen(lab: Lab) -> None:
    require_peer("baresip")
    lab.pump.watch_device("1007")
    async with running_baresip(lab.pbx.registrar, "1007") as phone:
        await lab.pump.event(InService, device="1007")
        await phone.command("dial", f"sip:1002@{lab.pbx.registrar}")
        await (await lab.b.rings()).answer()
        await phone.until("CALL_ESTABLISHED")
        await lab.pump.state("1007", S.CONNECTED)
        await phone.command("hold")
        await lab.pump.state("1007", S.HOLD)
        await phone.command("resume")
        await lab.pump.state("1007", S.CONNECTED)
        await phone.command("hangup")
        await lab.b.idle()

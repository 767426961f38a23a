"""The oldest Asterisk that TWS serves: each kind of operation once, looked at from a telephone.

All tests of this folder run on it with `TWS_ASTERISK_SUITE=bullseye`.
"""

import pytest

from tests.links.asterisk.conftest import USERS, Lab
from tests.links.asterisk.rounds import of
from tests.peers.asterisk_of_bullseye import SUITE
from tws.telephony.commands import (
    AlternateCall,
    AnswerCall,
    ClearConnection,
    ConferenceCall,
    DeflectCall,
    DirectedPickupCall,
    GenerateDigits,
    GetDoNotDisturb,
    GroupPickupCall,
    HoldCall,
    MakeCall,
    ParkCall,
    ReconnectCall,
    RetrieveCall,
    SetDoNotDisturb,
    SetForwarding,
    SingleStepConferenceCall,
    SingleStepTransferCall,
    TransferCall,
)
from tws.telephony.event_reports import Diverted, Failed, Held
from tws.telephony.model import CallOrigin, Cause, Forwarding, ForwardingType
from tws.telephony.model import ConnectionState as S

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.peer("asterisk_of_bullseye"),
    pytest.mark.peer("phones"),
]


@pytest.fixture(scope="module")
def suite() -> str:
    return SUITE


async def test_it_is_16_and_its_phones_are_registered(lab: Lab) -> None:
    assert (await lab.pbx.cli("core show version")).startswith("Asterisk 16.")
    contacts = await lab.pbx.cli("pjsip show contacts")
    assert all(f"sip:{user}@" in contacts for user in USERS)


async def test_make_answer_and_clear(lab: Lab) -> None:
    own = await lab.do(MakeCall, called="1002")
    ringing = await lab.b.rings()
    there = await lab.pump.state("1002", S.ALERTING)
    await lab.do(AnswerCall, "1002", connection=there)
    await lab.a.hears(lab.b)
    await lab.b.hears(lab.a)
    assert ringing.notified == ["talk"]
    await lab.do(ClearConnection, connection=own)
    await lab.a.idle()
    await lab.b.idle()
    await lab.pump.idle("1001", "1002")
    assert lab.pump.calls() == [
        "ServiceInitiated 1001 makeCall",
        "Originated 1001 newCall",
        "Delivered 1002 newCall",
        "Established 1002 normal",
        "ConnectionCleared 1001 normalClearing",
        "ConnectionCleared 1002 normalClearing",
    ]


async def test_hold_retrieve_and_digits(lab: Lab) -> None:
    own = await lab.talk()
    await lab.do(HoldCall, connection=own)
    await lab.pump.event(Held, device="1001")
    await lab.b.hears()
    await lab.do(RetrieveCall, connection=own)
    await lab.b.hears(lab.a)
    await lab.do(GenerateDigits, connection=own, digits="19*#")
    heard = lab.b.live[0]
    await lab.b.until(lambda: heard.digits == "19*#" or None, "digits")


async def test_consult_alternate_and_reconnect(lab: Lab) -> None:
    first = await lab.talk()
    second = await lab.consult(first)
    await lab.c.hears(lab.a)
    await lab.do(AlternateCall, held=first, active=second)
    await lab.b.hears(lab.a)
    await lab.c.hears()
    await lab.do(ReconnectCall, held=second, active=first)
    await lab.c.hears(lab.a)
    await lab.b.idle()


async def test_consult_and_transfer(lab: Lab) -> None:
    first = await lab.talk()
    second = await lab.consult(first)
    remaining = await lab.do(TransferCall, held=first, active=second)
    assert remaining == of(first, "1002")
    await lab.a.idle()
    await lab.b.hears(lab.c)
    await lab.c.hears(lab.b)


async def test_blind_transfer(lab: Lab) -> None:
    own = await lab.talk()
    await lab.do(SingleStepTransferCall, active=own, transferred_to="1003")
    await lab.a.idle()
    await (await lab.c.rings()).answer()
    await lab.c.hears(lab.b)


async def test_conference(lab: Lab) -> None:
    first = await lab.talk()
    second = await lab.consult(first)
    await lab.do(ConferenceCall, held=first, active=second)
    await lab.a.hears(lab.b, lab.c)
    await lab.b.hears(lab.a, lab.c)
    await lab.c.hears(lab.a, lab.b)


async def test_a_third_is_brought_in(lab: Lab) -> None:
    await lab.c.behave(auto_answer=True)
    own = await lab.talk()
    joining = await lab.do(SingleStepConferenceCall, active=own, joining="1003")
    assert joining == of(own, "1003")
    await lab.c.hears(lab.a, lab.b)


async def test_park_and_fetch(lab: Lab) -> None:
    own = await lab.talk()
    place = await lab.do(ParkCall, connection=own)
    away = await lab.pump.event(Diverted, device="1001")
    assert away.cause == Cause.PARK
    await lab.a.idle()
    fetched = await lab.do(DirectedPickupCall, "1003", ringing=of(own, place))
    assert fetched == of(own, "1003")
    await lab.b.hears(lab.c)


async def test_deflect_and_pick_up(lab: Lab) -> None:
    await lab.d.dial("1001")
    ringing = await lab.pump.state("1001", S.ALERTING)
    await lab.do(DeflectCall, connection=ringing, destination="1002")
    await lab.a.idle()
    there = await lab.pump.state("1002", S.ALERTING)
    own = await lab.do(GroupPickupCall, "1003")
    assert own == of(there, "1003")
    await lab.c.hears(lab.d)


async def test_do_not_disturb(lab: Lab) -> None:
    await lab.do(SetDoNotDisturb, "1002", on=True)
    assert await lab.do(GetDoNotDisturb, "1002") is True
    call = await lab.a.dial("1002")
    failed = await lab.pump.event(Failed)
    assert (failed.connection.device, failed.cause) == ("1002", Cause.DO_NOT_DISTURB)
    await call.until("gone")
    assert lab.b.live == []
    await lab.do(SetDoNotDisturb, "1002", on=False)
    await lab.a.dial("1002")
    await lab.b.rings()


async def test_forwarding(lab: Lab) -> None:
    wanted = Forwarding(ForwardingType.IMMEDIATE, CallOrigin.ALL, True, "1003")
    await lab.do(SetForwarding, "1002", forwarding=wanted)
    call = await lab.a.dial("1002")
    await lab.c.rings()
    assert lab.b.live == []
    await call.hang_up()
    off = Forwarding(ForwardingType.IMMEDIATE, CallOrigin.ALL, False)
    await lab.do(SetForwarding, "1002", forwarding=off)
    await lab.a.dial("1002")
    await lab.b.rings()

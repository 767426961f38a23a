"""Operations on one call, on a real Asterisk, looked at from the other phone."""

import pytest

from tests.links.asterisk.conftest import Lab
from tests.links.asterisk.pump import Refused
from tws.telephony.commands import (
    AnswerCall,
    ClearConnection,
    DeflectCall,
    GenerateDigits,
    HoldCall,
    MakeCall,
    ParkCall,
    RetrieveCall,
    SingleStepConferenceCall,
    SingleStepTransferCall,
)
from tws.telephony.event_reports import (
    ConnectionCleared,
    Delivered,
    Diverted,
    Established,
    Held,
    Originated,
    Retrieved,
    ServiceInitiated,
    Transferred,
)
from tws.telephony.model import Cause, ConnectionId, DeviceId, Party
from tws.telephony.model import ConnectionState as S

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.peer("asterisk"),
    pytest.mark.peer("phones"),
]


async def test_a_call_is_made_answered_and_cleared(lab: Lab) -> None:
    own = await lab.do(MakeCall, called="1002")
    ringing = await lab.b.rings()
    assert ringing.remote_number == "1001"
    there = await lab.pump.state("1002", S.ALERTING)
    assert there.call == own.call
    await lab.do(AnswerCall, "1002", connection=there)
    await lab.b.until(lambda: ringing.notified == ["talk"] or None, "told to answer")
    await lab.a.hears(lab.b)
    await lab.b.hears(lab.a)
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
    delivered = lab.pump.since(Delivered)[0]
    assert delivered.calling == Party("1001", "User 1001")
    assert delivered.called == Party("1002")
    assert delivered.thread == own.call


async def test_the_own_phone_rings_first_when_prompted(lab: Lab) -> None:
    await lab.do(MakeCall, called="1002", prompt=True)
    await lab.pump.event(ServiceInitiated, device="1001")
    own = await lab.a.rings()
    assert lab.b.live == []
    await own.answer()
    await lab.pump.event(Originated, device="1001")
    await lab.b.rings()


async def test_a_phone_that_ignores_notify_is_rung_again(lab: Lab) -> None:
    deaf = await lab.phones.add("1005", lab.pbx.registrar, obeys=False)
    lab.pump.watch_device("1005")
    call = await lab.a.dial("1005")
    await deaf.rings()
    there = await lab.pump.state("1005", S.ALERTING)
    await lab.do(AnswerCall, "1005", connection=there)
    await lab.a.hears(deaf)
    assert call.state == "confirmed"
    assert [e.cause for e in lab.pump.since(Established)] == [Cause.NORMAL]
    assert not lab.pump.since(ConnectionCleared)


async def test_calls_placed_by_phones_are_seen(lab: Lab) -> None:
    call = await lab.a.dial("1002")
    ringing = await lab.b.rings()
    own = await lab.pump.state("1001", S.CONNECTED)
    await lab.pump.state("1002", S.ALERTING)
    await ringing.answer()
    await lab.pump.event(Established, device="1002")
    await lab.do(ClearConnection, connection=own)
    await call.until("gone")
    await lab.b.idle()


async def test_a_dialplan_that_knows_nothing_of_tws_will_do(lab: Lab) -> None:
    await lab.do(MakeCall, called="21002")
    await (await lab.b.rings()).answer()
    await lab.pump.event(Established, device="1002")
    assert lab.pump.since(Delivered)[0].called == Party("21002")


async def test_hold_and_retrieve(lab: Lab) -> None:
    own = await lab.talk()
    await lab.do(HoldCall, connection=own)
    held = await lab.pump.event(Held, device="1001")
    assert held.cause == Cause.NORMAL
    await lab.b.hears()
    assert {c["exten"] for c in await lab.pbx.channels()} == {"hold", "wait"}
    await lab.do(RetrieveCall, connection=own)
    await lab.pump.event(Retrieved, device="1001")
    await lab.b.hears(lab.a)
    assert not lab.pump.since(ConnectionCleared)


async def test_the_called_party_holds(lab: Lab) -> None:
    await lab.talk()
    there = await lab.pump.state("1002", S.CONNECTED)
    await lab.do(HoldCall, "1002", connection=there)
    await lab.pump.event(Held, device="1002")
    await lab.a.hears()
    await lab.do(RetrieveCall, "1002", connection=there)
    await lab.a.hears(lab.b)


async def test_hold_and_retrieve_20_times(lab: Lab) -> None:
    own = await lab.talk()
    for _ in range(20):
        await lab.do(HoldCall, connection=own)
        await lab.do(RetrieveCall, connection=own)
    assert lab.pump.calls(Held, Retrieved) == ["Held 1001 normal", "Retrieved 1001 normal"] * 20
    assert not lab.pump.since(ConnectionCleared)
    await lab.b.hears(lab.a)


async def test_hold_made_on_the_phone_is_seen_and_undone(lab: Lab) -> None:
    call = await lab.a.dial("1002")
    await (await lab.b.rings()).answer()
    await call.until("confirmed")
    await call.hold()
    await lab.pump.event(Held, device="1001")
    own = await lab.pump.state("1001", S.HOLD)
    await lab.do(RetrieveCall, connection=own)
    await lab.pump.event(Retrieved, device="1001")
    await lab.a.until(lambda: call.notified == ["talk"] or None, "told to retrieve")
    await lab.b.hears(lab.a)


async def test_who_hangs_up_on_hold_frees_the_other(lab: Lab) -> None:
    own = await lab.talk()
    await lab.do(HoldCall, connection=own)
    await lab.b.live[0].hang_up()
    await lab.a.idle()
    await lab.pump.idle("1001", "1002")


async def test_a_held_party_rings_who_hung_up(lab: Lab) -> None:
    """Nobody stays on hold forever: the phone that held and hung up rings again."""
    own = await lab.talk()
    await lab.do(HoldCall, connection=own)
    await lab.a.live[0].hang_up()
    again = await lab.a.rings()
    assert again.remote_number == "1002"
    delivered = await lab.pump.event(Delivered, device="1001")
    assert delivered.cause == Cause.RECALL
    await again.answer()
    await lab.b.hears(lab.a)


async def test_clearing_a_held_call_ends_it_for_both(lab: Lab) -> None:
    own = await lab.talk()
    await lab.do(HoldCall, connection=own)
    await lab.do(ClearConnection, connection=own)
    await lab.a.idle()
    await lab.b.idle()


async def test_deflect_to_another_phone(lab: Lab) -> None:
    call = await lab.d.dial("1001")
    await lab.a.rings()
    own = await lab.pump.state("1001", S.ALERTING)
    await lab.do(DeflectCall, connection=own, destination="1003")
    away = await lab.pump.event(Diverted, device="1001")
    assert (away.cause, away.destination) == (Cause.REDIRECTED, Party("1003"))
    there = await lab.c.rings()
    assert there.remote_number == "1004"
    delivered = await lab.pump.event(Delivered, device="1003")
    assert delivered.connection.call == own.call
    assert delivered.cause == Cause.REDIRECTED
    assert delivered.last_redirection is not None
    assert delivered.last_redirection.number == "1001"
    await lab.a.idle()
    await there.answer()
    await call.until("confirmed")


async def test_rejecting_a_ringing_call(lab: Lab) -> None:
    call = await lab.b.dial("1001")
    await lab.a.rings()
    own = await lab.pump.state("1001", S.ALERTING)
    await lab.do(ClearConnection, connection=own)
    await call.until("gone")
    assert call.code == 486
    await lab.a.idle()


async def test_digits_reach_the_other_party(lab: Lab) -> None:
    own = await lab.talk()
    there = lab.b.live[0]
    await lab.do(GenerateDigits, connection=own, digits="19*#")
    await lab.b.until(lambda: there.digits == "19*#" or None, "digits")


async def test_digits_reach_a_service_of_the_pbx(lab: Lab) -> None:
    call = await lab.a.dial("9196")  # says back what it hears
    await call.until("confirmed")
    own = await lab.pump.state("1001", S.CONNECTED)
    await lab.do(GenerateDigits, connection=own, digits="7")
    await lab.a.until(lambda: call.digits == "7" or None, "the echo of the digit")


async def test_parking_and_fetching(lab: Lab) -> None:
    own = await lab.talk()
    slot = await lab.do(ParkCall, connection=own)
    assert slot == "7701"
    away = await lab.pump.event(Diverted, device="1001")
    assert (away.cause, away.destination) == (Cause.PARK, Party("7701"))
    await lab.a.idle()
    await lab.b.hears()
    await lab.c.dial("7701")
    await lab.b.hears(lab.c)
    call = await lab.pump.state("1002", S.CONNECTED)
    assert call.call == own.call
    assert (await lab.pump.state("1003", S.CONNECTED)).call == own.call


async def test_blind_transfer(lab: Lab) -> None:
    own = await lab.talk()
    await lab.do(SingleStepTransferCall, active=own, transferred_to="1003")
    event = await lab.pump.event(Transferred)
    assert event.primary == own
    assert event.transferred_to == Party("1003")
    assert [m.new for m in event.connections] == [ConnectionId(own.call, DeviceId("1002"))]
    ringing = await lab.c.rings()
    assert ringing.remote_number == "1002"
    delivered = await lab.pump.event(Delivered, device="1003")
    assert delivered.cause == Cause.SINGLE_STEP_TRANSFER
    assert delivered.last_redirection is not None
    assert delivered.last_redirection.number == "1001"
    assert delivered.connection.call == own.call
    await lab.a.idle()
    await ringing.answer()
    await lab.b.hears(lab.c)


async def test_blind_transfer_by_the_called_party(lab: Lab) -> None:
    await lab.talk()
    there = await lab.pump.state("1002", S.CONNECTED)
    await lab.do(SingleStepTransferCall, "1002", active=there, transferred_to="1003")
    await (await lab.c.rings()).answer()
    await lab.a.hears(lab.c)
    await lab.b.idle()


async def test_blind_transfer_20_times(lab: Lab) -> None:
    await lab.d.behave(auto_answer=True)
    await lab.c.behave(auto_answer=True)
    own = await lab.do(MakeCall, called="1003")
    await lab.pump.state("1003", S.CONNECTED)
    there, target = ConnectionId(own.call, DeviceId("1003")), "1004"
    for _ in range(20):
        await lab.do(SingleStepTransferCall, there.device, active=there, transferred_to=target)
        connection = await lab.pump.state(target, S.CONNECTED)
        assert connection.call == own.call
        there, target = connection, there.device
    assert len(lab.pump.since(Transferred)) == 20
    await lab.a.hears(lab.phones[there.device])


async def test_a_third_is_brought_in(lab: Lab) -> None:
    own = await lab.talk()
    joining = await lab.do(SingleStepConferenceCall, active=own, joining="1003")
    assert joining == ConnectionId(own.call, DeviceId("1003"))
    await (await lab.c.rings()).answer()
    await lab.pump.state("1003", S.CONNECTED)
    await lab.c.hears(lab.a, lab.b)
    await lab.a.hears(lab.b, lab.c)
    delivered = await lab.pump.event(Delivered, device="1003")
    assert delivered.cause == Cause.SINGLE_STEP_CONFERENCE
    await lab.do(ClearConnection, connection=own)
    await lab.b.hears(lab.c)
    await lab.b.live[0].hang_up()
    await lab.c.idle()  # nobody is left alone in a conference


async def test_a_silent_listener_hears_and_is_not_heard(lab: Lab) -> None:
    own = await lab.talk()
    await lab.do(SingleStepConferenceCall, active=own, joining="1003", participation="silent")
    await (await lab.c.rings()).answer()
    await lab.c.hears(lab.a, lab.b)
    await lab.a.hears(lab.b)
    assert (await lab.pump.state("1003", S.CONNECTED)).call == own.call


@pytest.mark.parametrize(
    "number", ["", "10 02", "1002\r\nAction: Hangup", "1" * 200, "1002@trunk"]
)
async def test_numbers_that_cannot_be_dialled_are_refused(lab: Lab, number: str) -> None:
    with pytest.raises(Refused) as refused:
        await lab.do(MakeCall, called=number)
    assert refused.value.cause == "invalidCalledDeviceID"
    assert await lab.pbx.channels() == []


async def test_a_phone_that_is_away_cannot_call(lab: Lab) -> None:
    with pytest.raises(Refused) as refused:
        await lab.do(MakeCall, "1009", called="1002")
    assert refused.value.cause == "invalidCallingDeviceState"


async def test_what_no_longer_is_cannot_be_acted_on(lab: Lab) -> None:
    own = await lab.talk()
    await lab.do(ClearConnection, connection=own)
    await lab.pump.idle("1001")
    for kind in (HoldCall, AnswerCall, ClearConnection):
        with pytest.raises(Refused) as refused:
            await lab.do(kind, connection=own)
        assert refused.value.cause == "invalidConnectionID"

"""How calls come to a phone otherwise: pickup, forwarding, queues, several phones at once."""

from itertools import product

import pytest

from tests.links.asterisk.conftest import Lab
from tests.links.asterisk.pump import Refused, pumped
from tws.telephony.commands import (
    DirectedPickupCall,
    GetDoNotDisturb,
    GetForwarding,
    GetMessageWaiting,
    GroupPickupCall,
    MakeCall,
    ParkCall,
    SetDoNotDisturb,
    SetForwarding,
    SetMessageWaiting,
)
from tws.telephony.event_reports import (
    Conferenced,
    ConnectionCleared,
    Delivered,
    Diverted,
    DoNotDisturbChanged,
    Established,
    Failed,
    ForwardingChanged,
    InService,
    MessageWaitingChanged,
    OutOfService,
    Queued,
)
from tws.telephony.model import (
    CallOrigin,
    Cause,
    ConnectionId,
    DeviceId,
    Forwarding,
    ForwardingType,
    MessageWaiting,
    Party,
)
from tws.telephony.model import ConnectionState as S

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.peer("asterisk"),
    pytest.mark.peer("phones"),
]


def forwarding(kind: ForwardingType, to: str | None, seconds: int | None = None) -> Forwarding:
    return Forwarding(
        type=kind,
        origin=CallOrigin.ALL,
        active=to is not None,
        destination=to,
        ring_duration=seconds,
    )


# -------------------------------------------------------------------- pickup


async def test_directed_pickup(lab: Lab) -> None:
    call = await lab.a.dial("1002")
    await lab.b.rings()
    there = await lab.pump.state("1002", S.ALERTING)
    own = await lab.do(DirectedPickupCall, "1003", ringing=there)
    assert own == ConnectionId(there.call, DeviceId("1003"))
    await lab.a.hears(lab.c)
    assert call.state == "confirmed"
    away = await lab.pump.event(Diverted, device="1002")
    assert (away.cause, away.destination) == (Cause.CALL_PICKUP, Party("1003"))
    answered = await lab.pump.event(Established, device="1003")
    assert answered.cause == Cause.CALL_PICKUP
    await lab.b.idle()


async def test_group_pickup(lab: Lab) -> None:
    await lab.a.dial("1002")
    await lab.b.rings()
    there = await lab.pump.state("1002", S.ALERTING)
    own = await lab.do(GroupPickupCall, "1003")
    assert own == ConnectionId(there.call, DeviceId("1003"))
    await lab.a.hears(lab.c)


async def test_nothing_to_pick_up(lab: Lab) -> None:
    with pytest.raises(Refused) as refused:
        await lab.do(GroupPickupCall, "1003")
    assert refused.value.cause == "noCallToAnswer"
    assert not lab.pump.calls()


async def test_a_pickup_made_on_the_phone(lab: Lab) -> None:
    await lab.a.dial("1002")
    await lab.b.rings()
    there = await lab.pump.state("1002", S.ALERTING)
    await lab.c.dial("*81002")
    away = await lab.pump.event(Diverted, device="1002")
    assert (away.cause, away.destination) == (Cause.CALL_PICKUP, Party("1003"))
    event = await lab.pump.event(Conferenced)
    assert event.cause == Cause.CALL_PICKUP
    assert {m.new for m in event.connections} == {
        ConnectionId(there.call, DeviceId(device)) for device in ("1001", "1003")
    }
    await lab.a.hears(lab.c)


async def test_a_parked_call_is_picked_up(lab: Lab) -> None:
    own = await lab.talk()
    slot = await lab.do(ParkCall, connection=own)
    parked = ConnectionId(own.call, DeviceId(slot))
    fetched = await lab.do(DirectedPickupCall, "1003", ringing=parked)
    assert fetched == ConnectionId(own.call, DeviceId("1003"))
    await lab.b.hears(lab.c)


# -------------------------------------------------------------------- forwarding


async def test_immediate_forwarding(lab: Lab) -> None:
    wanted = forwarding(ForwardingType.IMMEDIATE, "1003")
    await lab.do(SetForwarding, "1002", forwarding=wanted)
    assert lab.pump.since(ForwardingChanged) == [ForwardingChanged(DeviceId("1002"), wanted)]
    call = await lab.a.dial("1002")
    ringing = await lab.c.rings()
    assert "reason=unconditional" in (ringing.header("Diversion") or "")
    delivered = await lab.pump.event(Delivered, device="1003")
    assert delivered.cause == Cause.CALL_FORWARD_IMMEDIATE
    assert delivered.called == Party("1002")
    assert delivered.last_redirection == Party("1002")
    await call.hang_up()
    await lab.do(SetForwarding, "1002", forwarding=forwarding(ForwardingType.IMMEDIATE, None))
    await lab.do(SetForwarding, "1002", forwarding=forwarding(ForwardingType.IMMEDIATE, None))
    shown = await lab.do(GetForwarding, "1002")
    assert {(f.type, f.origin): f.active for f in shown} == dict.fromkeys(
        product(ForwardingType, CallOrigin), False
    )
    await lab.a.dial("1002")
    await lab.b.rings()


async def test_forwarding_when_nobody_answers(lab: Lab) -> None:
    wanted = forwarding(ForwardingType.NO_ANSWER, "1003", 1)
    await lab.do(SetForwarding, "1002", forwarding=wanted)
    assert wanted in await lab.do(GetForwarding, "1002")
    call = await lab.a.dial("1002")
    await lab.b.rings()
    away = await lab.pump.event(Diverted, device="1002")
    assert (away.cause, away.destination) == (Cause.CALL_FORWARD_NO_ANSWER, Party("1003"))
    delivered = await lab.pump.event(Delivered, device="1003")
    assert delivered.cause == Cause.CALL_FORWARD_NO_ANSWER
    assert delivered.last_redirection == Party("1002")
    await (await lab.c.rings()).answer()
    await call.hang_up()
    await lab.do(SetForwarding, "1002", forwarding=forwarding(ForwardingType.NO_ANSWER, None))


async def test_forwarding_when_busy(lab: Lab) -> None:
    wanted = forwarding(ForwardingType.BUSY, "1003")
    await lab.do(SetForwarding, "1002", forwarding=wanted)
    await lab.b.behave(refuse=486)
    call = await lab.a.dial("1002")
    await lab.c.rings()
    delivered = await lab.pump.event(Delivered, device="1003")
    assert delivered.cause == Cause.CALL_FORWARD_BUSY
    assert not lab.pump.since(Failed)
    await call.hang_up()
    await lab.do(SetForwarding, "1002", forwarding=forwarding(ForwardingType.BUSY, None))


@pytest.mark.parametrize(
    ("wanted", "cause"),
    [
        (forwarding(ForwardingType.IMMEDIATE, "10 03"), "invalidForwardingDestination"),
        (forwarding(ForwardingType.IMMEDIATE, ""), "invalidForwardingDestination"),
        (forwarding(ForwardingType.IMMEDIATE, "1002"), "invalidForwardingDestination"),
        (forwarding(ForwardingType.NO_ANSWER, "1003", 0), "invalidParameterValue"),
    ],
)
async def test_forwardings_that_cannot_be(lab: Lab, wanted: Forwarding, cause: str) -> None:
    with pytest.raises(Refused) as refused:
        await lab.do(SetForwarding, "1002", forwarding=wanted)
    assert refused.value.cause == cause
    assert not any(f.active for f in await lab.do(GetForwarding, "1002"))


async def test_a_dialplan_of_before_forwards_all_calls_alike(lab: Lab) -> None:
    """What an administrator pasted earlier goes on working; no more than that is offered."""
    kinds = lab.pump.driver.forwardings(DeviceId("1002"))
    assert {origin for _, origin in kinds} == set(CallOrigin)
    await lab.pbx.cli("dialplan remove extension origins@tws-user")
    try:
        async with pumped(lab.pbx.settings, "1002") as pump:
            assert pump.driver.forwardings(DeviceId("1002")) == {
                (kind, CallOrigin.ALL) for kind in ForwardingType
            }
            external = Forwarding(ForwardingType.BUSY, CallOrigin.EXTERNAL, True, "1003")
            asked = SetForwarding(id=pump.id(), device=DeviceId("1002"), forwarding=external)
            with pytest.raises(Refused) as refused:
                await pump.do(asked)
            assert refused.value.cause == "invalidForwardingType"
    finally:
        await lab.pbx.cli("dialplan reload")


async def test_a_forwarding_set_on_the_phone_is_told(lab: Lab) -> None:
    await lab.b.dial("*721003")
    changed = await lab.pump.event(ForwardingChanged)
    assert changed == ForwardingChanged(
        DeviceId("1002"), forwarding(ForwardingType.IMMEDIATE, "1003")
    )
    await lab.b.idle()
    lab.pump.mark()
    await lab.b.dial("*73")
    changed = await lab.pump.event(ForwardingChanged)
    assert not changed.forwarding.active


# -------------------------------------------------------------------- do not disturb


async def test_do_not_disturb(lab: Lab) -> None:
    await lab.do(SetDoNotDisturb, "1002", on=True)
    assert DoNotDisturbChanged(DeviceId("1002"), True) in lab.pump.since(DoNotDisturbChanged)
    assert await lab.do(GetDoNotDisturb, "1002") is True
    assert "Busy" in await lab.pbx.cli("core show hint 1002")
    call = await lab.a.dial("1002")
    failed = await lab.pump.event(Failed)
    assert (failed.connection.device, failed.cause) == ("1002", Cause.DO_NOT_DISTURB)
    await call.until("gone")
    assert call.code == 486
    assert lab.b.live == []
    await lab.do(SetDoNotDisturb, "1002", on=False)
    assert await lab.do(GetDoNotDisturb, "1002") is False


async def test_do_not_disturb_set_on_the_phone_is_told(lab: Lab) -> None:
    await lab.b.dial("*78")
    await lab.pump.event(DoNotDisturbChanged, device="1002", on=True)
    assert await lab.do(GetDoNotDisturb, "1002") is True
    await lab.b.idle()
    await lab.b.dial("*79")
    await lab.pump.event(DoNotDisturbChanged, device="1002", on=False)
    assert await lab.do(GetDoNotDisturb, "1002") is False


# -------------------------------------------------------------------- the rest


async def test_a_busy_phone(lab: Lab) -> None:
    await lab.b.behave(refuse=486)
    own = await lab.do(MakeCall, called="1002")
    failed = await lab.pump.event(Failed)
    assert failed.connection == ConnectionId(own.call, DeviceId("1002"))
    assert (failed.cause, failed.called) == (Cause.BUSY, Party("1002"))


async def test_a_number_that_is_nobody_s(lab: Lab) -> None:
    call = await lab.a.dial("5555")
    await call.until("gone")
    assert call.code == 404
    assert await lab.pump.snapshot("1001") == ()


async def test_two_phones_ring_and_one_answers(lab: Lab) -> None:
    await lab.a.dial("1090")
    await lab.b.rings()
    await (await lab.c.rings()).answer()
    await lab.pump.event(Established, device="1003")
    away = await lab.pump.event(Diverted, device="1002")
    assert (away.cause, away.destination) == ("multipleAlerting", Party("1003", "User 1003"))


async def test_the_caller_gives_up(lab: Lab) -> None:
    call = await lab.a.dial("1002")
    await lab.b.rings()
    await lab.pump.state("1002", S.ALERTING)
    await call.hang_up()
    cleared = await lab.pump.event(ConnectionCleared, device="1002")
    assert cleared.cause == Cause.CALL_CANCELLED


async def test_a_queue(lab: Lab) -> None:
    """A call waits in a queue, rings at an agent, and is answered."""
    lab.pump.watch_device("1006")
    await lab.a.dial("6000")
    queued = await lab.pump.event(Queued)
    assert (queued.connection.device, queued.party) == ("6000", Party("6000", "support"))
    agent = await lab.phones.add("1006", lab.pbx.registrar)
    ringing = await agent.rings()
    away = await lab.pump.event(Diverted, device="6000")
    assert away.cause == Cause.DISTRIBUTED
    delivered = await lab.pump.event(Delivered, device="1006")
    assert (delivered.cause, delivered.connection.call) == (
        Cause.DISTRIBUTED,
        queued.connection.call,
    )
    assert delivered.last_redirection == Party("6000", "support")
    await ringing.answer()
    await lab.pump.event(Established, device="1006")
    await lab.a.hears(agent)


async def test_messages(lab: Lab) -> None:
    lab.pump.watch_device("1005")
    assert await lab.do(GetMessageWaiting, "1005") == MessageWaiting(False)
    call = await lab.a.dial("9198")
    await call.until("confirmed")
    await lab.a.until(lambda: call.heard_for(3.0) or None, "a message long enough")
    await call.hang_up()
    await lab.pump.event(MessageWaitingChanged, device="1005", on=True, mailbox="1005")
    assert await lab.do(GetMessageWaiting, "1005") == MessageWaiting(True)


async def test_the_lamp_can_be_set_only_where_external_counts_are_kept(lab: Lab) -> None:
    modules = await lab.pbx.cli("module show like res_mwi_external_ami")
    offered = lab.pump.driver.commands(DeviceId("1002"))
    assert (SetMessageWaiting in offered) == ("res_mwi_external_ami.so" in modules)
    assert GetMessageWaiting in offered


async def test_a_phone_leaves_and_returns(lab: Lab) -> None:
    await lab.d.register(False)
    await lab.pump.event(OutOfService, device="1004")
    with pytest.raises(Refused) as refused:
        await lab.do(MakeCall, "1004", called="1002")
    assert refused.value.cause == "invalidCallingDeviceState"
    await lab.d.register()
    await lab.pump.event(InService, device="1004")

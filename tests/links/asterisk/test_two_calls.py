"""Consultation, alternation, transfer and conference on a real Asterisk, each many times."""

import pytest

from tests.links.asterisk.conftest import Lab
from tests.links.asterisk.pump import Refused
from tws.telephony.commands import (
    AlternateCall,
    ClearConnection,
    ConferenceCall,
    ConsultationCall,
    GenerateDigits,
    HoldCall,
    ReconnectCall,
    RetrieveCall,
    TransferCall,
)
from tws.telephony.event_reports import (
    Conferenced,
    ConnectionCleared,
    Delivered,
    Failed,
    Held,
    Originated,
    Retrieved,
    Transferred,
)
from tws.telephony.model import Cause, ConnectionId, DeviceId, Party
from tws.telephony.model import ConnectionState as S

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.peer("asterisk"),
    pytest.mark.peer("phones"),
]
TIMES = 20


async def test_consultation(lab: Lab) -> None:
    first = await lab.talk()
    second = await lab.do(ConsultationCall, existing=first, consulted="1003")
    assert second.call != first.call
    held = await lab.pump.event(Held, device="1001")
    assert (held.connection, held.cause) == (first, Cause.CONSULTATION)
    begun = await lab.pump.event(Originated, device="1001", call=second.call)
    assert (begun.cause, begun.called) == (Cause.CONSULTATION, Party("1003"))
    ringing = await lab.c.rings()
    assert ringing.remote_number == "1001"
    delivered = await lab.pump.event(Delivered, device="1003")
    assert delivered.connection.call == second.call
    await ringing.answer()
    await lab.a.hears(lab.c)
    await lab.b.hears()
    shown = {c.connection: c.state for c in await lab.pump.snapshot("1001")}
    assert shown == {first: S.HOLD, second: S.CONNECTED}


async def test_consultation_by_the_called_party(lab: Lab) -> None:
    await lab.talk()
    first = await lab.pump.state("1002", S.CONNECTED)
    second = await lab.consult(first)
    await lab.b.hears(lab.c)
    await lab.do(TransferCall, "1002", held=first, active=second)
    await lab.a.hears(lab.c)
    await lab.b.idle()


async def test_consultation_from_hold(lab: Lab) -> None:
    first = await lab.talk()
    await lab.do(HoldCall, connection=first)
    await lab.consult(first)
    await lab.a.hears(lab.c)


async def test_alternation_20_times(lab: Lab) -> None:
    first = await lab.talk()
    second = await lab.consult(first)
    lab.pump.mark()
    held, active = first, second
    for _ in range(TIMES):
        await lab.do(AlternateCall, held=held, active=active)
        held, active = active, held
    await lab.a.hears(lab.c)
    await lab.b.hears()
    assert not lab.pump.since(ConnectionCleared)
    assert len(lab.pump.since(Held)) == len(lab.pump.since(Retrieved)) == TIMES
    assert {e.cause for e in lab.pump.since(Held, Retrieved)} == {Cause.ALTERNATE}


async def test_reconnection_while_the_third_rings(lab: Lab) -> None:
    first = await lab.talk()
    second = await lab.do(ConsultationCall, existing=first, consulted="1003")
    await lab.c.rings()
    await lab.do(ReconnectCall, active=second, held=first)
    await lab.c.idle()
    await lab.a.hears(lab.b)


async def test_a_consultation_that_finds_nobody(lab: Lab) -> None:
    """The phone hears a tone, keeps the held call, and takes it back."""
    await lab.c.behave(refuse=486)
    first = await lab.talk()
    second = await lab.do(ConsultationCall, existing=first, consulted="1003")
    failed = await lab.pump.event(Failed)
    assert (failed.connection.call, failed.cause) == (second.call, Cause.BUSY)
    await lab.pump.event(ConnectionCleared, connection=second)
    assert [c.connection for c in await lab.pump.snapshot("1001")] == [first]
    await lab.do(RetrieveCall, connection=first)
    await lab.a.hears(lab.b)


async def test_who_was_consulted_hangs_up(lab: Lab) -> None:
    first = await lab.talk()
    await lab.consult(first)
    await lab.c.live[0].hang_up()
    await lab.pump.idle("1003")
    await lab.do(RetrieveCall, connection=first)
    await lab.a.hears(lab.b)


async def test_clearing_the_consultation_keeps_the_held_call(lab: Lab) -> None:
    first = await lab.talk()
    second = await lab.consult(first)
    await lab.do(ClearConnection, connection=second)
    await lab.c.idle()
    await lab.do(RetrieveCall, connection=first)
    await lab.a.hears(lab.b)


async def test_the_held_party_hangs_up(lab: Lab) -> None:
    first = await lab.talk()
    second = await lab.consult(first)
    await lab.b.live[0].hang_up()
    await lab.pump.idle("1002")
    assert [c.connection for c in await lab.pump.snapshot("1001")] == [second]
    await lab.a.hears(lab.c)


async def test_transfer(lab: Lab) -> None:
    first = await lab.talk()
    second = await lab.consult(first)
    remaining = await lab.do(TransferCall, held=first, active=second)
    event = await lab.pump.event(Transferred)
    assert (event.primary, event.secondary) == (first, second)
    assert event.transferred_to == Party("1003", "User 1003")
    assert {m.new: m.old for m in event.connections} == {
        ConnectionId(first.call, DeviceId("1002")): ConnectionId(first.call, DeviceId("1002")),
        ConnectionId(first.call, DeviceId("1003")): ConnectionId(second.call, DeviceId("1003")),
    }
    assert remaining.call == first.call
    await lab.a.idle()
    await lab.b.hears(lab.c)
    await lab.c.hears(lab.b)


async def test_transfer_while_it_rings(lab: Lab) -> None:
    first = await lab.talk()
    second = await lab.do(ConsultationCall, existing=first, consulted="1003")
    await lab.c.rings()
    await lab.pump.state("1003", S.ALERTING)
    await lab.do(TransferCall, held=first, active=second)
    event = await lab.pump.event(Transferred)
    assert (event.primary, event.secondary) == (first, second)
    await lab.a.idle()
    again = await lab.c.until(
        lambda: next((c for c in lab.c.live if c.remote_number == "1002"), None), "called by B"
    )
    await again.answer()
    await lab.b.hears(lab.c)


async def test_transfer_20_times(lab: Lab) -> None:
    """Around three phones: whoever was consulted consults the next."""
    for phone in (lab.a, lab.b, lab.c):
        await phone.behave(auto_answer=True)
    first = await lab.talk_at_once("1001", "1002")
    for turn in range(TIMES):
        own = first.device
        third = next(n for n in ("1001", "1002", "1003") if n not in lab.busy())
        second = await lab.do(ConsultationCall, own, existing=first, consulted=third)
        await lab.pump.state(third, S.CONNECTED)
        await lab.do(TransferCall, own, held=first, active=second)
        await lab.pump.idle(own)
        first = await lab.pump.state(third, S.CONNECTED)
        assert len(lab.pump.since(Transferred)) == turn + 1
    assert not lab.pump.since(Conferenced)
    one, two = (lab.phones[number] for number in lab.busy())
    await one.hears(two)


async def test_conference(lab: Lab) -> None:
    first = await lab.talk()
    second = await lab.consult(first)
    own = await lab.do(ConferenceCall, held=first, active=second)
    assert own == first
    event = await lab.pump.event(Conferenced)
    assert (event.primary, event.secondary) == (first, second)
    assert {m.new.device for m in event.connections} == {"1001", "1002", "1003"}
    assert all(m.state is S.CONNECTED for m in event.connections)
    await lab.a.hears(lab.b, lab.c)
    await lab.b.hears(lab.a, lab.c)
    await lab.do(GenerateDigits, connection=own, digits="4")
    await lab.do(ClearConnection, connection=own)
    await lab.b.hears(lab.c)


async def test_a_member_of_a_conference_cannot_hold_it(lab: Lab) -> None:
    first = await lab.talk()
    second = await lab.consult(first)
    own = await lab.do(ConferenceCall, held=first, active=second)
    with pytest.raises(Refused) as refused:
        await lab.do(HoldCall, connection=own)
    assert refused.value.cause == "requestIncompatibleWithConnection"
    await lab.a.hears(lab.b, lab.c)


async def test_commands_on_one_call_wait_for_each_other(lab: Lab) -> None:
    """Two clicks at once: both are carried out, one after the other, or refused; never mixed."""
    first = await lab.talk()
    pump = lab.pump
    hold = HoldCall(id=pump.id(), device=DeviceId("1001"), connection=first)
    retrieve = RetrieveCall(id=pump.id(), device=DeviceId("1001"), connection=first)
    pump.tell(hold)
    pump.tell(retrieve)
    await pump.outcome(hold)
    await pump.outcome(retrieve)
    await lab.a.hears(lab.b)


async def test_a_command_sent_twice_is_carried_out_once(lab: Lab) -> None:
    first = await lab.talk()
    pump = lab.pump
    hold = HoldCall(id=pump.id(), device=DeviceId("1001"), connection=first)
    pump.tell(hold)
    pump.tell(hold)
    await pump.outcome(hold)
    pump.tell(hold)
    await pump.until(lambda: pump.outcomes(hold)[1:] or None, "the first outcome again")
    assert len(pump.since(Held)) == 1


# -------------------------------------------------------------------- what phones do themselves


async def test_a_blind_transfer_made_on_the_phone(lab: Lab) -> None:
    call = await lab.a.dial("1002")
    await (await lab.b.rings()).answer()
    await call.until("confirmed")
    first = await lab.pump.state("1001", S.CONNECTED)
    await call.transfer("1003")
    event = await lab.pump.event(Transferred)
    assert (event.primary, event.transferred_to) == (first, Party("1003"))
    delivered = await lab.pump.event(Delivered, device="1003")
    assert (delivered.connection.call, delivered.cause) == (
        first.call,
        Cause.SINGLE_STEP_TRANSFER,
    )
    await (await lab.c.rings()).answer()
    await lab.b.hears(lab.c)


async def test_an_attended_transfer_made_on_the_phone(lab: Lab) -> None:
    call = await lab.a.dial("1002")
    await (await lab.b.rings()).answer()
    await call.until("confirmed")
    first = await lab.pump.state("1001", S.CONNECTED)
    await call.hold()
    await lab.pump.state("1001", S.HOLD)
    other = await lab.a.dial("1003")
    await (await lab.c.rings()).answer()
    await other.until("confirmed")
    second = await lab.pump.state("1001", S.CONNECTED)
    await lab.pump.state("1003", S.CONNECTED)
    await call.transfer_to(other)
    event = await lab.pump.event(Transferred)
    assert (event.primary, event.secondary) == (first, second)
    assert {m.new.device for m in event.connections} == {"1002", "1003"}
    await lab.b.hears(lab.c)
    await lab.pump.idle("1001")


async def test_two_lines_of_a_phone(lab: Lab) -> None:
    """What the phone holds itself is alternated and transferred too."""
    call = await lab.a.dial("1002")
    await (await lab.b.rings()).answer()
    await call.until("confirmed")
    await call.hold()
    first = await lab.pump.state("1001", S.HOLD)
    other = await lab.a.dial("1003")
    await (await lab.c.rings()).answer()
    second = await lab.pump.state("1001", S.CONNECTED)
    await lab.pump.state("1003", S.CONNECTED)
    await lab.do(AlternateCall, held=first, active=second)
    await lab.a.hears(lab.b)
    assert other.notified == ["hold"]
    await lab.do(TransferCall, held=second, active=first)
    await lab.b.hears(lab.c)
    await lab.a.idle()

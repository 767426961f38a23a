"""Operations of several steps, twenty times in a row: a race shows only in some rounds.

What each round told is compared: every one of them tells the same story. Where two things are made
to happen at once, it is one of the few stories that may come of it.
"""

import asyncio
from contextlib import suppress
from itertools import count, cycle
from typing import Any

import pytest

from tests.links.asterisk.conftest import Lab
from tests.links.asterisk.pump import Refused
from tests.links.asterisk.rounds import again_and_again, of, rounds
from tws.telephony.commands import (
    AnswerCall,
    ClearConnection,
    ConferenceCall,
    ConsultationCall,
    DeflectCall,
    DirectedPickupCall,
    GenerateDigits,
    GetDoNotDisturb,
    GetForwarding,
    GroupPickupCall,
    MakeCall,
    ParkCall,
    ReconnectCall,
    SetDoNotDisturb,
    SetForwarding,
    SingleStepConferenceCall,
    TransferCall,
)
from tws.telephony.event_reports import DoNotDisturbChanged, Failed, ForwardingChanged
from tws.telephony.model import CallOrigin, DeviceId, Forwarding, ForwardingType
from tws.telephony.model import ConnectionState as S

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.peer("asterisk"),
    pytest.mark.peer("phones"),
]


@pytest.fixture(scope="module")
def answer() -> str:
    """Each phone is taken for one that ignores NOTIFY: nobody waits until it has shown that."""
    return "ring again"


async def test_a_call_is_made_and_cleared_20_times(lab: Lab) -> None:
    await lab.b.behave(auto_answer=True)

    async def one() -> None:
        own = await lab.talk_at_once("1001", "1002")
        await lab.do(ClearConnection, connection=own)
        await lab.pump.idle("1001", "1002")

    await again_and_again(lab, one)


async def test_a_call_is_made_and_cleared_while_it_rings_20_times(lab: Lab) -> None:
    async def one() -> None:
        own = await lab.do(MakeCall, called="1002")
        await lab.pump.state("1002", S.ALERTING)
        await lab.do(ClearConnection, connection=own)
        await lab.pump.idle("1001", "1002")

    await again_and_again(lab, one)


async def test_a_call_is_made_and_cleared_at_once_20_times(lab: Lab) -> None:
    """The own phone goes off hook in that moment; the other rings already, or never does."""

    async def one() -> None:
        own = await lab.do(MakeCall, called="1002")
        await lab.do(ClearConnection, connection=own)
        await lab.pump.idle("1001", "1002")

    begun = [
        "ServiceInitiated 1001 makeCall",
        "Originated 1001 newCall",
        "Delivered 1002 newCall",
    ]
    ended = ["ConnectionCleared 1001 normalClearing", "ConnectionCleared 1002 callCancelled"]
    known = [begun[:1] + ended[:1], begun[:2] + ended[:1], begun + ended]
    for told in await rounds(lab, one):
        assert told in known


async def test_a_phone_is_rung_again_20_times(lab: Lab) -> None:
    await lab.phones.add("1005", lab.pbx.registrar, obeys=False)
    lab.pump.watch_device("1005")

    async def one() -> None:
        call = await lab.a.dial("1005")
        there = await lab.pump.state("1005", S.ALERTING)
        await lab.do(AnswerCall, "1005", connection=there)
        (shown,) = await lab.pump.snapshot("1005")
        assert (shown.connection, shown.state) == (there, S.CONNECTED)
        await call.hang_up()
        await lab.pump.idle("1001", "1005")

    await again_and_again(lab, one)


async def test_deflection_20_times(lab: Lab) -> None:
    async def one() -> None:
        call = await lab.d.dial("1001")
        ringing = await lab.pump.state("1001", S.ALERTING)
        await lab.do(DeflectCall, connection=ringing, destination="1003")
        assert (await lab.pump.state("1003", S.ALERTING)).call == ringing.call
        assert await lab.pump.snapshot("1001") == ()
        await call.hang_up()
        await lab.pump.idle("1003", "1004")

    await again_and_again(lab, one)


async def test_directed_pickup_20_times(lab: Lab) -> None:
    async def one() -> None:
        call = await lab.a.dial("1002")
        there = await lab.pump.state("1002", S.ALERTING)
        own = await lab.do(DirectedPickupCall, "1003", ringing=there)
        assert own == of(there, "1003")
        await call.hang_up()
        await lab.pump.idle("1001", "1002", "1003")

    told = await again_and_again(lab, one)
    assert told.count("Diverted 1002 callPickup") == 1


async def test_group_pickup_20_times(lab: Lab) -> None:
    async def one() -> None:
        call = await lab.a.dial("1002")
        there = await lab.pump.state("1002", S.ALERTING)
        own = await lab.do(GroupPickupCall, "1003")
        assert own == of(there, "1003")
        await call.hang_up()
        await lab.pump.idle("1001", "1002", "1003")

    await again_and_again(lab, one)


async def test_parking_and_fetching_20_times(lab: Lab) -> None:
    await lab.b.behave(auto_answer=True)

    async def one() -> None:
        own = await lab.talk_at_once("1001", "1002")
        place = await lab.do(ParkCall, connection=own)
        fetched = await lab.do(DirectedPickupCall, "1003", ringing=of(own, place))
        assert fetched == of(own, "1003")
        await lab.do(ClearConnection, "1003", connection=fetched)
        await lab.pump.idle("1001", "1002", "1003")

    await again_and_again(lab, one)


def has_fetched(lab: Lab, who: str, whom: str) -> bool:
    (call,) = lab.pump.driver.snapshot(DeviceId(whom))
    return [device for device, _, _ in call.others] == [who]


async def test_parking_and_dialling_the_place_20_times(lab: Lab) -> None:
    await lab.b.behave(auto_answer=True)

    async def one() -> None:
        own = await lab.talk_at_once("1001", "1002")
        place = await lab.do(ParkCall, connection=own)
        call = await lab.c.dial(place)
        await lab.pump.until(lambda: has_fetched(lab, "1003", "1002") or None, "fetched")
        assert (await lab.pump.state("1003", S.CONNECTED)).call == own.call
        await call.hang_up()
        await lab.pump.idle("1001", "1002", "1003")

    await again_and_again(lab, one)


async def test_consultation_and_reconnection_20_times(lab: Lab) -> None:
    await lab.c.behave(auto_answer=True)
    first = await lab.talk()

    async def one() -> None:
        second = await lab.do(ConsultationCall, existing=first, consulted="1003")
        await lab.pump.state("1003", S.CONNECTED)
        await lab.do(ReconnectCall, active=second, held=first)
        await lab.pump.idle("1003")

    await again_and_again(lab, one)
    await lab.b.hears(lab.a)
    assert [c.connection for c in await lab.pump.snapshot("1001")] == [first]


async def test_conference_20_times(lab: Lab) -> None:
    await lab.b.behave(auto_answer=True)
    await lab.c.behave(auto_answer=True)

    async def one() -> None:
        first = await lab.talk_at_once("1001", "1002")
        second = await lab.do(ConsultationCall, existing=first, consulted="1003")
        await lab.pump.state("1003", S.CONNECTED)
        own = await lab.do(ConferenceCall, held=first, active=second)
        shown = await lab.pump.snapshot("1001")
        assert [(c.connection, len(c.others)) for c in shown] == [(own, 2)]
        for device in ("1001", "1002"):
            await lab.do(ClearConnection, device, connection=of(own, device))
        await lab.pump.idle("1001", "1002", "1003")

    await again_and_again(lab, one)


async def test_transfer_while_it_rings_20_times(lab: Lab) -> None:
    await lab.b.behave(auto_answer=True)

    async def one() -> None:
        first = await lab.talk_at_once("1001", "1002")
        second = await lab.do(ConsultationCall, existing=first, consulted="1003")
        await lab.pump.state("1003", S.ALERTING)
        remaining = await lab.do(TransferCall, held=first, active=second)
        assert remaining == of(first, "1002")
        assert (await lab.pump.state("1003", S.ALERTING)).call == first.call
        assert await lab.pump.snapshot("1001") == ()
        await lab.do(ClearConnection, "1002", connection=remaining)
        await lab.pump.idle("1002", "1003")

    told = await again_and_again(lab, one)
    assert told.count("Transferred 1001 transfer") == 1


async def test_a_call_is_answered_while_it_is_transferred_20_times(lab: Lab) -> None:
    """The third goes off hook in that moment: it talks with whom it was transferred, or rings."""
    await lab.b.behave(auto_answer=True)
    lifts_first = cycle((False, True))

    async def one() -> None:
        first = await lab.talk_at_once("1001", "1002")
        second = await lab.do(ConsultationCall, existing=first, consulted="1003")
        ringing = await lab.c.rings()
        await lab.pump.state("1003", S.ALERTING)
        going = asyncio.create_task(lab.c.do("answer", call=ringing.number))
        if next(lifts_first):
            await going
        remaining = await lab.do(TransferCall, held=first, active=second)
        with suppress(RuntimeError):  # that call had gone
            await going
        assert remaining == of(first, "1002")
        assert await lab.pump.snapshot("1001") == ()
        await lab.do(ClearConnection, "1002", connection=remaining)
        await lab.pump.idle("1002", "1003")
        await lab.c.idle()

    begun = [
        "ServiceInitiated 1001 makeCall",
        "Originated 1001 newCall",
        "Delivered 1002 newCall",
        "Established 1002 normal",
        "Held 1001 consultation",
        "Originated 1001 consultation",
        "Delivered 1003 newCall",
    ]
    transferred, lifted = "Transferred 1001 transfer", "Established 1003 normal"
    ended = ["ConnectionCleared 1002 normalClearing", "ConnectionCleared 1003 normalClearing"]
    rang = ["ConnectionCleared 1002 normalClearing", "ConnectionCleared 1003 callCancelled"]
    known = [
        [*begun, transferred, *rang],
        [*begun, transferred, lifted, *ended],
        [*begun, lifted, transferred, *ended],
    ]
    for told in await rounds(lab, one):
        assert told in known


async def test_a_third_is_brought_in_20_times(lab: Lab) -> None:
    await lab.b.behave(auto_answer=True)
    await lab.c.behave(auto_answer=True)

    async def one() -> None:
        own = await lab.talk_at_once("1001", "1002")
        joining = await lab.do(SingleStepConferenceCall, active=own, joining="1003")
        assert joining == of(own, "1003")
        await lab.pump.state("1003", S.CONNECTED)
        (shown,) = await lab.pump.snapshot("1001")
        assert (shown.connection, len(shown.others)) == (own, 2)
        for device in ("1001", "1002"):
            await lab.do(ClearConnection, device, connection=of(own, device))
        await lab.pump.idle("1001", "1002", "1003")

    await again_and_again(lab, one)


async def test_a_third_listens_20_times(lab: Lab) -> None:
    await lab.b.behave(auto_answer=True)
    await lab.c.behave(auto_answer=True)

    async def one() -> None:
        own = await lab.talk_at_once("1001", "1002")
        silent = {"joining": "1003", "participation": "silent"}
        joining = await lab.do(SingleStepConferenceCall, active=own, **silent)
        assert joining == of(own, "1003")
        await lab.pump.state("1003", S.CONNECTED)
        await lab.do(ClearConnection, connection=own)
        await lab.pump.idle("1001", "1002", "1003")

    await again_and_again(lab, one)


async def test_digits_20_times(lab: Lab) -> None:
    own = await lab.talk()
    heard = lab.b.live[0]
    await lab.b.hears(lab.a)  # while its sound is set up a digit may pass unheard
    digits = cycle("0123456789*#")

    async def one() -> None:
        digit, before = next(digits), heard.digits
        await lab.do(GenerateDigits, connection=own, digits=digit)
        await lab.b.until(lambda: heard.digits == before + digit or None, "the digit")

    assert await again_and_again(lab, one) == []
    await lab.b.hears(lab.a)


async def refused_at_each_step(lab: Lab, kind: Any, question: Any, **wanted: object) -> int:
    """Whichever action is refused, all is as before; then it is done. How many were refused."""
    before = await lab.do(question, "1002")
    for steps in count():
        lab.pump.refuse_after(steps)
        try:
            await lab.do(kind, "1002", **wanted)
        except Refused:
            assert await lab.do(question, "1002") == before
            continue
        assert not lab.pump.has_refused()
        return steps
    raise AssertionError


async def test_do_not_disturb_and_its_undoing_20_times(lab: Lab) -> None:
    async def one() -> None:
        steps = await refused_at_each_step(lab, SetDoNotDisturb, GetDoNotDisturb, on=True)
        assert steps == 3  # what stood there, the entry, the lamp
        assert await lab.do(GetDoNotDisturb, "1002") is True
        await lab.pump.event(DoNotDisturbChanged, device="1002", on=True)
        call = await lab.a.dial("1002")
        await lab.pump.event(Failed)
        await call.until("gone")
        await lab.pump.idle("1001", "1002")
        await lab.do(SetDoNotDisturb, "1002", on=False)
        assert await lab.do(GetDoNotDisturb, "1002") is False

    told = await again_and_again(lab, one)
    assert told.count("Failed 1002 doNotDisturb") == 1
    call = await lab.a.dial("1002")
    await lab.b.rings()
    await call.hang_up()


async def test_forwarding_and_its_undoing_20_times(lab: Lab) -> None:
    def forwarding(kind: ForwardingType, to: str | None, seconds: int | None = None) -> Forwarding:
        return Forwarding(kind, CallOrigin.ALL, to is not None, to, None, seconds)

    soon = forwarding(ForwardingType.NO_ANSWER, "1004", 7)
    later = forwarding(ForwardingType.NO_ANSWER, "1004", 8)  # the seconds are kept: others
    at_once = forwarding(ForwardingType.IMMEDIATE, "1003")

    async def one() -> None:
        steps = [
            await refused_at_each_step(lab, SetForwarding, GetForwarding, forwarding=wanted)
            for wanted in (soon, later, at_once)
        ]
        assert steps == [4, 4, 2]
        shown = await lab.do(GetForwarding, "1002")
        assert {later, at_once} <= set(shown)
        call = await lab.a.dial("1002")
        await lab.c.rings()
        await lab.pump.state("1003", S.ALERTING)
        await call.hang_up()
        await lab.pump.idle("1001", "1003")
        for wanted in (later, at_once):
            off = forwarding(wanted.type, None)
            await lab.do(SetForwarding, "1002", forwarding=off)
        assert not any(one.active for one in await lab.do(GetForwarding, "1002"))
        changed = [each.forwarding.active for each in lab.pump.since(ForwardingChanged)]
        assert changed == [True, True, True, False, False]

    told = await again_and_again(lab, one)
    assert told.count("Delivered 1003 callForwardImmediate") == 1

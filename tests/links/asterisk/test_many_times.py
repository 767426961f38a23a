"""Operations of several steps, twenty times in a row: a race shows only in some rounds.

What each round told is compared: every one of them tells the same story.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import groupby

import pytest

from tests.links.asterisk.conftest import Lab
from tws.telephony.commands import (
    AnswerCall,
    ClearConnection,
    ConferenceCall,
    ConsultationCall,
    DeflectCall,
    DirectedPickupCall,
    GroupPickupCall,
    MakeCall,
    ParkCall,
    ReconnectCall,
    SingleStepConferenceCall,
    TransferCall,
)
from tws.telephony.events import Transferred
from tws.telephony.model import ConnectionId, DeviceId
from tws.telephony.model import ConnectionState as S

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.peer("asterisk"),
    pytest.mark.peer("phones"),
]
TIMES = 20
Round = Callable[[], Awaitable[None]]


@pytest.fixture(scope="module")
def answer() -> str:
    """Each phone is taken for one that ignores NOTIFY: nobody waits until it has shown that."""
    return "ring again"


async def again_and_again(lab: Lab, one: Round) -> list[str]:
    """What one round told, as did all the others. Who ends first is Asterisk's choice."""
    told = []
    for _ in range(TIMES):
        for phone in lab.phones.phones.values():
            await phone.room()
        lab.pump.mark()
        await one()
        told.append(story(lab))
    assert told == [told[0]] * TIMES
    return told[0]


def story(lab: Lab) -> list[str]:
    """The events of a round; those that end connections together in order of their devices."""
    runs = groupby(lab.pump.calls(), lambda event: event.startswith("ConnectionCleared"))
    return [event for ends, run in runs for event in (sorted(run) if ends else run)]


def of(own: ConnectionId, device: str) -> ConnectionId:
    return ConnectionId(own.call, DeviceId(device))


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
    for _ in range(TIMES):
        await lab.a.room()
        own = await lab.do(MakeCall, called="1002")
        await lab.do(ClearConnection, connection=own)
        await lab.pump.idle("1001", "1002")


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


async def test_parking_and_dialling_the_place_20_times(lab: Lab) -> None:
    await lab.b.behave(auto_answer=True)

    async def one() -> None:
        own = await lab.talk_at_once("1001", "1002")
        place = await lab.do(ParkCall, connection=own)
        call = await lab.c.dial(place)
        await lab.pump.until(
            lambda: len(lab.pump.driver.snapshot(DeviceId("1002"))[0].others) or None, "fetched"
        )
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
    for turn in range(TIMES):
        await lab.c.room()
        first = await lab.talk_at_once("1001", "1002")
        second = await lab.do(ConsultationCall, existing=first, consulted="1003")
        ringing = await lab.c.rings()
        await lab.pump.state("1003", S.ALERTING)
        lifted = asyncio.create_task(lab.c.do("answer", call=ringing.number))
        if turn % 2:
            await lifted
        remaining = await lab.do(TransferCall, held=first, active=second)
        with suppress(RuntimeError):  # that call had gone
            await lifted
        assert remaining == of(first, "1002")
        assert await lab.pump.snapshot("1001") == ()
        assert len(lab.pump.since(Transferred)) == turn + 1
        await lab.do(ClearConnection, "1002", connection=remaining)
        await lab.pump.idle("1002", "1003")
        await lab.c.idle()


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

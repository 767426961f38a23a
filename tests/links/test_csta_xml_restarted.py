"""A PBX in another process is killed in mid-call, and begins its call ids anew; or lives on while
nobody hears it."""

import contextlib
from collections.abc import AsyncIterator

import pytest

from tests.links.test_csta_xml_simulator import ALICE, BRUNO, CHLOE, HABITS, Desk, monitored
from tests.peers.gate import Gate
from tests.simulator.running import running_simulator
from tws.telephony.model import Cause, ConnectionState, LegId, LinkState

S = ConnectionState
whatever_the_habits = pytest.mark.parametrize(
    ("link", "settings"), HABITS, ids=["ed3", "ed4", "ed5", "ed6", "a5000"]
)


@contextlib.asynccontextmanager
async def desk(
    link: dict[str, object], settings: dict[str, object]
) -> AsyncIterator[tuple[Desk, Gate]]:
    async with running_simulator(link=link) as simulator, Gate(simulator.csta_port) as gate:
        it = Desk(simulator, **settings, port=gate.port)
        try:
            await it.supervisor.start()
            for device in (ALICE, BRUNO, CHLOE):
                it.supervisor.watch(device)
            await monitored(it)
            yield it, gate
        finally:
            await it.supervisor.stop()


async def two_calls(it: Desk) -> set[LegId]:
    """Alice talks to Chloe, Bruno to somebody whom nobody watches; the legs."""
    await it.talking(ALICE, CHLOE)
    await it.pbx.dial(BRUNO, "4004")
    await it.pbx.answer("4004")
    await it.pbx.wait_phone(BRUNO, lambda phone: phone.talking_to == {"4004"})
    await it.until(lambda: all(one.answered for one in it.connections(BRUNO)) and bool(legs(it)))
    return legs(it)


def legs(it: Desk) -> set[LegId]:
    return {one.leg for device in (ALICE, BRUNO, CHLOE) for one in it.connections(device)}


async def heard_again(it: Desk, gate: Gate) -> None:
    settled = it.settled
    gate.is_open = True
    await it.until(lambda: it.settled > settled)


@whatever_the_habits
async def test_a_call_with_the_id_of_one_of_before_has_legs_of_its_own(
    link: dict[str, object], settings: dict[str, object]
) -> None:
    async with desk(link, settings) as (it, gate):
        before = await two_calls(it)
        (taken,) = it.connections(CHLOE)
        await gate.cut()
        await it.pbx.restart()
        await it.pbx.dial(BRUNO, CHLOE)
        await it.pbx.answer(CHLOE)
        await heard_again(it, gate)
        (calling,) = it.connections(BRUNO)
        (called,) = it.connections(CHLOE)
        assert called.id == taken.id  # it is the same id, on the same telephone
        assert calling.id.call == called.id.call
        assert not legs(it) & before
        assert {end.connection.leg for end in it.ended} == before
        assert {end.cause for end in it.ended} == {Cause.END_NOT_SEEN}


@whatever_the_habits
async def test_calls_of_a_pbx_that_lives_on_keep_their_legs(
    link: dict[str, object], settings: dict[str, object]
) -> None:
    async with desk(link, settings) as (it, gate):
        await it.talking(ALICE, CHLOE)
        await it.pbx.dial(BRUNO, "4004")
        await it.has(BRUNO, S.CONNECTED)
        before = legs(it)
        await gate.cut()
        await it.until(lambda: it.supervisor.status.state is not LinkState.UP)
        await it.pbx.answer("4004")
        await it.pbx.hold(ALICE)
        await heard_again(it, gate)
        await it.has(ALICE, S.HOLD)
        assert legs(it) == before
        assert it.ended == []

"""Events that a PBX lost on the way: no ghost stays, on any type of PBX."""

import pytest

from tests.links.test_csta_xml_simulator import ALICE, BRUNO, HABITS, desk
from tws.telephony import commands as c
from tws.telephony.model import Cause
from tws.telephony.requests import Refusal


@pytest.mark.parametrize(("link", "settings"), HABITS, ids=["ed3", "ed4", "ed5", "ed6", "a5000"])
async def test_what_the_pbx_says_that_it_lost_is_asked_for_again(
    link: dict[str, object], settings: dict[str, object]
) -> None:
    async with desk(link, **settings) as it:
        await it.talking(ALICE, BRUNO)
        await it.pbx.misbehave(drop_events=-1)
        await it.pbx.hang_up_all()
        assert it.connections(ALICE)
        await it.pbx.misbehave(drop_events=0)
        await it.until(lambda: not it.supervisor.table.calls)
        assert {ended.cause for ended in it.ended} == {Cause.END_NOT_SEEN}


async def test_a_ghost_goes_when_somebody_acts_on_it() -> None:
    """Nobody told that anything was lost: the PBX's own word about the call does."""
    async with desk(register="off") as it:
        own = await it.talking(ALICE, BRUNO)
        await it.pbx.misbehave(drop_events=-1)
        await it.pbx.hang_up_all()
        await it.pbx.misbehave(drop_events=0)
        with pytest.raises(Refusal):
            await it.ask(c.ClearConnection, ALICE, connection=own)
        await it.until(lambda: not it.connections(ALICE))


async def test_a_ghost_goes_when_somebody_looks() -> None:
    async with desk(register="off") as it:
        await it.talking(ALICE, BRUNO)
        await it.pbx.misbehave(drop_events=-1)
        await it.pbx.hang_up_all()
        await it.pbx.misbehave(drop_events=0)
        assert await it.ask(c.SnapshotDevice, BRUNO) == ()
        await it.until(lambda: not it.connections(BRUNO))

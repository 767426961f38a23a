"""A queue of a real Asterisk (app_queue), whose agent has no telephone plugged in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.end_to_end.asterisk_pbx import asterisk_pbx
from tests.end_to_end.reception import Reception, waiting_numbers
from tests.end_to_end.site import running_site
from tests.peers import require_peer

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def furnished(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Reception]:
    for peer in ("asterisk", "phones"):
        require_peer(peer)
    data: Path = tmp_path_factory.mktemp("queues")
    async with asterisk_pbx() as pbx, running_site(pbx, data) as site:
        reception = Reception(site, "6000")
        await reception.furnish()
        yield reception


@pytest_asyncio.fixture(loop_scope="session")
async def reception(furnished: Reception) -> AsyncIterator[Reception]:
    yield furnished
    await furnished.site.clear()


async def test_who_waits_is_taken_at_ones_telephone(reception: Reception) -> None:
    mine, caller, other, _ = reception.site.seats
    await caller.phone.dial("6000")
    value = await reception.seen(mine, "one waits", waiting_numbers("1002"))
    (one,) = value["waiting"]
    await reception.do(mine, "take", connection=one["connection"], device=mine.device)
    await mine.phone.answer()
    await mine.phone.talks_with(caller.phone)
    value = await reception.seen(other, "it is answered", lambda v: v["answering"])
    assert (value["waiting"], value["answering"][0]["by"]) == ([], "Person 1001")


async def test_who_waits_is_sent_on_and_who_hangs_up_gave_up(reception: Reception) -> None:
    mine, caller, other, _ = reception.site.seats
    await caller.phone.dial("6000")
    value = await reception.seen(mine, "one waits", waiting_numbers("1002"))
    (one,) = value["waiting"]
    await reception.do(mine, "deflect", connection=one["connection"], destination="1003")
    await other.phone.answer()
    await other.phone.talks_with(caller.phone)
    await reception.seen(mine, "nobody waits", waiting_numbers())
    await other.phone.hang_up()
    await caller.phone.idle()

    await caller.phone.dial("6000")
    value = await reception.seen(mine, "one waits again", waiting_numbers("1002"))
    await caller.phone.hang_up()
    await reception.seen(
        mine,
        "one is abandoned",
        lambda v: v["waiting"] == [] and v["abandonedChanged"] != value["abandonedChanged"],
    )
    newest, *_ = await mine.api.get(f"/queues/{reception.id}/abandoned")
    assert (newest["number"], newest["calledBack"]) == ("1002", None)

"""A call queue on the simulated PBX: who waits is seen, named, taken and sent on."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests import granting
from tests.end_to_end.reception import Reception, waiting_numbers
from tests.end_to_end.simulated_pbx import SimulatedPbx, simulated_pbx
from tests.end_to_end.site import running_site
from tests.running import Problem
from tests.simulator.running import Simulator

pytestmark = pytest.mark.asyncio(loop_scope="session")
QUEUE = {"number": "7000", "name": "Accueil", "agents": ["4002"], "ring_time": 60}
CALLER, OTHER = "0155171889", "0493001122"


class Simulated(Reception):
    """Its agent is not logged on."""

    @property
    def simulator(self) -> Simulator:
        assert isinstance(self.site.pbx, SimulatedPbx)
        return self.site.pbx.simulator

    async def furnish(self) -> None:
        await super().furnish()
        await self.simulator.agent("4002", logged_on=False)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def furnished(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Simulated]:
    data: Path = tmp_path_factory.mktemp("queues")
    async with simulated_pbx(queues=[QUEUE]) as pbx, running_site(pbx, data, 3) as site:
        reception = Simulated(site, "7000")
        await reception.furnish()
        yield reception


@pytest_asyncio.fixture(loop_scope="session")
async def reception(furnished: Simulated) -> AsyncIterator[Simulated]:
    yield furnished
    await furnished.simulator.hang_up_all()
    await furnished.simulator.agent("4002", logged_on=False)
    await furnished.site.clear()


def waiting(*callers: str) -> Any:
    """These, in this order."""
    return waiting_numbers(*map(heard, callers))


def heard(caller: str) -> str:
    """As the PBX tells a caller from outside."""
    return f"0{caller}"


async def test_callers_wait_in_order_and_one_is_taken(reception: Simulated) -> None:
    first, second, _ = reception.site.seats
    await reception.simulator.call_from_outside(CALLER, "7000")
    await reception.seen(first, "one waits", waiting(CALLER))
    await reception.simulator.call_from_outside(OTHER, "7000")
    value = await reception.seen(second, "two wait", waiting(CALLER, OTHER))
    assert [one["position"] for one in value["waiting"]] == [1, 2]
    assert value["agents"] == {"free": 3, "all": 3}
    assert (await first.api.get("/queues")) == [value]
    oldest = value["waiting"][0]["connection"]
    await reception.do(first, "take", connection=oldest, device=first.device)
    await first.phone.answer()
    value = await reception.seen(second, "one is answered", lambda v: v["answering"])
    assert waiting(OTHER)(value)
    (answering,) = value["answering"]
    assert (answering["by"], answering["party"]["number"]) == ("Person 4001", heard(CALLER))
    assert value["agents"] == {"free": 2, "all": 3}
    call = await first.live.call(state="connected")
    assert call["queue"]["number"] == "7000"  # it stays visible where the call came from
    with pytest.raises(Problem) as refused:
        await reception.do(second, "take", connection=oldest, device=second.device)
    assert refused.value.status == 404


async def test_one_who_rings_at_an_agent_is_picked_up(reception: Simulated) -> None:
    first, second, _ = reception.site.seats
    await reception.simulator.agent("4002", logged_on=True)
    await reception.simulator.call_from_outside(CALLER, "7000")
    await second.phone.rings()
    value = await reception.seen(
        first, "it rings at the agent", lambda v: [w["ringsAt"] for w in v["waiting"]] != []
        and v["waiting"][0]["ringsAt"],
    )  # fmt: skip
    (one,) = value["waiting"]
    assert (one["ringsAt"], one["party"]["number"]) == ("Person 4002", heard(CALLER))
    await reception.do(first, "take", connection=one["connection"], device=first.device)
    value = await reception.seen(first, "it is answered", lambda v: v["answering"])
    assert value["answering"][0]["by"] == "Person 4001"
    assert value["waiting"] == []


async def test_one_who_is_transferred_stays_answered(reception: Simulated) -> None:
    first, second, third = reception.site.seats
    await reception.simulator.agent("4002", logged_on=True)
    before = await reception.seen(first, "nobody waits", waiting())
    await reception.simulator.call_from_outside(CALLER, "7000")
    await second.phone.rings()
    await second.phone.answer()
    held = await second.call(state="connected")
    await second.do("consultationCall", existing=held, consulted=third.number)
    await third.phone.rings()
    await third.phone.answer()
    asking = await second.call(state="connected", direction="outgoing")
    await second.do("transferCall", held=held, active=asking)
    value = await reception.seen(
        first,
        "another one talks to the caller",
        lambda v: [one["by"] for one in v["answering"]] == ["Person 4003"],
    )
    assert value["answering"][0]["party"]["number"] == heard(CALLER)
    await third.phone.hang_up()
    value = await reception.seen(first, "nobody is there", lambda v: not v["answering"])
    assert value["waiting"] == [] and value["abandonedChanged"] == before["abandonedChanged"]


async def test_one_is_sent_on(reception: Simulated) -> None:
    first, _, third = reception.site.seats
    await reception.simulator.call_from_outside(CALLER, "7000")
    value = await reception.seen(first, "one waits", waiting(CALLER))
    (one,) = value["waiting"]
    with pytest.raises(Problem) as refused:
        await reception.do(first, "deflect", connection=one["connection"], destination="nobody")
    assert refused.value.status == 422
    await reception.do(first, "deflect", connection=one["connection"], destination="4003")
    await third.phone.answer()
    value = await reception.seen(first, "nobody waits", waiting())
    assert value["answering"][0]["by"] == "Person 4003"


async def test_who_loses_the_right_loses_the_queue_in_mid_call(reception: Simulated) -> None:
    first, second, _ = reception.site.seats
    admin = reception.site.admin
    await reception.simulator.call_from_outside(CALLER, "7000")
    value = await reception.seen(first, "one waits", waiting(CALLER))
    (one,) = value["waiting"]
    for place, grant in enumerate(
        (
            granting.application("TWS Alerter", group=reception.site.group),
            granting.queue(reception.id, group=reception.site.group),
        )
    ):
        await admin.request("DELETE", f"/admin/grants/{reception.grants[place]}?version=1")
        for seat in (first, second):
            await reception.gone(seat)
        with pytest.raises(Problem) as refused:
            await reception.do(first, "take", connection=one["connection"], device=first.device)
        assert refused.value.status == (403, 404)[place]
        made = await admin.post("/admin/grants", **granting.sent(grant))
        reception.grants[place] = made["id"]
        await reception.seen(first, "it is back", waiting(CALLER))


async def test_who_gives_up_is_listed_and_called_back(reception: Simulated) -> None:
    first, second, _ = reception.site.seats
    numbers = [{"kind": "work", "number": "01 55 17 18 89"}]
    contact = {"lastName": "Martin", "numbers": numbers, "private": False}
    (directory,) = [
        row
        for row in await reception.site.admin.get("/admin/directories")
        if row["builtIn"] == "tws_public"
    ]
    labels = {"version": directory["version"], "labels": {"private0": "Client"}}
    await reception.site.admin.request("PATCH", f"/admin/directories/{directory['id']}", labels)
    await reception.site.admin.request(
        "POST",
        "/contacts",
        {**contact, "fields": {"Client": "C-7"}},
        params={"company": reception.site.company},
    )
    grant = granting.directory(directory["id"], queue=reception.id)
    await reception.site.admin.post("/admin/grants", **granting.sent(grant))
    line = await reception.simulator.call_from_outside(CALLER, "7000")
    named = await reception.seen(
        first,
        "the caller has a name",
        lambda v: [w["party"]["name"] for w in v["waiting"]] == ["Martin"],
    )
    assert named["waiting"][0]["fields"] == [{"label": "Client", "value": "C-7"}]
    await reception.simulator.outside_hangs_up(line.number)
    changed = await reception.seen(
        first,
        "one is abandoned",
        lambda v: v["abandonedChanged"] not in (None, named["abandonedChanged"]),
    )
    path = f"/queues/{reception.id}/abandoned"
    one, *_ = await second.api.get(path)  # the newest
    assert (one["name"], one["number"], one["calledBack"]) == ("Martin", heard(CALLER), None)
    assert one["since"] < one["ended"]
    await reception.do(second, "callBack", call=one["id"], device=second.device)
    await second.live.call(direction="outgoing")
    await reception.seen(
        first, "it is told", lambda v: v["abandonedChanged"] != changed["abandonedChanged"]
    )
    one, *_ = await first.api.get(path)
    assert one["calledBackBy"] == "Person 4002" and one["calledBack"] is not None
    file = await first.api.http.get(f"{path}/export")
    assert "Martin" in file.text.splitlines()[1]
    with pytest.raises(Problem) as refused:
        await reception.do(second, "callBack", call="unknown", device=second.device)
    assert refused.value.status == 404

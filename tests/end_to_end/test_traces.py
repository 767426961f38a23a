"""A trace of each PBX, replayed: the call table of the replay is that of the server."""

import asyncio
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.scenes import consulting
from tests.end_to_end.site import Site
from tws.maintenance.traces.model import Replay
from tws.maintenance.traces.words import in_words
from tws.replaying import replay_files

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def recorded(site: Site, **asked: Any) -> dict[str, Any]:
    begun = await site.admin.post("/admin/traces", link=site.link, **asked)
    assert begun["running"] and begun["link"] == site.link
    if asked.get("beginAgain"):
        for seat in site.seats:
            await seat.live.device(number=seat.number, state="monitored")
    return dict(begun)


async def ended(site: Site, trace: dict[str, Any], to: Path) -> list[dict[str, Any]]:
    """Its lines, once it has ended."""
    told = await site.admin.post(f"/admin/traces/{trace['id']}/end")
    assert not told["running"]
    sent = await site.admin.http.get(f"/admin/traces/{trace['id']}")
    await asyncio.to_thread(to.write_bytes, sent.content)
    return [json.loads(line) for line in gzip.decompress(sent.content).splitlines()]


async def calls(site: Site) -> None:
    """A transfer, a conference of keys, and a call that nobody takes."""
    a, b, c, *_ = site.seats
    held, active = await consulting(a, b, c)
    await a.do("transferCall", held=held, active=active)
    await b.phone.talks_with(c.phone)
    await b.phone.hang_up()
    await c.live.no_call()
    await site.pbx.call_from_outside("0155171889", a.number)
    await a.phone.rings()
    own = await a.call(state="alerting")
    await a.do("deflectCall", connection=own, destination=b.number)
    await b.phone.rings()
    await b.phone.answer()
    own = await b.call(state="connected")
    await b.do("generateDigits", connection=own, digits="4711")
    await b.do("holdCall", connection=own)
    await b.do("retrieveCall", connection=own)
    await b.do("clearConnection", connection=own)
    await b.live.no_call()


async def test_a_replay_has_the_calls_that_the_server_had(site: Site, tmp_path: Path) -> None:
    trace = await recorded(site, beginAgain=True)
    await calls(site)
    file = tmp_path / "trace.jsonl.gz"
    lines = await ended(site, trace, file)
    text = "\n".join(line.get("pdu", "") for line in lines)
    assert "4711" not in text and {"sent", "received", "call"} <= {
        line.get("what") for line in lines
    }
    replay = await replay_files([file])
    assert replay.whole and replay.call_count >= 3, list(in_words(replay))
    assert not replay.differences, list(in_words(replay))
    assert not replay.unlike_sent and not replay.skipped
    assert {"hold", "alerting", "connected"} <= states(replay)
    again = await replay_files([file])
    assert again == replay
    told = await site.admin.post(f"/admin/traces/{trace['id']}/replay")
    assert (told["compared"], told["differenceCount"]) == (True, 0)
    assert len(told["calls"]) == replay.call_count
    await site.admin.request("DELETE", f"/admin/traces/{trace['id']}")
    assert await site.admin.get("/admin/traces") == []


def states(replay: Replay) -> set[str]:
    return {leg.state for call in replay.calls for step in call.steps for leg in step.legs}


async def test_what_was_before_the_trace_is_told(site: Site, tmp_path: Path) -> None:
    a, b, *_ = site.seats
    trace = await recorded(site)
    await consulting(a, b, site.seats[2])
    file = tmp_path / "trace.jsonl.gz"
    await ended(site, trace, file)
    replay = await replay_files([file])
    assert not replay.whole and not replay.begun
    assert replay.skipped == replay.messages > 0 and not replay.calls


async def test_a_trace_of_one_device_is_about_it(site: Site, tmp_path: Path) -> None:
    a, b, c, d = site.seats
    trace = await recorded(site, device=d.number)
    await consulting(a, b, c)
    await b.phone.hang_up()
    lines = await ended(site, trace, tmp_path / "trace.jsonl.gz")
    named = {device for line in lines for device in line.get("devices", ())}
    assert not named & {a.number, b.number, c.number}
    assert "call" not in {line.get("what") for line in lines}

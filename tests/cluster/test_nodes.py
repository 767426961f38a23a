"""Two nodes are one server: what is done at one is seen at the other."""

import asyncio
import contextlib
import gzip
import json
import signal
import ssl
from pathlib import Path

import httpx
import pytest

from tests.cluster.nodes import Pair
from tests.end_to_end.site import Seat
from tests.house.commands import tws
from tests.peers import require_peer
from tests.peers.answering import CERTIFICATE
from tests.peers.nginx import running_nginx
from tests.plain import PLAIN
from tests.running import DEADLINE, Api, Live, Problem, TwsServer

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_call_is_on_the_pages_of_every_node(pair: Pair) -> None:
    async with pair.seats_at(pair.b) as (a, b), pair.seats_at(pair.a) as at_a:
        # Asked at one node, seen at the other, whichever of them holds the link.
        await a.api.do("makeCall", device=a.device, called=b.number)
        await b.phone.rings()
        ringing = await at_a[1].live.call(state="alerting")
        await at_a[1].api.do("answerCall", device=at_a[1].device, connection=ringing["connection"])
        await a.phone.talks_with(b.phone)
        for seat in (a, b, at_a[0], at_a[1]):
            await seat.live.call(state="connected")
        await b.phone.hang_up()
        for seat in (a, b, at_a[0], at_a[1]):
            await seat.live.no_call()
        await b.live.until(lambda: [m for m in b.live.moments if m["kind"] == "log"], "the call")
        assert (await b.log())[0]["outcome"] == "answered"
        assert await at_a[1].log() == await b.log()


async def test_a_link_is_traced_from_any_node(pair: Pair) -> None:
    async with pair.seats_at(pair.b) as (a, b):
        for node, caller, called in ((pair.a, a, b), (pair.b, b, a)):
            admin = await node.client().sign_in_as_administrator()
            trace = await admin.post("/admin/traces", link=pair.site.link)
            await caller.api.do("makeCall", device=caller.device, called=called.number)
            await called.phone.rings()
            await until_told(admin, trace["id"], "call")
            ended = await admin.post(f"/admin/traces/{trace['id']}/end")
            assert not ended["running"]
            file = await admin.http.get(f"/admin/traces/{trace['id']}")
            lines = [json.loads(line) for line in gzip.decompress(file.content).splitlines()]
            assert {"received", "call"} <= {line.get("what") for line in lines}
            await caller.phone.hang_up()
            await called.phone.idle()


async def until_told(admin: Api, trace: str, what: str) -> None:
    """Records that another node sends take their time."""
    async with asyncio.timeout(DEADLINE):
        while True:
            told = await admin.get(f"/admin/traces/{trace}/tail", after=0)
            if any(one["what"] == what for one in told):
                return


async def test_a_proxy_before_the_nodes_hides_the_death_of_one(pair: Pair) -> None:
    """With the configuration that is delivered, on a real nginx."""
    require_peer("nginx")
    trusted = ssl.create_default_context(cafile=CERTIFICATE)
    with running_nginx({"tws-1": pair.a.port, "tws-2": pair.b.port}) as (base, plain):
        one = Api(base, trusted)
        number = pair.site.pbx.first_numbers[0]
        await one.sign_in(f"user{number}")
        async with one.live() as live:
            await live.device(number=number, state="monitored")
        # Whoever has a session stays at one node.
        at = await asyncio.gather(*(one.http.get("/session") for _ in range(5)))
        assert {answer.status_code for answer in at} == {200}
        assert at[0].headers["strict-transport-security"]
        await pair.a.kill()
        async with asyncio.timeout(DEADLINE):
            while (await one.http.get("/session")).status_code != 200:
                pass
        async with one.live() as live:
            await live.device(number=number, state="monitored")
        async with httpx.AsyncClient(verify=PLAIN) as stranger:
            moved = await stranger.get(f"{plain}/admin?page=links")
        assert moved.status_code == 308
        assert moved.headers["location"].startswith("https://localhost/admin?page=links")
        await one.close()
    await pair.a.restart()


async def hung_up(seat: Seat, connection: str) -> None:
    """By the page, as somebody who clicks again where nobody holds the link yet."""
    async with asyncio.timeout(DEADLINE):
        while True:
            try:
                await seat.api.do("clearConnection", device=seat.device, connection=connection)
                return
            except Problem as problem:
                assert problem.status == 503, problem


async def test_nodes_are_shown_with_what_each_holds(pair: Pair) -> None:
    """The same at each; what one node does for all is asked of that one."""
    link = [{"id": pair.site.link, "name": pair.site.pbx.name}]
    for node in (pair.a, pair.b):
        admin = await node.client().sign_in_as_administrator()
        shown = await pair.settled(node)
        assert shown["several"] and shown["reached"] and not shown["unheld"]
        a, b = shown["nodes"]
        assert (a["name"], b["name"]) == ("a", "b")
        assert [a["here"], b["here"]] == [node is pair.a, node is pair.b]
        assert sorted((a["links"], b["links"]), key=len) == [[], link]
        assert [a["works"], b["works"]].count(True) == 1
        assert a["database"] and b["database"] and a["milliseconds"] and b["milliseconds"]
        assert a["pages"] is not None and b["pages"] is not None

        # Asked here, done where it is done.
        services = {one["name"]: one for one in (await admin.get("/admin/services"))["services"]}
        works = (a if node is pair.a else b)["works"]
        assert services["mail"]["state"] == ("running" if works else "elsewhere")
        assert services["links"]["state"] == "running"
        stopped = await admin.post("/admin/services/mail/stop")
        mail = {one["name"]: one["state"] for one in stopped["services"]}["mail"]
        assert mail == "stopped"
        for name in reversed(stopped["stopped"]):  # what needs it stopped before
            await admin.post(f"/admin/services/{name}/start")


async def test_the_command_line_shows_them_and_no_second_one_of_a_name(
    pair: Pair, tmp_path: Path
) -> None:
    await pair.settled()
    twin = {**pair.a.environment, "TWS_STATE_DIR": str(tmp_path)}
    starting = asyncio.create_task(tws("serve", "--host=127.0.0.1", "--port=0", **twin))
    shown = await tws("cluster", "--json", **pair.a.environment)
    assert shown.code == 0, shown
    found = json.loads(shown.out)
    assert [node["name"] for node in found["nodes"]] == ["a", "b"] and not found["unheld"]
    assert sum(len(node["info"]["links"]) for node in found["nodes"]) == 1
    table = await tws("cluster", **pair.b.environment)
    heads, a, b = table.out.splitlines()
    assert heads.startswith("NODE") and a.startswith("a ") and b.startswith("b ")
    assert pair.site.pbx.name in table.out
    ended = await starting
    assert ended.code == 1
    assert "another node is called a: TWS_NODE names this one" in ended.error
    await pair.settled()


async def has_page(at: Live, user: str, there: bool) -> None:
    def shown() -> bool:
        return at.state.get(f"presence/{user}", {}).get("page") is there

    await at.until(shown, f"{user} with a page: {there}")


@pytest.mark.parametrize(("how", "who"), [(signal.SIGKILL, "a"), (signal.SIGTERM, "b")])
async def test_who_is_left_goes_on_with_a_call(pair: Pair, how: signal.Signals, who: str) -> None:
    """The second is the one that was left with everything by the first. What was stopped before
    is so at who is left, and at who comes back."""
    gone, left = (pair.a, pair.b) if who == "a" else (pair.b, pair.a)
    people = await pair.people()
    async with pair.seats_at(left) as elsewhere, contextlib.AsyncExitStack() as stack:
        a, b, *_ = elsewhere
        admin = await left.client().sign_in_as_administrator()
        await admin.post("/admin/services/incidents/stop")  # none is left open by it
        third = await gone.user("user4003")
        await stack.enter_async_context(third.live())
        looking = await stack.enter_async_context(a.api.live(watch=[*people.values()]))
        before = len(await b.log())
        await a.api.do("makeCall", device=a.device, called=b.number)
        await b.phone.answer()
        talking = await b.live.call(state="connected")
        await a.live.call(state="connected")
        await has_page(looking, people["user4003"], True)
        await gone.kill(how)
        await b.live.device(number=b.number, state="monitored")
        await b.live.call(state="connected", connection=talking["connection"])
        await hung_up(b, talking["connection"])
        await a.phone.idle()
        await b.live.no_call()
        await b.live.until(lambda: [m for m in b.live.moments if m["kind"] == "log"], "the call")
        # Nothing is lost, and nothing twice.
        entry, *others = await b.log()
        assert entry["outcome"] == "answered"
        assert len(others) == before
        # Who had a page there has none, and who has one here is seen there, once it is back.
        await has_page(looking, people["user4003"], False)
        await gone.restart()
        async with (await gone.user("user4004")).live(watch=[*people.values()]) as back:
            await has_page(back, people["user4001"], True)
        for node in (left, gone):
            await incidents_are("stopped", at=node)
        await admin.post("/admin/services/notifications/start")
        works = (await pair.settled(left))["nodes"]
        for node, one in zip((pair.a, pair.b), works, strict=True):
            await incidents_are("running" if one["works"] else "elsewhere", at=node)


async def incidents_are(state: str, at: TwsServer) -> None:
    """That service, as the node shows it once it has heard."""
    admin = await at.client().sign_in_as_administrator()
    async with asyncio.timeout(DEADLINE):
        while True:
            services = (await admin.get("/admin/services"))["services"]
            if {one["name"]: one["state"] for one in services}["incidents"] == state:
                return

"""Two nodes are one server: what is done at one is seen at the other."""

import asyncio
import contextlib
import signal

import pytest

from tests.cluster.nodes import Pair
from tests.running import Live, Problem

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_call_is_on_the_pages_of_every_node(pair: Pair) -> None:
    async with pair.seats_at(pair.b) as elsewhere:
        a, b, *_ = elsewhere
        at_a = pair.site.seats
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
        assert [entry["outcome"] for entry in await b.log()] == ["answered"]
        assert await at_a[1].log() == await b.log()


async def has_page(at: Live, user: str, there: bool) -> None:
    def shown() -> bool:
        return at.state.get(f"presence/{user}", {}).get("page") is there

    await at.until(shown, f"{user} with a page: {there}")


@pytest.mark.parametrize(("how", "who"), [(signal.SIGKILL, "a"), (signal.SIGTERM, "b")])
async def test_who_is_left_goes_on_with_a_call(pair: Pair, how: signal.Signals, who: str) -> None:
    """The second is the one that was left with everything by the first."""
    gone, left = (pair.a, pair.b) if who == "a" else (pair.b, pair.a)
    people = await pair.people()
    async with pair.seats_at(left) as elsewhere, contextlib.AsyncExitStack() as stack:
        a, b, *_ = elsewhere
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
        async with asyncio.timeout(20):
            while True:
                try:
                    await b.api.do(
                        "clearConnection", device=b.device, connection=talking["connection"]
                    )
                    break
                except Problem:
                    pass  # its link is taken over; an answer takes its time
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

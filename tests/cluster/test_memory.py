"""What is said, seen and read at one node is so at the other."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from tests.cluster.nodes import Pair
from tests.running import DEADLINE, Api, Json, Live, Problem, TwsServer

pytestmark = pytest.mark.asyncio(loop_scope="session")


@dataclass
class Person:
    """Their page at one node."""

    id: str
    api: Api
    live: Live

    async def sees(self, other: str, **wanted: object) -> Json:
        """How that colleague is, once it is as wanted."""

        def look() -> Json | None:
            value = self.live.state.get(f"presence/{other}")
            matches = value and all(value.get(field) == want for field, want in wanted.items())
            return value if matches else None

        found: Json = await self.live.until(look, f"{other} with {wanted}")
        return found

    async def hears(self, kind: str, number: int = 1) -> Json:
        """The moment of that kind, counted from one."""

        def look() -> list[Json]:
            return [one for one in self.live.moments if one["kind"] == kind][number - 1 :]

        found: list[Json] = await self.live.until(look, f"{number} moments {kind}")
        return found[0]

    async def waits_to_read(self, other: str, messages: int) -> None:
        """So many that the other wrote."""

        def look() -> bool:
            unread = self.live.state["chats"]["unread"]
            known = {one["user"]: one["messages"] for one in unread}
            return bool(known.get(other, 0) == messages)

        await self.live.until(look, f"{messages} messages to read")


Desks = list[Person]
"""Two colleagues: the page of the first is at node a, that of the second at node b."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def people(pair: Pair) -> dict[str, str]:
    """User name -> id."""
    return await pair.people()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def desks(pair: Pair, people: dict[str, str]) -> AsyncIterator[Desks]:
    async with contextlib.AsyncExitStack() as stack:
        found = []
        for name, node in (("user4001", pair.a), ("user4002", pair.b)):
            api = await node.user(name)
            live = await stack.enter_async_context(api.live(watch=[*people.values()]))
            found.append(Person(people[name], api, live))
        yield found


async def test_what_somebody_says_is_seen_at_the_other_node_until_it_ends(desks: Desks) -> None:
    one, two = desks
    until = (datetime.now(UTC) + timedelta(seconds=3)).isoformat()
    await one.api.request("PUT", "/presence", {"state": "absent", "message": "", "until": until})
    seen = await two.sees(one.id, because="said")
    assert seen["said"]["state"] == "absent"
    await two.api.request("PUT", "/presence", {"state": "busy"})
    await one.sees(two.id, because="said", state="busy")
    await two.api.request("PUT", "/presence", {"state": None})
    await one.sees(two.id, said=None)
    await two.sees(one.id, said=None)  # its time is over


async def test_a_page_that_is_open_at_one_node_is_known_at_the_other(
    pair: Pair, desks: Desks, people: dict[str, str]
) -> None:
    one, two = desks
    third = people["user4003"]
    for here, there in ((pair.a, two), (pair.b, one)):
        await there.sees(third, page=False)
        api = await here.user("user4003")
        async with api.live():
            await there.sees(third, page=True)
            await api.post("/logout")
        await there.sees(third, page=False)


async def test_what_somebody_writes_is_read_at_the_other_node(desks: Desks) -> None:
    one, two = desks
    await one.api.post(f"/chats/{two.id}/messages", text="First")
    sent = await one.api.post(f"/chats/{two.id}/messages", text="Second")
    moment = await two.hears("chat", 2)
    assert moment["message"]["text"] == "Second"
    await two.waits_to_read(one.id, 2)
    await two.api.request("PUT", f"/chats/{one.id}/read", {"upto": sent["id"]})
    await one.hears("chatRead")
    await two.waits_to_read(one.id, 0)
    await two.api.post(f"/chats/{one.id}/typing")
    await one.hears("typing")


async def test_what_is_kept_nowhere_is_known_at_both_nodes(pair: Pair, desks: Desks) -> None:
    one, two = desks
    unkept = {"parameter": "AuthorizedSaveChat", "value": False, "user": one.id}
    await pair.site.admin.request("PUT", "/admin/parameter-values", unkept)  # at node a, as `one`
    content = bytes(range(256)) * 4096
    answer = await one.api.http.post(
        "/chat-files",
        params={"user": two.id, "name": "plan.bin"},
        content=content,
        headers={"Content-Type": "application/octet-stream"},
    )
    sent = answer.json()
    moment = await two.hears("chat", 3)
    file = moment["message"]["file"]
    answer = await two.api.http.get(f"/chat-files/{file['id']}")
    assert answer.content == content
    history = await two.api.get(f"/chats/{one.id}/messages")
    assert history["messages"][0]["id"] == sent["id"]
    await two.waits_to_read(one.id, 1)
    await two.api.request("PUT", f"/chats/{one.id}/read", {"upto": sent["id"]})
    history = await one.api.get(f"/chats/{two.id}/messages")
    assert history["read"]["upto"] == sent["id"]


def at(node: TwsServer, as_at: Api) -> Api:
    """The same browser, which comes to that node."""
    there = node.client()
    there.http.cookies.update(as_at.http.cookies)
    return there


async def signed_out(api: Api) -> None:
    """Once it is: the node may not have heard yet."""
    async with asyncio.timeout(DEADLINE):
        while True:
            try:
                await api.get("/session")
            except Problem as refused:
                assert refused.status == 401
                return


async def test_who_signed_in_at_one_node_is_so_at_the_other_at_once(pair: Pair) -> None:
    for here, there in ((pair.a, pair.b), (pair.b, pair.a)):
        api = await here.user("user4003")
        elsewhere = at(there, api)
        assert (await elsewhere.get("/session"))["user"]["username"] == "user4003"
        async with elsewhere.live() as page:
            assert page.state
        await elsewhere.post("/logout")
        with pytest.raises(Problem) as refused:
            await elsewhere.get("/session")
        assert refused.value.status == 401
        await signed_out(api)


async def test_a_request_with_a_key_is_done_once_at_whichever_node(
    pair: Pair, desks: Desks
) -> None:
    one, two = pair.site.seats[0], desks[0]
    elsewhere = at(pair.b, two.api)
    body = {"device": one.device, "called": pair.site.seats[1].number}
    first = await two.api.do("makeCall", key="one-call", **body)
    assert await elsewhere.do("makeCall", key="one-call", **body) == first
    with pytest.raises(Problem) as reused:
        await elsewhere.do("makeCall", key="one-call", device=one.device, called="4003")
    assert reused.value.code == "idempotencyKeyReused"
    assert len(await pair.site.pbx.live_calls()) == 1
    await pair.site.clear()

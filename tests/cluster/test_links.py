"""A link that one node holds, on another node: the same calls, and the same answers, by NATS."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.peers import require_peer
from tests.peers.nats import Nats, running_nats
from tests.running import DEADLINE
from tests.telephony.paper import PaperLink
from tests.telephony.test_told_link import view
from tests.telephony.words import A, B, conn, party
from tws.bus import Bus
from tws.cluster.link_ear import LinkEar
from tws.cluster.link_voice import LinkVoice
from tws.cluster.nats import connected
from tws.telemetry import in_request, request_id
from tws.telephony.commands import AnswerCall, CommandId, GetDoNotDisturb
from tws.telephony.event_reports import LINK_DOWN, ConnectionCleared, Delivered, Established
from tws.telephony.events import CallChanged
from tws.telephony.known_link import OwnLink
from tws.telephony.model import DeviceId, LinkId
from tws.telephony.requests import Refusal
from tws.telephony.told_link import ToldLink

PBX = LinkId("pbx")
MANY, LITTLE = 3_000, 128 * 1024
"Devices, whose snapshot does not go into one message of so many bytes."


class Owner:
    def __init__(self, epoch: int = 7) -> None:
        self.bus = Bus()
        self.link = PaperLink(heard=self.bus.publish, capacity=10_000)
        self.link.supervisor.status = replace(self.link.supervisor.status, epoch=epoch)
        self.own = OwnLink(self.link.supervisor)

    def rings(self, call: str) -> None:
        self.link.report(
            Delivered(connection=conn(call, B), calling=party("0612345678"), called=party(B))
        )


class Other:
    """Another node."""

    def __init__(self) -> None:
        self.told: ToldLink | None = None
        self.heard: list[object] = []
        self.changed = asyncio.Event()

    def known(self, _: LinkId, link: ToldLink) -> None:
        self.told = link

    def hear(self, event: object) -> None:
        self.heard.append(event)
        self.changed.set()

    async def until(self, ready: Callable[[], bool]) -> None:
        async with asyncio.timeout(DEADLINE):
            while not ready():
                self.changed.clear()
                await self.changed.wait()

    async def same_as(self, owner: Owner) -> None:
        try:
            await self.until(lambda: self.told is not None and view(self.told) == view(owner.own))
        except TimeoutError:
            known = None if self.told is None else view(self.told)
            raise AssertionError(f"known: {known}, there is: {view(owner.own)}") from None


@asynccontextmanager
async def holding(server: Nats, owner: Owner) -> AsyncIterator[LinkVoice]:
    async with connected([server.url], "a") as client:
        voice = LinkVoice(client, owner.bus, PBX, owner.own)
        await voice.start()
        try:
            yield voice
        finally:
            await voice.stop()


@asynccontextmanager
async def hearing(server: Nats, other: Other) -> AsyncIterator[LinkEar]:
    async with connected([server.url], "b") as client:
        ear = LinkEar(
            client, PBX, known=other.known, hear=other.hear, clock=lambda: datetime.now(UTC)
        )
        await ear.start()
        try:
            yield ear
        finally:
            await ear.stop()


async def test_calls_are_seen_and_commands_answered_on_another_node(server: Nats) -> None:
    owner, other = Owner(), Other()
    await owner.link.start(A, B)
    owner.rings("1")
    async with holding(server, owner), hearing(server, other) as ear:
        await other.same_as(owner)
        owner.link.report(Established(connection=conn("1", B), calling=party("0612345678")))
        owner.rings("2")
        await other.same_as(owner)
        steps = [event for event in other.heard if isinstance(event, CallChanged)]
        assert [step.call.id for step in steps] == ["1", "1", "2"]

        answer = GetDoNotDisturb(id=CommandId("d"), device=A)
        assert await ear.request(answer) is await owner.own.request(answer)


async def test_a_command_is_done_for_the_same_request_there(
    server: Nats, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By which it is found in the logs of both."""
    owner, other, done_for = Owner(), Other(), list[str]()
    await owner.link.start(A, B)
    ask = owner.own.request

    async def request(command: GetDoNotDisturb) -> object:
        done_for.append(request_id())
        return await ask(command)

    monkeypatch.setattr(owner.own, "request", request)
    async with holding(server, owner), hearing(server, other) as ear:
        await other.same_as(owner)
        for asked_by in ("0af7651916cd43dd8448eb211c80319c", ""):
            with in_request(asked_by):
                await ear.request(GetDoNotDisturb(id=CommandId("d"), device=A))
    assert done_for == ["0af7651916cd43dd8448eb211c80319c", ""]


async def test_what_was_missed_is_made_good(server: Nats) -> None:
    owner, other = Owner(), Other()
    await owner.link.start(A, B)
    async with holding(server, owner), hearing(server, other):
        owner.rings("1")
        await other.same_as(owner)
        server.stop()
        owner.link.report(ConnectionCleared(connection=conn("1", B)))
        owner.rings("2")
        server.start()
        owner.rings("3")
        await other.same_as(owner)
        over = [x for x in other.heard if isinstance(x, CallChanged) and x.call.over]
        assert [x.call.id for x in over] == ["1"]


async def test_a_new_owner_is_followed_and_the_old_one_no_more(server: Nats) -> None:
    first, second, other = Owner(), Owner(epoch=8), Other()
    await first.link.start(A, B)
    await second.link.start(A)
    async with hearing(server, other):
        async with holding(server, first):
            first.rings("1")
            await other.same_as(first)
            async with holding(server, second):
                await other.same_as(second)
                # It slept, and does not know.
                first.rings("9")
                second.link.report(
                    Delivered(connection=conn("4", A), calling=party("0612"), called=party(A))
                )
                await other.same_as(second)


async def test_where_nobody_holds_it_that_is_said(server: Nats) -> None:
    async with hearing(server, Other()) as ear:
        with pytest.raises(Refusal, match=LINK_DOWN):
            await ear.request(AnswerCall(id=CommandId("a"), device=A, connection=conn("1", A)))


async def test_a_step_that_is_lost_is_asked_for_at_the_next_and_at_the_beat(
    server: Nats,
) -> None:
    owner, other = Owner(), Other()
    await owner.link.start(A, B)
    async with holding(server, owner) as voice, hearing(server, other):
        await other.same_as(owner)
        with lost(voice):
            owner.rings("1")
        owner.rings("2")
        await other.same_as(owner)
        with lost(voice):
            owner.rings("3")
        await other.same_as(owner)
        owner.link.report(ConnectionCleared(connection=conn("1", B)))
        await other.same_as(owner)
        # Each is heard of once, whichever way.
        steps = [event.call.id for event in other.heard if isinstance(event, CallChanged)]
        assert sorted(steps) == ["1", "1", "2", "3"]


@contextmanager
def lost(voice: LinkVoice) -> Iterator[None]:
    """What it tells meanwhile never comes to anybody."""
    put = voice._telling.put
    voice._telling.put = lambda message: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        voice._telling.put = put  # type: ignore[method-assign]


def devices() -> list[DeviceId]:
    """Of names that are not much the same, so that packing helps little."""
    return [DeviceId(secrets.token_hex(16)) for _ in range(MANY)]


async def test_thousands_of_devices_are_told_in_parts_and_by_two_owners_at_a_time(
    tmp_path: Path,
) -> None:
    """The older one has not learned yet that it is no owner, and answers too."""
    require_peer("nats")
    first, second, other = Owner(), Owner(epoch=8), Other()
    await first.link.start(A, B, *devices())
    await second.link.start(A, B, *devices())
    with running_nats(tmp_path, LITTLE) as server:
        async with holding(server, first), hearing(server, other) as ear:
            await other.same_as(first)
            first.rings("1")
            await other.same_as(first)
            async with holding(server, second):
                ear._ask_for_all()
                second.rings("2")
                await other.same_as(second)
                late = Other()
                async with hearing(server, late):
                    await late.same_as(second)

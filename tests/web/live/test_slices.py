"""Everybody's rights change: streams are reconsidered a few at a time, and one that waits for its
turn is told nothing that it may see no more."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from prometheus_client import CollectorRegistry

from tests import granting
from tests.web.house import House, open_rooms
from tws.organisation.actor import SYSTEM, Actor
from tws.organisation.events import GrantChanged
from tws.organisation.permission import IN_CALLER
from tws.web.live.frames import LiveHello
from tws.web.live.hub import Hub
from tws.web.live.stream import Limits
from tws.web.live.views import follow
from tws.web.metrics import LiveMetrics

PAGES = 8


class Heard:
    """A connection that takes everything: what it was told."""

    congested = False

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self._writable: Callable[[], None] | None = None

    def push(self, frame: bytes) -> None:
        self.frames.append(msgspec.json.decode(frame))

    def push_all(self, frames: Sequence[bytes]) -> None:
        for frame in frames:
            self.push(frame)

    def when_writable(self, callback: Callable[[], None] | None) -> None:
        self._writable = callback

    def unblocked(self) -> None:
        """As a socket says that was full: what waits may be sent."""
        if self._writable is not None:
            self._writable()

    def leave(self, *_: object) -> None:
        raise AssertionError("nobody was to leave")


async def test_who_waits_to_be_reconsidered_is_told_nothing_that_was_lost(database: Path) -> None:
    async with open_rooms(database) as opened:
        house = House.of(*opened)
        rooms, organisation = house.rooms, house.rooms.organisation
        alice, bob = house.users["alice"], house.users["bob"]
        group = await organisation.intercom_groups.create_intercom_group(
            SYSTEM, domain=alice.domain, name="Floor"
        )
        to = granting.intercom_group(group.id, user=alice.id)
        await organisation.grants.create_grant(SYSTEM, **to)
        to = granting.intercom_group(group.id, user=bob.id)
        grant = await organisation.grants.create_grant(SYSTEM, **to)

        me = Actor(
            label="bob",
            company=bob.company,
            domain=bob.domain,
            user=bob.id,
            applications=frozenset(IN_CALLER),
        )
        metrics = LiveMetrics(CollectorRegistry())
        hub = Hub(rooms.known, lambda _: me, lambda: datetime.now(UTC), metrics, Limits(slice=0))
        follow(hub, rooms.bus)
        wires = [Heard() for _ in range(PAGES)]
        for wire in wires:
            assert hub.connections.open("", me, LiveHello(watch=[alice.id]), wire)
        key = f"presence/{alice.id}"
        assert all(wire.frames[0]["state"][key]["telephone"] for wire in wires)

        def at_once(_: object) -> None:
            """Something of her is other, while nobody is reconsidered yet."""
            rooms.presence.page_opened(alice.id)
            for wire in wires:
                wire.unblocked()

        rooms.bus.follow(GrantChanged, at_once)
        await organisation.grants.delete_grant(SYSTEM, grant.id)
        turns = 0
        while not all(any(key in changed(one) for one in wire.frames) for wire in wires):
            await asyncio.sleep(0)
            turns += 1
            for wire in wires:
                wire.unblocked()
        assert turns >= PAGES // 2  # others had their turns between; the first were at the commit
        for wire in wires:
            told = [changed(one)[key] for one in wire.frames if key in changed(one)]
            assert told and all(one["telephone"] is None for one in told)
            assert told[-1]["page"] is True
        hub.stop()


def changed(frame: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = frame.get("set", {})
    return found

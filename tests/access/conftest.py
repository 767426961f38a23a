"""Access to the organisation of `tests.organisation.world`, with a clock that tests move."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.access.hashing import quick
from tests.organisation.world import Place, World, new_place, new_world
from tws.access.events import SessionEnded
from tws.access.login_method import Credentials
from tws.access.service import AccessService
from tws.access.sessions import Sessions
from tws.bus import Bus
from tws.organisation.actor import Actor
from tws.storage import Storage
from tws.storage.secrets import Secrets

PASSWORD = "open, sesame!"
SECRETS = Secrets(Path("unused"), bytes(32))


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 23, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Door:
    """What a test of access needs."""

    world: World
    access: AccessService
    bus: Bus
    clock: Clock
    ended: list[str] = field(default_factory=list)
    "Sessions and keys that ended, in order."

    async def login(
        self, username: str = "alice", password: str = PASSWORD, address: str = "10.0.0.1"
    ) -> tuple[Actor, str]:
        return await self.access.signing.login(
            Credentials(username, password, address=address), agent="Firefox"
        )

    async def again(self) -> Sessions:
        """What a restarted process knows."""
        bus = Bus()
        world = await new_world(self.world.storage, bus)
        access = AccessService(world.storage, world.registry, bus, self.clock, SECRETS)
        await access.sessions.load()
        await bus.settle()
        return access.sessions


def door_to(world: World, bus: Bus, clock: Callable[[], datetime]) -> AccessService:
    return AccessService(world.storage, world.registry, bus, clock, SECRETS, hashing=quick())


@pytest.fixture
async def door(storage: Storage, bus: Bus) -> Door:
    world = await new_world(storage, bus)
    clock = Clock()
    door = Door(world, door_to(world, bus, clock), bus, clock)
    await door.access.sessions.load()
    bus.follow(SessionEnded, lambda event: door.ended.append(event.session))
    return door


@pytest.fixture
async def place(door: Door) -> Place:
    """Alice may sign in, Bob may not yet; each has a password."""
    place = await new_place(door.world.service)
    for user in (place.alice, place.bob):
        await door.access.passwords.set_password(place.administrator, user.id, "open, sesame!")
    return place

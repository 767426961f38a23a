"""Signing in by another method than passwords: sessions and rights are what they are by those."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.access.conftest import Clock
from tests.access.hashing import quick
from tests.organisation.world import Place, World, new_place, new_world
from tws.access.by_password import Passwords, UsersByPassword
from tws.access.errors import LoginRefused
from tws.access.login_method import Credentials, Verified
from tws.access.model import Owner
from tws.access.service import AccessService
from tws.access.store import session
from tws.access.throttle import FREE_TRIES
from tws.app import open_office
from tws.bus import Bus
from tws.config import Settings
from tws.connectors import LOGIN_METHODS
from tws.errors import Invalid, TooMany, Unavailable
from tws.organisation.actor import SYSTEM
from tws.organisation.registry import Registry
from tws.storage import Storage, Transaction

PASSWORD = "a long password"


@dataclass(frozen=True)
class Shown:
    """A badge, which may be taken away while somebody passes the gate."""

    owner: Owner
    gate: "Badges"

    async def confirm(self, tx: Transaction) -> None:
        if self.gate.closed:
            raise LoginRefused("The gate was closed.")


class Badges:
    """Who has a badge is let in, without a password."""

    def __init__(self, registry: Registry, passwords: Passwords) -> None:
        self.registry = registry
        self.closed = self.away = False

    async def verify(self, shown: Credentials, address: str) -> Verified:
        if self.away:
            raise Unavailable("Nobody is at the gate.")
        if address != "gate":
            raise LoginRefused("Badges are shown at the gate.")
        (user,) = self.registry.users_named(shown.username)
        return Shown(Owner(user=user.id), self)


@dataclass(frozen=True)
class Gate:
    world: World
    place: Place
    access: AccessService
    badges: Badges

    async def login(self, username: str, address: str = "gate") -> str:
        shown = Credentials(username, "")
        _, token = await self.access.login(shown, address=address, agent="")
        return token


@pytest.fixture
async def gate(sqlite_storage: Storage, bus: Bus) -> Gate:
    world = await new_world(sqlite_storage, bus)
    badges = Badges(world.registry, Passwords(sqlite_storage, quick()))
    access = AccessService(
        sqlite_storage,
        world.registry,
        bus,
        Clock(),
        hashing=quick(),
        method=lambda registry, passwords: badges,
    )
    return Gate(world, await new_place(world.service), access, badges)


async def sessions(gate: Gate) -> int:
    async with gate.world.storage.reading() as reader:
        return len((await reader.execute(select(session))).all())


async def test_users_sign_in_by_the_method_that_was_chosen(gate: Gate) -> None:
    actor = gate.access.actor_of(await gate.login("alice"))
    assert actor is not None and actor.user == gate.place.alice.id
    with pytest.raises(LoginRefused, match="at the gate"):
        await gate.login("alice", "back door")
    assert await sessions(gate) == 1


async def test_who_is_known_needs_to_be_authorised_all_the_same(gate: Gate) -> None:
    with pytest.raises(LoginRefused, match="not authorised"):
        await gate.login("bob")
    alice = gate.place.alice
    await gate.world.service.users.update_user(SYSTEM, alice.id, alice.version, enabled=False)
    with pytest.raises(LoginRefused, match="disabled"):
        await gate.login("alice")
    assert await sessions(gate) == 0


async def test_what_is_no_longer_so_starts_no_session(gate: Gate) -> None:
    gate.badges.closed = True
    with pytest.raises(LoginRefused, match="closed"):
        await gate.login("alice")
    assert await sessions(gate) == 0


async def test_administrators_sign_in_by_their_passwords_whatever_was_chosen(gate: Gate) -> None:
    ada = await gate.world.service.administrators.create_administrator(
        SYSTEM, username="ada", super_user=True, companies=[]
    )
    await gate.access.set_administrator_password(SYSTEM, ada.id, PASSWORD)
    shown = Credentials("ada", PASSWORD)
    actor, _ = await gate.access.login_administrator(shown, address="back door", agent="")
    assert actor.administrator == ada.id
    with pytest.raises(LoginRefused):
        await gate.access.login_administrator(Credentials("ada", ""), address="gate", agent="")


async def test_whoever_tries_again_and_again_is_slowed_down_by_any_method(gate: Gate) -> None:
    for _ in range(FREE_TRIES):
        with pytest.raises(LoginRefused):
            await gate.login("alice", "back door")
    gate.badges.away = True
    with pytest.raises(TooMany):
        await gate.login("alice", "back door")
    for _ in range(FREE_TRIES + 1):
        with pytest.raises(Unavailable):  # nobody looked, so nothing is counted
            await gate.login("alice")
    gate.badges.away = False
    await gate.login("alice")


async def test_a_method_that_there_is_not_is_told_at_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TWS_DATA_DIR", str(tmp_path))
    assert LOGIN_METHODS.load(Settings().login_method) is UsersByPassword
    monkeypatch.setenv("TWS_LOGIN_METHOD", "telepathy")
    with pytest.raises(Invalid, match=r"telepathy. There are: password\."):
        async with open_office(Settings()):
            pass


def test_a_password_is_in_no_text_of_what_is_shown() -> None:
    assert PASSWORD not in repr(Credentials("ada", PASSWORD, "SSDEI"))

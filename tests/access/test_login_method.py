"""By what users sign in: as the parameter `AuthMethods` says for each; sessions and rights are the
same by any."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from tests.access.conftest import SECRETS, Clock
from tests.access.hashing import quick
from tests.organisation.world import Place, World, new_place, new_world
from tws.access.errors import LoginRefused
from tws.access.login_method import Credentials, Verified
from tws.access.model import Owner
from tws.access.service import AccessService
from tws.access.store import session
from tws.access.tries.throttle import FREE_TRIES
from tws.bus import Bus
from tws.errors import NotAllowed, TooMany, Unavailable
from tws.organisation.actor import SYSTEM
from tws.organisation.model import User
from tws.organisation.parameters.catalogue.server import AUTH_METHODS
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


@dataclass
class Badges:
    """Who has a badge is let in, without a password."""

    closed: bool = False
    away: bool = False
    asked: list[str] = field(default_factory=list)

    async def verify(self, user: User | None, shown: Credentials) -> Verified:
        self.asked.append(shown.username)
        if self.away:
            raise Unavailable("Nobody is at the gate.")
        if user is None or shown.address != "gate":
            raise LoginRefused("Badges are shown at the gate.")
        return Shown(Owner(user=user.id), self)


@dataclass(frozen=True)
class Gate:
    world: World
    place: Place
    access: AccessService
    badges: Badges

    async def login(self, username: str, address: str = "gate", password: str = "") -> str:
        shown = Credentials(username, password, address=address)
        _, token = await self.access.signing.login(shown, agent="")
        return token

    async def choose(self, methods: str, user: User) -> None:
        parameters = self.world.service.parameters
        known = parameters.list_parameter_values(SYSTEM, parameter=AUTH_METHODS, user=user.id)
        version = known[0].version if known else None
        await parameters.set_parameter(
            SYSTEM, parameter=AUTH_METHODS, value=methods, user=user.id, version=version
        )


@pytest.fixture
async def gate(sqlite_storage: Storage, bus: Bus) -> Gate:
    """Alice and Bob sign in by badge."""
    world = await new_world(sqlite_storage, bus)
    badges = Badges()
    access = AccessService(
        sqlite_storage,
        world.registry,
        bus,
        Clock(),
        SECRETS,
        hashing=quick(),
        methods={"LDAP": badges},
    )
    gate = Gate(world, await new_place(world.service), access, badges)
    for user in (gate.place.alice, gate.place.bob):
        await gate.choose("LDAP", user)
    return gate


async def sessions(gate: Gate) -> int:
    async with gate.world.storage.reading() as reader:
        return len((await reader.execute(select(session))).all())


async def test_users_sign_in_by_the_method_that_was_chosen(gate: Gate) -> None:
    actor = gate.access.sessions.actor_of(await gate.login("alice"))
    assert actor is not None and actor.user == gate.place.alice.id
    with pytest.raises(LoginRefused, match="Name or password"):
        await gate.login("alice", "back door")
    assert await sessions(gate) == 1


async def test_methods_are_tried_in_their_order_until_one_says_yes(gate: Gate) -> None:
    alice = gate.place.alice
    await gate.access.passwords.set_password(gate.place.administrator, alice.id, PASSWORD)
    with pytest.raises(LoginRefused):
        await gate.login("alice", "desk", PASSWORD)
    await gate.choose("LDAP|TWS", alice)
    await gate.login("alice", "desk", PASSWORD)
    await gate.login("alice", "gate", "forgotten")
    gate.badges.away = True
    await gate.login("alice", "desk", PASSWORD)
    with pytest.raises(Unavailable):  # the gate might have let them in
        await gate.login("alice", "desk", "forgotten")
    await gate.choose("TWS", alice)
    with pytest.raises(LoginRefused):
        await gate.login("alice", "desk", "forgotten")


async def test_who_is_known_to_nobody_is_told_to_no_other_product(gate: Gate) -> None:
    with pytest.raises(LoginRefused):
        await gate.login("nobody", "gate", PASSWORD)
    assert gate.badges.asked == []


async def test_a_name_alone_is_enough_only_where_that_was_chosen(gate: Gate) -> None:
    alice = gate.place.alice
    await gate.choose("TWS|None", alice)
    await gate.access.passwords.set_password(gate.place.administrator, alice.id, PASSWORD)
    await gate.login("alice")
    await gate.login("alice", password=PASSWORD)
    with pytest.raises(LoginRefused):
        await gate.login("alice", password="a wrong password")
    await gate.choose("TWS", alice)
    with pytest.raises(LoginRefused):
        await gate.login("alice")


@pytest.mark.parametrize(
    ("noted", "address", "right"),
    [
        ("10.0.0.7", "10.0.0.7", True),
        ("10.0.0.7", "::ffff:10.0.0.7", True),
        ("2001:db8::1", "2001:0DB8:0:0:0:0:0:1", True),
        ("10.0.0.7", "10.0.0.70", False),
        ("", "", False),
        ("", "10.0.0.7", False),
    ],
)
async def test_whoever_sits_at_the_computer_of_a_user_is_that_user(
    gate: Gate, noted: str, address: str, right: bool
) -> None:
    alice = gate.place.alice
    alice = await gate.world.service.users.update_user(SYSTEM, alice.id, alice.version, ip=noted)
    with pytest.raises(LoginRefused):  # not switched on
        await gate.login("alice", address)
    await gate.choose("Ip", alice)
    if right:
        await gate.login("alice", address)
    else:
        with pytest.raises(LoginRefused):
            await gate.login("alice", address)


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
    await gate.access.passwords.set_administrator_password(SYSTEM, ada.id, PASSWORD)
    shown = Credentials("ada", PASSWORD, address="back door")
    actor, _ = await gate.access.signing.login_administrator(shown, agent="")
    assert actor.administrator == ada.id
    with pytest.raises(LoginRefused):
        await gate.access.signing.login_administrator(Credentials("ada", address="gate"), agent="")


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


async def test_an_administrator_tries_out_how_a_user_signs_in(gate: Gate) -> None:
    signing, place = gate.access.signing, gate.place
    await gate.access.passwords.set_password(place.administrator, place.alice.id, PASSWORD)
    await gate.choose("LDAP|TWS|WindowsSecurity|None|OpenIDConnect", place.alice)

    async def tried(password: str, address: str = "desk") -> dict[str, str]:
        found = await signing.try_out(place.administrator, place.alice.id, password, address)
        return {one.method: one.outcome.value for one in found}

    assert await tried(PASSWORD) == {
        "LDAP": "refused",
        "TWS": "accepted",
        "WindowsSecurity": "notOffered",
        "None": "refused",
        "OpenIDConnect": "elsewhere",
    }
    gate.badges.away = True
    assert (await tried(""))["LDAP"] == "notAsked" and (await tried(""))["None"] == "accepted"
    assert await sessions(gate) == 0
    await gate.choose("TWS", place.alice)
    for _ in range(FREE_TRIES):
        assert await tried("wrong") == {"TWS": "refused"}
    with pytest.raises(TooMany):
        await tried(PASSWORD)
    await gate.login("alice", password=PASSWORD)  # the user is not kept out by it
    with pytest.raises(NotAllowed):
        await signing.try_out(place.user, place.alice.id, PASSWORD, "desk")


def test_a_password_is_in_no_text_of_what_is_shown() -> None:
    assert PASSWORD not in repr(Credentials("ada", PASSWORD, "SSDEI"))

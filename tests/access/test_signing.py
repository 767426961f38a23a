"""Who gets in, who does not, and when one is out again."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any, Literal

import pytest
from argon2 import Parameters, PasswordHasher, extract_parameters
from sqlalchemy import select

from tests import granting
from tests.access.conftest import SECRETS, Clock, Door, door_to
from tests.organisation.world import Place, new_place, new_world
from tests.telephony.paper import later
from tws.access.errors import LoginRefused
from tws.access.login_method import Credentials
from tws.access.passwords import Hashing
from tws.access.service import AccessService
from tws.access.sessions import TENDED_EVERY
from tws.access.signing import MOST_SESSIONS
from tws.access.store import password, session
from tws.bus import Bus
from tws.errors import Conflict, Invalid, TooMany
from tws.organisation.actor import SYSTEM, Actor
from tws.organisation.applications import Application
from tws.organisation.grant import GrantKind
from tws.schedule import Schedule
from tws.storage import Storage, StorageUnavailable
from tws.storage.audit import audit

WRONG = "close sesame"


async def stored_sessions(storage: Storage) -> list[Any]:
    async with storage.reading() as reader:
        return list((await reader.execute(select(session))).all())


async def test_a_user_signs_in_and_out(door: Door, place: Place) -> None:
    actor, token = await door.login(" Alice ")
    assert door.access.sessions.actor_of(token) == actor
    assert (actor.user, actor.company) == (place.alice.id, place.company.id)
    assert actor.applications == {Application.CALLER}
    assert (actor.label, actor.administrator, actor.super_user) == ("alice", None, False)
    assert not actor.manages(place.company.id)
    [row] = await stored_sessions(door.world.storage)
    assert (row.address, row.agent) == ("10.0.0.1", "Firefox")
    assert token not in str(row)
    await door.access.signing.logout(actor)
    assert door.access.sessions.actor_of(token) is None
    assert door.ended == [actor.session]
    assert await stored_sessions(door.world.storage) == []


async def test_a_session_survives_a_restart(door: Door, place: Place) -> None:
    actor, token = await door.login()
    again = await door.again()
    assert again.actor_of(token) == actor
    await door.access.signing.logout(actor)
    assert (await door.again()).actor_of(token) is None


@pytest.mark.parametrize("username", ["alice", "nobody", "", "carol", "a" * 5000, "\ud800"])
async def test_a_wrong_name_and_a_wrong_password_are_refused_alike(
    door: Door, place: Place, username: str
) -> None:
    carol = await door.world.service.users.create_user(
        SYSTEM, domain=place.paris.id, username="carol"
    )
    assert carol.enabled  # she has no password
    with pytest.raises(LoginRefused) as refused:
        await door.login(username, WRONG)
    with pytest.raises(LoginRefused) as known:
        await door.login("alice", WRONG, "10.0.0.2")
    assert (refused.value.message, refused.value.details) == (known.value.message, {})
    assert await stored_sessions(door.world.storage) == []


class Counting(PasswordHasher):
    """Notes the cost of each verification."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.costs: list[Parameters] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.costs.append(extract_parameters(str(hash)))
        return super().verify(hash, password)


async def test_who_does_not_exist_costs_as_much_as_who_does(
    sqlite_storage: Storage, bus: Bus
) -> None:
    """So that how long it takes tells nobody who exists."""
    hasher = Counting()
    world = await new_world(sqlite_storage, bus)
    hashing = Hashing(hasher)
    access = AccessService(sqlite_storage, world.registry, bus, Clock(), SECRETS, hashing=hashing)
    place = await new_place(world.service)
    await access.passwords.set_password(SYSTEM, place.alice.id, "open, sesame!")
    for username in ("alice", "bob", "nobody", ""):  # bob has no password
        with pytest.raises(LoginRefused):
            await access.signing.login(Credentials(username, WRONG, address="a"), agent="")
    with pytest.raises(LoginRefused):
        await access.signing.login_administrator(
            Credentials("nobody", WRONG, address="a"), agent=""
        )
    assert len(hasher.costs) == 5
    assert len(set(map(str, hasher.costs))) == 1


async def test_the_company_is_needed_where_the_name_is_not_enough(
    door: Door, place: Place
) -> None:
    other = await new_place(door.world.service, "Other")
    await door.access.passwords.set_password(SYSTEM, other.alice.id, "quite another one")
    with pytest.raises(LoginRefused, match="several companies"):
        await door.login("alice", "quite another one")
    for company in ("Other", " other "):
        actor, _ = await door.access.signing.login(
            Credentials("alice", "quite another one", company, address="a"), agent=""
        )
        assert actor.company == other.company.id
    with pytest.raises(LoginRefused):
        await door.access.signing.login(
            Credentials("alice", "quite another one", "SSDEI", address="a"), agent=""
        )
    bob, _ = await door.access.signing.login(
        Credentials("alice", "open, sesame!", "ssdei", address="a"), agent=""
    )
    assert bob.company == place.company.id


async def test_only_who_is_enabled_and_authorised_gets_in(door: Door, place: Place) -> None:
    with pytest.raises(LoginRefused, match="not authorised to use TWS Caller"):
        await door.login("bob")
    grant = await door.world.service.grants.create_grant(
        SYSTEM, **granting.application(Application.TOOLKIT, user=place.bob.id)
    )
    with pytest.raises(LoginRefused, match="not authorised"):
        await door.login("bob")
    await door.world.service.grants.delete_grant(SYSTEM, grant.id)
    await door.world.service.grants.create_grant(
        SYSTEM, **granting.application(Application.CALLER, user=place.bob.id)
    )
    await door.login("bob")
    await door.world.service.users.update_user(SYSTEM, place.bob.id, 1, enabled=False)
    with pytest.raises(LoginRefused, match="disabled"):
        await door.login("bob")
    # Who does not know the password learns nothing of this.
    with pytest.raises(LoginRefused, match="Name or password"):
        await door.login("bob", WRONG)


async def test_rights_are_looked_up_each_time(door: Door, place: Place) -> None:
    _, token = await door.login()
    await door.world.service.grants.create_grant(
        SYSTEM, **granting.application(Application.TOOLKIT, user=place.alice.id)
    )
    await door.world.service.users.update_user(SYSTEM, place.alice.id, 1, domain=place.nice.id)
    actor = door.access.sessions.actor_of(token)
    assert actor is not None
    assert actor.applications == {Application.CALLER, Application.TOOLKIT}
    assert actor.domain == place.nice.id
    assert door.ended == []


async def disable(door: Door, place: Place) -> None:
    await door.world.service.users.update_user(SYSTEM, place.alice.id, 1, enabled=False)


async def delete(door: Door, place: Place) -> None:
    await door.world.service.users.delete_user(SYSTEM, place.alice.id, 1)


async def withdraw(door: Door, place: Place) -> None:
    [grant] = door.world.service.grants.list_grants(SYSTEM, kind=GrantKind.APPLICATION)
    await door.world.service.grants.delete_grant(SYSTEM, grant.id)


async def leave_the_group(door: Door, place: Place) -> None:
    await door.world.service.groups.set_members(SYSTEM, place.group.id, place.group.version, [])


async def new_password(door: Door, place: Place) -> None:
    await door.access.passwords.set_password(place.administrator, place.alice.id, "open, barley!")


@pytest.mark.parametrize(
    "change", [disable, delete, withdraw, leave_the_group, new_password], ids=lambda f: f.__name__
)
async def test_what_ends_a_session_at_once(door: Door, place: Place, change: Any) -> None:
    first, one = await door.login()
    second, two = await door.login()
    await change(door, place)
    assert sorted(door.ended) == sorted([first.session or "", second.session or ""])
    assert door.access.sessions.actor_of(one) is door.access.sessions.actor_of(two) is None
    await door.bus.settle()
    assert await stored_sessions(door.world.storage) == []


async def test_a_session_ends_after_half_a_day_unused(door: Door, place: Place) -> None:
    actor, token = await door.login()
    for _ in range(3):
        door.clock.passes(hours=11, minutes=59)
        assert door.access.sessions.actor_of(token) is not None
    door.clock.passes(hours=12, seconds=1)
    assert door.access.sessions.actor_of(token) is None
    assert door.ended == [actor.session]
    await door.bus.settle()
    assert await stored_sessions(door.world.storage) == []


async def test_a_session_ends_after_thirty_days_however_used(door: Door, place: Place) -> None:
    _, token = await door.login()
    for _ in range(30 * 3):
        assert door.access.sessions.actor_of(token) is not None
        door.clock.passes(hours=8)
    door.clock.passes(seconds=1)
    assert door.access.sessions.actor_of(token) is None


async def test_what_expires_unused_is_told_too(door: Door, place: Place) -> None:
    """A page that stays open without asking must hear of it."""
    actor, token = await door.login()
    door.clock.passes(hours=13)
    await door.access.sessions.tend()
    assert door.ended == [actor.session]
    assert await stored_sessions(door.world.storage) == []
    assert (await door.again()).actor_of(token) is None


async def test_last_uses_are_written_now_and_then(door: Door, place: Place) -> None:
    _, token = await door.login()
    for _ in range(4):
        door.clock.passes(hours=11)
        assert door.access.sessions.actor_of(token)
        await door.access.sessions.tend()
        assert (await door.again()).actor_of(token) is not None
    [before] = await stored_sessions(door.world.storage)
    door.clock.passes(minutes=1)
    door.access.sessions.actor_of(token)
    await door.access.sessions.tend()
    assert await stored_sessions(door.world.storage) == [before]


async def test_a_session_ends_by_its_age_though_nobody_shows_it(door: Door, place: Place) -> None:
    actor, _ = await door.login()
    schedule = Schedule()
    door.access.sessions.start(schedule)
    door.clock.passes(hours=13)
    await later(TENDED_EVERY)
    await schedule.settle()
    await schedule.stop()
    assert door.ended == [actor.session]
    assert await stored_sessions(door.world.storage) == []


async def test_a_stop_writes_the_last_uses_down(door: Door, place: Place) -> None:
    _, token = await door.login()
    door.clock.passes(hours=11)
    assert door.access.sessions.actor_of(token)
    await door.access.sessions.stop()
    door.clock.passes(hours=11)
    assert (await door.again()).actor_of(token) is not None


async def test_the_session_unused_for_longest_makes_room(door: Door, place: Place) -> None:
    opened = []
    for _ in range(MOST_SESSIONS):
        opened.append(await door.login())
        door.clock.passes(seconds=1)
    assert door.access.sessions.actor_of(opened[0][1]) is not None
    door.clock.passes(seconds=1)
    await door.login()
    assert door.ended == [opened[1][0].session]


async def test_tries_are_slowed_down_for_one_account_from_one_address(
    door: Door, place: Place
) -> None:
    for _ in range(10):
        with pytest.raises(LoginRefused):
            await door.login("alice", WRONG)
    with pytest.raises(TooMany) as refused:
        await door.login("alice")
    assert refused.value.details == {"retry_after": 1}
    # Neither others there, nor she elsewhere, are locked out.
    await door.login("alice", address="10.0.0.2")
    with pytest.raises(LoginRefused):
        await door.login("nobody", WRONG)
    door.clock.passes(seconds=1)
    with pytest.raises(LoginRefused):
        await door.login("alice", WRONG)
    door.clock.passes(seconds=1)
    with pytest.raises(TooMany):
        await door.login("alice")
    door.clock.passes(seconds=1)
    await door.login("alice")
    await door.login("alice")


async def test_tries_at_the_same_moment_are_counted_too(door: Door, place: Place) -> None:
    tries = await asyncio.gather(
        *(door.login("alice", WRONG) for _ in range(30)), return_exceptions=True
    )
    kinds = [type(result) for result in tries]
    assert kinds.count(LoginRefused) <= 11
    assert kinds.count(LoginRefused) + kinds.count(TooMany) == 30


async def test_a_queue_that_is_full_says_so(sqlite_storage: Storage) -> None:
    bus = Bus()
    world = await new_world(sqlite_storage, bus)
    hashing = Hashing(PasswordHasher(time_cost=4, memory_cost=8192, parallelism=1), cores=1)
    access = AccessService(sqlite_storage, world.registry, bus, Clock(), SECRETS, hashing=hashing)
    tries = await asyncio.gather(
        *(
            access.signing.login(Credentials(f"u{n}", WRONG, address="a"), agent="")
            for n in range(60)
        ),
        return_exceptions=True,
    )
    assert TooMany in {type(result) for result in tries}
    with pytest.raises(LoginRefused):
        await access.signing.login(Credentials("u1", WRONG, address="a"), agent="")


async def test_a_hash_of_lower_cost_is_renewed(door: Door, place: Place) -> None:
    async def stored() -> str:
        async with door.world.storage.reading() as reader:
            query = select(password.c.hash).where(password.c.id == place.alice.id)
            return str((await reader.execute(query)).scalar_one())

    before = await stored()
    bus = Bus()
    world = await new_world(door.world.storage, bus)
    dearer = Hashing(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    access = AccessService(world.storage, world.registry, bus, door.clock, SECRETS, hashing=dearer)
    await access.signing.login(Credentials("alice", "open, sesame!", address="a"), agent="")
    after = await stored()
    assert after != before
    assert "m=16,t=2,p=1" in after
    await access.signing.login(Credentials("alice", "open, sesame!", address="a"), agent="")
    assert await stored() == after


async def test_whoever_signs_in_while_the_password_changes_is_out_again(
    door: Door, place: Place
) -> None:
    """The old password was right when it was looked at; it is not any more."""
    change = door.access.passwords.set_password(
        place.administrator, place.alice.id, "open, barley!"
    )
    before = [door.login(address=f"10.0.1.{n}") for n in range(6)]
    after = [door.login(address=f"10.0.2.{n}") for n in range(6)]
    done = await asyncio.gather(*before, change, *after, return_exceptions=True)
    for result in done:
        if isinstance(result, tuple):
            assert door.access.sessions.actor_of(result[1]) is None
        else:
            assert result is None or isinstance(result, LoginRefused)
    await door.login("alice", "open, barley!")


async def test_signing_in_is_audited_without_secrets(door: Door, place: Place) -> None:
    actor, token = await door.login()
    async with door.world.storage.reading() as reader:
        rows = (await reader.execute(select(audit).order_by(audit.c.number))).all()
    last = rows[-1]
    assert (last.action, last.actor, last.target) == ("signed in", "alice", actor.session)
    assert last.after == {"address": "10.0.0.1", "agent": "Firefox"}
    told = " ".join(str(row) for row in rows)
    assert token not in told
    assert "sesame" not in told
    assert "argon2" not in told


async def test_the_first_start(door: Door) -> None:
    access = door.access
    assert await access.first_start.needed()
    given: dict[str, Any] = {
        "username": "admin",
        "password": "a long password",
        "company": "SSDEI",
        "domain": {"name": "Paris", "time_zone": "Europe/Paris", "internal_length": 3},
    }
    for field, value, named in [
        ("password", "short", "password"),
        ("password", "tws", "password"),
        ("username", "", "username"),
        ("company", " ", "company"),
        ("domain", {"name": "Paris", "time_zone": "Mars"}, "domain.time_zone"),
    ]:
        with pytest.raises(Invalid) as refused:
            await access.first_start.initialise(**{**given, field: value})
        assert refused.value.details == {"field": named}
    with pytest.raises(Invalid, match="user name"):
        same = {"username": "A_LONG_PASSWORD", "password": "a_long_password"}
        await access.first_start.initialise(**{**given, **same})
    assert await access.first_start.needed()

    actor = await access.first_start.initialise(**given)
    assert actor.super_user
    assert not await access.first_start.needed()
    [domain] = door.world.registry.domains.values()
    assert (domain.name, domain.internal_length) == ("Paris", 3)
    with pytest.raises(Conflict):
        await access.first_start.initialise(**given)
    signed, token = await access.signing.login_administrator(
        Credentials("Admin", "a long password", address="a"), agent=""
    )
    assert signed == access.sessions.actor_of(token)
    assert signed.super_user
    assert signed.label == "administrator admin"


async def test_of_several_first_starts_one_wins(migrated_url: str) -> None:
    """Each in a process of its own."""
    async with AsyncExitStack() as processes:
        services = []
        for _ in range(4):
            bus = Bus()
            storage = Storage(migrated_url, bus.publish)
            await storage.open()
            processes.push_async_callback(storage.close)
            services.append(door_to(await new_world(storage, bus), bus, Clock()))
        done = await asyncio.gather(
            *(
                access.first_start.initialise(
                    username=f"admin{n}",
                    password="a long password",
                    company=f"Company {n}",
                    domain={"name": "Paris", "time_zone": "Europe/Paris"},
                )
                for n, access in enumerate(services)
            ),
            return_exceptions=True,
        )
    assert sorted(type(result).__name__ for result in done) == ["Actor", *["Conflict"] * 3]


async def test_the_original_administrator_is_not_there(door: Door, place: Place) -> None:
    for login in (
        door.login("tws", "tws"),
        door.access.signing.login_administrator(Credentials("tws", "tws", address="a"), agent=""),
    ):
        with pytest.raises(LoginRefused):
            await login


async def test_administrators_sign_in_apart_from_users(door: Door, place: Place) -> None:
    service, access = door.world.service, door.access
    made = await service.administrators.create_administrator(
        SYSTEM, username="Ada", companies=[place.company.id]
    )
    await access.passwords.set_administrator_password(SYSTEM, made.id, "a long password")
    actor, token = await access.signing.login_administrator(
        Credentials("ada", "a long password", address="a"), agent=""
    )
    assert actor.companies == frozenset({place.company.id})
    assert actor.manages(place.company.id)
    assert (actor.user, actor.super_user) == (None, False)
    for login in (
        door.login("ada", "a long password"),
        access.signing.login_administrator(
            Credentials("alice", "open, sesame!", address="a"), agent=""
        ),
    ):
        with pytest.raises(LoginRefused):
            await login
    await service.administrators.update_administrator(SYSTEM, made.id, 1, companies=[])
    now = access.sessions.actor_of(token)
    assert now is not None
    assert not now.manages(place.company.id)
    await service.administrators.delete_administrator(SYSTEM, made.id, 2)
    assert access.sessions.actor_of(token) is None
    assert door.ended == [actor.session]


async def test_while_the_database_is_away_who_is_signed_in_stays_so(
    door: Door, place: Place
) -> None:
    actor, token = await door.login()
    other, _ = await door.login()
    await door.world.storage.close()
    assert door.access.sessions.actor_of(token) == actor
    with pytest.raises(StorageUnavailable):
        await door.login()
    await door.access.signing.logout(other)
    assert door.ended == [other.session]
    await door.world.storage.open()
    await door.access.sessions.tend()
    [left] = await stored_sessions(door.world.storage)
    assert left.id == actor.session
    assert isinstance(door.access.sessions.actor_of(token), Actor)

"""Passwords changed, API keys made and revoked."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests import granting
from tests.access.conftest import Door
from tests.organisation.world import Place, new_place
from tws.access.errors import LoginRefused
from tws.access.store import api_key
from tws.errors import Invalid, NotAllowed, NotFound, ServiceError
from tws.organisation.actor import SYSTEM, Actor, AdministratorId, UserId
from tws.organisation.applications import Application


@pytest.mark.parametrize("password", ["", "short", "tws", "TWS", "alice", "x" * 129, "1234567"])
async def test_a_password_that_cannot_be(door: Door, place: Place, password: str) -> None:
    with pytest.raises(Invalid) as refused:
        await door.access.passwords.set_password(place.administrator, place.alice.id, password)
    assert refused.value.details == {"field": "password"}
    await door.login()


async def test_a_password_is_not_the_user_name(door: Door, place: Place) -> None:
    long = await door.world.service.users.create_user(
        SYSTEM, domain=place.paris.id, username="Margarethe"
    )
    with pytest.raises(Invalid, match="user name"):
        await door.access.passwords.set_password(SYSTEM, long.id, "margarethe")


async def test_accents_composed_either_way_are_one_password(door: Door, place: Place) -> None:
    await door.access.passwords.set_password(SYSTEM, place.alice.id, "se\u0301same, ouvre-toi")
    await door.login("alice", "s\u00e9same, ouvre-toi")
    await door.access.passwords.set_password(SYSTEM, place.alice.id, "one lone \ud800 half")
    await door.login("alice", "one lone \ud800 half")


async def test_ones_own_password(door: Door, place: Place) -> None:
    actor, token = await door.login()
    other, elsewhere = await door.login()
    with pytest.raises(LoginRefused, match="present password"):
        await door.access.passwords.change_password(actor, "wrong one", "open, barley!")
    with pytest.raises(Invalid) as refused:
        await door.access.passwords.change_password(actor, "open, sesame!", "short")
    assert refused.value.details == {"field": "new"}
    await door.access.passwords.change_password(actor, "open, sesame!", "open, barley!")
    assert door.access.sessions.actor_of(token) is not None
    assert door.access.sessions.actor_of(elsewhere) is None
    assert door.ended == [other.session]
    with pytest.raises(LoginRefused):
        await door.login()
    await door.login("alice", "open, barley!")


async def test_who_may_set_passwords(door: Door, place: Place) -> None:
    other = await new_place(door.world.service, "Other")
    access = door.access
    for user in (place.bob.id, other.alice.id, UserId("unknown")):
        with pytest.raises(NotAllowed):  # for users of any domain, there or not
            await access.passwords.set_password(place.user, user, "open, barley!")
    with pytest.raises(NotAllowed):
        await access.passwords.set_administrator_password(
            place.administrator, AdministratorId("unknown"), "a long password"
        )
    refusals = []
    for user in (other.alice.id, UserId("unknown")):
        with pytest.raises(NotFound) as refused:
            await access.passwords.set_password(place.administrator, user, "open, barley!")
        refusals.append((refused.value.message, refused.value.details))
    assert len(set(map(str, refusals))) == 1


async def test_a_program_acts_as_its_user(door: Door, place: Place) -> None:
    actor, _ = await door.login()
    key, token = await door.access.keys.create_api_key(actor, None, " CRM ", None)
    assert token.startswith(f"tws_{key.id}_")
    program = door.access.sessions.actor_of(token)
    assert program is not None
    assert (program.user, program.session) == (place.alice.id, key.id)
    [listed] = await door.access.keys.list_api_keys(actor)
    assert (listed.label, listed.seen) == ("CRM", door.clock.now)
    async with door.world.storage.reading() as reader:
        [row] = (await reader.execute(select(api_key))).all()
    assert token.rpartition("_")[2] not in str(row)
    assert (await door.again()).actor_of(token) == program

    await door.access.keys.revoke_api_key(actor, key.id)
    assert door.access.sessions.actor_of(token) is None
    assert door.ended == [key.id]
    assert await door.access.keys.list_api_keys(actor) == ()
    assert (await door.again()).actor_of(token) is None


@pytest.mark.parametrize(
    "token",
    ["", "tws_", "tws__", "tws_x_y", "tws_{key}_", "tws_{key}_{bad}", "{session}x", "\ud800"],
)
async def test_a_token_that_is_nobodys(door: Door, place: Place, token: str) -> None:
    actor, session = await door.login()
    key, _ = await door.access.keys.create_api_key(actor, None, "CRM", None)
    shown = token.format(key=key.id, bad="0" * 64, session=session)
    assert door.access.sessions.actor_of(shown) is None


async def test_a_key_needs_an_application_and_comes_back_with_it(door: Door, place: Place) -> None:
    service, access = door.world.service, door.access
    key, token = await access.keys.create_api_key(place.administrator, place.bob.id, "CRM", None)
    assert access.sessions.actor_of(token) is None
    grant = await service.grants.create_grant(
        SYSTEM, **granting.application(Application.TOOLKIT, user=place.bob.id)
    )
    assert access.sessions.actor_of(token) is not None
    await service.grants.delete_grant(SYSTEM, grant.id)
    assert access.sessions.actor_of(token) is None
    assert door.ended == [key.id]
    await service.grants.create_grant(
        SYSTEM, **granting.application(Application.TOOLKIT, user=place.bob.id)
    )
    assert access.sessions.actor_of(token) is not None
    await service.users.delete_user(SYSTEM, place.bob.id, 1)
    assert access.sessions.actor_of(token) is None
    assert await access.keys.list_api_keys(SYSTEM) == ()


async def test_a_key_expires(door: Door, place: Place) -> None:
    actor, _ = await door.login()
    for past in (door.clock.now, datetime(2027, 1, 1)):  # noqa: DTZ001 - naive on purpose
        with pytest.raises(Invalid) as refused:
            await door.access.keys.create_api_key(actor, None, "CRM", past)
        assert refused.value.details == {"field": "expires"}
    expires = door.clock.now.astimezone(UTC) + timedelta(hours=1)
    key, token = await door.access.keys.create_api_key(actor, None, "CRM", expires)
    assert door.access.sessions.actor_of(token) is not None
    door.clock.passes(hours=1)
    for _ in range(2):
        await door.access.sessions.tend()
    assert door.ended == [key.id]
    assert door.access.sessions.actor_of(token) is None


async def test_a_program_manages_neither_keys_nor_passwords(door: Door, place: Place) -> None:
    actor, _ = await door.login()
    key, token = await door.access.keys.create_api_key(actor, None, "CRM", None)
    program = door.access.sessions.actor_of(token)
    assert program is not None
    for refused in (
        door.access.keys.create_api_key(program, None, "another", None),
        door.access.keys.revoke_api_key(program, key.id),
        door.access.passwords.change_password(program, "open, sesame!", "open, barley!"),
    ):
        with pytest.raises(NotAllowed):
            await refused
    await door.access.signing.logout(program)
    assert door.access.sessions.actor_of(token) == program


async def test_keys_of_others(door: Door, place: Place) -> None:
    """Another company's keys and users are answered as unknown ones."""
    access = door.access
    other = await new_place(door.world.service, "Other")
    theirs, _ = await access.keys.create_api_key(other.administrator, other.alice.id, "CRM", None)
    mine, _ = await access.keys.create_api_key(place.administrator, place.bob.id, "CRM", None)
    assert await access.keys.list_api_keys(place.administrator) == (mine,)
    assert await access.keys.list_api_keys(place.user) == ()
    assert await access.keys.list_api_keys(SYSTEM) == (theirs, mine)
    assert await access.keys.list_api_keys(SYSTEM, place.bob.id) == (mine,)

    async def answers(actor: Actor, key: str, user: UserId) -> list[tuple[str, str, object]]:
        found: list[tuple[str, str, object]] = []
        for operation in (
            access.keys.revoke_api_key(actor, key),
            access.keys.create_api_key(actor, user, "CRM", None),
            access.keys.list_api_keys(actor, user),
        ):
            with pytest.raises(ServiceError) as refused:
                await operation
            error = refused.value
            found.append((error.code, error.message, error.details))
        return found

    for actor in (place.administrator, place.user):
        foreign = await answers(actor, theirs.id, other.alice.id)
        assert foreign == await answers(actor, "unknown", UserId("unknown"))
    # A colleague's key is nobody's but the administrators'.
    with pytest.raises(NotFound):
        await access.keys.revoke_api_key(place.user, mine.id)
    with pytest.raises(NotAllowed):
        await access.keys.create_api_key(place.user, place.bob.id, "CRM", None)
    with pytest.raises(Invalid):
        await access.keys.create_api_key(place.administrator, None, "CRM", None)

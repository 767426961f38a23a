"""The second factor: nobody signs in without it once it was confirmed; no code is used twice."""

import asyncio
import base64
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.access.conftest import PASSWORD, Door
from tests.organisation.world import Place
from tws.access.errors import LoginRefused, SecondFactorNeeded
from tws.access.login_method import Credentials
from tws.access.second_factor import Enrolment
from tws.access.tries.throttle import FREE_TRIES
from tws.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from tws.organisation.actor import SYSTEM, Actor, AdministratorId
from tws.protocols import totp

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """RFC 6238, appendix B."""
    assert totp.code(SECRET, totp.step_of(seconds)) == code
    assert totp.matching_step(SECRET, code, seconds, 0) == seconds // 30


@given(now=st.integers(300, 10**10), off=st.integers(-5, 5))
def test_a_clock_may_be_wrong_by_half_a_minute(now: int, off: int) -> None:
    code = totp.code(SECRET, totp.step_of(now) + off)
    near = [totp.code(SECRET, totp.step_of(now) + d) for d in (-1, 0, 1)]
    assert (totp.matching_step(SECRET, code, now, 0) is not None) == (code in near)


@given(text=st.text(max_size=12))
def test_whatever_is_typed_is_answered(text: str) -> None:
    assert totp.matching_step(SECRET, text, 59, 1) is None or text.split() == ["287082"]


def code_of(enrolment: Enrolment, door: Door, later: int = 0) -> str:
    """What the telephone shows."""
    padded = enrolment.secret + "=" * (-len(enrolment.secret) % 8)
    step = totp.step_of(door.clock.now.timestamp())
    return totp.code(base64.b32decode(padded), step + later)


async def enrolled(door: Door, actor: Actor) -> tuple[Enrolment, tuple[str, ...]]:
    factors = door.access.second_factors
    enrolment = await factors.begin(actor)
    return enrolment, await factors.confirm(actor, code_of(enrolment, door))


async def login(door: Door, code: str | None = None, password: str = PASSWORD) -> Actor:
    shown = Credentials("alice", password, address="10.0.0.1", code=code)
    actor, _ = await door.access.signing.login(shown, agent="")
    return actor


async def test_a_code_is_needed_once_one_was_shown(door: Door, place: Place) -> None:
    actor = await login(door)
    factors = door.access.second_factors
    enrolment = await factors.begin(actor)
    parts = urlsplit(enrolment.address)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parse_qs(parts.query)["secret"] == [enrolment.secret]
    await login(door)  # begun only
    with pytest.raises(Invalid):
        await factors.confirm(actor, "000000")
    await login(door)
    assert len(set(await factors.confirm(actor, code_of(enrolment, door)))) == 8
    with pytest.raises(SecondFactorNeeded):
        await login(door)
    with pytest.raises(LoginRefused):
        await login(door, code_of(enrolment, door))  # used to confirm
    door.clock.passes(seconds=30)
    await login(door, f" {code_of(enrolment, door)} ")
    with pytest.raises(LoginRefused):
        await login(door, code_of(enrolment, door))
    with pytest.raises(LoginRefused):  # nobody learns whether there is one without the password
        await login(door, None, "wrong password")
    with pytest.raises(Conflict):
        await factors.begin(actor)


async def test_a_recovery_code_is_good_once(door: Door, place: Place) -> None:
    actor = await login(door)
    _, codes = await enrolled(door, actor)
    await login(door, codes[0].upper().replace("-", " "))
    with pytest.raises(LoginRefused):
        await login(door, codes[0])
    await login(door, codes[1])
    factor = await door.access.second_factors.of(actor)
    assert factor is not None and len(factor.recovery) == 6


async def test_of_two_that_show_one_code_at_once_one_comes_in(door: Door, place: Place) -> None:
    enrolment, _ = await enrolled(door, await login(door))
    door.clock.passes(seconds=30)
    code = code_of(enrolment, door)
    tries = await asyncio.gather(login(door, code), login(door, code), return_exceptions=True)
    assert sorted(type(each).__name__ for each in tries) == ["Actor", "LoginRefused"]


async def test_codes_cannot_be_tried_one_after_the_other(door: Door, place: Place) -> None:
    _, codes = await enrolled(door, await login(door))
    for number in range(FREE_TRIES):
        shown = Credentials("alice", PASSWORD, address=f"10.0.1.{number}", code="000000")
        with pytest.raises(LoginRefused):
            await door.access.signing.login(shown, agent="")
    with pytest.raises(TooMany):
        await login(door, codes[0])
    door.clock.passes(minutes=20)
    await login(door, codes[0])


async def test_it_is_taken_off_by_a_code_or_by_an_administrator(door: Door, place: Place) -> None:
    actor = await login(door)
    factors = door.access.second_factors
    _, codes = await enrolled(door, actor)
    with pytest.raises(LoginRefused):
        await factors.remove(actor, "000000")
    await factors.remove(actor, codes[0])
    actor = await login(door)
    await enrolled(door, actor)
    for stranger in (actor, place.user):
        with pytest.raises(NotAllowed):
            await factors.remove_of_user(stranger, place.alice.id)
    await factors.remove_of_user(place.administrator, place.alice.id)
    await login(door)
    with pytest.raises(NotFound):
        await factors.remove_of_user(place.administrator, place.alice.id)


async def test_a_program_has_none(door: Door, place: Place) -> None:
    actor = await login(door)
    _, token = await door.access.keys.create_api_key(actor, None, "CRM", None)
    program = door.access.sessions.actor_of(token)
    assert program is not None
    await enrolled(door, actor)
    assert door.access.sessions.actor_of(token) == program
    with pytest.raises(NotAllowed):
        await door.access.second_factors.begin(program)


async def test_an_administrator_has_one_too(door: Door, place: Place) -> None:
    administrators = door.world.service.administrators
    ada = await administrators.create_administrator(
        SYSTEM, username="ada", super_user=True, companies=[]
    )
    await door.access.passwords.set_administrator_password(SYSTEM, ada.id, PASSWORD)
    shown = Credentials("ada", PASSWORD, address="10.0.0.1")
    actor, _ = await door.access.signing.login_administrator(shown, agent="")
    factors = door.access.second_factors
    assert await factors.of_administrator(SYSTEM, ada.id) is None
    _, codes = await enrolled(door, actor)
    with pytest.raises(SecondFactorNeeded):
        await door.access.signing.login_administrator(shown, agent="")
    with_code = Credentials("ada", PASSWORD, address="10.0.0.1", code=codes[0])
    await door.access.signing.login_administrator(with_code, agent="")
    with pytest.raises(NotAllowed):
        await factors.of_administrator(place.administrator, ada.id)
    assert await factors.of_administrator(SYSTEM, ada.id) is not None
    await factors.remove_of_administrator(SYSTEM, ada.id)
    await door.access.signing.login_administrator(shown, agent="")
    with pytest.raises(NotFound):
        await factors.remove_of_administrator(SYSTEM, AdministratorId("nobody"))


async def test_an_administrators_sessions_are_seen_by_super_users(
    door: Door, place: Place
) -> None:
    ada = await door.world.service.administrators.create_administrator(
        SYSTEM, username="ada", companies=[place.company.id]
    )
    await door.access.passwords.set_administrator_password(SYSTEM, ada.id, PASSWORD)
    own, shown = door.access.own_sessions, Credentials("ada", PASSWORD, address="10.0.0.1")
    assert own.list_of_administrator(SYSTEM, ada.id) == ()
    one, token = await door.access.signing.login_administrator(shown, agent="")
    [seen] = own.list_of_administrator(SYSTEM, ada.id)
    assert (seen.id, seen.address) == (one.session, "10.0.0.1")
    for lower in (one, place.administrator, place.user):
        with pytest.raises(NotAllowed):
            own.list_of_administrator(lower, ada.id)
    with pytest.raises(NotFound):
        own.list_of_administrator(SYSTEM, AdministratorId("nobody"))
    chief = await door.world.service.administrators.create_administrator(
        SYSTEM, username="chief", super_user=True
    )
    await door.access.passwords.set_administrator_password(SYSTEM, chief.id, PASSWORD)
    by = Credentials("chief", PASSWORD, address="10.0.0.2")
    hers, _ = await door.access.signing.login_administrator(by, agent="")
    await own.revoke_session(hers, seen.id)
    assert door.access.sessions.actor_of(token) is None
    assert own.list_of_administrator(hers, ada.id) == ()


async def test_sessions_are_seen_and_ended_by_whose_they_are(door: Door, place: Place) -> None:
    one, first = await door.login()
    door.clock.passes(minutes=1)
    two, second = await door.login()
    own = door.access.own_sessions
    assert [each.id for each in own.list_sessions(one)] == [two.session, one.session]
    assert own.list_sessions(place.administrator, place.alice.id) == own.list_sessions(one)
    with pytest.raises(NotAllowed):
        own.list_sessions(place.user, place.bob.id)
    assert two.session is not None and one.session is not None
    await own.revoke_session(one, two.session)
    assert door.access.sessions.actor_of(second) is None
    with pytest.raises(NotFound):
        await own.revoke_session(one, two.session)
    with pytest.raises(NotFound):  # a program, though it is the same user's
        await own.revoke_session(place.user, one.session)
    assert door.access.sessions.actor_of(first) is not None

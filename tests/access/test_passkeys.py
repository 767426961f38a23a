"""Passkeys: made by whoever is signed in, shown by whoever is not, and nothing else is taken."""

import re
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from fido2.utils import websafe_decode, websafe_encode
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, select

from tests.access.authenticator import FLAG, Authenticator, Json
from tests.access.conftest import PASSWORD, Door
from tests.access.test_second_factor import enrolled
from tests.organisation.world import Place
from tws.access import awaited, passkeys
from tws.access.errors import LoginRefused, SecondFactorNeeded
from tws.access.login_method import Credentials
from tws.access.model import Passkey
from tws.access.tries.throttle import FREE_TRIES
from tws.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from tws.organisation.actor import SYSTEM, Actor
from tws.protocols import webauthn
from tws.protocols.webauthn import Shown, WrongAnswer
from tws.storage.audit import audit

ORIGIN = "https://tws.company.example"
HERE = webauthn.Place("tws.company.example", ORIGIN)


def snake(given: Json) -> dict[str, Any]:
    return {re.sub("[A-Z]", lambda c: f"_{c[0].lower()}", name): x for name, x in given.items()}


async def made(
    door: Door, actor: Actor, name: str = "Telephone", key: Authenticator | None = None
) -> tuple[Authenticator, Passkey]:
    key = key or Authenticator(ORIGIN)
    service = door.access.passkeys
    asked = await service.begin(actor, HERE, None, "10.0.0.1")
    answer = key.create(asked.options)
    return key, await service.add(actor, name, answer["clientData"], answer["attestationObject"])


def shown(door: Door, key: Authenticator, **wrong: Any) -> Shown:
    return Shown(**snake(key.get(door.access.by_passkey.begin(HERE, "10.0.0.1").options, **wrong)))


async def login(door: Door, what: Shown, address: str = "10.0.0.1") -> Actor:
    actor, _ = await door.access.by_passkey.login(what, address=address, agent="")
    return actor


async def entries(door: Door, action: str) -> list[Row[Any]]:
    """Of the audit log."""
    async with door.world.storage.reading() as reader:
        return list(await reader.execute(select(audit).where(audit.c.action == action)))


async def refused(door: Door, what: Shown) -> object:
    """Why."""
    with pytest.raises(LoginRefused) as refusal:
        await login(door, what)
    return refusal.value.why


async def own_method(door: Door, place: Place, value: str) -> None:
    known = door.world.registry.parameter_values.values()
    version = next((row.version for row in known if row.user == place.alice.id), None)
    await door.world.service.parameters.set_parameter(
        SYSTEM, parameter="AuthMethods", value=value, user=place.alice.id, version=version
    )


@pytest.mark.parametrize(
    ("origin", "rp"),
    [
        (ORIGIN, "tws.company.example"),
        (f"{ORIGIN}:8443", "tws.company.example"),
        ("http://tws.company.example", None),
        ("https://company.example", None),
        ("https://evil.tws.company.example", None),
        ("https://tws.company.example.evil", None),
        ("https://evil.example", None),
        ("https://10.0.0.7", None),
        ("https://[::1]", None),
        ("http://localhost:8080", "localhost"),
        ("https://localhost", "localhost"),
        ("http://127.0.0.1:8080", None),
        ("file://localhost", None),
        ("https://tws.company.example:x", None),
        ("https://[", None),
        ("null", None),
        ("", None),
    ],
)
def test_a_name_is_ours_because_we_were_told_so(origin: str, rp: str | None) -> None:
    found = webauthn.place(origin, {"tws.company.example", "10.0.0.7", "::1", ""})
    assert (found and found.rp) == rp
    assert found is None or found.origin == origin


async def test_a_passkey_signs_in_and_counts_as_both_factors(door: Door, place: Place) -> None:
    actor, _ = await door.login()
    key, one = await made(door, actor)
    assert (one.name, one.rp, one.seen) == ("Telephone", "tws.company.example", None)
    await enrolled(door, actor)
    door.clock.passes(minutes=1)
    came = await login(door, shown(door, key))
    assert came.user == place.alice.id
    (now,) = await door.access.passkeys.of(came)
    assert now.seen == door.clock.now and now.sign_count == 1
    (told,) = await entries(door, "passkey added")
    assert (told.target, told.after) == (place.alice.id, {"name": "Telephone"})


async def test_what_was_shown_is_not_shown_again(door: Door, place: Place) -> None:
    key, _ = await made(door, (await door.login())[0])
    once = shown(door, key)
    await login(door, once)
    assert await refused(door, once) == "challengeOver"
    late = shown(door, key)
    door.clock.passes(minutes=5, seconds=1)
    assert await refused(door, late) == "challengeOver"
    invented = Shown(**snake(key.get({"rpId": HERE.rp, "challenge": "AAAAAAAAAAAAAAAAAAAAAA"})))
    assert await refused(door, invented) == "challengeOver"
    await login(door, shown(door, key))


@pytest.mark.parametrize(
    "wrong",
    [
        {"flags": FLAG.UP},
        {"flags": FLAG.UV},
        {"flags": FLAG.UP | FLAG.UV | FLAG.BS},
        {"kind": "webauthn.create"},
        {"cross_origin": True},
    ],
)
async def test_an_authenticator_must_have_looked_who_it_was(
    door: Door, place: Place, wrong: dict[str, Any]
) -> None:
    key, _ = await made(door, (await door.login())[0])
    assert await refused(door, shown(door, key, **wrong)) == "passkeyRefused"
    await login(door, shown(door, key))


async def test_another_origin_key_or_person_is_refused(door: Door, place: Place) -> None:
    key, _ = await made(door, (await door.login())[0])
    for other in (
        replace(key, origin="https://evil.example"),
        replace(key, origin="http://tws.company.example"),
        replace(key, key=Authenticator(ORIGIN).key),
        replace(key, handle="Ym9i"),
        replace(key, handle=""),
    ):
        assert await refused(door, shown(door, other)) == "passkeyRefused"
    assert await refused(door, shown(door, Authenticator(ORIGIN, handle="eA"))) == "unknownPasskey"
    elsewhere = webauthn.Place("tws.other.example", ORIGIN)
    asked = door.access.by_passkey.begin(elsewhere, "10.0.0.1")
    assert await refused(door, Shown(**snake(key.get(asked.options)))) == "unknownPasskey"


async def test_a_copy_is_refused_and_told(door: Door, place: Place) -> None:
    key, _ = await made(door, (await door.login())[0])
    copy = replace(key)
    for _ in range(2):
        await login(door, shown(door, key))
    assert await refused(door, shown(door, copy)) == "passkeyCopied"
    (told,) = await entries(door, "sign-in refused")
    assert told.after["why"] == "passkeyCopied"
    assert told.target == "alice" and told.company == place.company.id
    await login(door, shown(door, key))


async def test_one_that_does_not_count_is_taken(door: Door, place: Place) -> None:
    key, _ = await made(door, (await door.login())[0], key=Authenticator(ORIGIN, counts=False))
    for _ in range(2):
        await login(door, shown(door, key))


async def test_who_may_not_come_in_by_a_password_does_not_by_this(
    door: Door, place: Place
) -> None:
    actor, _ = await door.login()
    key, _ = await made(door, actor)
    await own_method(door, place, "LDAP")
    assert not door.access.passkeys.allowed(actor)
    assert await refused(door, shown(door, key)) == "methodNotAllowed"
    with pytest.raises(NotAllowed):
        await made(door, actor)
    await own_method(door, place, "LDAP|TWS")
    await login(door, shown(door, key))
    users = door.world.service.users
    alice = door.world.registry.users[place.alice.id]
    await users.update_user(place.administrator, alice.id, alice.version, enabled=False)
    assert await refused(door, shown(door, key)) == "accountDisabled"
    alice = door.world.registry.users[place.alice.id]
    await users.delete_user(place.administrator, alice.id, alice.version)
    assert await refused(door, shown(door, key)) == "unknownPasskey"


async def test_it_is_taken_away_by_whose_it_is_or_who_manages_them(
    door: Door, place: Place
) -> None:
    actor, _ = await door.login()
    key, one = await made(door, actor)
    service = door.access.passkeys
    for stranger in (place.user, replace(place.administrator, companies=frozenset())):
        with pytest.raises(NotFound):
            await service.remove(stranger, one.id)
    await service.remove(actor, one.id)
    assert await refused(door, shown(door, key)) == "unknownPasskey"
    with pytest.raises(NotFound):
        await service.remove(actor, one.id)
    (told,) = await entries(door, "passkey removed")
    assert (told.target, told.company) == (place.alice.id, place.company.id)


async def test_a_program_has_none(door: Door, place: Place) -> None:
    actor, _ = await door.login()
    _, one = await made(door, actor)
    _, token = await door.access.keys.create_api_key(actor, None, "CRM", None)
    program = door.access.sessions.actor_of(token)
    assert program is not None
    with pytest.raises(NotAllowed):
        await made(door, program)
    with pytest.raises(NotAllowed):
        await door.access.passkeys.of(program)
    with pytest.raises(NotFound):
        await door.access.passkeys.remove(program, one.id)


async def test_a_second_factor_is_asked_for_before_one_is_made(door: Door, place: Place) -> None:
    actor, _ = await door.login()
    _, codes = await enrolled(door, actor)
    service, key = door.access.passkeys, Authenticator(ORIGIN)
    with pytest.raises(SecondFactorNeeded):
        await service.begin(actor, HERE, None, "")
    with pytest.raises(LoginRefused):
        await service.begin(actor, HERE, "000000", "")
    both = [await service.begin(actor, HERE, codes[0], "") for _ in range(2)]
    first, second = (key.create(asked.options) for asked in both)
    await service.add(actor, "One", first["clientData"], first["attestationObject"])
    with pytest.raises(LoginRefused):  # the code is used up
        await service.add(actor, "Two", second["clientData"], second["attestationObject"])


async def test_a_question_is_answered_by_whom_it_was_asked(door: Door, place: Place) -> None:
    one, _ = await door.login()
    other, _ = await door.login()
    service, key = door.access.passkeys, Authenticator(ORIGIN)
    answer = key.create((await service.begin(one, HERE, None, "")).options)
    given = ("Telephone", answer["clientData"], answer["attestationObject"])
    with pytest.raises(Invalid) as refusal:
        await service.add(other, *given)
    assert refusal.value.why == "challengeOver"
    await service.add(one, *given)
    for wrong in (FLAG.UP, FLAG.UV):
        asked = await service.begin(one, HERE, None, "")
        answer = Authenticator(ORIGIN).create(asked.options, wrong)
        with pytest.raises(Invalid) as refusal:
            await service.add(one, "X", answer["clientData"], answer["attestationObject"])
        assert refusal.value.why == "passkeyRefused"


async def test_there_are_ten_at_most(door: Door, place: Place) -> None:
    actor, _ = await door.login()
    asked = await door.access.passkeys.begin(actor, HERE, None, "")
    for number in range(passkeys.MOST):
        await made(door, actor, f"Key {number}")
    with pytest.raises(Conflict):
        await made(door, actor)
    late = Authenticator(ORIGIN).create(asked.options)
    with pytest.raises(Conflict):
        await door.access.passkeys.add(
            actor, "Late", late["clientData"], late["attestationObject"]
        )


async def test_an_administrator_has_them_too(door: Door, place: Place) -> None:
    ada = await door.world.service.administrators.create_administrator(
        SYSTEM, username="ada", super_user=False, companies=[place.company.id]
    )
    await door.access.passwords.set_administrator_password(SYSTEM, ada.id, PASSWORD)
    credentials = Credentials("ada", PASSWORD, address="10.0.0.1")
    actor, _ = await door.access.signing.login_administrator(credentials, agent="")
    key, one = await made(door, actor)
    by = door.access.by_passkey
    assert await by.offered(HERE) == (False, True)
    came, _ = await by.login_administrator(shown(door, key), address="", agent="")
    assert came.administrator == ada.id
    assert await refused(door, shown(door, key)) == "otherPage"
    # Of a user whom she manages she takes it away, and a user none of hers.
    alice, _ = await door.login()
    alices, hers = await made(door, alice)
    with pytest.raises(LoginRefused):
        await by.login_administrator(shown(door, alices), address="", agent="")
    with pytest.raises(NotFound):
        await door.access.passkeys.remove(alice, one.id)
    assert await door.access.passkeys.of_user(came, place.alice.id) == [hers]
    with pytest.raises(NotAllowed):
        await door.access.passkeys.of_administrator(came, ada.id)
    await door.access.passkeys.remove(came, hers.id)
    assert await door.access.passkeys.of_administrator(SYSTEM, ada.id)


async def test_wrong_ones_are_slowed_down_and_questions_bounded(door: Door, place: Place) -> None:
    key, _ = await made(door, (await door.login())[0])
    wrong = replace(key, key=Authenticator(ORIGIN).key)
    for _ in range(FREE_TRIES):
        assert await refused(door, shown(door, wrong)) == "passkeyRefused"
    with pytest.raises(TooMany):
        await login(door, shown(door, key))
    await login(door, shown(door, key), "10.0.0.2")
    first = shown(door, key)
    for _ in range(awaited.MOST_OF_ADDRESS):
        door.access.by_passkey.begin(HERE, "10.0.0.1")
    with pytest.raises(LoginRefused) as refusal:
        await login(door, first, "10.0.0.2")
    assert refusal.value.why == "challengeOver"


KEY = Authenticator("https://x.example", handle="aGFuZGxl")
THERE = webauthn.Place("x.example", KEY.origin)


@settings(max_examples=300, deadline=None)
@given(
    member=st.sampled_from(("client_data", "authenticator_data", "signature")),
    at=st.integers(0, 400),
    gone=st.integers(0, 40),
    put=st.binary(max_size=40),
)
def test_whatever_is_shown_is_answered(member: str, at: int, gone: int, put: bytes) -> None:
    """Bytes changed, cut and put in: only `WrongAnswer`, and never a passkey."""

    def mangled(text: str) -> str:
        raw = bytearray(websafe_decode(text))
        begin = at % (len(raw) + 1)
        raw[begin : begin + gone] = put
        return str(websafe_encode(bytes(raw)))

    asked = webauthn.ask_to_create(THERE, "handle", "a", "A", [])
    answer = KEY.create(asked.options)
    right = webauthn.created(THERE, asked.state, answer["clientData"], answer["attestationObject"])
    question = webauthn.ask_to_show(THERE)
    what = Shown(**snake(KEY.get(question.options)))
    broken = replace(what, **{member: mangled(getattr(what, member))})
    if broken != what:
        with pytest.raises(WrongAnswer):
            webauthn.used(THERE, question.state, broken, right.public_key, "handle")
    with suppress(WrongAnswer):  # else another id or key was told, which is theirs to tell
        webauthn.created(
            THERE, asked.state, answer["clientData"], mangled(answer["attestationObject"])
        )


@pytest.mark.parametrize("raw", [b"\x81" * 8000, b"\x9b" + b"\xff" * 8, b"\xa1" * 8000, b""])
def test_bytes_that_nest_without_end_are_answered(raw: bytes) -> None:
    asked = webauthn.ask_to_create(THERE, "handle", "a", "A", [])
    answer = KEY.create(asked.options)
    text = str(websafe_encode(raw))
    with pytest.raises(WrongAnswer):
        webauthn.created(THERE, asked.state, answer["clientData"], text)

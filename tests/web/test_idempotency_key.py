"""Idempotency-Key: a request sent again is answered again, and dialled once."""

import asyncio
from pathlib import Path

import pytest

from tests.web.calls import at, dials
from tests.web.house import House, running_house
from tests.web.operations import asked_for, begin
from tests.web.problems import problem
from tws.telephony import commands as c
from tws.telephony.event_reports import LINK_DOWN, NO_ANSWER, CommandDone, CommandRefused


async def test_a_retry_after_the_answer_dials_once(house: House) -> None:
    alice = await house.program("alice")
    body = {"device": house.device("4001"), "called": "4003"}
    sent = await begin(house, alice, "makeCall", body, **{"Idempotency-Key": "k1"})
    command = await house.asked(c.MakeCall)
    house.report(dials("9", "4001", "4003"), CommandDone(command.id, at("9", "4001")))
    first = await sent
    again = await alice.post("telephony/makeCall", json=body, headers={"Idempotency-Key": "k1"})
    assert (again.status_code, again.content) == (first.status_code, first.content) != (500, b"")
    assert asked_for(house, c.MakeCall) == 1


async def test_concurrent_retries_wait_for_the_first(house: House) -> None:
    alice = await house.program("alice")
    body = {"device": house.device("4001"), "called": "4003"}
    key = {"Idempotency-Key": "k1"}
    sent = [await begin(house, alice, "makeCall", body, **key) for _ in range(5)]
    command = await house.asked(c.MakeCall)
    house.report(CommandDone(command.id, None))
    answers = await asyncio.gather(*sent)
    done = (200, b'{"result":null,"tooLong":false}')
    assert {(one.status_code, one.content) for one in answers} == {done}
    assert asked_for(house, c.MakeCall) == 1


async def test_a_retry_after_the_client_gave_up_gets_the_outcome(house: House) -> None:
    alice = await house.program("alice")
    body = {"device": house.device("4001"), "called": "4003"}
    sent = await begin(house, alice, "makeCall", body, **{"Idempotency-Key": "k1"})
    command = await house.asked(c.MakeCall)
    sent.cancel()
    await asyncio.wait({sent})
    again = await begin(house, alice, "makeCall", body, **{"Idempotency-Key": "k1"})
    house.report(CommandRefused(command.id, "invalidDestination"))
    problem(await again, 409, "refused")
    assert asked_for(house, c.MakeCall) == 1


@pytest.mark.parametrize("cause", ["invalidDestination", NO_ANSWER])
async def test_refusals_are_kept_too(house: House, cause: str) -> None:
    alice = await house.program("alice")
    body = {"device": house.device("4001"), "called": "4003"}
    key = {"Idempotency-Key": "k1"}
    sent = await begin(house, alice, "makeCall", body, **key)
    command = await house.asked(c.MakeCall)
    house.report(CommandRefused(command.id, cause))
    first = await sent
    again = await alice.post("telephony/makeCall", json=body, headers=key)
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert asked_for(house, c.MakeCall) == 1


async def test_what_was_not_asked_may_be_asked_under_the_same_key(house: House) -> None:
    alice = await house.program("alice")
    body = {"device": house.device("4001"), "called": "4003"}
    key = {"Idempotency-Key": "k1"}
    house.cut()
    refused = await alice.post("telephony/makeCall", json=body, headers=key)
    problem(refused, 503, "linkDown")
    assert int(refused.headers["retry-after"]) >= 1
    house.connect()
    sent = await begin(house, alice, "makeCall", body, **key)
    command = await house.asked(c.MakeCall)
    house.report(CommandDone(command.id, None))
    assert (await sent).status_code == 200


async def test_a_link_lost_under_way_is_an_outcome(house: House) -> None:
    """The PBX may have done it: asked again under the same key, it is not dialled twice."""
    alice = await house.program("alice")
    body = {"device": house.device("4001"), "called": "4003"}
    key = {"Idempotency-Key": "k1"}
    sent = await begin(house, alice, "makeCall", body, **key)
    command = await house.asked(c.MakeCall)
    house.report(CommandRefused(command.id, LINK_DOWN))
    first = await sent
    problem(first, 503, "linkDown")
    assert "retry-after" not in first.headers
    again = await alice.post("telephony/makeCall", json=body, headers=key)
    assert (again.status_code, again.json()) == (503, first.json())
    assert asked_for(house, c.MakeCall) == 1


async def test_after_a_restart_nothing_is_asked_again(database: Path) -> None:
    key = {"Idempotency-Key": "k1"}
    async with running_house(database) as house:
        alice = await house.program("alice")
        body = {"device": house.device("4001"), "called": "4003"}
        sent = await begin(house, alice, "makeCall", body, **key)
        command = await house.asked(c.MakeCall)
        house.report(CommandDone(command.id, None))
        assert (await sent).status_code == 200
    async with running_house(database) as house:
        alice = await house.program("alice")
        again = await alice.post("telephony/makeCall", json=body, headers=key)
        problem(again, 503, "outcomeUnknown")
        assert "retry-after" not in again.headers
        assert asked_for(house, c.MakeCall) == 0


async def test_a_key_with_another_request_is_refused(house: House) -> None:
    alice = await house.program("alice")
    key = {"Idempotency-Key": "k1"}
    body = {"device": house.device("4001"), "called": "4003"}
    sent = await begin(house, alice, "makeCall", body, **key)
    command = await house.asked(c.MakeCall)
    house.report(CommandDone(command.id, None))
    assert (await sent).status_code == 200
    other = {**body, "called": "4002"}
    problem(
        await alice.post("telephony/makeCall", json=other, headers=key),
        422,
        "idempotencyKeyReused",
    )
    switch = {"device": house.device("4001"), "on": True}
    problem(
        await alice.post("telephony/setDoNotDisturb", json=switch, headers=key),
        422,
        "idempotencyKeyReused",
    )
    assert asked_for(house, c.MakeCall) == 1


async def test_a_key_is_its_users_alone(house: House) -> None:
    key = {"Idempotency-Key": "k1"}
    for username, number in (("alice", "4001"), ("bob", "4003")):
        client = await house.program(username)
        body = {"device": house.device(number), "called": "4002"}
        sent = await begin(house, client, "makeCall", body, **key)
        command = await house.asked(c.MakeCall)
        assert command.device == number
        house.report(CommandDone(command.id, None))
        assert (await sent).status_code == 200
        house.pbx().open.clear()
    assert asked_for(house, c.MakeCall) == 2


async def test_keys_are_short_and_printable(house: House) -> None:
    alice = await house.program("alice")
    for key in ("", "x" * 65, "caf\u00e9"):
        answer = await alice.post(
            "telephony/makeCall",
            json={"device": house.device("4001"), "called": "4003"},
            headers={b"Idempotency-Key": key.encode()},
        )
        assert problem(answer, 422, "invalid")["field"] == "Idempotency-Key"


async def test_what_was_never_asked_may_be_mended_under_its_key(house: House) -> None:
    alice = await house.program("alice")
    key = {"Idempotency-Key": "k1"}
    wrong = {"device": house.device("4001"), "called": "Paul"}
    problem(await alice.post("telephony/makeCall", json=wrong, headers=key), 422, "invalid")
    right = {"device": house.device("4001"), "called": "4003"}
    sent = await begin(house, alice, "makeCall", right, **key)
    command = await house.asked(c.MakeCall)
    house.report(CommandDone(command.id, None))
    assert (await sent).status_code == 200

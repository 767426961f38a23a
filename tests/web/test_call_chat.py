"""What is written in a conference call: to all who are in it and may, and gone with it."""

from typing import Any

import httpx

from tests import granting
from tests.web.calls import answered, at, dials, ends
from tests.web.house import House
from tests.web.page import Page
from tests.web.problems import problem
from tws.organisation.actor import SYSTEM
from tws.organisation.applications import Application
from tws.telephony.event_reports import Conferenced, Held, Moved
from tws.telephony.model import Party

ALICE, BOB, DAVE = "4001", "4003", "4004"


async def with_dave(house: House) -> None:
    organisation = house.rooms.organisation
    dave = await organisation.users.create_user(
        SYSTEM, domain=house.domains["Paris"].id, username="dave", first_name="Dave"
    )
    await organisation.grants.create_grant(
        SYSTEM, **granting.application(Application.CALLER, user=dave.id)
    )
    house.devices[DAVE] = await organisation.devices.create_device(
        SYSTEM, user=dave.id, link=house.links["Paris"].id, number=DAVE
    )
    house.users["dave"] = dave
    await house.rooms.bus.settle()


def talk(house: House) -> None:
    """Alice speaks with bob."""
    house.report(dials("1", ALICE, BOB), answered("1", BOB), answered("1", ALICE))


def conference(house: House) -> None:
    """Alice, who speaks with bob, calls dave, and all are together."""
    house.report(
        Held(connection=at("1", ALICE)),
        dials("2", ALICE, DAVE),
        answered("2", DAVE),
        Conferenced(
            primary=at("1", ALICE),
            secondary=at("2", ALICE),
            conferencing=Party(ALICE),
            added=Party(DAVE),
            connections=(
                Moved(at("2", ALICE), at("2", ALICE)),
                Moved(at("2", DAVE), at("2", DAVE)),
                Moved(at("2", BOB), at("1", BOB)),
            ),
            cause="conference",
        ),
    )


async def write(
    house: House, client: httpx.AsyncClient, number: str, text: str, **more: Any
) -> httpx.Response:
    (leg,) = house.legs(number)
    return await client.post(f"call-chats/{leg}/messages", json={"text": text, **more})


async def texts(house: House, client: httpx.AsyncClient, number: str) -> list[str]:
    (leg,) = house.legs(number)
    answer = await client.get(f"call-chats/{leg}/messages")
    assert answer.status_code == 200, answer.text
    return [one["text"] for one in answer.json()]


def heard(page: Page) -> list[str]:
    return [one["message"]["text"] for one in page.moments if one["kind"] == "callChat"]


async def test_all_in_a_conference_read_what_one_writes(house: House) -> None:
    await with_dave(house)
    alice, bob, dave = [await house.program(name) for name in ("alice", "bob", "dave")]
    carol = await house.program("carol")
    talk(house)
    two = problem(await write(house, alice, ALICE, "Too early"), 409, "conflict")
    assert two["why"] == "chatNoConference"
    conference(house)
    async with house.page(alice) as hers, house.page(bob) as his, house.page(dave) as third:
        first = await write(house, bob, BOB, "<b>Page 4</b>", key="k")
        assert first.status_code == 200, first.text
        assert (await write(house, bob, BOB, "<b>Page 4</b>", key="k")).json() == first.json()
        for page, number in ((hers, ALICE), (his, BOB), (third, DAVE)):
            await page.until(lambda page: heard(page) == ["<b>Page 4</b>"])
            (moment,) = [one for one in page.moments if one["kind"] == "callChat"]
            assert [moment["message"]["connection"]] == house.legs(number)
            assert moment["message"]["senderName"] == "Bob Durand"
        # Somebody else's leg is nobody's.
        (leg,) = house.legs(BOB)
        for client in (alice, carol):
            body = {"text": "x"}
            problem(await client.post(f"call-chats/{leg}/messages", json=body), 404, "notFound")
            problem(await client.get(f"call-chats/{leg}/messages"), 404, "notFound")
        problem(await write(house, bob, BOB, "x" * 5001), 422, "invalid")
        # Who has left reads no more, and is told no more.
        house.report(ends("2", DAVE))
        assert house.legs(DAVE) == []
        assert await texts(house, alice, ALICE) == ["<b>Page 4</b>"]
        problem(await write(house, alice, ALICE, "Alone"), 409, "conflict")
    house.report(ends("2", BOB), ends("2", ALICE))
    talk(house)
    conference(house)
    assert await texts(house, alice, ALICE) == []


async def test_who_comes_later_sees_what_is_written_from_then_on(house: House) -> None:
    await with_dave(house)
    alice, bob, dave = [await house.program(name) for name in ("alice", "bob", "dave")]
    await house.parameter("AuthorizedMultiChat", False, "dave")
    talk(house)
    conference(house)
    assert (await write(house, alice, ALICE, "Without dave")).status_code == 200
    refused = problem(await write(house, dave, DAVE, "x"), 403, "notAllowed")
    assert refused["parameters"] == {"parameter": "AuthorizedMultiChat"}
    await house.parameter("AuthorizedMultiChat", True, "dave")
    assert (await write(house, bob, BOB, "With dave")).status_code == 200
    assert await texts(house, dave, DAVE) == ["With dave"]
    assert await texts(house, alice, ALICE) == ["Without dave", "With dave"]
    for at_once in range(18):
        assert (await write(house, alice, ALICE, f"{at_once}")).status_code == 200
    assert (await write(house, alice, ALICE, "19")).status_code == 200
    problem(await write(house, alice, ALICE, "too many"), 429, "tooMany")

"""A user's own profiles through the API, and on the live stream."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.web.calls import at
from tests.web.house import House
from tests.web.operations import begin
from tests.web.problems import problem
from tests.web.test_forwarding_rules import allow, forbid
from tests.web.test_forwarding_rules import create as create_rule
from tws.telephony import commands as c
from tws.telephony.event_reports import CommandDone

HOME = "01 55 17 18 89"


async def create(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await client.post("profiles", json=fields)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def choose(client: httpx.AsyncClient, profile: str | None) -> dict[str, Any]:
    answer = await client.put("profiles/chosen", json={"profile": profile})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def rules(client: httpx.AsyncClient) -> dict[str, bool]:
    """Whether each is switched on, by where it leads."""
    found = (await client.get("forwarding-rules")).json()["rules"]
    return {rule["destination"]: rule["active"] for rule in found}


async def test_a_chosen_profile_has_its_rules_and_no_others(house: House) -> None:
    alice = await house.program("alice")
    first = await create_rule(alice, active=False)
    await create_rule(alice, destination=HOME, type="busy")
    desk = await create(alice, name="Desk", device=house.device("4002"), rules=[first["id"]])
    assert (desk["device"], desk["chosen"]) == (house.device("4002"), False)
    assert await rules(alice) == {"4003": False, HOME: True}
    async with house.page(alice) as page:
        (chosen,) = (await choose(alice, desk["id"]))["profiles"]
        assert chosen["chosen"]
        assert await rules(alice) == {"4003": True, HOME: False}
        await page.until(lambda p: p.state["profiles"]["profiles"][0]["chosen"])
        await choose(alice, None)
        await page.until(lambda p: not p.state["profiles"]["profiles"][0]["chosen"])
    assert await rules(alice) == {"4003": True, HOME: False}  # as they were left


async def test_calls_go_to_a_current_device_elsewhere(house: House) -> None:
    alice = await house.program("alice")
    await create_rule(alice)
    home = await create(alice, name="Home", number=HOME)
    assert (home["device"], home["display"]) == (None, HOME)
    await choose(alice, home["id"])
    assert await rules(alice) == {HOME: True, "4003": False}
    (first, _) = (await alice.get("forwarding-rules")).json()["rules"]
    assert (first["type"], first["origin"], first["destination"]) == ("immediate", "all", HOME)
    answer = await alice.post("telephony/makeCall", json={"called": "4003"})
    assert problem(answer, 409, "refused")["cause"] == "currentDeviceOutside"
    # Another number, or none: nothing more goes to the old one.
    changed = {"version": 2, "number": "01 55 17 18 90"}
    assert (await alice.patch(f"profiles/{home['id']}", json=changed)).status_code == 200
    assert await rules(alice) == {"01 55 17 18 90": True, HOME: False, "4003": False}
    version = (await alice.get("profiles")).json()["profiles"][0]["version"]
    answer = await alice.delete(f"profiles/{home['id']}", params={"version": version})
    assert answer.status_code == 204
    assert not any((await rules(alice)).values())


async def test_calls_are_made_from_the_current_device(house: House) -> None:
    alice = await house.sign_in("alice")
    answer = await alice.post("telephony/makeCall", json={"called": "4003"})
    assert problem(answer, 422, "invalid")["field"] == "device"  # she has two
    desk = await create(alice, name="Desk", device=house.device("4002"))
    await choose(alice, desk["id"])
    asking = await begin(house, alice, "makeCall", {"called": "4003"})
    assert (await house.asked(c.MakeCall)).device == "4002"
    asking.cancel()


@pytest.mark.parametrize(
    ("operation", "told"), [("callSelected", {"number": "4003"}), ("callChosen", {"key": 3})]
)
async def test_a_key_of_the_helper_calls_from_the_current_device(
    house: House, operation: str, told: dict[str, Any]
) -> None:
    """The first that works calls where no profile says otherwise."""
    alice, place = await house.sign_in("alice"), f"desk/helper/{operation}"
    keys = {"version": 0, "hotKeys": [{"key": 3, "number": "4003"}]}
    assert (await alice.patch("preferences", json=keys)).status_code == 200
    desk = await create(alice, name="Desk", device=house.device("4002"))
    for chosen, calls in ((None, "4001"), (desk["id"], "4002")):
        await choose(alice, chosen)
        asking = asyncio.create_task(alice.post(place, json=told))
        asked = await house.asked(c.MakeCall)
        assert asked.device == calls
        house.pbx().open.remove(asked)
        house.report(CommandDone(asked.id, at("9", calls)))
        assert (await asking).status_code == 200
    await choose(alice, (await create(alice, name="Home", number=HOME))["id"])
    answer = await alice.post(place, json=told)
    assert problem(answer, 409, "refused")["cause"] == "currentDeviceOutside"


async def test_a_new_profile_needs_its_parameter(house: House) -> None:
    alice = await house.program("alice")
    kept = await create(alice, name="Desk", device=house.device("4002"))
    row = await forbid(house, "AuthorizedCreateProfil")
    answer = await alice.post("profiles", json={"name": "X", "device": house.device("4001")})
    assert problem(answer, 403, "notAllowed")["parameters"] == {
        "parameter": "AuthorizedCreateProfil"
    }
    assert not (await alice.get("profiles")).json()["choices"]["create"]
    await choose(alice, kept["id"])  # those that there are are used
    await allow(house, row)
    await create(alice, name="X", device=house.device("4001"))


async def test_a_new_current_device_needs_its_parameter(house: House) -> None:
    alice = await house.program("alice")
    kept = await create(alice, name="Home", number=HOME)
    row = await forbid(house, "AuhtorizedCurrentDevice")
    answers = [
        await alice.post("profiles", json={"name": "X", "number": HOME}),
        await alice.patch(f"profiles/{kept['id']}", json={"version": 1, "number": "0155171890"}),
    ]
    for answer in answers:
        assert problem(answer, 403, "notAllowed")["parameters"] == {
            "parameter": "AuhtorizedCurrentDevice"
        }
    assert not (await alice.get("profiles")).json()["choices"]["newDevice"]
    await create(alice, name="Desk", device=house.device("4002"))
    await choose(alice, kept["id"])
    await allow(house, row)
    await create(alice, name="Mobile", number="06 12 34 56 78")


@pytest.mark.parametrize(
    ("fields", "status", "field"),
    [
        ({"name": " ", "device": "4001"}, 422, "name"),
        ({"name": "X"}, 422, "device"),
        ({"name": "X", "device": "4003"}, 404, "device"),  # it is Bob's
        ({"name": "X", "number": "call me"}, 422, "number"),
        ({"name": "desk", "device": "4001"}, 409, "name"),
    ],
)
async def test_what_can_be_no_profile(
    house: House, fields: dict[str, Any], status: int, field: str
) -> None:
    alice = await house.program("alice")
    await create(alice, name="Desk", device=house.device("4001"))
    if "device" in fields:
        fields = {**fields, "device": house.device(fields["device"])}
    answer = await alice.post("profiles", json=fields)
    assert answer.status_code == status, answer.text
    assert answer.json()["field"] == field

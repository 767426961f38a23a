"""Preferences through the API, and on the live stream: they follow a user into each browser."""

from typing import Any

import httpx
import pytest

from tests.web.house import House
from tests.web.problems import problem

NIGHTS = {"days": [5, 1, 5], "start": "18:00", "end": "08:00"}


async def own(program: httpx.AsyncClient) -> Any:
    answer = await program.get("preferences")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def choose(program: httpx.AsyncClient, **given: Any) -> httpx.Response:
    version = given.pop("version", None)
    now = (await own(program))["version"] if version is None else version
    return await program.patch("preferences", json={"version": now, **given})


async def test_what_was_chosen_follows_its_user_alone(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    assert (await own(alice))["version"] == 0
    key = {"key": 3, "number": "01 55 17 18 89", "contact": None}
    first = {"key": 1, "number": "4002", "contact": house.users["bob"].id}
    answer = await choose(
        alice,
        vipColour="#FFAA00",
        hotKeys=[key, first],
        sound="chime",
        screenPop="ringing",
        quietHours=NIGHTS,
        alerterFields=["Id", "Contract", "Id"],
    )
    assert answer.status_code == 200, answer.text
    row = answer.json()
    assert (row["version"], row["vipColour"], row["hotKeys"]) == (1, "#ffaa00", [first, key])
    assert row["quietHours"]["days"] == [1, 5] and row["alerterFields"] == ["Id", "Contract"]
    assert (row["spaceAnswers"], row["quiet"], row["queueFields"]) == (True, False, [])
    assert await own(alice) == row
    assert (await own(bob))["version"] == 0
    back = (await choose(alice, vipColour=None, quietHours=None, hotKeys=[])).json()
    assert (back["version"], back["sound"], back["vipColour"]) == (2, "chime", None)
    assert (back["quietHours"], back["hotKeys"]) == (None, [])


async def test_two_windows_do_not_undo_each_other(house: House) -> None:
    alice = await house.program("alice")
    assert (await choose(alice, quiet=True)).status_code == 200
    refused = problem(await choose(alice, version=0, quiet=False), 409, "conflict")
    assert refused["version"] == 1
    assert (await own(alice))["quiet"] is True


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"vipColour": "red"}, "vipColour"),
        ({"hotKeys": [{"key": 2, "number": "4002"}, {"key": 2, "number": "4003"}]}, "hotKeys"),
        ({"hotKeys": [{"key": 2, "number": "Bob"}]}, "hotKeys"),
        ({"hotKeys": [{"key": 2, "number": "4002", "contact": "../bob"}]}, "hotKeys"),
        ({"quietHours": {**NIGHTS, "days": []}}, "quietHours"),
        ({"quietHours": {**NIGHTS, "days": [8]}}, "quietHours"),
        ({"quietHours": {**NIGHTS, "end": "24:00"}}, "quietHours"),
        ({"queueFields": [str(n) for n in range(11)]}, "queueFields"),
        *(
            ({"selectedKeys": keys}, "selectedKeys")
            for keys in ("Ctrl+F3", "F12", "Ctrl+C", "Shift+F12", "Alt+F4", "Ctrl+Ctrl+F12", "+")
        ),
    ],
)
async def test_wrong_values_are_refused_in_words(
    house: House, given: dict[str, Any], field: str
) -> None:
    refused = problem(await choose(await house.program("alice"), **given), 422, "invalid")
    assert refused["field"] == field and refused["why"] in ("said", "range", "timeOfDay")


async def test_a_key_has_one_spelling(house: House) -> None:
    alice = await house.program("alice")
    done = await choose(alice, selectedKeys=" alt + ctrl+d")
    assert done.json()["selectedKeys"] == "Ctrl+Alt+D"


@pytest.mark.parametrize(
    "given", [{"sound": "siren"}, {"hotKeys": [{"key": 12, "number": "1"}]}, {"quiet": 1}]
)
async def test_what_is_no_choice_is_no_request(house: House, given: dict[str, Any]) -> None:
    problem(await choose(await house.program("alice"), **given), 422, "invalid")


@pytest.mark.parametrize(
    ("parameter", "given"),
    [
        ("AuthorizeHotKeys", {"hotKeys": [{"key": 1, "number": "4002"}]}),
        ("AuthorizeHotKeysExe", {"selectedByKey": False}),
        ("AuthorizeHotKeysExe", {"selectedKeys": "Ctrl+Alt+D"}),
    ],
)
async def test_a_parameter_forbids_its_own(
    house: House, parameter: str, given: dict[str, Any]
) -> None:
    admin, alice = await house.administrator("SSDEI"), await house.program("alice")
    sent = {"parameter": parameter, "value": False, "user": house.users["alice"].id}
    assert (await admin.put("admin/parameter-values", json=sent)).status_code == 200
    refused = problem(await choose(alice, **given, quiet=True), 403, "notAllowed")
    assert (refused["why"], refused["parameters"]) == (
        "parameterForbids",
        {"parameter": parameter},
    )
    assert (await own(alice))["version"] == 0
    assert (await choose(alice, quiet=True)).status_code == 200


async def test_administrators_have_none(house: House) -> None:
    admin = await house.administrator("SSDEI")
    problem(await admin.get("preferences"), 403, "notAllowed")
    problem(await admin.put("language", json={"culture": "fr"}), 403, "notAllowed")


async def test_another_window_is_told_at_once(house: House) -> None:
    alice = await house.program("alice")
    async with house.page(alice) as page:
        assert page.state["preferences"]["version"] == 0
        await choose(alice, quiet=True)
        await page.until(lambda page: page.state["preferences"]["quiet"])
        answer = await alice.put("language", json={"culture": "fr"})
        assert (answer.status_code, answer.json()["culture"]) == (200, "fr")
        await page.until(lambda page: page.state["me"]["culture"] == "fr")
    problem(await alice.put("language", json={"culture": "de"}), 422, "invalid")


async def test_they_go_with_their_user(house: House) -> None:
    admin, alice = await house.administrator("SSDEI"), await house.program("alice")
    await choose(alice, hotKeys=[{"key": 1, "number": "4002"}])
    id = house.users["alice"].id
    user = (await admin.get(f"admin/users/{id}")).json()
    gone = await admin.delete(f"admin/users/{id}", params={"version": user["version"]})
    assert gone.status_code == 204, gone.text
    assert not house.rooms.registry.preferences

"""Photos of users: given by themselves or an administrator, shown on their cards to colleagues."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.web.house import House, open_rooms, serving
from tests.web.pictures import bomb, picture
from tests.web.problems import problem

BINARY = {"Content-Type": "application/octet-stream"}


@pytest.fixture
async def house(database: Path) -> AsyncIterator[House]:
    async with open_rooms(database) as opened, serving(*opened) as house:
        yield house


async def give(client: httpx.AsyncClient, raw: bytes, **whose: str) -> httpx.Response:
    return await client.put("user-photo", content=raw, params=whose, headers=BINARY)


async def card(client: httpx.AsyncClient, name: str) -> dict[str, Any]:
    (one,) = (await client.get("contacts", params={"q": name})).json()
    found: dict[str, Any] = one
    return found


async def test_a_photo_is_shown_to_colleagues(house: House) -> None:
    alice, bob = await house.sign_in("alice"), await house.program("bob")
    erin, admin = await house.program("erin"), await house.administrator("SSDEI")
    id = house.users["alice"].id
    assert (await card(bob, "martin"))["photo"] is None
    async with house.page(alice) as page:
        given = await give(alice, picture())
        assert given.status_code == 200, given.text
        await page.until(lambda page: page.state["me"]["photo"] == given.json()["photo"])
    shown = (await card(bob, "martin"))["photo"]
    assert shown == given.json()["photo"]
    served = await bob.get(shown.removeprefix("/api/v1/"))
    with Image.open(io.BytesIO(served.content)) as found:
        assert (found.format, found.size) == ("JPEG", (192, 96))
    again = await bob.get(
        shown.removeprefix("/api/v1/"), headers={"If-None-Match": served.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert (await erin.get(f"contacts/{id}/photo")).status_code == 404
    user = (await admin.get(f"admin/users/{id}")).json()
    assert user["photo"] and user["photo"][:8] in shown

    replaced = await give(admin, picture("JPEG", (50, 50), "blue"), user=id)
    assert replaced.json()["photo"] not in (None, shown)
    with Image.open(io.BytesIO((await bob.get(f"contacts/{id}/photo")).content)) as found:
        assert found.size == (50, 50)
    gone = await alice.delete("user-photo")
    assert gone.json() == {"user": id, "photo": None}
    assert (await card(bob, "martin"))["photo"] is None
    assert (await bob.get(f"contacts/{id}/photo")).status_code == 404


async def test_what_is_no_photo_of_one_s_own_is_refused(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    admin, others = await house.administrator("SSDEI"), await house.administrator("Other")
    await give(alice, picture())
    before = (await card(bob, "martin"))["photo"]
    for raw, words in (
        (b"no picture at all", "cannot be read"),
        (picture("JPEG")[:400], "cannot be read"),
        (bomb(), "million pixels"),
        (b"", "cannot be read"),
    ):
        refused = problem(await give(alice, raw), 422, "invalid")
        assert words in refused["detail"], refused
    problem(await give(alice, bytes(11 * 1024 * 1024)), 413, "tooLarge")
    id = house.users["alice"].id
    problem(await give(bob, picture(), user=id), 403, "notAllowed")
    unknown = problem(await give(others, picture(), user="unknown"), 404, "notFound")
    assert problem(await give(others, picture(), user=id), 404, "notFound") == unknown
    problem(await give(admin, picture()), 422, "invalid")
    wrong = await alice.put("user-photo", content=b"{}", headers={"Content-Type": "text/csv"})
    problem(wrong, 415, "unsupportedMediaType")
    assert (await card(bob, "martin"))["photo"] == before

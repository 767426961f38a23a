"""Buttons of the Alerter that run a program: a real server, a real helper, a real program."""

import asyncio
import contextlib
import json
import ssl
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.desktop.helping import Helper, arguments, recorder
from tests.peers.answering import CERTIFICATE, KEY
from tests.web.calls import rings
from tests.web.house import House
from tests.web.page import Page
from tests.web.problems import problem
from tests.web.test_alerter import Desk, pops

NASTY = '" & calc\n-x'
"A name that would be a command, a line, or an option of its own."


@pytest.fixture
async def desk(house: House) -> Desk:
    return Desk(house, await house.administrator("SSDEI"))


async def publish(desk: Desk, name: str) -> None:
    contact = {
        "lastName": name,
        "private": False,
        "numbers": [{"kind": "work", "number": "01 55 17 18 89"}],
    }
    made = await desk.admin.post("contacts", params={"company": desk.company}, json=contact)
    assert made.status_code == 201, made.text


async def key(client: httpx.AsyncClient) -> str:
    made = await client.post("api-keys", json={"label": "Desk", "helper": True})
    assert made.status_code == 201, made.text
    secret: str = made.json()["secret"]
    return secret


async def button(page: Page) -> dict[str, Any]:
    """The one that runs a program, once who calls is known."""

    def settled(page: Page) -> bool:
        return bool(pops(page)) and pops(page)[0]["settled"]

    await page.until(settled)
    (found,) = pops(page)
    buttons = [one for one in found["elements"] if one["command"]]
    return {"connection": found["connection"], "command": buttons[0]["command"]}


async def has_helper(page: Page, count: int) -> None:
    await page.until(lambda page: len(page.state["desk"]["helpers"]) == count)


async def test_a_listed_program_is_started_with_what_the_caller_is_called(
    house: House, desk: Desk, tmp_path: Path
) -> None:
    program, told = recorder(tmp_path)
    await desk.grant()
    await publish(desk, NASTY.replace("\n", " "))
    exe = f"{program} [-DisplayName-] /n:[-PhoneNumber-] &quot;[-Lastname-]&quot;"
    template = f'<alerter><button exe="{exe}">Run</button></alerter>'
    assert problem(await desk.write(template), 422, "invalid")["field"] == "text"
    await desk.set("AlerterPrograms", str(program))
    assert (await desk.write(template)).status_code == 200
    await desk.set("AlerterXml", "pop.xml")
    alice, helper = await house.sign_in("alice"), Helper(tmp_path / "computer")
    await helper.connect(house.url, await key(alice))
    async with house.page(alice) as page:
        assert page.state["desk"] == {"helpers": []}
        house.report(rings("1", "4001"))
        shown = await button(page)
        assert problem(await alice.post("desk/run", json=shown), 409, "conflict")["why"] == (
            "noHelper"
        )
        async with helper.running():
            await has_helper(page, 1)
            # Whoever sits there has not said yes yet: the second lock.
            ran = await alice.post("desk/run", json=shown)
            assert ran.json()["outcome"] == "notAllowedHere"
            code, said = await helper.does("allow", "--yes")
            assert code == 0, said
            started = asyncio.create_task(alice.post("desk/run", json=shown))
            name = NASTY.replace("\n", " ")
            assert await arguments(told) == [name, "/n:0155171889", name]
            assert (await started).json()["outcome"] == "started"
            # Nothing but what is shown can be started, and by nobody else.
            other = {**shown, "command": [str(program), "other"]}
            problem(await alice.post("desk/run", json=other), 404, "notFound")
            bob = await house.sign_in("bob")
            await desk.grant("bob")
            problem(await bob.post("desk/run", json=shown), 404, "notFound")
            # Taken from the list, the button is gone, for the server and for the helper.
            await desk.set("AlerterPrograms", "", user=house.users["alice"].id)
            await page.until(lambda page: not pops(page)[0]["elements"])
            problem(await alice.post("desk/run", json=shown), 404, "notFound")
            # Sent away, it comes back by itself.
            await house.rooms.live.stop()
            await helper.says("the connection was closed")
            await house.rooms.live.start()
            await helper.says("connected")
        assert not house.rooms.helpers.of(house.users["alice"].id)


async def test_the_helper_starts_nothing_that_its_server_does_not_list(
    house: House, desk: Desk, tmp_path: Path
) -> None:
    """Even if this computer allows it, and somebody tells it to."""
    program, _ = recorder(tmp_path)
    alice, helper = await house.sign_in("alice"), Helper(tmp_path / "computer")
    await helper.connect(house.url, await key(alice))
    allowed = {"allowed": [str(program)], "refused": []}
    (tmp_path / "computer" / "programs.json").write_text(json.dumps(allowed))
    async with house.page(alice) as page, helper.running():
        await has_helper(page, 1)
        (connected,) = house.rooms.helpers.of(house.users["alice"].id)
        ran = asyncio.create_task(house.rooms.helpers.told(connected, (str(program), "x")))
        assert (await ran).outcome == "notAllowedHere"


@pytest.mark.parametrize(
    ("more", "said"),
    [((), "CERTIFICATE_VERIFY_FAILED"), (("--ca-file", str(CERTIFICATE)), "HTTP/1.1 404 ")],
)
async def test_a_server_shows_who_it_is(tmp_path: Path, more: Sequence[str], said: str) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 404 Not Found\r\n\r\n")
        writer.close()

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE, KEY)
    async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context) as server:
        where = f"https://localhost:{server.sockets[0].getsockname()[1]}"
        code, words = await Helper(tmp_path).does("connect", where, *more, given="tws_1_2\n")
    assert code == 1 and said in words
    assert not (tmp_path / "settings.json").exists()


async def test_a_key_of_a_helper_opens_nothing_else(house: House, tmp_path: Path) -> None:
    alice = await house.sign_in("alice")
    secret = await key(alice)
    program = await house.client(Authorization=f"Bearer {secret}")
    for path in ("contacts?query=x", "call-log", "preferences", "api-keys", "devices"):
        told = problem(await program.get(path), 403, "notAllowed")
        assert told["why"] == "helperOnly"
    async with house.page(program) as told_to:
        assert set(told_to.state) == {"helper"}
    # Nor anybody else's telephone.
    for device in ("4003", "4998"):
        body = {"number": "4101", "device": device}
        told = problem(await program.post("desk/helper/callSelected", json=body), 404, "notFound")
        assert told["field"] == "device"
    problem(await program.put("desk/helper/runs/x", json={"outcome": "started"}), 404, "notFound")
    # Revoked, it ends: what runs says so, and does not try again.
    helper = Helper(tmp_path / "computer")
    await helper.connect(house.url, secret)
    async with helper.running():
        (row,) = (await alice.get("api-keys")).json()
        assert row["helper"] is True
        assert (await alice.delete(f"api-keys/{row['id']}")).status_code == 204
        assert await helper.ended() == 1
    await helper.says("The key is not good any more")

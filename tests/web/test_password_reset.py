"""A forgotten password: whoever gets the account's mail chooses a new one, and nobody learns who
has an account."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from tests.mail.server import Post, post_office
from tests.web.house import PASSWORD, House
from tests.web.problems import problem
from tests.web.test_mail import PUBLIC, Clock, by, clock, mailing, told_at
from tws.access.memory import digest
from tws.access.store import reset
from tws.app.house import House as Whole
from tws.organisation.actor import SYSTEM

__all__ = ["clock"]
NEW = "another right horse battery"
MINUTE = timedelta(minutes=1)


class Reset:
    """A house with a mail server, where alice has an address."""

    def __init__(self, house: House, whole: Whole, post: Post, nobody: httpx.AsyncClient) -> None:
        self.house, self.whole, self.post, self.nobody = house, whole, post, nobody

    async def ask(self, username: str = "alice", **more: Any) -> httpx.Response:
        body = {"username": username, "culture": "fr", **more}
        answer = await self.nobody.post("password-reset", json=body)
        await self.whole.schedule.settle()
        return answer

    async def token(self, number: int = 1) -> str:
        text = (await self.post.arrived(number))[-1].get_content()
        found = re.search(rf"{PUBLIC}/(?:admin)?#reset=(\w+)", text)
        assert found, text
        return found[1]

    async def use(self, token: str, password: str = NEW) -> httpx.Response:
        body = {"token": token, "password": password}
        return await self.nobody.post("password-reset/use", json=body)

    async def signs_in(self, password: str, username: str = "alice", place: str = "login") -> bool:
        account = {"username": username, "password": password}
        return (await self.nobody.post(place, json=account)).status_code == 200


@pytest.fixture
async def forgotten(database: Path, clock: Clock) -> AsyncIterator[Reset]:
    async with mailing(database) as (house, whole), post_office() as post:
        await by(house, post)
        users, alice = house.rooms.organisation.users, house.users["alice"]
        await users.update_user(SYSTEM, alice.id, alice.version, email="alice@ssdei.example")
        yield Reset(house, whole, post, await house.client(Origin=house.url))


async def test_a_letter_opens_the_account_once(forgotten: Reset) -> None:
    assert (await forgotten.nobody.get("password-reset")).json() == {"offered": True}
    alice = await forgotten.house.sign_in("alice")
    assert (await forgotten.ask()).status_code == 204
    token = await forgotten.token()
    (letter,) = forgotten.post.mails
    assert letter["To"] == "alice@ssdei.example" and "nouveau mot de passe" in letter["Subject"]
    async with forgotten.whole.storage.reading() as reader:
        (kept,) = (await reader.execute(select(reset.c.token))).scalars()
    assert kept == digest(token) != token
    problem(await forgotten.use(token, "short"), 422, "invalid")
    assert (await forgotten.use(token)).status_code == 204
    told = problem(await forgotten.use(token), 401, "loginRefused")
    assert told["why"] == "resetOver"
    assert await forgotten.signs_in(NEW) and not await forgotten.signs_in(PASSWORD)
    assert (await alice.get("session")).status_code == 401, "she was signed in with the old one"
    admin = await forgotten.house.administrator("SSDEI")
    log = (await admin.get("admin/audit", params={"action": "password reset"})).json()["entries"]
    assert [(line["actor"], line["action"]) for line in log] == [
        ("alice", "password reset"),
        ("alice", "password reset asked"),
    ]


async def test_nobody_learns_who_has_an_account(forgotten: Reset) -> None:
    answers = [await forgotten.ask(name) for name in ("alice", "nobody", "bob", "admin-SSDEI", "")]
    assert {(one.status_code, one.content) for one in answers} == {(204, b"")}
    assert [mail["To"] for mail in await forgotten.post.arrived(1)] == ["alice@ssdei.example"]


async def test_a_letter_lasts_half_an_hour(forgotten: Reset, clock: Clock) -> None:
    await forgotten.ask()
    token = await forgotten.token()
    clock.ahead += 31 * MINUTE
    problem(await forgotten.use(token), 401, "loginRefused")
    problem(await forgotten.use("0" * 64), 401, "loginRefused")
    assert await forgotten.signs_in(PASSWORD)


async def test_whoever_asks_for_others_takes_nothing_from_them(forgotten: Reset) -> None:
    await forgotten.ask()
    first = await forgotten.token()
    for _ in range(19):
        assert (await forgotten.ask()).status_code == 204
    assert len(forgotten.post.mails) == 3, "a box is not filled"
    assert (await forgotten.ask()).status_code == 429
    assert (await forgotten.ask("nobody")).status_code == 429
    assert await forgotten.signs_in(PASSWORD)
    assert (await forgotten.use(first)).status_code == 204, "letters already sent stay good"
    problem(await forgotten.use(await forgotten.token(3)), 401, "loginRefused")


async def test_only_a_password_that_is_kept_here_is_replaced(forgotten: Reset) -> None:
    house = forgotten.house
    await house.rooms.organisation.parameters.set_parameter(
        SYSTEM, parameter="AuthMethods", value="LDAP", user=house.users["alice"].id
    )
    assert (await forgotten.ask()).status_code == 204
    assert forgotten.post.mails == []


async def test_an_administrator_is_written_to_as_such(forgotten: Reset) -> None:
    await told_at(forgotten.house, "admin-SSDEI", "ada@ssdei.example", culture="en")
    await forgotten.ask("ADMIN-SSDEI", administrator=True)
    token = await forgotten.token()
    assert forgotten.post.mails[0]["Subject"] == "TWS: a new password"
    assert f"{PUBLIC}/admin#reset=" in forgotten.post.mails[0].get_content()
    assert (await forgotten.use(token)).status_code == 204
    assert await forgotten.signs_in(NEW, "admin-SSDEI", "administrator/login")


async def test_who_can_set_the_server_gets_no_letter_to_those_above(forgotten: Reset) -> None:
    """An administrator of SSDEI turns its mails to a server of his own, and asks."""
    house = forgotten.house
    administrators = house.rooms.organisation.administrators
    both = [row.id for row in house.companies.values()]
    wider = await administrators.create_administrator(SYSTEM, username="wider", companies=both)
    password = house.rooms.access.passwords.set_administrator_password
    await password(SYSTEM, wider.id, PASSWORD)
    for name in ("admin-all", "wider"):
        await told_at(house, name, f"{name}@ssdei.example")
        assert (await forgotten.ask(name, administrator=True)).status_code == 204
    assert forgotten.post.mails == []
    # By another's, which nobody below them can set.
    ours = await house.rooms.organisation.companies.create_company(SYSTEM, name="Z")
    house.companies["Z"] = ours
    await by(house, forgotten.post, "Z")
    await forgotten.ask("admin-all", administrator=True)
    assert (await forgotten.post.arrived(1))[0]["To"] == "admin-all@ssdei.example"
    await told_at(house, "wider", "wider@ssdei.example", companies=[*both, ours.id])
    await forgotten.ask("wider", administrator=True)
    assert (await forgotten.post.arrived(2))[1]["To"] == "wider@ssdei.example"


async def test_the_address_is_never_that_of_the_request(forgotten: Reset) -> None:
    body = {"username": "alice"}
    forged = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    answer = await forgotten.nobody.post("password-reset", json=body, headers=forged)
    await forgotten.whole.schedule.settle()
    if answer.status_code == 204:
        await forgotten.token()
    assert all("evil.example" not in mail.get_content() for mail in forgotten.post.mails)
    foreign = await forgotten.house.client(Origin="https://evil.example")
    problem(await foreign.post("password-reset", json=body), 403, "foreignOrigin")


async def test_nothing_is_offered_where_no_mail_can_be_sent(house: House) -> None:
    nobody = await house.client(Origin=house.url)
    assert (await nobody.get("password-reset")).json() == {"offered": False}
    answer = await nobody.post("password-reset", json={"username": "alice"})
    assert answer.status_code == 204

"""Users' own contacts: from a real Radicale, with the directory's account or their own, to the one
who finds them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import granting
from tests.peers import require_peer
from tests.peers.radicale import PASSWORD, READER, Radicale, running_radicale
from tests.web.house import House
from tests.web.pictures import vcard
from tws.connectors.dav.carddav import Carddav

MAILBOXES = {"alice": "marie@arda.example", "bob": "paul@arda.example"}


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    require_peer("radicale")
    (tmp_path / "radicale").mkdir()
    with running_radicale(tmp_path / "radicale") as server:
        server.book("marie", "own", {"1.vcf": vcard("1", "Lemaire")})
        server.book("paul@arda.example", "own", {"1.vcf": vcard("1", "Quillard")})
        yield server


@pytest.fixture
async def house(reading: House) -> House:
    return reading


async def ok(answer: httpx.Response) -> Any:
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


class Office:
    """What administrators set up: a private directory, and a source of calendars, of one server;
    for alice and bob."""

    def __init__(self, house: House, admin: httpx.AsyncClient, server: Radicale) -> None:
        self.house, self.admin, self.server = house, admin, server
        self.directory = self.source = ""

    async def made(self, place: str = "{mailbox}") -> None:
        domain = self.house.domains["Paris"].id
        for username, email in MAILBOXES.items():
            user = self.house.users[username]
            body = {"version": user.version, "email": email}
            await ok(await self.admin.patch(f"admin/users/{user.id}", json=body))
        settings = {
            "url": f"{self.server.url}/{place}/",
            "user": READER,
            "password": PASSWORD,
        }
        directory = {
            "domain": domain,
            "name": "Own",
            "kind": "private",
            "connector": "carddav",
            "settings": settings,
            "mapping": dict(Carddav.suggested),
        }
        made = await ok(await self.admin.post("admin/directories", json=directory))
        self.directory = made["id"]
        for username in MAILBOXES:
            grant = granting.sent(
                granting.directory(self.directory, user=self.house.users[username].id)
            )
            await ok(await self.admin.post("admin/grants", json=grant))
        calendar = {
            "domain": domain,
            "name": "Calendars",
            "connector": "caldav",
            "settings": {**settings, "url": f"{self.server.url}/{{user}}/"},
        }
        made = await ok(await self.admin.post("admin/collaboration-sources", json=calendar))
        self.source = made["id"]

    async def move(self, place: str, version: int) -> None:
        address = f"{self.server.url}/{place}/"
        settings = {"url": address, "user": READER, "password": PASSWORD}
        body = {"version": version, "settings": settings}
        await ok(await self.admin.patch(f"admin/directories/{self.directory}", json=body))

    async def account(self, client: httpx.AsyncClient, password: str) -> None:
        body = {"username": "marie", "password": password}
        await ok(await client.put(f"collaboration-accounts/{self.source}", json=body))

    async def run(self) -> dict[str, Any]:
        async with self.house.page(self.admin) as page:
            address = f"admin/directories/{self.directory}/synchronise"
            id = (await ok(await self.admin.post(address)))["id"]
            key = f"run/{self.directory}"
            over = ("done", "failed", "asking")
            await page.until(
                lambda page: (
                    page.state.get(key, {}).get("id") == id and page.state[key]["state"] in over
                )
            )
            found: dict[str, Any] = page.state[key]
            return found


@pytest.fixture
async def office(house: House, radicale: Radicale) -> Office:
    return Office(house, await house.administrator("SSDEI"), radicale)


async def found(client: httpx.AsyncClient, **asked: str) -> list[str]:
    cards = await ok(await client.get("contacts", params=asked))
    return [card["displayName"] for card in cards if card["source"] != "users"]


async def test_contacts_are_their_users_alone(office: Office, house: House) -> None:
    """Marie's books are at another place than her address says: her own account opens them."""
    await office.made()
    alice, bob = await house.program("alice"), await house.program("bob")
    await office.account(alice, "wrong one")
    run = await office.run()
    assert (run["state"], run["created"], run["problem"]) == ("done", 1, None)
    (unread,) = run["unread"]
    assert unread["mailbox"] == MAILBOXES["alice"] and "own account" in unread["why"]
    assert "wrong one" not in str(run)
    (failed,) = await ok(await alice.get("collaboration-accounts/contacts"))
    assert failed["directory"] == "Own" and failed["unread"] == unread
    assert await ok(await bob.get("collaboration-accounts/contacts")) == []
    assert (await found(alice, q=""), await found(bob, q="")) == ([], ["Quillard"])
    await office.move("{user}", 1)
    await office.account(alice, PASSWORD)
    run = await office.run()
    assert run["created"] == 1 and [one["mailbox"] for one in run["unread"]] == [MAILBOXES["bob"]]
    assert (await found(alice, q=""), await found(bob, q="")) == (["Lemaire"], ["Quillard"])
    await office.account(alice, "changed there")
    await office.move("{mailbox}", 2)
    run = await office.run()
    assert (run["state"], run["deleted"]) == ("done", 0)
    assert [one["mailbox"] for one in run["unread"]] == [MAILBOXES["alice"]]
    assert await found(alice, q="lemaire") == ["Lemaire"]

    # Nobody else finds, looks up, sees or exports them.
    company = house.companies["SSDEI"].id
    (card,) = await ok(await alice.get("contacts", params={"q": "lemaire"}))
    for other in (bob, await house.program("carol"), office.admin):
        where = {"company": company} if other is office.admin else {}
        assert await found(other, q="lemaire", **where) == []
        assert (await other.get(f"contacts/{card['id']}")).status_code == 404
        exported = await other.get("contact-files", params={"contact": card["id"], **where})
        assert exported.status_code == 404
        everything = await other.get("contact-files", params=where)
        assert "Lemaire" not in everything.text
    exported = await alice.get("contact-files", params={"contact": card["id"]})
    assert "Lemaire" in exported.text


async def test_what_is_tried_shows_no_contents(office: Office) -> None:
    await office.made("{user}")
    address = f"admin/directories/{office.directory}/try"
    trial = await ok(await office.admin.post(address))
    (entry,) = trial["entries"]
    assert entry["entry"]["N.FAMILY"] == "•" * len("Lemaire") == entry["name"]

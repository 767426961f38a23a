"""Synchronising a directory: from the administration's operations to what people find, by a real
reader process."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import granting
from tests.web.house import PASSWORD, House
from tests.web.page import Page
from tests.web.problems import problem

MAPPING = {
    "identifier": "id",
    "last_name": "sn",
    "first_name": "gn",
    "work": "tel",
    "work_red": "hide",
}
NOTHING = {"words": "", "template": "", "parameters": {}}
ONE = "id;sn;gn;tel;hide\n1;Lemaire;Marie;01 55 17 18 89;\n"


@pytest.fixture
async def house(reading: House) -> House:
    return reading


class Shelf:
    """A directory that is read from a CSV file."""

    def __init__(self, house: House, admin: httpx.AsyncClient, folder: Path) -> None:
        self.house, self.admin = house, admin
        self.file = folder / "files" / house.companies["SSDEI"].id / "customers.csv"
        self.file.parent.mkdir(parents=True)
        self.id = ""

    async def made(self, **more: Any) -> None:
        domain = self.house.domains["Paris"].id
        body = {
            "domain": domain,
            "name": "Customers",
            "connector": "csv",
            "settings": {"file": self.file.name},
            "mapping": MAPPING,
            **more,
        }
        answer = await self.admin.post("admin/directories", json=body)
        assert answer.status_code == 201, answer.text
        self.id = answer.json()["id"]
        grant = granting.sent(granting.directory(self.id, domain=domain))
        assert (await self.admin.post("admin/grants", json=grant)).status_code == 201

    async def ask(self, what: str) -> httpx.Response:
        return await self.admin.post(f"admin/directories/{self.id}/{what}")

    async def run(self, page: Page, text: str, state: str = "done") -> dict[str, Any]:
        """Synchronise with a file of that text; the run once it is in that state."""
        self.file.write_text(text)
        asked = await self.ask("synchronise")
        assert asked.status_code == 200, asked.text
        run = asked.json()
        assert run["state"] == "reading" and run["by"] == "admin-SSDEI"

        def there(page: Page) -> bool:
            last = page.state.get(f"run/{self.id}", {})
            return bool(last.get("id") == run["id"] and last["state"] == state)

        await page.until(there)
        found: dict[str, Any] = page.state[f"run/{self.id}"]
        return found


@pytest.fixture
async def shelf(house: House, database: Path) -> Shelf:
    return Shelf(house, await house.administrator("SSDEI"), database.parent)


async def test_what_a_source_has_is_found_by_people(house: House, shelf: Shelf) -> None:
    await shelf.made()
    async with house.page(shelf.admin) as page:
        run = await shelf.run(page, ONE + "2;;;0155;\n")
    assert (run["read"], run["created"], run["merged"]) == (2, 1, 1)
    assert run["ignored"] == [
        {
            "why": "nameless",
            "words": "no name, no company and no e-mail address",
            "count": 1,
            "examples": ["id=2 tel=0155"],
            "sentences": [None],
        }
    ]
    alice = await house.program("alice")
    (marie,) = (await alice.get("contacts", params={"q": "lemaire"})).json()
    assert marie["displayName"] == "Marie Lemaire"
    found = (await alice.get("contacts/reverse", params={"number": "+33155171889"})).json()
    assert found["match"]["contact"]["id"] == marie["id"]
    rows = (await shelf.admin.get("admin/directories")).json()
    (row,) = [row for row in rows if row["id"] == shelf.id]
    assert row["synchronised"] is not None
    (report,) = (await shelf.admin.get(f"admin/directories/{shelf.id}/runs")).json()
    assert report == run


async def test_what_comes_from_a_source_is_changed_there(house: House, shelf: Shelf) -> None:
    await shelf.made()
    async with house.page(shelf.admin) as page:
        await shelf.run(page, ONE)
    alice = await house.program("alice")
    (marie,) = (await alice.get("contacts", params={"q": "lemaire"})).json()
    change = {"version": marie["version"], "lastName": "Petit"}
    for client in (alice, shelf.admin):
        problem(await client.patch(f"contacts/{marie['id']}", json=change), 403, "notAllowed")


async def test_a_number_on_the_red_list_is_nobodys_to_see(house: House, shelf: Shelf) -> None:
    await shelf.made()
    async with house.page(shelf.admin) as page:
        await shelf.run(page, ONE.replace("89;", "89;LR"))
    alice = await house.program("alice")
    (marie,) = (await alice.get("contacts", params={"q": "lemaire"})).json()
    hidden = [{"kind": "work", "number": "", "display": "", "extension": "", "red": True}]
    assert marie["numbers"] == hidden
    assert (await alice.get(f"contacts/{marie['id']}")).json()["numbers"] == hidden
    found = await alice.get("contacts/reverse", params={"number": "0155171889"})
    match = found.json()["match"]
    assert (match["name"], match["number"]) == ("Marie Lemaire", "")
    assert "0155" not in found.text.replace(" ", "").partition('"dials"')[0]
    company = {"company": house.companies["SSDEI"].id, "q": "lemaire"}
    (seen,) = (await shelf.admin.get("contacts", params=company)).json()
    assert seen["numbers"][0]["number"] == "01 55 17 18 89"


async def test_a_source_that_cannot_be_read_says_why(house: House, shelf: Shelf) -> None:
    await shelf.made()
    async with house.page(shelf.admin) as page:
        await shelf.run(page, ONE)
        shelf.file.unlink()
        asked = await shelf.ask("synchronise")
        run = asked.json()["id"]
        await page.until(lambda p: p.state[f"run/{shelf.id}"]["state"] == "failed")
        failed = page.state[f"run/{shelf.id}"]
    assert (failed["id"], failed["problem"]) == (run, "misconfigured")
    assert "customers.csv" in failed["words"] and "customers.csv" not in failed["template"]
    assert failed["parameters"] == {"file": "customers.csv"}
    alice = await house.program("alice")
    assert len((await alice.get("contacts", params={"q": "lemaire"})).json()) == 1


async def test_to_delete_much_is_asked_and_answered(house: House, shelf: Shelf) -> None:
    await shelf.made()
    many = "id;sn;gn;tel;hide\n" + "".join(f"{n};Person{n};;;\n" for n in range(40))
    async with house.page(shelf.admin) as page:
        await shelf.run(page, many)
        asking = await shelf.run(page, ONE, state="asking")
        assert asking["deleted"] == 39
        problem(await shelf.ask("synchronise"), 409, "conflict")
        no = await shelf.admin.post(
            f"admin/directories/{shelf.id}/approve", json={"approve": False}
        )
        assert problem(no, 422, "invalid")["field"] == "approve"
        assert page.state[f"run/{shelf.id}"]["state"] == "asking"
        assert (await shelf.ask("approve")).status_code == 200
        await page.until(lambda p: p.state[f"run/{shelf.id}"]["state"] == "done")
        problem(await shelf.ask("approve"), 409, "conflict")
        problem(await shelf.ask("cancel"), 409, "conflict")


async def test_other_administrators_see_no_run(house: House, shelf: Shelf) -> None:
    await shelf.made()
    others = await house.administrator("Other")
    async with house.page(shelf.admin) as page, house.page(others) as theirs:
        await shelf.run(page, ONE)
        assert not [key for key in theirs.state if key.startswith("run/")]
    path = f"admin/directories/{shelf.id}"
    problem(await others.get(f"{path}/runs"), 404, "notFound")


async def test_a_source_is_tried_before_anything_is_read(house: House, shelf: Shelf) -> None:
    await shelf.made()
    shelf.file.write_text(ONE + "2;;;none;\n")
    trial = (await shelf.ask("try")).json()
    assert trial["problem"] is None
    good, bad = trial["entries"]
    assert good["entry"]["sn"] == "Lemaire" and good["name"] == "Marie Lemaire"
    assert (good["numbers"], good["ignored"]) == (["01 55 17 18 89"], "")
    assert bad["ignored"] == "nameless"
    shelf.file.unlink()
    failed = (await shelf.ask("try")).json()
    assert (failed["entries"], failed["problem"]) == ([], "misconfigured")
    assert "customers.csv" in failed["words"]
    assert (await shelf.admin.get(f"admin/directories/{shelf.id}/runs")).json() == []


async def test_a_source_is_tried_before_it_is_stored(house: House, shelf: Shelf) -> None:
    shelf.file.write_text(ONE)
    body = {
        "domain": house.domains["Paris"].id,
        "connector": "csv",
        "settings": {"file": shelf.file.name},
        "mapping": MAPPING,
    }
    before = (await shelf.admin.get("admin/directories")).json()
    (one,) = (await shelf.admin.post("admin/directories/try", json=body)).json()["entries"]
    assert one["name"] == "Marie Lemaire"
    wrong = {**body, "mapping": {"last_name": "sn|z"}}
    answer = await shelf.admin.post("admin/directories/try", json=wrong)
    assert problem(answer, 422, "invalid")["field"] == "mapping.last_name"
    assert (await shelf.admin.get("admin/directories")).json() == before


async def test_a_stored_secret_is_told_to_the_stored_address_only(
    house: House, shelf: Shelf
) -> None:
    heard: list[str] = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]")
        writer.close()

    here, elsewhere = [await asyncio.start_server(hear, "127.0.0.1", 0) for _ in range(2)]
    addresses = [f"http://127.0.0.1:{s.sockets[0].getsockname()[1]}/" for s in (here, elsewhere)]
    settings = {"url": addresses[0], "authentication": "bearer"}
    async with here, elsewhere:
        await shelf.made(connector="json", settings={**settings, "secret": "of the source"})
        body = {
            "domain": house.domains["Paris"].id,
            "directory": shelf.id,
            "connector": "json",
            "settings": {**settings, "items": ""},
            "mapping": MAPPING,
        }
        tried = await shelf.admin.post("admin/directories/try", json=body)
        assert tried.json() == {"entries": [], "problem": None, **NOTHING}
        assert "Bearer of the source" in heard.pop()
        for other in ({"url": addresses[1]}, {"verify": False}):
            moved = {**body, "settings": {**settings, **other}}
            refused = await shelf.admin.post("admin/directories/try", json=moved)
            assert problem(refused, 422, "invalid")["field"] == "settings.secret"
            assert not heard
        mine = {**settings, "url": addresses[1], "secret": "mine"}
        await shelf.admin.post("admin/directories/try", json={**body, "settings": mine})
        assert "Bearer mine" in heard.pop()


async def tws_synchronise(shelf: Shelf, *options: str) -> tuple[int, str, str]:
    """What the command line says: code, answer, progress."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tws.remote", "Customers", "--server", shelf.house.url),
        *("--username", "admin-SSDEI", *options),
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
    )
    out, err = await process.communicate(f"{PASSWORD}\n".encode())
    return process.returncode or 0, out.decode(), err.decode()


async def test_the_command_line_synchronises_too(shelf: Shelf) -> None:
    await shelf.made()
    shelf.file.write_text(ONE)
    code, out, err = await tws_synchronise(shelf)
    assert code == 0, err
    assert out == "done: 1 read, 1 created, 0 updated, 0 deleted, 0 unchanged\n"
    many = "".join(f"{n};Person{n};;;\n" for n in range(40))
    shelf.file.write_text("id;sn;gn;tel;hide\n" + many)
    assert (await tws_synchronise(shelf))[0] == 0
    shelf.file.write_text(ONE)
    code, out, _ = await tws_synchronise(shelf)
    assert code == 1 and out.startswith("cancelled:")
    code, out, _ = await tws_synchronise(shelf, "--yes")
    assert code == 0 and "39 deleted" in out
    shelf.file.unlink()
    code, out, _ = await tws_synchronise(shelf)
    assert code == 1 and "customers.csv" in out


async def test_the_command_line_says_what_it_cannot_do(shelf: Shelf) -> None:
    code, _, err = await tws_synchronise(shelf)
    assert code == 1 and "There is no directory Customers." in err

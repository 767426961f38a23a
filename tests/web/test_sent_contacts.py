"""Contacts that a user's Outlook sends: into that user's own directory, and nobody else's."""

import asyncio
import shutil
import sys
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import granting
from tests.web.house import House
from tests.web.pictures import picture, vcard
from tests.web.problems import problem
from tws import agent
from tws.connectors.outlook import Outlook
from tws.organisation.actor import SYSTEM

ENGLISH = (
    '"First Name","Middle Name","Last Name","Company","Business Phone","Mobile Phone",'
    '"E-mail Address","Web Page"\r\n'
)
FRENCH = (
    '"Titre";"Prénom";"Deuxième prénom";"Nom";"Société";"Téléphone (bureau)";"Tél. mobile";'
    '"Adresse de messagerie";"Page Web"\r\n'
)
MARIE = '"Marie","","Lemaire","SSDEI","0155171889","","marie@lemaire.example",""\r\n'
KINDS = {"csv": {"Content-Type": "text/csv"}, "vcf": {"Content-Type": "text/vcard"}}


@pytest.fixture
async def house(reading: House) -> House:
    return reading


@pytest.fixture
async def directory(house: House) -> dict[str, Any]:
    """Granted to everybody in Paris."""
    admin = await house.administrator("SSDEI")
    domain = house.domains["Paris"].id
    body = {
        "domain": domain,
        "name": "My Outlook",
        "connector": "outlook",
        "kind": "private",
        "settings": {},
        "mapping": dict(Outlook.suggested),
    }
    answer = await admin.post("admin/directories", json=body)
    assert answer.status_code == 201, answer.text
    row: dict[str, Any] = answer.json()
    grant = granting.sent(granting.directory(row["id"], domain=domain))
    assert (await admin.post("admin/grants", json=grant)).status_code == 201
    return row


async def send(
    client: httpx.AsyncClient, text: str, kind: str = "csv", **query: str
) -> httpx.Response:
    return await client.put(
        "contacts/outlook", content=text.encode(), headers=KINDS[kind], params=query
    )


async def found(client: httpx.AsyncClient, q: str) -> list[dict[str, Any]]:
    cards: list[dict[str, Any]] = (await client.get("contacts", params={"q": q})).json()
    return cards


@pytest.mark.usefixtures("directory")
async def test_what_one_sends_is_one_s_own(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    report = await send(alice, ENGLISH + MARIE)
    assert report.status_code == 200, report.text
    assert (report.json()["directory"], report.json()["created"]) == ("My Outlook", 1)
    (marie,) = await found(alice, "lemaire")
    assert (marie["displayName"], marie["source"]) == ("Marie Lemaire", "private")
    assert marie["numbers"][0]["number"] == "0155171889"
    assert await found(bob, "lemaire") == []
    looked_up = await alice.get("contacts/reverse", params={"number": "+33155171889"})
    assert looked_up.json()["match"]["contact"]["id"] == marie["id"]
    # The same people of another user are others; his go without touching hers.
    assert (await send(bob, ENGLISH + MARIE)).json()["created"] == 1
    assert (await send(bob, ENGLISH + MARIE.replace("Marie", "Paul"))).json()["deleted"] == 1
    assert [one["id"] for one in await found(alice, "lemaire")] == [marie["id"]]
    assert (await send(alice, ENGLISH + MARIE)).json()["unchanged"] == 1
    assert [one["displayName"] for one in await found(bob, "lemaire")] == ["Paul Lemaire"]


@pytest.mark.usefixtures("directory")
async def test_a_contact_that_changes_stays_the_same(house: House) -> None:
    alice = await house.program("alice")
    await send(alice, ENGLISH + MARIE)
    (before,) = await found(alice, "lemaire")
    report = (await send(alice, ENGLISH + MARIE.replace("1889", "1890"))).json()
    assert (report["updated"], report["created"], report["deleted"]) == (1, 0, 0)
    (after,) = await found(alice, "lemaire")
    assert (after["id"], after["numbers"][0]["number"]) == (before["id"], "0155171890")
    again = (await send(alice, ENGLISH + MARIE.replace("1889", "1890"))).json()
    assert (again["unchanged"], again["updated"]) == (1, 0)
    twice = (await send(alice, ENGLISH + 2 * MARIE)).json()
    assert (twice["read"], twice["created"]) == (2, 1)


@pytest.mark.usefixtures("directory")
async def test_a_french_outlook_says_the_same(house: House) -> None:
    alice = await house.program("alice")
    row = '"";"Élodie";"";"Roux";"SSDEI";"0155171891";"0612345678";"e@roux.example";""\r\n'
    answer = await alice.put(
        "contacts/outlook", content=(FRENCH + row).encode("cp1252"), headers=KINDS["csv"]
    )
    assert answer.json()["created"] == 1, answer.text
    (elodie,) = await found(alice, "roux")
    assert (elodie["firstName"], elodie["company"]) == ("Élodie", "SSDEI")
    assert [(n["kind"], n["number"]) for n in elodie["numbers"]] == [
        ("work", "0155171891"),
        ("mobile", "0612345678"),
    ]
    assert elodie["email"] == "e@roux.example"


@pytest.mark.usefixtures("directory")
async def test_vcards_are_known_by_their_own_identifier(house: House) -> None:
    alice = await house.program("alice")
    report = (
        await send(alice, vcard("u1", "Lemaire", picture()) + vcard("u2", "X"), "vcf")
    ).json()
    assert (report["created"], report["notes"]) == (2, [])
    (before,) = await found(alice, "lemaire")
    assert before["photo"] is not None
    await send(alice, vcard("u1", "Quillard") + vcard("u2", "X"), "vcf")
    (after,) = await found(alice, "quillard")
    assert after["id"] == before["id"]


@pytest.mark.usefixtures("directory")
async def test_deleting_much_is_asked_about(house: House) -> None:
    alice = await house.program("alice")
    many = [MARIE.replace("Marie", f"Marie{n}").replace("marie@", f"m{n}@") for n in range(30)]
    assert (await send(alice, ENGLISH + "".join(many))).json()["created"] == 30
    few = ENGLISH + "".join(many[:15])
    refused = await send(alice, few)
    problem(refused, 409, "conflict")
    assert (refused.json()["known"], refused.json()["deleted"]) == (30, 15)
    assert len(await found(alice, "marie29")) == 1
    assert (await send(alice, few, approve="true")).json()["deleted"] == 15
    assert await found(alice, "marie29") == []


@pytest.mark.usefixtures("directory")
async def test_the_agent_sends_a_file(house: House, tmp_path: Path) -> None:
    """As the copied file runs, with nothing of TWS beside it."""
    copied = Path(shutil.copy(agent.__file__, tmp_path))
    _, key = await house.rooms.access.keys.create_api_key(
        SYSTEM, house.users["alice"].id, "PC", None
    )
    (tmp_path / "key").write_text(f"{key}\n")
    many = [MARIE.replace("Marie", f"Marie{n}") for n in range(20)]

    async def run(*rows: str, more: tuple[str, ...] = ()) -> tuple[int, str]:
        (tmp_path / "contacts.csv").write_text(ENGLISH + "".join(rows))
        program = [sys.executable, "-I", str(copied), "contacts.csv", "--server", house.url]
        process = await asyncio.create_subprocess_exec(
            *program, "--key-file", "key", *more, stdout=PIPE, stderr=STDOUT, cwd=tmp_path
        )
        said, _ = await process.communicate()
        return process.returncode or 0, said.decode()

    code, said = await run(*many)
    assert (code, said.splitlines()[0]) == (
        0,
        "My Outlook: 20 read, 20 created, 0 updated, 0 deleted, 0 unchanged",
    )
    code, said = await run(MARIE)
    assert code == agent.ASKS and "20 of your 20 contacts would be deleted." in said
    assert "--yes" in said
    code, said = await run(MARIE, more=("--yes",))
    assert code == 0 and "1 created, 0 updated, 20 deleted" in said
    (tmp_path / "key").write_text("wrong")
    assert (await run(MARIE))[0] == 1


async def test_what_cannot_be_taken_is_said(
    house: House, directory: dict[str, Any], database: Path
) -> None:
    alice, carol = await house.program("alice"), await house.program("carol")
    admin, nobody = await house.administrator("SSDEI"), await house.client()
    await send(alice, ENGLISH + MARIE)
    for text, kind in (("a;b\r\n1;2\r\n", "csv"), ("BEGIN:VCARD\r\n", "vcf"), ("", "csv")):
        problem(await send(alice, text, kind), 422, "invalid")
    assert len(await found(alice, "lemaire")) == 1
    problem(await send(carol, ENGLISH + MARIE), 403, "notAllowed")
    problem(await send(admin, ENGLISH + MARIE), 403, "notAllowed")
    problem(await send(nobody, ENGLISH + MARIE), 401, "notSignedIn")
    json = {"Content-Type": "application/json"}
    answer = await alice.put("contacts/outlook", content=b"{}", headers=json)
    problem(answer, 415, "unsupportedMediaType")
    # An administrator who asks for it would otherwise delete what users sent.
    asked = await admin.post(f"admin/directories/{directory['id']}/synchronise")
    problem(asked, 409, "conflict")
    assert list((database.parent / "staging" / "sent").iterdir()) == []

"""Addresses, web site and private fields of contacts that TWS keeps itself."""

import base64
from typing import Any

import httpx
import pytest

from tests.web.house import House
from tests.web.problems import problem
from tws.organisation.model import BuiltIn

EMAILS = ["paul@ssdei.example", "martin@ssdei.example", "pm@home.example"]
ADDRESS = "12 rue de la Paix\n75002 Paris"


async def made(who: httpx.AsyncClient, **more: Any) -> dict[str, Any]:
    answer = await who.post("contacts", json={"lastName": "Lemaire", **more})
    assert answer.status_code == 201, answer.text
    return answer.json()  # type: ignore[no-any-return]


async def changed(who: httpx.AsyncClient, was: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = await who.patch(f"contacts/{was['id']}", json={"version": was["version"], **more})
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


def texts(contact: dict[str, Any]) -> dict[str, str]:
    return {one["label"]: one["text"] for one in contact["fields"]}


@pytest.mark.parametrize("private", [True, False])
async def test_a_contact_has_all_that_others_have(house: House, private: bool) -> None:
    alice = await house.program("alice")
    given = {"Address": f"  {ADDRESS} ", "title": "Buyer", "private2": "a\n\nb"}
    contact = await made(
        alice, private=private, emails=EMAILS, website="www.ssdei.example", fields=given
    )
    assert (contact["email"], contact["emails"]) == (EMAILS[0], EMAILS)
    assert contact["website"] == "https://www.ssdei.example"
    assert contact["fields"] == [
        {"label": "Address", "text": ADDRESS, "address": True, "own": True},
        {"label": "Title", "text": "Buyer", "address": False, "own": True},
        {"label": "Note", "text": "a\n\nb", "address": False, "own": True},
    ]
    # What is left out stays.
    contact = await changed(alice, contact, fields={"Title": ""}, email="new@ssdei.example")
    assert texts(contact) == {"Address": ADDRESS, "Note": "a\n\nb"}
    assert contact["emails"] == ["new@ssdei.example", *EMAILS[1:]]
    twice = [EMAILS[2], " ", EMAILS[2].upper(), EMAILS[0]]
    contact = await changed(alice, contact, emails=twice, email="x@y.example", website="")
    assert (contact["emails"], contact["website"]) == ([EMAILS[2], EMAILS[0]], "")
    assert (await alice.get(f"contacts/{contact['id']}")).json() == contact


REFUSED: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"emails": ["ok@a.example", "none"]}, "emails", "email"),
    ({"emails": [f"{n}@a.example" for n in range(11)]}, "emails", "mostEmails"),
    ({"website": "ftp://a.example"}, "website", "website"),
    ({"website": "javascript:alert(1)"}, "website", "website"),
    ({"website": "https://"}, "website", "website"),
    ({"website": "https://a b.example"}, "website", "website"),
    ({"website": "https://" + "a" * 500}, "website", "longerThan"),
    ({"fields": {"Nothing": "x"}}, "fields.Nothing", "noSuchField"),
    ({"fields": {"Note": "x" * 2001}}, "fields.Note", "longerThan"),
    ({"fields": {"Note": "x\u0085\u009fy"}}, "fields.Note", "controlCharacters"),
)


async def test_what_cannot_be_kept_is_said(house: House) -> None:
    alice = await house.program("alice")
    for body, field, why in REFUSED:
        answer = await alice.post("contacts", json={"lastName": "Lemaire", **body})
        refused = problem(answer, 422, "invalid")
        assert (refused["field"], refused["why"]) == (field, why)
        assert refused["detail"]
    assert (await alice.get("contacts", params={"q": "Lemaire"})).json() == []


async def test_a_contact_is_found_by_its_fields(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    mine = await made(alice, fields={"Note": "Gold member"})
    ours = await made(alice, private=False, fields={"Note": "Golden"})
    asked = {"field": "Note=gold"}
    assert {x["id"] for x in (await alice.get("contacts", params=asked)).json()} == {
        mine["id"],
        ours["id"],
    }
    assert [x["id"] for x in (await bob.get("contacts", params=asked)).json()] == [ours["id"]]
    await changed(alice, mine, fields={"Note": "Silver"})
    assert [x["id"] for x in (await alice.get("contacts", params=asked)).json()] == [ours["id"]]


async def test_administrators_name_the_fields(house: House) -> None:
    alice, admin = await house.program("alice"), await house.administrator("SSDEI")
    contact = await made(alice, fields={"Address": ADDRESS, "Note": "Gold"})
    directory = house.rooms.registry.built_in(house.domains["Paris"].id, BuiltIn.PRIVATE)
    assert directory is not None
    row = (await admin.get(f"admin/directories/{directory.id}")).json()
    assert row["labels"] == {"private0": "Address", "private1": "Title", "private2": "Note"}
    labels = {"private0": "Anschrift", "private2": "Note", "private7": "Kunde seit"}
    renamed = await admin.patch(
        f"admin/directories/{directory.id}",
        json={
            "version": row["version"],
            "labels": labels,
            "mapping": {"private0": "ADR|a", "private2": "NOTE"},
        },
    )
    assert renamed.status_code == 200, renamed.text
    searched = (await alice.get("contacts/directories")).json()
    (own,) = [one for one in searched if one["id"] == directory.id]
    assert own["fields"] == ["Anschrift", "Note", "Kunde seit"]
    assert own["yours"] and own["form"] == [
        {"label": "Anschrift", "address": True},
        {"label": "Note", "address": False},
        {"label": "Kunde seit", "address": False},
    ]
    users = [one for one in searched if one["builtIn"] == "tws_users"]
    assert users and not any(one["form"] or one["yours"] for one in users)
    contact = await changed(alice, contact, fields={"Kunde seit": "2019"})
    assert texts(contact) == {"Anschrift": ADDRESS, "Note": "Gold", "Kunde seit": "2019"}
    found = (await alice.get("contacts", params={"field": "Kunde seit=2019"})).json()
    assert [one["id"] for one in found] == [contact["id"]]


async def test_a_field_may_mark_important_people(house: House) -> None:
    alice, admin = await house.program("alice"), await house.administrator("SSDEI")
    directory = house.rooms.registry.built_in(house.domains["Paris"].id, BuiltIn.PRIVATE)
    assert directory is not None
    body = {"version": directory.version, "labels": {"private0": "[VIP]"}, "mapping": {}}
    await admin.patch(f"admin/directories/{directory.id}", json=body)
    contact = await made(alice, fields={"[VIP]": "Board"})
    assert (contact["vip"], contact["fields"]) == ("Board", [])


async def test_files_keep_the_fields(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    await made(
        alice,
        emails=[*EMAILS, "four@ssdei.example"],
        website="https://www.ssdei.example",
        fields={"Address": ADDRESS, "Title": "Buyer; chief", "Note": "a,b"},
    )
    file = (await alice.get("contact-files")).text
    assert "ADR:;;12 rue de la Paix\\n75002 Paris;;;;\r\n" in file
    assert "TITLE:Buyer\\; chief\r\n" in file and "NOTE:a\\,b\r\n" in file
    table = (await alice.get("contact-files", params={"format": "csv"})).text
    head, row, *_ = table.splitlines()
    assert head.endswith(",email1,email2,email3,email4,website,Address,Title,Note")
    assert "four@ssdei.example" in row
    content = base64.b64encode(file.encode()).decode()
    report = (await bob.post("contact-files", json={"content": content})).json()
    assert (report["created"], report["notKept"]) == (1, [])
    (before,) = (await alice.get("contacts", params={"lastName": "Lemaire"})).json()
    (after,) = (await bob.get("contacts", params={"lastName": "Lemaire"})).json()
    for part in ("emails", "website", "fields"):
        assert after[part] == before[part]

"""Contacts out of files and into them, through the API."""

import base64
import csv
import io
import re
from typing import Any

import httpx
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.web.house import House
from tests.web.pictures import picture, vcard
from tests.web.problems import problem
from tws.spreadsheets import guarded, unguarded

FILE = """BEGIN:VCARD
VERSION:3.0
UID:abc
N:Martin;Paul;;;
FN:Paul Martin
ORG:Société Générale
TEL;TYPE=WORK:+33 1 55 17 18 89
TEL;TYPE=CELL:06 01 02 03 04
EMAIL:paul@sg.example
URL:www.sg.example
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=BCller;Zo=C3=A9
TEL;HOME:04 93 11 22 33
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:group
FN:Friends
END:VCARD
BEGIN:VCARD
VERSION:4.0
UID:abc
FN:Somebody Else
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Without end
"""


async def sent(
    client: httpx.AsyncClient, content: str | bytes, *, private: bool = True, **query: Any
) -> httpx.Response:
    raw = content.encode() if isinstance(content, str) else content
    body = {"content": base64.b64encode(raw).decode(), "private": private}
    return await client.post("contact-files", json=body, params=query)


async def names(client: httpx.AsyncClient, **query: Any) -> list[str]:
    found = (await client.get("contacts", params={"limit": 100, **query})).json()
    return [one["displayName"] for one in found if one["source"] != "users"]


async def test_a_file_is_read_with_a_report(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    done = await sent(alice, FILE)
    assert done.status_code == 200, done.text
    report = done.json()
    assert (report["created"], report["updated"]) == (2, 0)
    assert [one["place"] for one in report["ignored"]] == [3, 4, 5]
    assert "no end" in report["ignored"][2]["why"]
    assert await names(alice) == ["Paul Martin", "Zoé Müller"]
    assert await names(bob) == []
    (paul,) = (await alice.get("contacts", params={"q": "generale"})).json()
    assert paul["numbers"][0]["number"] == "+33 1 55 17 18 89"
    assert [number["kind"] for number in paul["numbers"]] == ["work", "mobile"]
    assert (paul["source"], paul["website"], paul["editable"]) == (
        "private",
        "www.sg.example",
        True,
    )
    # Again, changed: the same contacts. Another user's are their own.
    again = (await sent(alice, FILE.replace("Paul", "Jean"))).json()
    assert (again["created"], again["updated"]) == (0, 2)
    (jean,) = (await alice.get("contacts", params={"q": "generale"})).json()
    assert (jean["id"], jean["firstName"], jean["version"]) == (paul["id"], "Jean", 2)
    assert (await sent(bob, FILE)).json()["created"] == 2
    assert len(await names(alice)) == 2


async def test_what_is_exported_can_be_imported(house: House) -> None:
    alice = await house.program("alice")
    await sent(alice, FILE)
    fields = {"lastName": "Back\\slash; comma, é" + "x" * 60, "company": "Line", "private": True}
    numbers = [{"kind": k, "number": "+33 4 93 11 22 33"} for k in ("assistant", "standard")]
    made = await alice.post("contacts", json={**fields, "numbers": numbers})
    assert made.status_code == 201, made.text
    for format in ("vcard", "vcard3"):
        before = (await alice.get("contacts", params={"limit": 100})).json()
        file = await alice.get("contact-files", params={"format": format})
        assert file.headers["content-type"].startswith("text/vcard")
        assert all(len(line) <= 75 for line in file.content.split(b"\r\n"))
        version = "4.0" if format == "vcard" else "3.0"
        assert file.text.count(f"VERSION:{version}\r\n") == 3
        report = (await sent(alice, file.content)).json()
        assert report == {
            "created": 0,
            "updated": 3,
            "ignored": [],
            "photosLeft": 0,
            "notKept": [],
        }
        after = (await alice.get("contacts", params={"limit": 100})).json()
        assert [{**x, "version": 0} for x in after] == [{**x, "version": 0} for x in before]


async def test_photos_come_in_and_go_out_with_their_cards(house: House) -> None:
    alice = await house.program("alice")
    data = f"data:image/png;base64,{base64.b64encode(picture()).decode()}"
    file = (
        vcard("1", "Lemaire", picture())
        + vcard("2", "Roux").replace("END:VCARD", f"PHOTO:{data}\r\nEND:VCARD")
        + vcard("3", "Text", b"no picture at all")
        + vcard("4", "Elsewhere", "http://127.0.0.1:1/photo")
    )
    report = (await sent(alice, file)).json()
    assert report == {"created": 4, "updated": 0, "ignored": [], "photosLeft": 1, "notKept": []}

    async def photos() -> dict[str, bytes]:
        found = (await alice.get("contacts", params={"limit": 100})).json()
        return {
            one["displayName"]: (await alice.get(one["photo"].removeprefix("/api/v1/"))).content
            for one in found
            if one["photo"] is not None
        }

    before = await photos()
    assert set(before) == {"Lemaire", "Roux"}
    for jpeg in before.values():
        with Image.open(io.BytesIO(jpeg)) as shown:
            assert (shown.format, shown.size) == ("JPEG", (192, 96))
    # A card that has no picture says nothing of the one that is there.
    assert (await sent(alice, vcard("1", "Lemaire") + vcard("2", "Roux"))).json()["updated"] == 2
    assert await photos() == before
    plain = await alice.get("contact-files")
    assert "PHOTO" not in plain.text
    for format, begins in (("vcard", "PHOTO:data:image/jpeg"), ("vcard3", "PHOTO;ENCODING=b")):
        exported = await alice.get("contact-files", params={"format": format, "photos": "true"})
        assert exported.text.count(begins) == 2
        assert all(len(line) <= 75 for line in exported.content.split(b"\r\n"))
        carol = await house.program("carol")
        await sent(carol, exported.content.replace(b"UID:urn:uuid:", f"UID:{format}".encode()))
        one, *_ = (await carol.get("contacts", params={"q": "lemaire"})).json()
        given = (await carol.get(one["photo"].removeprefix("/api/v1/"))).content
        with Image.open(io.BytesIO(given)) as shown:
            assert shown.size == (192, 96)
    csv_file = await alice.get("contact-files", params={"format": "csv", "photos": "true"})
    assert "PHOTO" not in csv_file.text


async def test_administrators_read_and_write_the_public_directory(house: House) -> None:
    admin, alice = await house.administrator("SSDEI"), await house.program("alice")
    company = house.companies["SSDEI"].id
    problem(await sent(alice, FILE, private=False), 403, "notAllowed")
    problem(await sent(admin, FILE, company=company), 422, "invalid")
    done = await sent(admin, FILE, private=False, company=company)
    assert done.json()["created"] == 2
    assert await names(alice) == ["Paul Martin", "Zoé Müller"]
    await alice.post("contacts", json={"lastName": "Mine", "private": True})
    file = await admin.get("contact-files", params={"company": company, "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(file.text)))
    assert [row["lastName"] for row in rows] == ["Martin", "Müller"]
    assert rows[0]["work"] == "'+33 1 55 17 18 89"
    own = await alice.get("contact-files", params={"format": "csv"})
    assert [row["lastName"] for row in csv.DictReader(io.StringIO(own.text))] == ["Mine"]


async def test_a_card_and_a_list_are_exported(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    made = await alice.post("contacts", json={"lastName": "Ours", "private": False})
    mine = await alice.post("contacts", json={"lastName": "Mine", "private": True})
    row = (await alice.post("contact-lists", json={"name": "A", "public": True})).json()
    ids = [made.json()["id"], mine.json()["id"]]
    await alice.post(f"contact-lists/{row['id']}/contacts", json={"contacts": ids})
    one = await bob.get("contact-files", params={"contact": ids[0]})
    assert "FN:Ours\r\n" in one.text and one.text.count("BEGIN:VCARD") == 1
    problem(await bob.get("contact-files", params={"contact": ids[1]}), 404, "notFound")
    theirs = await bob.get("contact-files", params={"list": row["id"]})
    assert "Mine" not in theirs.text and "FN:Ours" in theirs.text
    own = await alice.get("contact-files", params={"list": row["id"]})
    assert own.text.count("BEGIN:VCARD") == 2


async def test_of_nobody_there_is_no_file(house: House) -> None:
    alice = await house.program("alice")
    row = (await alice.post("contact-lists", json={"name": "A"})).json()
    for format in ("vcard", "csv"):
        for what in ({}, {"list": row["id"]}):
            empty = await alice.get("contact-files", params={"format": format, **what})
            assert (empty.status_code, empty.content) == (204, b"")


async def test_no_formula_comes_out(house: House) -> None:
    alice = await house.program("alice")
    for name in ("=1+1", "@SUM(A1)", "-2", "+3", "a;=1"):
        await alice.post("contacts", json={"lastName": name, "private": True})
    file = await alice.get("contact-files", params={"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(file.text)))
    assert sorted(row["lastName"] for row in rows) == [
        "'+3",
        "'-2",
        "'=1+1",
        "'@SUM(A1)",
        "a;'=1",
    ]


@given(st.text(max_size=5) | st.text("'=+a;\n\r", max_size=7))
def test_the_apostrophe_is_taken_off_again(text: str) -> None:
    for cell in re.split("[;\n\r]", guarded(text)):
        assert not cell.startswith(("=", "+", "-", "@", "\t"))
    assert not guarded(text).startswith("\r")
    assert unguarded(guarded(text)) == text


async def test_bad_files_change_nothing(house: House) -> None:
    alice = await house.program("alice")
    card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:N{}\r\nUID:{}\r\nEND:VCARD\r\n"
    many = "".join(card.format(n, n) for n in range(1001))
    for content, words in (("", "no vCard"), ("a,b\n1,2\n", "no vCard"), (many, "1000 cards")):
        refused = problem(await sent(alice, content), 422, "invalid")
        assert words in refused["detail"] and refused["field"] == "content"
    assert await names(alice) == []
    most = "".join(card.format(n, n) for n in range(1000))
    assert (await sent(alice, most)).json()["created"] == 1000


async def test_what_has_no_place_is_named(house: House) -> None:
    alice = await house.program("alice")
    home = "ADR;TYPE=home:;;8 rue du Test;Lyon;;69001;France"
    lines = ("FN:Zoé Adr", "ADR;PREF=1:;;5 rue du Test;Paris;;75001;France", home, "NOTE:Gold")
    more = ("NOTE:Silver", "GENDER:F", "TITLE:Buyer", "REV:20260101")
    card = "\r\n".join(("BEGIN:VCARD", "VERSION:4.0", *lines, *more, "END:VCARD", ""))
    report = (await sent(alice, card.encode())).json()
    assert (report["created"], report["notKept"]) == (1, ["ADR", "GENDER"])
    (kept,) = (await alice.get("contacts", params={"lastName": "Adr"})).json()
    assert [(one["label"], one["text"]) for one in kept["fields"]] == [
        ("Address", "5 rue du Test, 75001 Paris, France"),
        ("Title", "Buyer"),
        ("Note", "Gold\nSilver"),
    ]


async def test_a_number_that_nobody_can_call_is_no_reason_not_to_save_the_others(
    house: House,
) -> None:
    alice = await house.program("alice")
    odd = "BEGIN:VCARD\nVERSION:4.0\nUID:odd\nFN:Odile\nTEL;TYPE=WORK:4092 perso\nEND:VCARD\n"
    assert (await sent(alice, odd)).json()["created"] == 1
    (odile,) = (await alice.get("contacts", params={"q": "odile"})).json()
    kept = [{"kind": one["kind"], "number": one["number"]} for one in odile["numbers"]]
    assert kept == [{"kind": "work", "number": "4092 perso"}]
    more = [*kept, {"kind": "mobile", "number": "06 11 22 33 44 (perso)"}]
    body = {"version": odile["version"], "numbers": more}
    changed = await alice.patch(f"contacts/{odile['id']}", json=body)
    assert changed.status_code == 200, changed.text
    assert [one["display"] for one in changed.json()["numbers"]] == [
        "4092 perso",
        "06 11 22 33 44 (perso)",
    ]
    body = {"version": changed.json()["version"], "numbers": [*more, {"number": "12 rue"}]}
    refused = await alice.patch(f"contacts/{odile['id']}", json=body)
    assert problem(refused, 422, "invalid")["field"] == "numbers"

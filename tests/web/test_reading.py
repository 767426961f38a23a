"""Devices, calls, the call log and contacts, asked for once."""

import asyncio
from typing import Any

from tests.web.calls import OUTSIDE, answered, dials, ends, rings
from tests.web.house import House
from tests.web.problems import problem
from tws.organisation.actor import SYSTEM

MARTIN = {
    "firstName": "Paul",
    "lastName": "Martin",
    "company": "Widget & Co",
    "email": "paul@widget.example",
    "numbers": [{"kind": "work", "number": "01 55 17 18 89"}],
}


async def test_devices_and_calls_are_what_the_live_stream_tells(house: House) -> None:
    alice = await house.program("alice")
    house.report(rings("1", "4001"), dials("2", "4002", "4003"), rings("2", "4003", "4002"))
    await house.rooms.bus.settle()
    async with house.page(alice) as page:
        devices, calls = (await alice.get("devices")).json(), (await alice.get("calls")).json()
        assert {f"device/{one['id']}": one for one in devices} == {
            k: v for k, v in page.state.items() if k.startswith("device/")
        }
        assert {one["connection"]: one for one in calls} == {
            one["connection"]: one for one in page.calls()
        }
        assert len(devices) == 2 and len(calls) == 2


async def test_an_administrator_has_no_devices(house: House) -> None:
    admin = await house.administrator()
    problem(await admin.get("devices"), 403, "notAllowed")
    problem(await admin.get("calls"), 403, "notAllowed")


# ---------------------------------------------------------------- the call log


async def finished(house: House, count: int) -> None:
    """So many answered calls of alice from bob, written down."""
    for number in range(count):
        call = str(100 + number)
        house.report(rings(call, "4001", "4003"), answered(call, "4001"), ends(call, "4001"))
    await house.rooms.bus.settle()
    await house.rooms.journal.flush()


async def test_the_call_log(house: House) -> None:
    house.report(rings("1", "4001"), ends("1", "4001"))
    house.report(dials("2", "4001", "4003"), ends("2", "4001"))
    await finished(house, 1)
    alice = await house.program("alice")
    page = (await alice.get("call-log")).json()
    assert page["before"] is None
    assert [(e["direction"], e["outcome"]) for e in page["entries"]] == [
        ("incoming", "answered"),
        ("outgoing", "cancelled"),
        ("incoming", "missed"),
    ]
    newest, _, missed = page["entries"]
    assert (newest["number"], newest["name"]) == ("4003", "Bob Durand")
    assert newest["contact"] == house.users["bob"].id
    assert missed["display"] == "01 55 17 18 89" and missed["device"] == house.device("4001")
    for query, found in (
        ({"direction": "outgoing"}, 1),
        ({"outcome": "missed"}, 1),
        ({"outcome": ["missed", "answered"]}, 2),
        ({"text": "durand"}, 2),
        ({"text": "0155171889"}, 1),
        ({"text": "nobody"}, 0),
    ):
        given: Any = query
        entries = (await alice.get("call-log", params=given)).json()["entries"]
        assert len(entries) == found, query
    bob = await house.program("bob")
    assert (await bob.get("call-log")).json()["entries"] == []


async def test_the_call_log_comes_in_pages(house: House) -> None:
    await finished(house, 7)
    alice = await house.program("alice")
    seen, before = [], None
    while True:
        query = {"limit": 3} if before is None else {"limit": 3, "before": before}
        page = (await alice.get("call-log", params=query)).json()
        seen += [entry["id"] for entry in page["entries"]]
        if (before := page["before"]) is None:
            break
    assert len(seen) == len(set(seen)) == 7


async def test_wrong_questions_to_the_call_log(house: House) -> None:
    alice = await house.program("alice")
    for query, field in (
        ({"limit": 0}, "limit"),
        ({"limit": 100_000}, "limit"),
        ({"direction": "sideways"}, "direction"),
        ({"outcome": "eaten"}, "outcome.0"),
        ({"before": "yesterday"}, "before"),
        ({"text": "a\x00b"}, "text"),
    ):
        given: Any = query
        answer = await alice.get("call-log", params=given)
        assert problem(answer, 422, "invalid")["field"] == field, query
    theirs = await alice.get("call-log", params={"user": house.users["bob"].id})
    unknown = await alice.get("call-log", params={"user": "unknown"})
    assert problem(theirs, 404, "notFound") == problem(unknown, 404, "notFound")


# ---------------------------------------------------------------- contacts


async def test_a_contact_from_writing_to_deleting(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    made = await alice.post("contacts", json=MARTIN)
    assert made.status_code == 201
    contact = made.json()
    assert contact["displayName"] == "Paul Martin" and contact["source"] == "private"
    assert contact["numbers"] == [
        {
            "kind": "work",
            "number": "01 55 17 18 89",
            "display": "01 55 17 18 89",
            "extension": "",
            "red": False,
        }
    ]
    address = f"contacts/{contact['id']}"
    assert (await alice.get(address)).json() == contact
    assert (await alice.get("contacts", params={"q": "mart paul"})).json() == [contact]
    problem(await bob.get(address), 404, "notFound")
    assert (await bob.get("contacts", params={"q": "widget"})).json() == []

    body = {"version": contact["version"], "lastName": "Martini"}
    changed = (await alice.patch(address, json=body)).json()
    assert (changed["lastName"], changed["firstName"]) == ("Martini", "Paul")
    late = problem(await alice.patch(address, json=body), 409, "conflict")
    assert late["version"] == changed["version"]
    gone = await alice.delete(address, params={"version": changed["version"]})
    assert gone.status_code == 204
    problem(await alice.get(address), 404, "notFound")


async def test_public_contacts_are_the_companys(house: House) -> None:
    alice, carol = await house.program("alice"), await house.program("carol")
    erin = await house.program("erin")
    made = (await alice.post("contacts", json={**MARTIN, "private": False})).json()
    assert made["source"] == "public"
    assert (await carol.get(f"contacts/{made['id']}")).json() == made
    change = {"version": made["version"], "email": ""}
    problem(await carol.patch(f"contacts/{made['id']}", json=change), 403, "notAllowed")
    theirs = problem(await erin.get(f"contacts/{made['id']}"), 404, "notFound")
    assert theirs == problem(await erin.get("contacts/unknown"), 404, "notFound")
    assert theirs == problem(await erin.get("contacts/%00"), 404, "notFound")
    problem(await erin.patch(f"contacts/{made['id']}", json=change), 404, "notFound")
    problem(await erin.delete(f"contacts/{made['id']}?version=1"), 404, "notFound")


async def test_colleagues_are_contacts(house: House) -> None:
    alice = await house.program("alice")
    (bob,) = (await alice.get("contacts", params={"q": "durand"})).json()
    assert bob["source"] == "users" and bob["user"] == house.users["bob"].id
    assert bob["company"] == "SSDEI"
    names = {one["displayName"] for one in (await alice.get("contacts")).json()}
    assert names == {"Alice Martin", "Bob Durand", "Carol Petit"}


async def test_whose_number_it_is(house: House) -> None:
    alice, erin = await house.program("alice"), await house.program("erin")
    contact = (await alice.post("contacts", json=MARTIN)).json()
    for number in ("01 55 17 18 89", "+33 (0)1 55 17 18 89", OUTSIDE):
        answer = await alice.get("contacts/reverse", params={"number": number})
        match = answer.json()["match"]
        assert match["name"] == "Paul Martin" and match["contact"] == contact
        assert match["kind"] == "work" and match["others"] == []
        theirs = await erin.get("contacts/reverse", params={"number": number})
        assert theirs.json()["match"] is None
    written = await alice.get("contacts/reverse", params={"number": "+33 (0)1 55 17 18 89"})
    assert written.json()["dials"] == OUTSIDE and not written.json()["tooLong"]
    longer = await alice.get("contacts/reverse", params={"number": "1" * 21})
    assert longer.json()["tooLong"]
    both = await alice.get(
        "contacts/reverse", params={"number": "01 55 17 18 89 / 06 01 02 03 04"}
    )
    assert both.json() == {
        "match": None,
        "dials": None,
        "tooLong": False,
        "several": ["01 55 17 18 89", "06 01 02 03 04"],
    }
    assert written.json()["several"] == []
    for number in ("", "Paul", "9" * 200):
        answer = await alice.get("contacts/reverse", params={"number": number})
        assert answer.status_code == 422 or answer.json()["match"] is None
        assert answer.json().get("dials") is None
    problem(await alice.get("contacts/reverse"), 422, "invalid")


async def test_contacts_that_cannot_be(house: House) -> None:
    alice = await house.program("alice")
    for body, field in (
        ({}, "lastName"),
        ({"lastName": 1}, "lastName"),
        ({"lastName": "a\nb"}, "lastName"),
        ({"lastName": "x" * 101}, "lastName"),
        ({"lastName": "Martin", "email": "nowhere"}, "email"),
        ({"lastName": "Martin", "numbers": [{"number": "Paul"}]}, "numbers"),
        ({"lastName": "Martin", "numbers": [{"number": "1", "kind": "fax"}]}, "numbers.0.kind"),
        ({"lastName": "Martin", "numbers": "0155171889"}, "numbers"),
        ({"lastName": "Martin", "owner": house.users["bob"].id}, "owner"),
        ({"lastName": "Martin", "private": "yes"}, "private"),
    ):
        answer = await alice.post("contacts", json=body)
        assert problem(answer, 422, "invalid")["field"] == field, body


async def test_an_administrator_names_the_company(house: House) -> None:
    admin = await house.administrator("SSDEI")
    problem(await admin.get("contacts"), 422, "invalid")
    other = house.companies["Other"].id
    theirs = problem(await admin.get("contacts", params={"company": other}), 404, "notFound")
    unknown = await admin.get("contacts", params={"company": "unknown"})
    assert theirs == problem(unknown, 404, "notFound")
    own = await admin.get("contacts", params={"company": house.companies["SSDEI"].id})
    assert len(own.json()) == 3


async def test_concurrent_changes_of_one_contact_lose_none(house: House) -> None:
    alice = await house.program("alice")
    contact = (await alice.post("contacts", json={"lastName": "0"})).json()
    address = f"contacts/{contact['id']}"

    async def one_more() -> None:
        """Read, add one, write; again when somebody was faster."""
        while True:
            seen = (await alice.get(address)).json()
            body = {"version": seen["version"], "lastName": str(int(seen["lastName"]) + 1)}
            answer = await alice.patch(address, json=body)
            if answer.status_code == 200:
                return
            problem(answer, 409, "conflict")

    await asyncio.gather(*(one_more() for _ in range(20)))
    assert (await alice.get(address)).json()["lastName"] == "20"


async def test_a_renamed_colleague_is_found_by_the_new_name(house: House) -> None:
    alice = await house.program("alice")
    row = house.users["bob"]
    await house.rooms.organisation.users.update_user(
        SYSTEM, row.id, row.version, last_name="Dupond"
    )
    assert (await alice.get("contacts", params={"q": "durand"})).json() == []
    assert len((await alice.get("contacts", params={"q": "dupond"})).json()) == 1

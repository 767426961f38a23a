"""Notes in the event journal, through the API: whose they are, what they are about, who reads
them."""

from typing import Any

import httpx
import pytest

from tests import granting
from tests.web.calls import OUTSIDE, answered, ends, rings
from tests.web.house import House
from tests.web.problems import problem
from tws.organisation.actor import SYSTEM
from tws.organisation.grant import GrantKind
from tws.organisation.parameters.catalogue.caller import AUTHORIZE_NOTE


async def made(program: httpx.AsyncClient, text: str, **more: Any) -> Any:
    answer = await program.post("notes", json={"text": text, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def read(program: httpx.AsyncClient, **query: Any) -> list[str]:
    answer = await program.get("notes", params=query)
    assert answer.status_code == 200, answer.text
    return [note["text"] for note in answer.json()["entries"]]


async def settled(house: House) -> None:
    await house.rooms.bus.settle()
    await house.rooms.journal.flush()
    await house.rooms.bus.settle()


async def called(house: House, program: httpx.AsyncClient, call: str = "1") -> Any:
    """An outside call that alice answered, in her log."""
    house.report(rings(call, "4001"), answered(call, "4001"), ends(call, "4001"))
    await settled(house)
    return (await program.get("call-log")).json()["entries"][0]


async def test_a_note_from_writing_to_deleting(house: House) -> None:
    alice = await house.program("alice")
    note = await made(alice, " Bring the plans.\r\nBoth of them. ")
    assert note["text"] == "Bring the plans.\nBoth of them."
    assert (note["author"], note["mine"], note["public"]) == ("Alice Martin", True, False)
    assert note["call"] is None and note["contact"] is None and note["number"] == ""
    address = f"notes/{note['id']}"
    changed = (await alice.patch(address, json={"version": 1, "text": "Bring one."})).json()
    assert (changed["text"], changed["version"]) == ("Bring one.", 2)
    late = await alice.patch(address, json={"version": 1, "public": True})
    assert problem(late, 409, "conflict")["version"] == 2
    problem(await alice.delete(address, params={"version": 1}), 409, "conflict")
    assert (await alice.delete(address, params={"version": 2})).status_code == 204
    problem(await alice.delete(address, params={"version": 2}), 404, "notFound")
    assert await read(alice) == []


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 2001, "a\x00b"])
async def test_text_that_is_no_note(house: House, text: str) -> None:
    alice = await house.program("alice")
    problem(await alice.post("notes", json={"text": text}), 422, "invalid")


async def test_a_private_one_is_the_author_s_alone(house: House) -> None:
    alice, bob, carol = [await house.program(name) for name in ("alice", "bob", "carol")]
    note = await made(alice, "Mine")
    assert await read(bob) == []
    problem(await bob.patch(f"notes/{note['id']}", json={"version": 1}), 404, "notFound")
    problem(await bob.delete(f"notes/{note['id']}", params={"version": 1}), 404, "notFound")
    await alice.patch(f"notes/{note['id']}", json={"version": 1, "public": True})
    assert await read(bob) == ["Mine"] and await read(bob, mine=True) == []
    assert await read(carol) == [], "she is of another domain"
    refused = await bob.patch(f"notes/{note['id']}", json={"version": 2, "text": "Yours"})
    assert problem(refused, 403, "notAllowed")["why"] == "ownersOnly"
    problem(await carol.delete(f"notes/{note['id']}", params={"version": 2}), 404, "notFound")


async def test_about_a_call_a_number_and_a_contact(house: House) -> None:
    alice = await house.program("alice")
    contact = {
        "lastName": "Lemaire",
        "private": True,
        "numbers": [{"kind": "work", "number": "01 55 17 18 89"}],
    }
    id = (await alice.post("contacts", json=contact)).json()["id"]
    line = await called(house, alice)
    call = await made(alice, "About the call", call=line["id"])
    assert (call["call"], call["thread"]) == (line["id"], line["thread"])
    assert (call["contact"], call["name"]) == (id, "Lemaire")
    number = await made(alice, "About the number", number="+33 1 55 17 18 89")
    assert (number["contact"], number["display"]) == (id, "01 55 17 18 89")
    await made(alice, "About her", contact=id)
    await made(alice, "About nothing")
    about = ["About her", "About the number", "About the call"]
    assert await read(alice, contact=id) == about
    assert await read(alice, number=OUTSIDE) == about[1:]
    assert await read(alice, number="4003", contact=id) == about
    assert await read(alice, text="lemaire call") == ["About the call"]
    assert await read(alice, text="nobody") == []
    for refused in (
        {"call": "nothing"},
        {"contact": "nobody"},
        {"call": line["id"], "contact": id},
        {"number": "no number"},
    ):
        answer = await alice.post("notes", json={"text": "x", **refused})
        assert answer.status_code in (404, 422), refused


async def test_who_a_public_one_is_about_is_told_as_its_reader_sees_it(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    contact = {"lastName": "Secret", "numbers": [{"kind": "work", "number": "01 55 17 18 89"}]}
    mine = (await alice.post("contacts", json={**contact, "private": True})).json()["id"]
    line = await called(house, alice)
    await made(alice, "Wants the plans", call=line["id"], public=True)
    await made(alice, "Is ill", contact=mine, public=True)
    notes = (await bob.get("notes")).json()["entries"]
    assert [(one["text"], one["name"], one["contact"], one["display"]) for one in notes] == [
        ("Is ill", "", None, ""),
        ("Wants the plans", "", None, "01 55 17 18 89"),
    ]
    assert notes[0]["author"] == "Alice Martin" and "Secret" not in str(notes)
    assert await read(bob, text="secret") == [], "who it is about is not found out by searching"


async def test_a_note_on_another_s_call_needs_the_right_to_his_log(house: House) -> None:
    alice, bob = await house.program("alice"), await house.program("bob")
    line = await called(house, alice)
    refused = await bob.post("notes", json={"text": "Hm", "call": line["id"]})
    problem(refused, 404, "notFound")
    rights = granting.of_people(
        GrantKind.CALL_LOG, {"user": house.users["alice"].id}, user=house.users["bob"].id
    )
    await house.rooms.organisation.grants.create_grant(SYSTEM, **rights)
    note = await made(bob, "I know him", call=line["id"], public=True)
    assert note["thread"] == line["thread"]
    assert await read(alice) == ["I know him"]


async def test_who_may_write_none(house: House) -> None:
    alice, admin = await house.program("alice"), await house.administrator("SSDEI")
    note = await made(alice, "Before")
    async with house.page(alice) as page:
        assert page.state["parameters"]["values"][AUTHORIZE_NOTE] is True
        row = await house.rooms.organisation.parameters.set_parameter(
            SYSTEM, parameter=AUTHORIZE_NOTE, value=False, version=None,
            user=house.users["alice"].id,
        )  # fmt: skip
        await page.until(lambda page: page.state["parameters"]["values"][AUTHORIZE_NOTE] is False)
    assert row.value is False
    refused = await alice.post("notes", json={"text": "After"})
    assert problem(refused, 403, "notAllowed")["parameters"] == {"parameter": AUTHORIZE_NOTE}
    address = f"notes/{note['id']}"
    problem(await alice.patch(address, json={"version": 1, "text": "x"}), 403, "notAllowed")
    assert await read(alice) == ["Before"]
    assert (await alice.delete(address, params={"version": 1})).status_code == 204
    problem(await admin.get("notes"), 403, "notAllowed")


async def test_windows_hear_of_notes(house: House) -> None:
    alice, bob, carol = [await house.program(name) for name in ("alice", "bob", "carol")]
    async with house.page(alice) as mine, house.page(bob) as theirs, house.page(carol) as far:
        before = [page.state["journal"]["changed"] for page in (mine, theirs, far)]
        note = await made(alice, "Private")
        await mine.until(lambda page: page.state["journal"]["changed"] != before[0])
        await alice.patch(f"notes/{note['id']}", json={"version": 1, "public": True})
        await theirs.until(lambda page: page.state["journal"]["changed"] != before[1])
        assert len([frame for frame in theirs.frames if frame["type"] == "change"]) == 1
        await made(carol, "A sign that all before has come")
        await far.until(lambda page: page.state["journal"]["changed"] != before[2])
        assert len([frame for frame in far.frames if frame["type"] == "change"]) == 1


async def test_pages_of_notes(house: House) -> None:
    alice = await house.program("alice")
    for n in range(5):
        await made(alice, str(n))
    page = (await alice.get("notes", params={"limit": 2})).json()
    found = [one["text"] for one in page["entries"]]
    oldest = page["entries"][-1]["created"]
    assert await read(alice, since=oldest) == ["4", "3"]
    while page["before"]:
        query = {"limit": 2, "before": page["before"]}
        page = (await alice.get("notes", params=query)).json()
        found += [one["text"] for one in page["entries"]]
    assert found == list("43210")
    problem(await alice.get("notes", params={"before": "x"}), 422, "invalid")

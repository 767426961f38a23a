"""A domain's dial plan by the API: looked at, tried, changed, kept in files; and what follows."""

import base64
from typing import Any

import httpx
import pytest

from tests.web.house import House
from tests.web.problems import problem
from tws.numbering.sheets import read_sheet

EXAMPLE = {"direction": "dialled", "number": "+33155171889", "expected": "00155171889"}


@pytest.fixture
async def admin(house: House) -> httpx.AsyncClient:
    return await house.administrator("SSDEI")


@pytest.fixture
def address(house: House) -> str:
    return f"admin/domains/{house.domains['Paris'].id}/dialPlan"


def file(content: bytes) -> dict[str, str]:
    return {"content": base64.b64encode(content).decode()}


async def tried(admin: httpx.AsyncClient, address: str, **body: Any) -> Any:
    answer = await admin.post(f"{address}/test", json={"direction": "dialled", **body})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_plan_begins_as_the_default_set(admin: httpx.AsyncClient, address: str) -> None:
    plan = (await admin.get(address)).json()
    assert plan["defaultOutgoing"] is True and len(plan["outgoingRules"]) == 9
    assert (plan["externalPrefix"], plan["emergencyNumbers"]) == ("0", ["112"])


async def test_the_tester_shows_every_rule_and_the_winner(
    admin: httpx.AsyncClient, address: str
) -> None:
    found = await tried(admin, address, number="+39 12334477")
    assert found["result"] == "00039" + "12334477"
    assert [one["verdict"] for one in found["tried"]].count("applied") == 1
    won = next(one for one in found["tried"] if one["verdict"] == "applied")
    assert (won["rule"]["priority"], won["pattern"]) == (40, "+")
    received = await tried(admin, address, number="00155171889", direction="lookedUp")
    assert received["result"] == "+33155171889"
    shown = await tried(admin, address, number="00155171889", direction="displayed")
    assert shown["result"] == "01 55 17 18 89"
    refused = await admin.post(f"{address}/test", json={"direction": "dialled", "number": "x"})
    assert problem(refused, 422, "invalid")["field"] == "number"


async def test_a_draft_is_tried_without_being_stored(
    admin: httpx.AsyncClient, address: str
) -> None:
    saved = await admin.patch(address, json={"version": 1, "numberExamples": [EXAMPLE]})
    assert saved.json()["numberExamples"] == [EXAMPLE]
    found = await tried(admin, address, number="4092", draft={"externalPrefix": "9"})
    assert found["broken"] == [{"example": EXAMPLE, "result": "90155171889"}]
    assert (await admin.get(address)).json()["externalPrefix"] == "0"


async def test_a_change_that_breaks_an_example_is_not_stored(
    admin: httpx.AsyncClient, address: str
) -> None:
    await admin.patch(address, json={"version": 1, "numberExamples": [EXAMPLE]})
    refused = await admin.patch(address, json={"version": 2, "externalPrefix": "9"})
    told = problem(refused, 422, "invalid")
    assert told["field"] == "numberExamples"
    assert told["broken"] == [{**EXAMPLE, "result": "90155171889"}]
    assert (await admin.get(address)).json()["version"] == 2
    # the domain's own form is no way around it
    domain = address.removesuffix("/dialPlan")
    refused = await admin.patch(domain, json={"version": 2, "externalPrefix": "9"})
    problem(refused, 422, "invalid")


async def test_a_bad_rule_is_refused_with_its_place(
    admin: httpx.AsyncClient, address: str
) -> None:
    rules = [
        {"priority": 1, "pattern": "33", "value": "0"},
        {"priority": 2, "pattern": "[(?=3)]", "value": "0"},
    ]
    refused = await admin.patch(address, json={"version": 1, "outgoingRules": rules})
    told = problem(refused, 422, "invalid")
    assert (told["field"], told["row"]) == ("outgoingRules", 1)
    assert "look-around, (?=," in told["detail"]


async def test_rules_in_files(admin: httpx.AsyncClient, address: str) -> None:
    csv = await admin.get(f"{address}/rules")
    assert csv.headers["content-disposition"] == 'attachment; filename="outgoing-rules.csv"'
    assert len(read_sheet(csv.content)) == 9
    read = await admin.post(f"{address}/rules", json=file(csv.content))
    rules = read.json()
    assert rules == (await admin.get(address)).json()["outgoingRules"]
    saved = await admin.patch(address, json={"version": 1, "outgoingRules": rules[:2]})
    assert saved.json()["defaultOutgoing"] is False
    json = await admin.get(f"{address}/rules", params={"format": "json"})
    read = await admin.post(f"{address}/rules", json=file(json.content))
    assert read.json() == rules[:2]
    bad = b"priority,pattern,value\n1,[(],0\n"
    for sent, field in ((file(bad), "file"), ({"content": "%"}, "content")):
        refused = await admin.post(f"{address}/rules", json=sent)
        assert problem(refused, 422, "invalid")["field"] == field
    back = await admin.patch(address, json={"version": 2, "outgoingRules": None})
    assert back.json()["defaultOutgoing"] is True


async def test_another_companys_plan_does_not_exist(house: House, address: str) -> None:
    stranger = await house.administrator("Other")
    user = await house.sign_in("alice")
    for client, status in ((stranger, 404), (user, 403)):
        body = {"direction": "dialled", "number": "1"}
        for answer in (
            await client.get(address),
            await client.patch(address, json={"version": 1}),
            await client.post(f"{address}/test", json=body),
            await client.get(f"{address}/rules"),
            await client.post(f"{address}/rules", json=file(b"x")),
        ):
            assert answer.status_code == status, answer.text


async def test_a_rule_that_leaves_nothing_of_a_number_dials_nothing(
    house: House, admin: httpx.AsyncClient, address: str
) -> None:
    rules = [{"priority": 1, "name": "Gone", "pattern": "55", "value": ""}]
    saved = await admin.patch(address, json={"version": 1, "outgoingRules": rules})
    assert saved.status_code == 200, saved.text
    tested = await admin.post(f"{address}/test", json={"direction": "dialled", "number": "55"})
    alice = await house.program("alice")
    body = {"device": house.device("4001"), "called": "55"}
    called = await alice.post("telephony/makeCall", json=body)
    for refused in (tested, called):
        told = problem(refused, 422, "invalid")
        assert "The rule Gone of the dial plan leaves nothing" in told["detail"]


@pytest.mark.parametrize(
    ("pattern", "value", "why"),
    [
        ("33", "$1", "groupOfNone"),
        ("[33(.)]", "${1}", "groupNamed"),
        ("33", "abc", "valueSigns"),
        (r"[[\d-[5]]]", "0", "subtractionNotOffered"),
    ],
)
async def test_a_rule_that_means_something_else_is_refused(
    admin: httpx.AsyncClient, address: str, pattern: str, value: str, why: str
) -> None:
    rules = [{"priority": 1, "pattern": pattern, "value": value}]
    for direction in ("outgoingRules", "incomingRules"):
        refused = await admin.patch(address, json={"version": 1, direction: rules})
        told = problem(refused, 422, "invalid")
        assert (told["field"], told["row"], told["why"]) == (direction, 0, why)

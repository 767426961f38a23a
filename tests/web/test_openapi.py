"""The description of the API: complete, and true of what is sent."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from tests.web.calls import answered, ends, rings
from tests.web.house import House, running_house
from tests.web.slow import flip, stuck
from tws.telephony.commands import USER_COMMANDS, operation
from tws.telephony.event_reports import DoNotDisturbChanged
from tws.telephony.model import DeviceId
from tws.web.errors import CODES
from tws.web.live.stream import Limits
from tws.web.rooms import WebSettings
from tws.web.server import openapi


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi()


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        found["operationId"]: found
        for methods in document["paths"].values()
        for found in methods.values()
    }


def test_it_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"] == "TWS" and document["info"]["version"]
    assert json.loads(json.dumps(document)) == document


def test_it_has_every_operation(document: dict[str, Any]) -> None:
    known = operations(document)
    named = {operation(command) for command in USER_COMMANDS} | {
        "listDevices",
        "listCalls",
        "listCallLog",
        "searchContacts",
        "reverseLookup",
        "login",
        "loginAdministrator",
        "logout",
        "getSession",
        "getInitialisation",
        "initialise",
        "changePassword",
        "createApiKey",
        "listApiKeys",
        "revokeApiKey",
        "getHealth",
        "setUserPassword",
        "setGroupMembers",
        "listDialects",
        "getLinkSnippets",
        "listLinkStates",
        "listDeviceStates",
        "listCallGaps",
        "live",
    }
    assert named <= known.keys()
    assert len(known) == sum(len(methods) for methods in document["paths"].values())


def test_no_reference_leads_nowhere(document: dict[str, Any]) -> None:
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    schemas = document["components"]["schemas"]
    assert named == schemas.keys(), named ^ schemas.keys()


def test_every_operation_is_told_with_its_errors(document: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in document["tags"]}
    for name, found in operations(document).items():
        assert found.get("description"), name
        assert set(found["tags"]) <= tags and found["tags"], name
        if name == "live":
            continue
        assert any(status.startswith(("2", "3")) for status in found["responses"]), name
        for status, response in found["responses"].items():
            if status.startswith(("2", "3")) or name == "getHealth":
                continue
            (content,) = response["content"].values()
            for code, example in content["examples"].items():
                assert CODES[code][0] == int(status) == example["value"]["status"]
                jsonschema.validate(example["value"], within(document, "Problem"))
        public = name.startswith("login") or name in (
            *("getInitialisation", "initialise", "getHealth"),
            *("getPasswordReset", "askPasswordReset", "resetPassword"),
        )
        assert (found.get("security") == []) == public, name


def test_every_body_is_closed_and_shows_an_example(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for name, found in operations(document).items():
        content = found.get("requestBody", {}).get("content", {})
        if "application/json" not in content:
            continue  # none, or a file
        schema = content["application/json"]["schema"]
        body = schemas[schema["$ref"].rpartition("/")[2]]
        assert body["additionalProperties"] is False, name
        (example,) = body["examples"]
        jsonschema.validate(example, {**body, "components": document["components"]})


def within(document: dict[str, Any], name: str) -> dict[str, Any]:
    """The schema `name` of the document, able to find the others."""
    return {"$ref": f"#/components/schemas/{name}", "components": document["components"]}


FRAMES = {
    "snapshot": "LiveSnapshot",
    "resumed": "LiveResumed",
    "change": "LiveChange",
    "moment": "LiveMoment",
    "tick": "LiveTick",
    "restart": "LiveRestart",
}


async def test_frames_are_as_described(database: Path, document: dict[str, Any]) -> None:
    limits = Limits(tick=0.2, slow=0.2)
    async with running_house(database, settings=WebSettings(limits=limits)) as house:
        user = house.page(await house.program("alice"))
        admin = house.page(await house.administrator())
        async with user, admin:
            house.report(rings("1", "4001"), DoNotDisturbChanged(DeviceId("4001"), True))
            await user.until(lambda p: bool(p.calls()))
            house.report(answered("1", "4001"), ends("1", "4001"))
            await user.until(lambda p: bool(p.moments) and p.frames[-1]["type"] == "tick")
            house.cut()
            await admin.until(lambda p: p.n > 0)
            user.cut()
            await user.open()
            slow = await stuck(house, house.page(await house.program("alice")))
            await flip(house, user, 100_000)
            slow.socket.transport.resume_reading()
            await slow.closed()
            frames = user.frames + admin.frames + slow.frames
        assert {frame["type"] for frame in frames} == FRAMES.keys()
        for frame in frames:
            jsonschema.validate(frame, within(document, FRAMES[frame["type"]]))


async def test_answers_are_as_described(house: House, document: dict[str, Any]) -> None:
    house.report(rings("1", "4001"), rings("2", "4001"), ends("2", "4001"))
    await house.rooms.bus.settle()
    await house.rooms.journal.flush()
    await house.parameter("AuthorizedExternalChat", True, "alice")
    alice, admin = await house.program("alice"), await house.administrator()
    contact = {"lastName": "Martin", "numbers": [{"number": "0155171889"}], "private": False}
    await alice.post("contacts", json=contact)
    await alice.post("contacts", json={**contact, "private": True})
    company, asked = house.companies["SSDEI"].id, 0
    template, text = {"company": company, "name": "a.xml"}, {"text": "<alerter/>"}
    for path, methods in document["paths"].items():
        found = methods.get("get")
        # A browser's way back from a provider: `tests.web.test_openid`; a ticket of Windows:
        # `tests.web.test_windows`.
        if found is None or "{" in path or path.endswith(("/live", "/callback", "/ticket")):
            continue
        of_people = path.endswith(("/second-factor", "/sessions", "/passkeys"))
        client = admin if "/admin/" in path or of_people else alice
        query = {"number": "0155171889"} if path.endswith("/reverse") else {}
        if path.endswith("/application-users"):
            query = {"application": "TWS Caller"}
        if path.endswith(("/files", "/configuration", "/templates", "/tokens")):
            query = {"company": company}
        if path.endswith("/template"):
            await admin.put(path.removeprefix("/api/v1/"), params=template, json=text)
            query = template
        answer = await client.get(path.removeprefix("/api/v1/"), params=query)
        assert answer.status_code == 200, path
        content = found["responses"]["200"]["content"]
        kind = answer.headers["content-type"].partition(";")[0]
        assert kind in content, path
        if kind != "application/json":  # a file
            continue
        schema = content["application/json"]["schema"]
        jsonschema.validate(answer.json(), {**schema, "components": document["components"]})
        asked += 1
    assert asked > 15


async def test_it_is_served(house: House, document: dict[str, Any]) -> None:
    client = await house.client()
    assert (await client.get(f"{house.url}/api/openapi.json")).json() == document


def test_no_value_is_described_as_the_errors_are(document: dict[str, Any]) -> None:
    """Of two shapes with one name the later would stand for both."""
    schemas = document["components"]["schemas"]
    assert schemas["Problem"]["title"] == "Problem"
    assert schemas["RunProblem"]["enum"]
    assert "RunProblem" in str(schemas["RunValue"]["properties"]["problem"])

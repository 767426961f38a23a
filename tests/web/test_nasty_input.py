"""Whatever is sent to whichever operation: the answer is a problem that names it, no fault."""

import json
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.web.house import House
from tests.web.problems import problem
from tws.web.server import openapi

NASTY: tuple[str, ...] = (
    "null",
    '""',
    '" "',
    '"' + "x" * 10_000 + '"',
    "-1",
    str(2**70),
    "1.5",
    "1e400",
    "NaN",
    "true",
    "[]",
    "{}",
    '[["x"]]',
    '{"a": {"b": 1}}',
    '"\\u0000"',
    '"\\ud800"',
    '"\\r\\nAction: Logoff\\r\\n"',
    '"\U0001f642\u202e\u0660"',
    '"\' OR 1=1 --"',
    '"../../etc/passwd"',
)
"JSON texts for any member."
WORDS = ("", "\x00", "x" * 5000, "../..", "%", "-1", "null", "\U0001f642", "99999999999999999999")
"For any parameter of an address."
LEAVING = ("logout",)
"Would end the session of the test."


async def answered(client: httpx.AsyncClient, method: str, url: str, **sent: Any) -> None:
    answer = await client.request(method, url, **sent)
    if answer.status_code >= 400:
        assert answer.status_code not in (500, 502), (method, url, sent, answer.text)
        problem(answer, answer.status_code, answer.json()["code"])


@pytest.mark.timeout(300)
async def test_no_body_and_no_parameter_makes_a_fault(house: House) -> None:
    document = openapi()
    alice, admin = await house.program("alice"), await house.administrator()
    house.pbx().refuses = True
    for path, methods in document["paths"].items():
        for method, found in methods.items():
            if found["operationId"] in (*LEAVING, "live"):
                continue
            client = admin if "/admin/" in path else alice
            url = path.removeprefix("/api/v1/")
            await bad_bodies(client, method, url, examples(house, document, found))
            await bad_parameters(client, method, url, found)
    assert (await alice.get("devices")).status_code == 200


def examples(
    house: House, document: dict[str, Any], found: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """For each member of an operation's body: a body that is right but for that one."""
    if "application/json" not in found.get("requestBody", {}).get("content", {}):
        return {}
    reference = found["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    schema = document["components"]["schemas"][reference.rpartition("/")[2]]
    known = {
        "device": house.device("4001"),
        "user": house.users["alice"].id,
        "link": house.links["Paris"].id,
        "domain": house.domains["Paris"].id,
        "dialect": "paper",
    }
    (example,) = schema["examples"]
    right = {n: known.get(n, v) if isinstance(v, str) else v for n, v in example.items()}
    return {member: right for member in schema["properties"]}


async def bad_bodies(
    client: httpx.AsyncClient, method: str, url: str, bodies: dict[str, dict[str, Any]]
) -> None:
    """Each member in its turn is made nasty."""
    kind = {"Content-Type": "application/json"}
    for member, example in bodies.items():
        for value in NASTY:
            rest = {name: one for name, one in example.items() if name != member}
            text = (
                json.dumps(rest)[:-1] + (", " if rest else "") + f"{json.dumps(member)}: {value}}}"
            )
            await answered(
                client,
                method,
                url.replace("{id}", "unknown"),
                content=text.encode("utf-8", "surrogatepass"),
                headers=kind,
            )


async def bad_parameters(
    client: httpx.AsyncClient, method: str, url: str, found: dict[str, Any]
) -> None:
    body: dict[str, Any] = {"json": {}} if "requestBody" in found else {}
    if "{id}" in url:
        for word in WORDS:
            if word and word != "../..":
                await answered(client, method, url.replace("{id}", quote(word, safe="")), **body)
    for parameter in found.get("parameters", ()):
        if parameter["in"] == "query":
            for word in WORDS:
                await answered(
                    client,
                    method,
                    url.replace("{id}", "unknown"),
                    params={parameter["name"]: word},
                    **body,
                )

"""Every operation, asked by somebody of another company: as if nothing were there.

What an administrator and a user of Other are answered about things of SSDEI is, to the last byte,
what they are answered about ids that nothing has.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.organisation.world import contents
from tests.web.house import House
from tests.web.naming import NAMES_NOTHING, NAMING, SUPER_USERS_ONLY
from tests.web.problems import problem
from tests.web.things import things
from tests.web.walking import (
    ADDRESSES,
    DOCUMENT,
    UNKNOWN,
    as_nothing,
    examples,
    number_of_audits,
    same,
    sent,
    tells_none,
    unknown,
)
from tws.web.answers import JSON

PLAIN_QUERY = {
    *("personal", "traces"),
    *("q", "text", "number", "direction", "outcome", "before", "after", "limit", "version"),
    *("from", "to", "which", "format", "parameter", "name", "approve", "photos"),
    *("application", "kind", "objectKind", "granteeKind", "actor", "action", "since", "until"),
    *("open", "acknowledged", "server", "culture", "mine"),
    "key",
    *("lastName", "firstName", "companyName", "email", "field"),
}
"Parameters that name no row."
OF_NO_ROW = {"loginWithOpenId": {"id"}, "reportRun": {"id"}}
"Ids that everybody is told; and that of an order, which is in memory."


def test_the_walk_leaves_no_operation_out() -> None:
    assert not NAMING.keys() & NAMES_NOTHING
    assert ADDRESSES.keys() == NAMING.keys() | NAMES_NOTHING, "tell tests/web/naming.py of it"
    assert SUPER_USERS_ONLY <= NAMING.keys()


@pytest.mark.parametrize("operation", sorted(ADDRESSES))
def test_the_walk_leaves_no_id_out(operation: str) -> None:
    named = {name for ask in NAMING.get(operation, []) for name in ask.named()}
    missing = set(ids_of(operation)) - named - OF_NO_ROW.get(operation, set())
    assert not missing, f"no example of {operation} names somebody else's {missing}"


def ids_of(operation: str) -> Iterator[str]:
    """The members of a request that name a row, as `Ask.named` calls them."""
    _, _, found = ADDRESSES[operation]
    for parameter in found.get("parameters", []):
        if parameter["in"] == "path":
            yield "id"
        elif parameter["in"] == "query" and parameter["name"] not in PLAIN_QUERY:
            yield f"query.{parameter['name']}"
    if "application/json" in found.get("requestBody", {}).get("content", {}):
        reference = found["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        schema = DOCUMENT["components"]["schemas"][reference.rpartition("/")[2]]
        for name, member in schema["properties"].items():
            if _takes_an_id(member):
                yield f"body.{name}"


def _takes_an_id(schema: dict[str, Any]) -> bool:
    """Whether it is, may be or contains a `tws.web.shapes.Id`."""
    inside = [*schema.get("anyOf", []), *([schema["items"]] if "items" in schema else [])]
    is_id = schema.get("maxLength") == 64 and schema.get("minLength") == 1
    return is_id or any(_takes_an_id(one) for one in inside)


async def test_a_stranger_is_answered_as_if_nothing_were_there(house: House) -> None:
    own, their = await things(house, "Berlin"), await things(house, "Paris")
    people = (
        await house.administrator("Other"),
        await house.program("erin"),
        await house.sign_in("erin"),
    )
    for domain in house.domains:
        house.pbx(domain).refuses = True
    before, told = contents(house.rooms.registry), await number_of_audits(house)
    asked = len(house.pbx("Paris").asked)
    ids = [their[name] for name in their.keys() - ONE_MAY_KNOW]
    for operation, ask in examples():
        foreign, strange = ask.filled(own, their), ask.filled(own, unknown(their))
        for person in people:
            if foreign == strange:
                # What a super user may is walked by `test_lower_administrators`.
                if operation not in SUPER_USERS_ONLY:
                    assert tells_none(await sent(person, operation, foreign), ids), foreign
                continue
            answer = await as_nothing(person, operation, foreign, strange)
            assert tells_none(answer, ids), (operation, foreign)
            if ask.id is not None and ask.id.startswith("their "):
                # Nor does it matter which version of the row is named.
                late = await sent(person, operation, foreign.of_version(99))
                assert same(late) == same(answer), (operation, foreign)
    assert contents(house.rooms.registry) == before
    assert await number_of_audits(house) == told
    assert len(house.pbx("Paris").asked) == asked


ONE_MAY_KNOW = {"number", "place", "service", "trace", "backup"}
"What an answer may repeat, as it was asked for, or says of every company alike."


async def test_those_of_the_company_are_answered_otherwise(house: House) -> None:
    """So what the walk asks for is there, and asked for rightly."""
    own = await things(house, "Berlin")
    people = (
        await house.administrator("Other"),
        await house.program("erin"),
        await house.administrator(),
    )
    house.pbx("Berlin").refuses = True
    for operation, ask in examples():
        if operation in SUPER_USERS_ONLY and not ask.named():
            continue
        # Nothing is deleted or changed on the way: another version of it was seen.
        given = ask.filled(own, own).of_version(99)
        answers = [await sent(person, operation, given) for person in people]
        # Who is asked for the name of what is to be erased has found it.
        asked = [a for a in answers if "nameToErase" in a.text]
        found = [a for a in answers if a.status_code < 400 or a.status_code == 409 or asked]
        assert found, (operation, given, [answer.text for answer in answers])
        refused = "superUsersOnly" in answers[0].text
        assert refused == (operation in SUPER_USERS_ONLY), "tell tests/web/naming.py of it"


async def test_who_is_not_signed_in_is_asked_to(house: House) -> None:
    """Before anything of what they ask is looked at: whether it exists, or can be right."""
    nobody, their = await house.client(), await things(house, "Paris")
    before, told = contents(house.rooms.registry), await number_of_audits(house)
    for operation, (method, path, found) in ADDRESSES.items():
        if operation == "live" or not found.get("security", True):
            continue
        for id in (their["user"], UNKNOWN):
            url = path.replace("{id}", id).replace("{trace}", "x").replace("{name}", "x")
            body: dict[str, Any] = {"json": {}} if method in ("post", "put", "patch") else {}
            if kinds := found.get("requestBody", {}).get("content", {}).keys() - {JSON}:
                body = {"content": b"x", "headers": {"Content-Type": min(kinds)}}
            answer = await nobody.request(method, url, **body)
            problem(answer, 401, "notSignedIn")
    assert contents(house.rooms.registry) == before
    assert await number_of_audits(house) == told

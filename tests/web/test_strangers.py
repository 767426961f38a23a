"""Every operation, asked by somebody of another company: as if nothing were there.

What an administrator and a user of Other are answered about things of SSDEI is, to the last byte,
what they are answered about ids that nothing has.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from tests import granting
from tests.organisation.world import contents
from tests.web.asking import Ask
from tests.web.calls import answered, at, ends, parked, rings
from tests.web.house import PASSWORD, House
from tests.web.naming import NAMES_NOTHING, NAMING
from tests.web.pictures import photographed, picture
from tests.web.problems import problem
from tws.access.login_method import Credentials
from tws.incidents.model import Wanted
from tws.organisation.actor import SYSTEM
from tws.organisation.applications import Application
from tws.storage.audit import audit
from tws.telephony.event_reports import Held
from tws.telephony.model import ConnectionState, SnapshotConnection
from tws.web.answers import JSON
from tws.web.server import openapi

UNKNOWN = "01a20000-0000-7000-8000-000000000000"
NOBODYS = "4998"
Names = dict[str, str]
"What an example calls a thing -> its id."
PLACES = {
    "SSDEI": ("Paris", "alice", "4001", "4099", "4097"),
    "Other": ("Berlin", "erin", "5001", "5099", "5097"),
}
"Domain, user, telephone, the number of a colleague's that rings, and a park place."
PLAIN_QUERY = {
    *("q", "text", "number", "direction", "outcome", "before", "after", "limit", "version"),
    *("from", "to", "which", "format", "parameter", "name", "approve", "photos"),
    *("application", "kind", "objectKind", "granteeKind", "actor", "action", "since", "until"),
    *("open", "acknowledged"),
    *("lastName", "firstName", "companyName", "email", "field"),
}
"Parameters that name no row."
OF_NO_ROW = {"loginWithOpenId": {"id"}}
"Ids that everybody is told."
PHOTO = picture()
DOCUMENT = openapi()
ADDRESSES = {
    found["operationId"]: (method, path.removeprefix("/api/v1/"), found)
    for path, methods in DOCUMENT["paths"].items()
    for method, found in methods.items()
}


def test_the_walk_leaves_no_operation_out() -> None:
    assert not NAMING.keys() & NAMES_NOTHING
    assert ADDRESSES.keys() == NAMING.keys() | NAMES_NOTHING, "tell tests/web/naming.py of it"


@pytest.mark.parametrize("operation", sorted(ADDRESSES))
def test_the_walk_leaves_no_id_out(operation: str) -> None:
    named = {name for ask in NAMING.get(operation, []) for name in ask.named()}
    missing = set(ids_of(operation)) - named - OF_NO_ROW.get(operation, set())
    assert not missing, f"no example of {operation} names somebody else's {missing}"


def ids_of(operation: str) -> Iterator[str]:
    """The members of a request that name a row, as `Ask.named` calls them."""
    _, _, found = ADDRESSES[operation]
    for parameter in found.get("parameters", []):
        if parameter["in"] == "path" and operation not in NAMES_NOTHING:
            assert parameter["name"] == "id"
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
    own, their = await things(house, "Other"), await things(house, "SSDEI")
    nothing = {**dict.fromkeys(their, UNKNOWN), "number": NOBODYS, "place": NOBODYS}
    nothing["name"] = "Nobody"
    people = (await house.administrator("Other"), await house.program("erin"))
    for domain in house.domains:
        house.pbx(domain).refuses = True
    before, told = contents(house.rooms.registry), await number_of_audits(house)
    asked = len(house.pbx("Paris").asked)
    for operation, asks in NAMING.items():
        for ask in asks:
            foreign, strange = ask.filled(own, their), ask.filled(own, nothing)
            for person in people:
                answer = await sent(person, operation, foreign)
                ids = their.keys() - {"number", "place"}  # may be repeated, as it was asked for
                assert not [name for name in ids if their[name] in answer.text], foreign
                if foreign == strange:
                    continue
                listed = lists(operation) and answer.status_code == 200
                assert listed or refuses(answer), (foreign, answer.text)
                assert same(answer) == same(await sent(person, operation, strange)), foreign
                if ask.id is not None and ask.id.startswith("their "):
                    # Nor does it matter which version of the row is named.
                    late = await sent(person, operation, foreign.of_version(99))
                    assert same(late) == same(answer), foreign
    assert contents(house.rooms.registry) == before
    assert await number_of_audits(house) == told
    assert len(house.pbx("Paris").asked) == asked


async def test_those_of_the_company_are_answered_otherwise(house: House) -> None:
    """So what the walk asks for is there, and asked for rightly."""
    own = await things(house, "Other")
    people = (
        await house.administrator("Other"),
        await house.program("erin"),
        await house.administrator(),
    )
    house.pbx("Berlin").refuses = True
    for operation, asks in NAMING.items():
        for ask in asks:
            # Nothing is deleted or changed on the way: another version of it was seen.
            given = ask.filled(own, own).of_version(99)
            answers = [await sent(person, operation, given) for person in people]
            # Who is asked for the name of what is to be erased has found it.
            asked = [a for a in answers if "nameToErase" in a.text]
            found = [a for a in answers if a.status_code < 400 or a.status_code == 409 or asked]
            assert found, (operation, given, [answer.text for answer in answers])


async def things(house: House, company: str) -> Names:
    """Something of everything of a company: calls, contacts and a line of the call log too."""
    rooms, organisation = house.rooms, house.rooms.organisation
    domain, username, number, colleagues, place_of_parked = PLACES[company]
    place, user, link = house.domains[domain], house.users[username], house.links[domain]
    house.cut(domain)
    house.connect(domain)
    (incident,) = await rooms.incidents.list_incidents(SYSTEM, Wanted(), place.company, 1)
    group = await organisation.groups.create_group(SYSTEM, domain=place.id, name="Group")
    everybody = await organisation.groups.create_group(SYSTEM, domain=place.id, name="Everybody")
    colleague = await organisation.users.create_user(
        SYSTEM, domain=place.id, username=f"colleague-{company}"
    )
    await organisation.groups.set_members(
        SYSTEM, everybody.id, everybody.version, [user.id, colleague.id]
    )
    await organisation.devices.create_device(
        SYSTEM, user=colleague.id, link=link.id, number=colleagues
    )
    granted = await organisation.grants.create_grant(
        SYSTEM, **granting.application(Application.TOOLKIT, user=user.id)
    )
    administrator = await organisation.administrators.create_administrator(
        SYSTEM, username=f"another-{company}", companies=[place.company]
    )
    directory = await organisation.directories.create_directory(
        SYSTEM, domain=place.id, name="Directory", connector="paper", settings={"host": "x"}
    )
    user_import = await organisation.user_imports.create_user_import(
        SYSTEM,
        domain=place.id,
        name="Employees",
        connector="paper",
        settings={"host": "x"},
        fields={"username": "name", "identifier": "id", "number": "tel"},
        link=link.id,
    )
    connection = await organisation.scim_connections.create_scim_connection(
        SYSTEM, domain=place.id, name="Entra ID", link=link.id
    )
    await rooms.provisioning.tokens.make_token(SYSTEM, connection.id)
    source = await organisation.collaboration.create_collaboration_source(
        SYSTEM,
        domain=place.id,
        name="Calendars",
        connector="ical",
        settings={"url": "http://127.0.0.1:1/{user}.ics"},
    )
    queue = await organisation.grantees.create_queue(SYSTEM, domain=place.id, name="Queue")
    intercom = await organisation.grantees.create_intercom_group(
        SYSTEM, domain=place.id, name="Intercom"
    )
    await organisation.grants.create_grant(
        SYSTEM, **granting.directory(directory.id, user=colleague.id)
    )
    await organisation.grants.create_grant(
        SYSTEM, **granting.calendars({"user": user.id}, user=colleague.id)
    )
    value = await organisation.parameters.set_parameter(
        SYSTEM, parameter="timeSynchronizationDirectories", value="04:00", domain=place.id
    )
    key, _ = await rooms.access.keys.create_api_key(SYSTEM, user.id, "to revoke", None)
    signed, _ = await rooms.access.signing.login(Credentials(username, PASSWORD), agent="")
    await rooms.access.second_factors.begin(signed)
    await rooms.access.passwords.set_administrator_password(SYSTEM, administrator.id, PASSWORD)
    shown_by = Credentials(administrator.username, PASSWORD)
    manager, _ = await rooms.access.signing.login_administrator(shown_by, agent="")
    await rooms.access.second_factors.begin(manager)
    program = await house.program(username)
    contact, private = [
        await program.post("contacts", json={"lastName": f"Of {company}", "private": private})
        for private in (False, True)
    ]
    friends = await program.post("contact-lists", json={"name": f"Friends of {company}"})
    in_it = {"contacts": [contact.json()["id"], private.json()["id"]]}
    await program.post(f"contact-lists/{friends.json()['id']}/contacts", json=in_it)
    await photographed(house.storage, contact.json()["id"], private.json()["id"])
    await rooms.bus.settle()
    house.report(rings("1", number), answered("1", number), ends("1", number), domain=domain)
    house.report(rings("2", number), answered("2", number), domain=domain)
    two = rings("2", number).connection
    house.report(Held(connection=two), rings("3", number), answered("3", number), domain=domain)
    house.report(rings("4", colleagues), domain=domain)
    house.report(rings("5", number), answered("5", number), domain=domain)
    waits = SnapshotConnection(at("5", place_of_parked), ConnectionState.QUEUED)
    house.pbx(domain).calls[waits.connection.device] = (waits,)
    house.report(parked("5", number, place_of_parked), domain=domain)
    await rooms.bus.settle()
    await rooms.journal.flush()
    house.devices |= {x.number: x for x in rooms.registry.devices.values()}
    held, active = house.legs(number)
    (ringing,) = house.legs(colleagues)
    return {
        "company": place.company,
        "domain": place.id,
        "user": user.id,
        "name": user.last_name,
        "device": house.device(number),
        "number": colleagues,
        "place": place_of_parked,
        "link": link.id,
        "group": group.id,
        "directory": directory.id,
        "collaboration source": source.id,
        "user import": user_import.id,
        "SCIM connection": connection.id,
        "queue": queue.id,
        "intercomGroup": intercom.id,
        "parameter value": value.id,
        "grant": granted.id,
        "incident": incident.id,
        "administrator": administrator.id,
        "key": key.id,
        "session": signed.session or "",
        "contact": contact.json()["id"],
        "private contact": private.json()["id"],
        "contact list": friends.json()["id"],
        "leg": active,
        "held leg": held,
        "ringing leg": ringing,
    }


async def sent(client: httpx.AsyncClient, operation: str, ask: Ask) -> httpx.Response:
    method, path, _ = ADDRESSES[operation]
    url = path if ask.id is None else path.replace("{id}", ask.id)
    given: dict[str, Any] = {"json": ask.body}
    if operation == "setUserPhoto":
        given = {"content": PHOTO, "headers": {"Content-Type": "application/octet-stream"}}
    return await client.request(method, url, params=dict(ask.query), **given)


def same(answer: httpx.Response) -> object:
    """All that could tell one answer from another, but for the number that was asked for."""
    headers = {name: value for name, value in answer.headers.items() if name != "date"}
    text = answer.text
    for number in PLACES["SSDEI"][-2:]:
        text = text.replace(number, NOBODYS)
    return answer.status_code, headers, text


def lists(operation: str) -> bool:
    """Whether what is not there makes a list shorter, and no error."""
    method, path, _ = ADDRESSES[operation]
    return method == "get" and "{id}" not in path


def refuses(answer: httpx.Response) -> bool:
    """Whether it says that there is no such thing, or that it is no business of the asker's."""
    if answer.status_code not in (403, 404):
        return False
    problem(answer, answer.status_code, "notAllowed" if answer.status_code == 403 else "notFound")
    return True


async def number_of_audits(house: House) -> int:
    async with house.storage.reading() as reader:
        return int((await reader.execute(select(func.count()).select_from(audit))).scalar_one())


async def test_who_is_not_signed_in_is_asked_to(house: House) -> None:
    """Before anything of what they ask is looked at: whether it exists, or can be right."""
    nobody, their = await house.client(), await things(house, "SSDEI")
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

"""How every operation is asked: by the examples of `tests.web.naming`, and how answers compare."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import httpx
from sqlalchemy import func, select

from tests.web.asking import Ask
from tests.web.house import House
from tests.web.naming import NAMES_NOTHING, NAMING
from tests.web.pictures import picture
from tests.web.problems import problem
from tests.web.things import PLACES
from tws.storage import metadata
from tws.storage.audit import audit
from tws.web.server import openapi

UNKNOWN = "01a20000-0000-7000-8000-000000000000"
NOBODYS = "4998"
NOTHING = {"number": NOBODYS, "place": NOBODYS, "name": "Nobody"}
"Of what is no id, that which is nobody's."
PHOTO = picture()
DOCUMENT = openapi()
ADDRESSES = {
    found["operationId"]: (method, path.removeprefix("/api/v1/"), found)
    for path, methods in DOCUMENT["paths"].items()
    for method, found in methods.items()
}
BY_ITSELF = {"call_leg", "calendar_refresh", "calendar_reading", "sms_message"}
"Tables that are written while nobody asks for anything."
PLACEHOLDER = re.compile(r"\{\w+\}")


def examples() -> Iterator[tuple[str, Ask]]:
    for operation, asks in NAMING.items():
        for ask in asks:
            yield operation, ask


def unknown(names: Iterable[str]) -> dict[str, str]:
    """Each is the id of nothing."""
    return {name: NOTHING.get(name, UNKNOWN) for name in names}


def looking() -> Iterator[tuple[str, Ask]]:
    """Whatever somebody may look at who names nothing of anybody else's."""
    for operation in NAMES_NOTHING - {"live"}:
        method, path, found = ADDRESSES[operation]
        if method == "get" and not PLACEHOLDER.search(path) and found.get("security", True):
            yield operation, Ask()
    for operation, ask in examples():
        if ADDRESSES[operation][0] == "get" and not ask.named():
            yield operation, ask


async def sent(client: httpx.AsyncClient, operation: str, ask: Ask) -> httpx.Response:
    method, path, _ = ADDRESSES[operation]
    url = path if ask.id is None else PLACEHOLDER.sub(ask.id, path)
    given: dict[str, Any] = {"json": ask.body}
    if operation in ("setUserPhoto", "sendChatFile"):
        given = {"content": PHOTO, "headers": {"Content-Type": "application/octet-stream"}}
    return await client.request(method, url, params=dict(ask.query), **given)


def same(answer: httpx.Response) -> object:
    """All that could tell one answer from another, but for the number that was asked for."""
    headers = {name: value for name, value in answer.headers.items() if name != "date"}
    text = answer.text
    for place in PLACES.values():
        for number in (place.colleagues, place.park):
            text = text.replace(number, NOBODYS)
    return answer.status_code, headers, text


def lists(operation: str) -> bool:
    """Whether what is not there makes a list shorter, and no error."""
    method, path, _ = ADDRESSES[operation]
    return method == "get" and not PLACEHOLDER.search(path)


def refuses(answer: httpx.Response) -> bool:
    """Whether it says that there is no such thing, or that it is no business of the asker's."""
    if answer.status_code not in (403, 404):
        return False
    problem(answer, answer.status_code, "notAllowed" if answer.status_code == 403 else "notFound")
    return True


async def as_nothing(
    person: httpx.AsyncClient, operation: str, foreign: Ask, strange: Ask
) -> httpx.Response:
    """What is answered about something of somebody else's: what is answered about nothing."""
    answer = await sent(person, operation, foreign)
    listed = lists(operation) and answer.status_code == 200
    assert listed or refuses(answer), (operation, foreign, answer.text)
    assert same(answer) == same(await sent(person, operation, strange)), (operation, foreign)
    return answer


def tells_none(answer: httpx.Response, ids: Iterable[str]) -> bool:
    return not any(id in answer.text for id in ids)


OF_A_CHANGE = audit.c.action != "request refused"
"A refusal that is written down changes nothing."


async def number_of_audits(house: House) -> int:
    """Of changes."""
    counted = select(func.count()).select_from(audit).where(OF_A_CHANGE)
    async with house.storage.reading() as reader:
        return int((await reader.execute(counted)).scalar_one())


async def stored(house: House) -> dict[str, list[str]]:
    """All that people change in the database, to be compared."""
    found: dict[str, list[str]] = {}
    async with house.storage.reading() as reader:
        for table in (each for each in metadata.sorted_tables if each.name not in BY_ITSELF):
            columns = [column for column in table.columns if column.name != "seen"]
            asked = select(*columns)
            rows = await reader.execute(asked.where(OF_A_CHANGE) if table is audit else asked)
            found[table.name] = sorted(map(repr, rows))
    return found

"""A gateway of text messages over HTTP, and what its tests ask of a house."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from tests.connectors.http_server import Reply, Request, Service, json_reply, serving
from tests.web.house import House
from tests.web.page import Page

BODY = '{"to": "{to}", "from": "{from}", "text": "{text}", "ref": "{id}"}'
KEY = "k" * 20
Client = httpx.AsyncClient


class Gateway:
    """Takes messages; `say` is what it answers."""

    def __init__(self) -> None:
        self.say = json_reply({"id": "g-1"})
        self.service: Service

    def answer(self, request: Request) -> Reply:
        return self.say

    @property
    def messages(self) -> list[Any]:
        return [json.loads(request.body) for request in self.service.requests]


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    gateway = Gateway()
    with serving(gateway.answer) as gateway.service:
        yield gateway


async def set_up(
    house: House,
    gateway: Gateway,
    username: str | None = "alice",
    *,
    domain: str = "Paris",
    **settings: Any,
) -> dict[str, Any]:
    """A provider in a domain, and whoever may use it."""
    admin = await house.administrator("SSDEI")
    body = {
        "domain": house.domains[domain].id,
        "name": "Ecosms",
        "connector": "http",
        "sender": "SSDEI",
        "settings": {
            "url": f"{gateway.service.url}/send",
            "body": BODY,
            "key": "secret of the gateway",
            "authentication": "bearer",
            "message_id": "id",
            "report_key": KEY,
            **settings,
        },
    }
    made = await admin.post("admin/sms-providers", json=body)
    assert made.status_code == 201, made.text
    if username is not None:
        await house.parameter("AuthorizeSms", True, username)
    row: dict[str, Any] = made.json()
    return row


async def send(client: Client, text: str = "Hello", **more: Any) -> dict[str, Any]:
    answer = await client.post("sms", json={"number": "06 12 34 56 78", "text": text, **more})
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def come_to(page: Page, client: Client, id: str, state: str) -> dict[str, Any]:
    """The message once it has come that far; the page is told each time."""
    return await once(page, client, id, lambda found: bool(found["state"] == state))


async def once(
    page: Page, client: Client, id: str, holds: Callable[[dict[str, Any]], bool]
) -> dict[str, Any]:
    while True:
        seen = page.state["sms"]["changed"]
        found: dict[str, Any] = (await client.get(f"sms/{id}")).json()
        if holds(found):
            return found
        await told_after(page, seen)


async def told_after(page: Page, seen: str) -> None:
    await page.until(lambda page: page.state["sms"]["changed"] != seen)


async def tell(house: House, row: dict[str, Any], **fields: Any) -> httpx.Response:
    client = await house.client()
    return await client.post(f"sms-reports/{row['id']}/{KEY}", data=fields)

"""An identity provider: a program with the token of a SCIM connection."""

from dataclasses import dataclass
from typing import Any

import httpx

from tests.web.house import House
from tws.protocols.scim.attributes import ENTERPRISE, GROUP, USER
from tws.protocols.scim.patching import PATCH
from tws.web.scim.answers import MEDIA_TYPE

ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


@dataclass
class Provider:
    house: House
    admin: httpx.AsyncClient
    row: dict[str, Any]
    client: httpx.AsyncClient

    @classmethod
    async def connected(
        cls, house: House, domain: str = "Paris", company: str = "SSDEI", **fields: Any
    ) -> "Provider":
        """A new connection of a domain, with its token."""
        admin = await house.administrator(company)
        body = {"domain": house.domains[domain].id, "name": "Entra ID", **fields}
        made = await admin.post("admin/scim-connections", json=body)
        assert made.status_code == 201, made.text
        token = await admin.post(f"admin/scim-connections/{made.json()['id']}/token")
        assert token.status_code == 201, token.text
        client = await house.client(
            Authorization=f"Bearer {token.json()['token']}", **{"Content-Type": MEDIA_TYPE}
        )
        client.base_url = httpx.URL(f"{house.url}/scim/v2/")
        return cls(house, admin, token.json()["connection"], client)

    async def sent(
        self, method: str, path: str, body: Any = None, /, status: int = 200, **more: Any
    ) -> Any:
        """The answer's content, which has that status."""
        given = {} if body is None else {"json": body}
        answer = await self.client.request(method, path, **given, **more)
        assert answer.status_code == status, (path, body, answer.text)
        if status == 204:
            return None
        assert answer.headers["content-type"] == MEDIA_TYPE
        if status >= 400:
            assert answer.json()["schemas"] == [ERROR]
            assert answer.json()["status"] == str(status)
        return answer.json()

    async def create(self, username: str, status: int = 201, **more: Any) -> Any:
        return await self.sent("POST", "Users", person(username, **more), status=status)

    async def patch(self, path: str, *operations: Any, status: int = 200) -> Any:
        body = {"schemas": [PATCH], "Operations": list(operations)}
        return await self.sent("PATCH", path, body, status=status)

    async def found(self, path: str, written: str, **more: Any) -> list[Any]:
        """What a filter finds."""
        params = {"filter": written, **more}
        return list((await self.sent("GET", path, params=params))["Resources"])

    async def users(self) -> dict[str, dict[str, Any]]:
        """As administrators see them, by name."""
        found = (await self.admin.get("admin/users")).json()
        return {row["username"]: row for row in found}

    async def numbers(self, username: str) -> list[str]:
        id = (await self.users())[username]["id"]
        found = (await self.admin.get("admin/devices", params={"user": id})).json()
        return [row["number"] for row in found]


def person(username: str, **more: Any) -> dict[str, Any]:
    """As Entra ID sends a new one."""
    return {
        "schemas": [USER, ENTERPRISE],
        "externalId": f"external-{username}",
        "userName": username,
        "active": True,
        "name": {"givenName": username.title(), "familyName": "Test"},
        "emails": [{"primary": True, "type": "work", "value": f"{username}@company.example"}],
        "meta": {"resourceType": "User"},
        **more,
    }


def group(name: str, *members: str) -> dict[str, Any]:
    return {
        "schemas": [GROUP],
        "displayName": name,
        "members": [{"value": member} for member in members],
    }

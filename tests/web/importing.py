"""An import of users, asked for as its page does it."""

from pathlib import Path
from typing import Any

import httpx

from tests.web.house import House
from tests.web.page import Page

FIELDS = {"username": "login", "identifier": "id", "number": "tel"}
MAPPING = {"last_name": "sn", "first_name": "gn", "email1": "mail", "mobile": "gsm"}
HEADER = "id;login;sn;gn;mail;gsm;tel\n"


class Import:
    """From a CSV file into the domain Paris, with an extension for each."""

    def __init__(self, house: House, admin: httpx.AsyncClient, folder: Path) -> None:
        self.house, self.admin = house, admin
        self.file = folder / "files" / house.companies["SSDEI"].id / "people.csv"
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.row: dict[str, Any] = {}

    async def made(self, **more: Any) -> dict[str, Any]:
        body = {
            "domain": self.house.domains["Paris"].id,
            "name": "Employees",
            "connector": "csv",
            "settings": {"file": self.file.name},
            "mapping": MAPPING,
            "fields": FIELDS,
            "mode": "insertUpdateDelete",
            "link": self.house.links["Paris"].id,
            "label": "Imported",
            **more,
        }
        answer = await self.admin.post("admin/user-imports", json=body)
        assert answer.status_code == 201, answer.text
        self.row = answer.json()
        return self.row

    @property
    def id(self) -> str:
        return str(self.row["id"])

    def write(self, *lines: str) -> None:
        self.file.write_text(HEADER + "".join(f"{line}\n" for line in lines))

    async def ask(self, what: str) -> httpx.Response:
        return await self.admin.post(f"admin/user-imports/{self.id}/{what}")

    async def tried(self) -> dict[str, Any]:
        answer = await self.ask("try")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def run(self, page: Page, state: str = "done", what: str = "run") -> dict[str, Any]:
        """The run with its report, once it is in that state."""
        asked = await self.ask(what)
        assert asked.status_code == 200, asked.text
        id = asked.json()["id"]

        def there(page: Page) -> bool:
            last = page.state.get(f"import/{self.id}", {})
            return bool(last.get("id") == id and last["state"] == state)

        await page.until(there)
        found: dict[str, Any] = (await self.runs())[0]
        return found

    async def runs(self) -> list[dict[str, Any]]:
        answer = await self.admin.get(f"admin/user-imports/{self.id}/runs")
        found: list[dict[str, Any]] = answer.json()
        return found

    async def users(self) -> dict[str, dict[str, Any]]:
        """Those of the company, by name."""
        rows = (await self.admin.get("admin/users")).json()
        return {row["username"]: row for row in rows}

    async def numbers(self) -> dict[str, str]:
        """The extensions that the import gave: by user name."""
        names = {row["id"]: name for name, row in (await self.users()).items()}
        devices = (await self.admin.get("admin/devices")).json()
        return {names[d["user"]]: d["number"] for d in devices if d["label"] == "Imported"}


def counts(report: dict[str, Any]) -> dict[str, int]:
    """Those that are not nought."""
    names = ("created", "updated", "deleted", "disabled", "unchanged", "ignored")
    return {name: report[name] for name in names if report[name]}

"""A configuration is taken as a file and made in another company, first to look at."""

import json
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.end_to_end.site import Site
from tests.pages.opening import administration
from tests.pages.test_accessibility import assert_good

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_company_is_made_like_another(browser: Browser, simulated: Site) -> None:
    admin = simulated.admin
    company = await admin.post("/admin/companies", name="Made alike")
    async with administration(browser, simulated.tws.base, locale="fr-FR") as window:
        await window.go(f"/admin?page=configuration&company={simulated.company}")
        async with window.page.expect_download() as download:
            await window.page.get_by_role("button", name="Exporter").first.click()
        path = await (await download.value).path()
        file: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        assert file["schema"] == 2 and file["domains"] and file["links"]
        file["groups"].append({"domain": "Nowhere", "name": "Lost", "rank": 1})

        await window.go(f"/admin?page=configuration&company={company['id']}")
        chosen = {"name": "alike.json", "mimeType": "application/json"}
        content = json.dumps(file).encode()
        await window.page.locator("input[type=file]").set_input_files(
            {**chosen, "buffer": content}  # type: ignore[arg-type]
        )
        report = window.page.get_by_role("table")
        await expect(report.get_by_role("row").nth(1)).to_contain_text(
            "Il n’y a pas de domaine Nowhere."
        )
        await expect(report).to_contain_text("serait créé")
        await assert_good(window)
        assert not await admin.get("/admin/domains", company=company["id"])
        await window.click("Write into Made alike")
        await expect(report).not_to_contain_text("would be")
        made = await admin.get("/admin/domains", company=company["id"])
        assert [row["name"] for row in made] == [row["name"] for row in file["domains"]]

        await window.page.locator("input[type=file]").set_input_files(
            {"name": "x.json", "mimeType": "application/json", "buffer": b'{"users": []}'}
        )
        await window.sees("This is no file of a configuration of TWS.")
    await admin.post(f"/admin/companies/{company['id']}/erasure", name="Made alike")

"""What has to be begun before some pages of Administration have something to show."""

import asyncio
import json

from tests.end_to_end.site import Site
from tests.pages.opening import Opened


async def a_trace(site: Site) -> None:
    """One that has ended, at least."""
    if not await site.admin.get("/admin/traces"):
        begun = await site.admin.post("/admin/traces", link=site.link)
        await site.admin.post(f"/admin/traces/{begun['id']}/end")


async def a_configuration(window: Opened) -> None:
    """A file is chosen, of which one line cannot be, and nothing is written."""
    groups = [{"domain": name, "name": "Sales", "rank": 1} for name in ("Paris", "Nowhere")]
    file = {"format": "tws-configuration", "schema": 1, "groups": groups}
    content = json.dumps(file).encode()
    await window.page.locator("input[type=file]").set_input_files(
        {"name": "site.json", "mimeType": "application/json", "buffer": content}
    )


async def an_incident(site: Site) -> None:
    """A link that nobody answers, where nothing went wrong yet; it is gone afterwards."""
    if (await site.admin.get("/admin/incidents"))["entries"]:
        return
    link = await site.admin.post(
        "/admin/links",
        domain=site.domain,
        name="Without a PBX",
        dialect="csta_xml",
        settings={"host": "127.0.0.1", "port": 9},
    )
    async with asyncio.timeout(20):
        while not (await site.admin.get("/admin/incidents"))["entries"]:
            pass
    gone = {"version": link["version"]}
    await site.admin.request("DELETE", f"/admin/links/{link['id']}", params=gone)

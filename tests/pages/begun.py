"""What has to be begun before some pages of Administration have something to show."""

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

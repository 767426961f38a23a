"""Parameters that are other for a while: the site is others' too."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.end_to_end.site import Site


@asynccontextmanager
async def meanwhile(
    site: Site, user: str | None = None, /, **values: object
) -> AsyncIterator[None]:
    """These values by the names of their parameters: the company's, or those of a user."""
    whose: dict[str, Any] = {"company": site.company}
    if user is not None:
        known = {row["username"]: row["id"] for row in await site.admin.get("/admin/users")}
        whose = {"user": known[user]}
    rows = []
    try:
        for name, value in values.items():
            given = {"parameter": name, "value": value, **whose}
            rows.append(await site.admin.request("PUT", "/admin/parameter-values", given))
        yield
    finally:
        for row in rows:
            gone, version = f"/admin/parameter-values/{row['id']}", {"version": row["version"]}
            await site.admin.request("DELETE", gone, params=version)

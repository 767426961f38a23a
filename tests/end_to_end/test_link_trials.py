"""A link that is tried before it is stored: what the PBX itself answers."""

import asyncio
from typing import Any

import pytest

from tests.end_to_end.site import Site
from tests.running import Problem

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def tried(site: Site, link: str | None = None, **settings: Any) -> dict[str, Any]:
    """As its PBX has it, but for what is given."""
    found = await site.admin.post(
        "/admin/links/try",
        domain=site.domain,
        dialect=site.pbx.dialect,
        settings={**site.pbx.settings, **settings},
        **({} if link is None else {"link": link}),
    )
    assert isinstance(found, dict)
    return found


async def stored(site: Site) -> list[Any]:
    """All that a trial leaves as it is: the links, how they stand, and what was written down."""
    audit = await site.admin.get("/admin/audit")
    states = await site.admin.get("/admin/link-states")
    return [await site.admin.get("/admin/links"), states, len(audit["entries"])]


async def test_a_pbx_that_lets_tws_in(site: Site) -> None:
    before = await stored(site)
    found = await tried(site)
    assert (found["state"], found["why"]) == ("up", None)
    assert found["version"] and found["version"] == before[1][0]["version"]
    # Known as the stored one, it answers for it, though it would let nobody in twice.
    assert await tried(site, site.link) == found
    assert await stored(site) == before


async def test_the_stored_secret_is_used_at_the_stored_address_only(site: Site) -> None:
    if site.pbx.dialect != "asterisk":
        pytest.skip("this PBX asks for no password")
    # Without the password, and with another setting: the link does not run with just these.
    found = await tried(site, site.link, password=None, context="elsewhere")
    assert found["state"] == "up"
    with pytest.raises(Problem) as refused:
        await tried(site, site.link, password=None, host="127.0.0.2")
    assert refused.value.content["why"] == "secretOfAddress"
    found = await tried(site, password="wrong")
    assert found["state"] == "misconfigured" and "Authentication failed" in found["why"]


async def test_a_pbx_that_is_not_there(site: Site) -> None:
    closed = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
    port = closed.sockets[0].getsockname()[1]
    closed.close()
    await closed.wait_closed()
    found = await tried(site, port=port)
    assert found["state"] == "down" and f"127.0.0.1:{port}: connection refused" in found["why"]
    assert found["version"] is None


async def test_one_that_hangs_up(site: Site) -> None:
    def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        found = await tried(site, port=port)
    assert found["state"] == "down" and " the connection" in found["why"]


async def test_settings_that_cannot_work(site: Site) -> None:
    for wrong in ({"port": 0}, {"host": ""}, {"colour": "red"}):
        with pytest.raises(Problem) as refused:
            await tried(site, **wrong)
        assert refused.value.status == 422

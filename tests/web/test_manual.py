"""The documentation that the server brings with it."""

import re
from posixpath import dirname, join, normpath

import httpx
import pytest

from tests.web.house import House
from tws import connectors

PAGE = re.compile(r'href="(/manual/[^"]+)"')
LINK = re.compile(r'href="(?!https?:|#|/)([^"#]+)(?:#([^"]+))?"')
SHARED = {"domino_rest": "domino", "exchange_webdav": "exchange", "ole_db": "odbc"}


@pytest.fixture
async def reader(house: House) -> httpx.AsyncClient:
    client = await house.client()
    client.base_url = client.base_url.copy_with(path="/")
    return client


async def test_every_page_is_listed_and_none_has_a_dead_link(reader: httpx.AsyncClient) -> None:
    pages = PAGE.findall((await reader.get("/manual/")).text)
    assert len(pages) > 25
    for page in pages:
        answer = await reader.get(page)
        assert answer.status_code == 200 and "<h1" in answer.text, page
        for link, place in LINK.findall(answer.text):
            target = normpath(join(dirname(page), link))
            if not target.endswith(".md"):
                continue
            found = await reader.get(target)
            assert found.status_code == 200, f"{page}: {link}"
            assert not place or f'id="{place}"' in found.text, f"{page}: {link}#{place}"


@pytest.mark.parametrize("name", list(connectors.REGISTER))
async def test_each_directory_has_its_page(reader: httpx.AsyncClient, name: str) -> None:
    page = await reader.get(f"/manual/admin/directories/{SHARED.get(name, name)}.md")
    assert page.status_code == 200


@pytest.mark.parametrize("path", ["admin/none.md", "../README.md", "%2e%2e/README.md", "admin"])
async def test_nothing_else_is_given_out(reader: httpx.AsyncClient, path: str) -> None:
    assert (await reader.get(f"/manual/{path}")).status_code == 404

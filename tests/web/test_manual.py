"""The documentation that the server brings with it."""

import re
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import httpx
import pytest

from tests.web.house import House
from tws import connectors

PAGE = re.compile(r'<li><a href="(/manual/[^"]+)"')
LINK = re.compile(r'href="(?!https?:|#)([^"#]+)(?:#([^"]+))?"')
SHARED = {"domino_rest": "domino", "exchange_webdav": "exchange", "ole_db": "odbc"}
PAGES = Path(__file__).parents[2] / "frontend/src"
LED_TO = re.compile(r'(?:<ManualLink page=|^  \w+: )"([^"]+\.md)"', re.MULTILINE)


@pytest.fixture
async def reader(house: House) -> httpx.AsyncClient:
    client = await house.client()
    client.base_url = client.base_url.copy_with(path="/")
    return client


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_page_is_listed_and_none_has_a_dead_link(
    reader: httpx.AsyncClient, language: str
) -> None:
    pages = PAGE.findall((await reader.get(f"/manual/{language}/")).text)
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
            assert not place or f'id="{unquote(place)}"' in found.text, f"{page}: {link}#{place}"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", list(connectors.REGISTER))
async def test_each_directory_has_its_page(
    reader: httpx.AsyncClient, name: str, language: str
) -> None:
    page = await reader.get(f"/manual/{language}/admin/directories/{SHARED.get(name, name)}.md")
    assert page.status_code == 200 and f'<main lang="{language}">' in page.text


async def test_forms_lead_to_pages_in_both_languages(reader: httpx.AsyncClient) -> None:
    found = [*PAGES.rglob("*.tsx"), PAGES / "admin/manual/pages.ts"]
    named = set(LED_TO.findall("\n".join(path.read_text(encoding="utf-8") for path in found)))
    assert len(named) > 20
    for page in named:
        for language in ("en", "fr"):
            answer = await reader.get(f"/manual/{language}/{page}")
            assert answer.status_code == 200, page
            assert f'<main lang="{language}">' in answer.text, page


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("de,en;q=0.7,fr;q=0.3", "en"),
        ("en;q=0.3, fr;q=0.7", "fr"),
        ("de", "en"),
        ("fr;q=0,en", "en"),
        ("fr;q=much", "fr"),
    ],
)
async def test_an_address_without_a_language_gives_what_the_browser_asks_for(
    reader: httpx.AsyncClient, asked: str, language: str
) -> None:
    for address in ("/manual/", "/manual/admin/directories/csv.md"):
        page = await reader.get(address, headers={"Accept-Language": asked})
        assert f'<html lang="{language}">' in page.text
        assert page.headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize("page", ["", "admin/directories/csv.md", "user/caller.md"])
async def test_a_page_leads_to_itself_in_the_other_language(
    reader: httpx.AsyncClient, page: str
) -> None:
    for language, other in (("en", "fr"), ("fr", "en")):
        shown = await reader.get(
            f"/manual/{language}/{page}", headers={"Accept-Language": other}
        )  # who has chosen keeps what was chosen
        assert f'<html lang="{language}">' in shown.text
        assert f'href="/manual/{other}/{page}"' in shown.text


async def test_links_stay_in_the_language(reader: httpx.AsyncClient) -> None:
    page = await reader.get("/manual/fr/admin/directories.md")
    assert 'href="/manual/fr/admin/directories/csv.md"' in page.text
    assert not re.search(r'href="/manual/en/(?!admin/directories\.md")', page.text)


async def test_what_is_not_in_french_says_so(reader: httpx.AsyncClient) -> None:
    page = await reader.get("/manual/fr/protocols/asterisk.md")
    assert '<main lang="en">' in page.text and "qu’en anglais" in page.text
    assert "qu’en anglais" not in (await reader.get("/manual/en/protocols/asterisk.md")).text


@pytest.mark.parametrize(
    "path",
    [
        "admin/none.md",
        "../README.md",
        "%2e%2e/README.md",
        "admin",
        "fr/admin/fr/install.md",
        "fr/../../README.md",
        "de/admin/install.md",
    ],
)
async def test_nothing_else_is_given_out(reader: httpx.AsyncClient, path: str) -> None:
    assert (await reader.get(f"/manual/{path}")).status_code == 404

"""What browsers are told beside each answer, and what another site's page gets."""

from pathlib import Path

import pytest

from tests.web.house import House
from tests.web.problems import problem
from tws.web.protection import CSP, SECURITY

STATIC = Path(__file__).parents[2] / "src" / "tws" / "web" / "static"


def directives() -> dict[str, set[str]]:
    return {words[0]: set(words[1:]) for words in map(str.split, CSP.split(";"))}


def test_no_page_runs_what_does_not_come_from_this_server_as_a_file() -> None:
    """Scripts are held to `default-src`: no inline ones, no `eval`, nobody else's."""
    of = directives()
    assert of.get("script-src", of["default-src"]) == {"'self'"}
    assert of["object-src"] == of["base-uri"] == of["frame-ancestors"] == {"'none'"}
    assert of["form-action"] == {"'self'"}
    for words in of.values():
        assert not words & {"*", "http:", "https:", "'unsafe-eval'"}
    for page in STATIC.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        for piece in text.split("<script")[1:]:
            assert " src=" in piece.partition(">")[0], page.name
        assert " onload=" not in text and "javascript:" not in text


async def test_each_answer_says_so(house: House) -> None:
    client = await house.client()
    for path in ("health", "nowhere", "../../", "../../admin", "session"):
        answer = await client.get(path)
        assert answer.headers.items() >= {k.lower(): v for k, v in SECURITY.items()}.items(), path
        assert "server" not in answer.headers and "x-powered-by" not in answer.headers
        assert answer.headers["content-type"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
async def test_another_site_reads_nothing_and_changes_nothing(house: House, origin: str) -> None:
    client = await house.client()
    body = {"username": "alice", "password": "wrong"}
    foreign = {"origin": origin}
    problem(await client.post("login", json=body, headers=foreign), 403, "foreignOrigin")
    for answer in (
        await client.get("health", headers=foreign),
        await client.options(
            "session", headers={**foreign, "access-control-request-method": "PUT"}
        ),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control-")]


async def test_no_method_but_those_of_an_address_is_answered(house: House) -> None:
    client = await house.client()
    for method in ("TRACE", "CONNECT", "PROPFIND", "DELETE"):
        answer = await client.request(method, "health")
        assert answer.status_code in (405, 501), method


async def test_what_is_cached_is_nobodys_but_the_browsers(house: House) -> None:
    alice = await house.program("alice")
    for path in ("session", "contacts?q=bob", "call-log", "devices"):
        answer = await alice.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["cache-control"] == "no-store", path


async def test_a_path_leads_to_no_file_but_pages(house: House) -> None:
    client = await house.client()
    for path in (
        "/%2e%2e/%2e%2e/guard.py",
        "/..%2f..%2fguard.py",
        "/assets/",
        "/assets/../../guard.py",
        "/.git/config",
        "/tws.db",
        "/secret.key",
        "//etc/passwd",
        "/assets/%00.js",
    ):
        answer = await client.get(f"{str(client.base_url).split('/api')[0]}{path}")
        assert b"ASGI" not in answer.content and b"root:" not in answer.content, path
        assert answer.status_code in (200, 400, 404, 503), path
        if "." in path.rpartition("/")[2]:
            assert answer.status_code in (400, 404), path

"""What holds for every request: errors, sizes, headers, figures, and the server's own life."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.web.calls import rings
from tests.web.house import House, running_house
from tests.web.page import Page
from tests.web.problems import problem
from tws.web.server import listen, openapi, serve
from tws.web.tls import Certificate

CERTIFICATE = Path(__file__).parents[1] / "contracts" / "localhost.pem"
KEY = CERTIFICATE.with_suffix(".key")


async def test_health(house: House) -> None:
    client = await house.client()
    answer = await client.get("health")
    assert answer.status_code == 200
    assert answer.json().items() >= {"status": "up", "database": True}.items()
    await house.storage.close()
    answer = await client.get("health")
    assert answer.status_code == 503
    assert answer.json().items() >= {"status": "degraded", "database": False}.items()


async def test_while_the_database_is_away_calls_go_on(house: House) -> None:
    alice = await house.program("alice")
    admin = await house.administrator()
    await house.storage.close()
    for answer in (
        await alice.get("contacts", params={"q": "bob"}),
        await alice.get("call-log"),
        await alice.post("contacts", json={"lastName": "Martin"}),
        await admin.post("admin/companies", json={"name": "New"}),
    ):
        problem(answer, 503, "unavailable")
        assert int(answer.headers["retry-after"]) >= 1
    assert (await alice.get("devices")).status_code == 200
    assert (await alice.get("calls")).json() == []
    sent = await alice.post("telephony/getDoNotDisturb", json={"device": house.device("4001")})
    assert sent.json() == {"result": False}


async def test_unknown_addresses_and_methods(house: House) -> None:
    client = await house.client()
    for path in ("nothing", "telephony/flyToTheMoon", "", "../v2/health", "devices/"):
        problem(await client.get(path), 404, "notFound")
    wrong = await client.get("login")
    problem(wrong, 405, "methodNotAllowed")
    assert wrong.headers["allow"] == "POST"
    problem(await client.delete("health"), 405, "methodNotAllowed")


async def test_large_bodies_are_refused_unread(house: House) -> None:
    client = await house.client()
    large = b'{"username": "' + b"x" * 1024 * 1024 + b'"}'
    kind = {"Content-Type": "application/json"}
    problem(await client.post("login", content=large, headers=kind), 413, "tooLarge")

    async def drops() -> AsyncIterator[bytes]:
        for _ in range(70):
            yield b" " * 16_384

    problem(await client.post("login", content=drops(), headers=kind), 413, "tooLarge")
    problem(
        await client.post("login", content=b" " * 1024 * 1024, headers=kind), 400, "badRequest"
    )
    assert (await client.get("health")).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
async def test_bodies_are_json(house: House, kind: str | None) -> None:
    client = await house.client()
    headers = {} if kind is None else {"Content-Type": kind}
    answer = await client.post("login", content=b'{"username": "a"}', headers=headers)
    problem(answer, 415, "unsupportedMediaType")


async def test_every_answer_is_protected(house: House) -> None:
    client = await house.client()
    for path in ("/api/v1/health", "/api/v1/none", "/", "/admin", "/assets/none.js"):
        headers = (await client.get(f"{house.url}{path}")).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers
    assert (await client.get("health")).headers["cache-control"] == "no-store"


async def test_an_unexpected_error_is_a_problem_with_a_number(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> object:
        raise RuntimeError("secret detail")

    alice = await house.program("alice")
    monkeypatch.setattr(house.rooms.registry, "devices_of", broken)
    wrong = problem(await alice.get("devices"), 500, "error")
    assert wrong["incident"] in wrong["detail"] and "secret" not in str(wrong)
    monkeypatch.undo()
    assert (await alice.get("devices")).status_code == 200


async def test_figures(house: House) -> None:
    alice = await house.program("alice")
    async with house.page(alice):
        await alice.get("devices")
        await alice.get("nothing")
        text = (await alice.get(f"{house.url}/metrics")).text
    figures = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert figures["tws_http_requests_total", "listDevices", "200"] == 1
    assert figures["tws_http_requests_total", "page", "404"] == 1
    assert figures["tws_live_connections",] == 1
    assert figures["tws_live_snapshots_total",] == 1


async def test_figures_are_for_this_machine_and_for_administrators(house: House) -> None:
    far = {"X-Forwarded-For": "192.0.2.7"}
    alice, admin = await house.program("alice"), await house.administrator()
    nobody = await house.client()
    problem(await nobody.get(f"{house.url}/metrics", headers=far), 401, "notSignedIn")
    problem(await alice.get(f"{house.url}/metrics", headers=far), 403, "notAllowed")
    assert (await admin.get(f"{house.url}/metrics", headers=far)).status_code == 200


# ---------------------------------------------------------------- pages


async def test_pages_that_are_not_built_say_so(database: Path, tmp_path: Path) -> None:
    async with running_house(database, pages=tmp_path / "none") as house:
        client = await house.client()
        for path in ("/", "/admin", "/admin/links"):
            answer = await client.get(f"{house.url}{path}")
            assert answer.status_code == 503 and "not built" in answer.text
            assert answer.headers["content-type"].startswith("text/html")


async def test_built_pages(database: Path, tmp_path: Path) -> None:
    pages = tmp_path / "static"
    (pages / "assets").mkdir(parents=True)
    (pages / "index.html").write_text("caller")
    (pages / "admin.html").write_text("administration")
    (pages / "assets" / "app-1f3c.js").write_text("code")
    (tmp_path / "secret.txt").write_text("secret")
    async with running_house(database, pages=pages) as house:
        client = await house.client()
        for path, text in (
            ("/", "caller"),
            ("/journal", "caller"),
            ("/admin", "administration"),
            ("/admin/links/new", "administration"),
            ("/administrators", "caller"),
        ):
            answer = await client.get(f"{house.url}{path}")
            assert (answer.status_code, answer.text) == (200, text)
            assert answer.headers["cache-control"] == "no-cache"
        script = await client.get(f"{house.url}/assets/app-1f3c.js")
        assert script.text == "code" and "immutable" in script.headers["cache-control"]
        assert script.headers["content-type"].startswith("text/javascript")
        for path in (
            "/assets/none.js",
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
        ):
            answer = await client.get(f"{house.url}{path}")
            assert answer.status_code == 404 and "secret" not in answer.text
        problem(await client.get(f"{house.url}/api/v1/nothing"), 404, "notFound")
        problem(await client.post(f"{house.url}/"), 405, "methodNotAllowed")


# ---------------------------------------------------------------- serving


async def test_https(house: House) -> None:
    stop, bound = asyncio.Event(), asyncio.get_running_loop().create_future()
    app = house.app
    serving = asyncio.create_task(
        serve(
            app,
            "localhost",
            0,
            tls=Certificate(CERTIFICATE, KEY),
            ready=bound.set_result,
            stop=stop,
        )
    )
    context = ssl.create_default_context(cafile=str(CERTIFICATE))
    address = f"https://localhost:{await bound}"
    async with httpx.AsyncClient(verify=context) as client:
        answer = await client.get(f"{address}/api/v1/health")
        assert answer.status_code == 200
    program = await house.program("alice")
    page = Page(address, {"authorization": program.headers["authorization"]})
    await page.open(ssl=context)
    house.report(rings("1", "4001"))
    await page.until(lambda p: bool(p.calls()))
    await page.close()
    stop.set()
    await serving


async def test_a_taken_address_is_said_in_words() -> None:
    (taken,) = await listen("127.0.0.1", 0)
    port = taken.getsockname()[1]
    with pytest.raises(OSError, match=f"cannot listen on 127.0.0.1:{port}"):
        await listen("127.0.0.1", port)
    taken.close()


async def test_a_stopping_server_says_goodbye(database: Path) -> None:
    async with running_house(database) as house:
        page = await house.page(await house.program("alice")).open()
        closing = asyncio.create_task(page.closed())
    assert await closing == 1012


async def test_where_no_body_is_taken_none_is_ignored(house: House) -> None:
    admin, alice = await house.administrator(), await house.program("alice")
    asked = 0
    for path, methods in openapi()["paths"].items():
        for method, found in methods.items():
            if method == "get" or "requestBody" in found:
                continue
            asked += 1
            assert "422" in found["responses"], found["operationId"]
            client = admin if "/admin/" in path else alice
            address = path.removeprefix("/api/v1/").replace("{id}", "nothing")
            for sent, field in (({"approve": False}, "approve"), ([1], None)):
                answer = await client.request(method, address, json=sent)
                assert problem(answer, 422, "invalid").get("field") == field, address
            anybody = await (await house.client()).request(method, address, json={"a": 1})
            known = found.get("security", True)
            problem(anybody, *((401, "notSignedIn") if known else (422, "invalid")))
    assert asked > 20
    as_json = {"content-type": "application/json"}
    problem(await alice.post("logout", content=b"{", headers=as_json), 422, "invalid")
    problem(await alice.delete("api-keys/nothing"), 404, "notFound")
    problem(await alice.request("delete", "api-keys/nothing", json={}), 404, "notFound")

"""The reader of HTTP against a server that misbehaves in every way that it can."""

import gzip
import shutil
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.http_server import Reply, Request, json_reply, serving
from tests.contracts.connector import check_words
from tws.connectors.http import client as http_client
from tws.connectors.http.client import Bearer, Http, retry_after
from tws.connectors.http.settings import TlsSettings, check_address
from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable

CERTIFICATE = Path(__file__).parents[1] / "contracts/localhost.pem"


@contextmanager
def one_answer(reply: Reply, **settings: Any) -> Iterator[Callable[[], Any]]:
    """Reading from a server that always answers so."""
    with serving(lambda _: reply) as service, Http(service.url, **settings) as http:
        yield http.get


@pytest.mark.parametrize(
    ("status", "error", "word"),
    [
        (401, Refused, "user or the password"),
        (403, Refused, "does not allow"),
        (404, Misconfigured, "nothing at /"),
        (400, Misconfigured, "400"),
        (500, Unreachable, "failed"),
        (302, Misconfigured, "302"),
    ],
)
def test_what_a_server_refuses(status: int, error: type[ConnectorError], word: str) -> None:
    said = {"error": {"code": "Denied", "message": "not you,\n sesame"}}
    with one_answer(json_reply(said, status, Location="/"), secrets=["sesame"]) as get:
        check_words(error, get, "127.0.0.1", word, "Denied: not you, …", secret="sesame")


def test_a_page_of_html_is_not_repeated() -> None:
    with one_answer(Reply(500, b"<html>Oops</html>")) as get:
        check_words(Unreachable, get, "(500).")


def test_a_server_that_is_busy_is_waited_for_as_it_asks() -> None:
    replies = [
        Reply(429, headers={"Retry-After": "7"}),
        Reply(503),
        Reply(504),
        json_reply({"done": True}),
    ]
    waited: list[float] = []
    with (
        serving(lambda _: replies.pop(0)) as service,
        Http(service.url, wait=waited.append) as http,
    ):
        assert http.get().json() == {"done": True}
    assert waited == [7, 2, 4]


def test_a_server_that_is_always_busy_is_left_in_the_end() -> None:
    waited: list[float] = []
    with one_answer(Reply(429, headers={"Retry-After": "1"}), wait=waited.append) as get:
        check_words(Unreachable, get, "too busy")
    assert waited == [1] * http_client.MOST_WAITS


def test_nobody_waits_for_an_hour() -> None:
    with one_answer(Reply(503, headers={"Retry-After": "3600"}), wait=pytest.fail) as get:
        check_words(Unreachable, get, "3600 seconds")


def test_how_a_wait_is_written() -> None:
    now = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
    assert retry_after("120", now) == 120
    assert retry_after("Sun, 29 Nov 2026 12:00:30 GMT", now) == 30
    assert retry_after("Sun, 29 Nov 2026 11:00:30 GMT", now) == 0
    assert retry_after("soon", now) is None
    assert retry_after("", now) is None
    assert retry_after("Sun, 29 Nov 2026 12:00:30", now) is None


def test_an_answer_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "LARGEST_ANSWER", 1 << 20)
    with one_answer(Reply(body=b"x" * (1 << 20))) as get:
        assert len(get().content) == 1 << 20
    packed = gzip.compress(b"x" * (1 << 21))
    assert len(packed) < 10_000
    for reply in (Reply(body=b"x" * (1 << 21)), Reply(200, packed, {"Content-Encoding": "gzip"})):
        with one_answer(reply) as get:
            check_words(Misconfigured, get, "1 MB")


def test_a_refusal_has_a_largest_size_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "LARGEST_ANSWER", 1 << 20)
    with one_answer(Reply(401, b"x" * (1 << 21)), auth=Bearer(lambda: "token")) as get:
        check_words(Misconfigured, get, "1 MB")


def test_a_server_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "SILENCE", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        with Http(f"http://127.0.0.1:{silent.getsockname()[1]}") as http:
            check_words(Unreachable, http.get, "does not answer")


def test_a_server_that_trickles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "LONGEST_ANSWER", 0.0)
    with one_answer(Reply(body=b"drop")) as get:
        check_words(Unreachable, get, "for one answer")


def test_a_server_that_hangs_up() -> None:
    with one_answer(Reply(body=b"x" * 1000, torn=10)) as get:
        check_words(Unreachable, get, "broke off")


def test_nobody_is_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with Http(f"http://127.0.0.1:{port}") as http:
        check_words(Unreachable, http.get, f"port {port}", "running")
    with Http("https://nobody.invalid") as http:
        check_words(ConnectorError, http.get, "nobody.invalid")


def test_certificates(tmp_path: Path) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERTIFICATE, CERTIFICATE.with_suffix(".key"))
    shutil.copy(CERTIFICATE, tmp_path / "ours.pem")
    (tmp_path / "wrong.pem").write_text("certificate")
    with serving(lambda _: Reply(body=b"hello"), tls) as service:
        url = service.url.replace("127.0.0.1", "localhost")

        def read(**settings: Any) -> bytes:
            with Http(url, tls=lambda: TlsSettings(**settings).context(tmp_path)) as http:
                return http.get().content

        assert read(ca_file="ours.pem") == read(verify=False) == b"hello"
        check_words(Misconfigured, read, "not trusted", "localhost")
        check_words(Misconfigured, lambda: read(ca_file="wrong.pem"), "wrong.pem")
        check_words(Misconfigured, lambda: read(ca_file="../ours"), "no file ours")
        with Http(url.replace("https", "http")) as http:
            check_words(Unreachable, http.get, "broke off")
    with serving(lambda _: Reply()) as plain:
        with Http(plain.url.replace("http", "https")) as http:
            check_words(Misconfigured, http.get, "TLS")


def test_a_redirection_is_followed_at_home_only() -> None:
    def answer(request: Request) -> Reply:
        if request.path == "/there":
            return Reply(body=request.method.encode())
        if request.path == "/loop":
            return Reply(301, headers={"Location": "/loop"})
        return Reply(301, headers={"Location": request.query["to"]})

    with serving(answer) as service, serving(answer) as elsewhere:
        with Http(service.url, headers={"X-Key": "sesame"}) as http:
            moved = http.request("PROPFIND", "/here", params={"to": "/there"})
            assert moved.content == b"PROPFIND"
            check_words(
                Misconfigured,
                lambda: http.get("/here", params={"to": f"{elsewhere.url}/there"}),
                elsewhere.url,
                secret="sesame",
            )
            check_words(Misconfigured, lambda: http.get(f"{elsewhere.url}/there"), elsewhere.url)
            for odd in ("file:///etc/passwd", "http://127.0.0.1:port/", "http://["):
                check_words(ConnectorError, partial(http.get, "/", params={"to": odd}))
            check_words(Misconfigured, lambda: http.get("/loop"), "301")
        assert not elsewhere.requests


def test_a_token_is_fetched_once_and_again_when_it_has_expired() -> None:
    tokens = iter(["first", "second", "third", "fourth", "fifth"])
    valid = ["first"]

    def answer(request: Request) -> Reply:
        ok = request.headers["authorization"] == f"Bearer {valid[0]}"
        return Reply(200 if ok else 401)

    with serving(answer) as service:
        with Http(service.url, auth=Bearer(lambda: next(tokens))) as http:
            http.get(), http.get()
            valid[0] = "second"
            http.get()
            valid[0] = "none of ours"
            check_words(Refused, http.get)
        with Http(service.url, auth=Bearer(lambda: next(tokens))) as http:
            check_words(Refused, http.get)  # a new one that is refused is not asked for again
    assert next(tokens) == "fifth"


def test_headers_that_cannot_be_sent() -> None:
    for text in ("line\r\nX-Other: 1", "é\n"):
        with one_answer(Reply(), headers={"X-Key": text}) as get:
            check_words(Misconfigured, get, "header", secret=text)


def test_what_is_not_json_or_xml() -> None:
    for body in (b"<html>", b"", b"[" * 100_000, b"\xff"):
        with one_answer(Reply(body=body)) as get:
            check_words(Misconfigured, lambda: get().json(), "not JSON")
            check_words(Misconfigured, lambda: get().xml(), "not XML")
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    with one_answer(Reply(body=bomb)) as get:
        check_words(Unreachable, lambda: get().xml(), "document type")


def test_addresses_of_a_form() -> None:
    check_address("url", "https://host.example/path")
    for wrong in ("ftp://host", "host", "https://", "https://user:sesame@host/"):
        with pytest.raises(ValueError, match=r"^url: ") as raised:
            check_address("url", wrong)
        assert "sesame" not in str(raised.value)

"""Where messages for browsers go, and where not: the address is what a browser said."""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from tests.connectors.http_server import Reply
from tests.connectors.test_http_client import CERTIFICATE
from tests.push.push_service import Browser, PushService, running_push_service, trust
from tws.connectors import web_push
from tws.connectors.http.places import is_public
from tws.connectors.web_push import WebPush, _judge
from tws.push.keys import in_base64url
from tws.push.model import Target
from tws.push.postman import LARGEST, Gone, Later, Letter, NotTaken

PRIVATE = in_base64url((7).to_bytes(32, "big"))
PUBLIC = "BI5TO2-gv3tGJbswZnwB-2B--fi4qA_vWzAGKHAxh7Kjc-sdveAzGDZtBp-DpvWQAFPHNjPLBBshxV4ahsH0ALQ"
LETTER = Letter(b'{"state":"ringing"}', 30, "topic")


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    with running_push_service() as service:
        yield service


@pytest.fixture
async def postman() -> AsyncIterator[WebPush]:
    postman = WebPush("https://tws.ssdei.example:8443", True, trust)
    yield postman
    await postman.close()


def target(browser: Browser, endpoint: str | None = None) -> Target:
    given = browser.subscription
    return Target(endpoint or given["endpoint"], given["key"], given["auth"])


@pytest.mark.parametrize(
    ("place", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.5", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.1", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("64:ff9b::808:808", True),
        ("64:ff9b::a00:1", False),  # 10.0.0.1 behind a NAT64
    ],
)
def test_what_is_public(place: str, public: bool) -> None:
    assert is_public(place) is public


async def test_a_message_arrives(service: PushService, postman: WebPush) -> None:
    browser = service.browser(PUBLIC)
    await postman.post(target(browser), PRIVATE, LETTER)
    message = await browser.message()
    assert message.content == {"state": "ringing"}
    assert (message.headers["ttl"], message.headers["topic"]) == ("30", "topic")
    # The longest that there is goes into what every push service takes.
    body = b'"' + b"x" * (LARGEST - 2) + b'"'
    await postman.post(target(browser), PRIVATE, Letter(body, 30, "topic"))
    assert len((await browser.message()).content) == LARGEST - 2


async def test_our_own_network_is_not_written_to(service: PushService) -> None:
    guarded = WebPush("mailto:postmaster@ssdei.example", False, trust)
    browser = service.browser(PUBLIC)
    for endpoint in (
        None,
        "https://127.0.0.1:9/x",
        "https://[::1]:9/x",
        "https://169.254.169.254/x",
    ):
        # No token can be made for an address of IPv6 itself.
        with pytest.raises(NotTaken, match=r"TWS_LOCAL_PUSH|in a token"):
            await guarded.post(target(browser, endpoint), PRIVATE, LETTER)
    assert service.origin is not None and service.origin.requests == []
    await guarded.close()


async def test_nothing_is_redirected(service: PushService, postman: WebPush) -> None:
    browser, other = service.browser(PUBLIC), service.browser(PUBLIC)
    service.answers[browser.name] = [Reply(307, headers={"Location": other.endpoint})]
    with pytest.raises(NotTaken, match="307"):
        await postman.post(target(browser), PRIVATE, LETTER)
    assert other.arrived.empty()


@asynccontextmanager
async def endless(*first: bytes) -> AsyncIterator[str]:
    """A push service that says this, and then neither goes on nor hangs up."""

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.writelines(first)
        await reader.read()
        writer.close()

    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERTIFICATE, CERTIFICATE.with_suffix(".key"))
    async with await asyncio.start_server(take, "127.0.0.1", 0, ssl=tls) as server:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}/x"


async def test_no_more_is_read_than_its_status_needs(
    service: PushService, postman: WebPush
) -> None:
    head = b"HTTP/1.1 201 Created\r\nContent-Length: 1000000000\r\n\r\n"
    async with endless(head, b"x" * 2 * web_push.LIMITS.largest) as endpoint:
        await postman.post(target(service.browser(PUBLIC), endpoint), PRIVATE, LETTER)


async def test_who_never_ends_is_waited_for_no_longer_than_for_others(
    service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_push, "LIMITS", replace(web_push.LIMITS, whole=0.3))
    hasty = WebPush("mailto:postmaster@ssdei.example", True, trust)
    async with endless(b"HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\n", b"x") as endpoint:
        with pytest.raises(Later, match="does not answer"):
            await hasty.post(target(service.browser(PUBLIC), endpoint), PRIVATE, LETTER)
    await hasty.close()


@pytest.mark.parametrize(
    "endpoint", ["https://localhost/\x01", "https://localhost:99999/x", "https://localhöst\x02/x"]
)
async def test_what_is_no_address_is_not_asked(
    service: PushService, postman: WebPush, endpoint: str
) -> None:
    with pytest.raises(NotTaken):
        await postman.post(target(service.browser(PUBLIC), endpoint), PRIVATE, LETTER)


async def test_a_name_with_an_accent_is_asked_as_dns_has_it(
    service: PushService, postman: WebPush
) -> None:
    accent = target(service.browser(PUBLIC), "https://nö.invalid/x")
    with pytest.raises(Later, match="xn--n-1ga"):
        await postman.post(accent, PRIVATE, LETTER)


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, Gone), (410, Gone), (429, Later), (503, Later), (400, NotTaken), (403, NotTaken)],
)
async def test_what_its_answers_mean(
    service: PushService, postman: WebPush, status: int, error: type[Exception]
) -> None:
    browser = service.browser(PUBLIC)
    service.answers[browser.name] = [Reply(status, headers={"Retry-After": "7"})]
    with pytest.raises(error) as raised:
        await postman.post(target(browser), PRIVATE, LETTER)
    if isinstance(raised.value, Later):
        assert raised.value.after == 7


async def test_who_is_not_who_it_says_is_told_nothing(service: PushService) -> None:
    """The certificate is asked for by name, whatever address it has."""
    strict = WebPush("mailto:postmaster@ssdei.example", True)
    with pytest.raises(Later, match="not trusted"):
        await strict.post(target(service.browser(PUBLIC)), PRIVATE, LETTER)
    await strict.close()


async def test_a_host_that_is_nowhere_is_asked_again(
    service: PushService, postman: WebPush
) -> None:
    nowhere = target(service.browser(PUBLIC), "https://nowhere.invalid/x")
    with pytest.raises(Later, match="nowhere"):
        async with asyncio.timeout(20):
            await postman.post(nowhere, PRIVATE, LETTER)


def _wait(header: str) -> float:
    with pytest.raises(Later) as later:
        _judge("push.example", 503, {"retry-after": header})
    return later.value.after


def test_how_long_to_wait() -> None:
    later = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 100))
    assert 90 < _wait(later) <= 100
    assert (_wait("12"), _wait(""), _wait("soon")) == (12, 0, 0)
    assert _wait("Thu, 01 Jan 1970 00:00:00 GMT") == 0

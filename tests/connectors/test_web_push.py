"""Where messages for browsers go, and where not: the address is what a browser said."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from tests.connectors.http_server import Reply
from tests.push.push_service import Browser, PushService, running_push_service, trust
from tws.connectors.web_push import WebPush, _wait, is_public
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
    postman = WebPush("https://tws.ssdei.example:8443", True, trust())
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
    guarded = WebPush("mailto:postmaster@ssdei.example", False, trust())
    browser = service.browser(PUBLIC)
    for endpoint in (
        None,
        "https://127.0.0.1:9/x",
        "https://[::1]:9/x",
        "https://169.254.169.254/x",
    ):
        with pytest.raises(NotTaken, match="TWS_LOCAL_PUSH"):
            await guarded.post(target(browser, endpoint), PRIVATE, LETTER)
    assert service.origin is not None and service.origin.requests == []
    await guarded.close()


async def test_nothing_is_redirected(service: PushService, postman: WebPush) -> None:
    browser, other = service.browser(PUBLIC), service.browser(PUBLIC)
    service.answers[browser.name] = [Reply(307, headers={"Location": other.endpoint})]
    with pytest.raises(NotTaken, match="307"):
        await postman.post(target(browser), PRIVATE, LETTER)
    assert other.arrived.empty()


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
    with pytest.raises(Later, match="cannot be reached"):
        await strict.post(target(service.browser(PUBLIC)), PRIVATE, LETTER)
    await strict.close()


async def test_a_host_that_is_nowhere_is_asked_again(
    service: PushService, postman: WebPush
) -> None:
    nowhere = target(service.browser(PUBLIC), "https://nowhere.invalid/x")
    with pytest.raises(Later, match="not known"):
        async with asyncio.timeout(20):
            await postman.post(nowhere, PRIVATE, LETTER)


def test_how_long_to_wait() -> None:
    later = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 100))
    assert 90 < _wait(later) <= 100
    assert (_wait("12"), _wait(""), _wait("soon")) == (12, 0, 0)
    assert _wait("Thu, 01 Jan 1970 00:00:00 GMT") == 0

"""What connectors over HTTP share: limits of time and size, patience with a server that asks for
it, and errors in words that hold no secret.

One reader talks to one origin only (scheme, host and port): neither a redirection nor a link
inside an answer takes the password of a directory anywhere else.
"""

import ssl
import threading
import time
from codecs import BOM_UTF8
from collections.abc import Callable, Collection, Generator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec
from lxml import etree

from tws.connectors.http.errors import refusal, unreadable
from tws.connectors.http.settings import trusting
from tws.sources.clear import refuse_clear_address
from tws.sources.errors import Misconfigured, Unreachable
from tws.undecodable import UNDECODABLE

SILENCE = 30.0
"Seconds within which a server must say something."
LONGEST_ANSWER = 300.0
"Seconds that one answer may take altogether."
LARGEST_ANSWER = 64 * 1024 * 1024
"Bytes of one answer, unpacked."
MOST_WAITS, LONGEST_WAIT = 5, 60.0
"How often, and how many seconds, a server may ask us to wait (RFC 9110, Retry-After)."
MOST_REDIRECTIONS = 5
BUSY = frozenset({429, 503, 504})
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"For http, where none is used: it trusts nobody, and need not read every authority of the world."
AGENT = "TWS directory reader"

Wait = Callable[[float], object]


class Answer:
    """A whole answer, within the limits."""

    def __init__(self, status: int, url: str, headers: httpx.Headers, content: bytes) -> None:
        self.status, self.url, self.headers, self.content = status, url, headers, content

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    def json(self) -> Any:
        try:
            return msgspec.json.decode(self.content.removeprefix(BOM_UTF8))
        except UNDECODABLE as error:
            raise Misconfigured(
                "What {host} answers is not JSON: {said}.", host=self.host, said=str(error)
            ) from error

    def xml(self) -> etree._Element:
        """Its root. A document that could define entities is refused."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(self.content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Misconfigured(
                "What {host} answers is not XML: {said}.", host=self.host, said=str(error)
            ) from error
        if root.getroottree().docinfo.doctype:
            raise Unreachable(
                "{host} answers with a document type, which is not read.", host=self.host
            )
        return root


def throttles(answer: Answer) -> bool:
    """Whether it asks us to come back."""
    return answer.status in BUSY


class Bearer(httpx.Auth):
    """A token that is fetched when it is first needed, and once more when it is refused."""

    def __init__(self, fetch: Callable[[], str]) -> None:
        self._fetch, self._token = fetch, ""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        fresh = not self._token
        if fresh:
            self._token = self._fetch()
        request.headers["Authorization"] = f"Bearer {self._token}"
        response = yield request
        if response.status_code == 401 and not fresh:
            self._token = self._fetch()
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request


class Http:
    """A reader of one origin, closed at the end of a `with`. `tls` makes what https needs.
    `secrets`: texts that no words may hold, whatever the server sends back. `busy`: for services
    that say it in another way than by a status."""

    def __init__(
        self,
        base: str,
        *,
        auth: httpx.Auth | None = None,
        headers: Mapping[str, str] | None = None,
        tls: Callable[[], ssl.SSLContext] = trusting,
        secrets: Collection[str] = (),
        wait: Wait | None = None,
        busy: Callable[[Answer], bool] = throttles,
    ) -> None:
        self._base, self._auth, self._busy = base, auth, busy
        self._secrets = tuple(secret for secret in secrets if secret)
        # Not `time.sleep`: a thread that waits so can be seen, and tests pass their own.
        self._wait = wait or threading.Event().wait
        given = {"User-Agent": AGENT, **(headers or {})}
        refuse_clear_address(base)
        self._client = httpx.Client(
            # As bytes: a key may have an accent, and httpx then says which key it was.
            headers=[(name.encode(), value.encode()) for name, value in given.items()],
            timeout=SILENCE,
            verify=tls() if base.lower().startswith("https:") else PLAIN,
            # NTLM belongs to a connection: there is one.
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
        )

    def __enter__(self) -> "Http":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(self, url: str = "", **more: Any) -> Answer:
        return self.request("GET", url, **more)

    def request(
        self,
        method: str,
        url: str = "",
        *,
        params: Mapping[str, str | list[str]] | None = None,
        expected: Collection[int] = (),
        **more: Any,
    ) -> Answer:
        """`url`: absolute, or seen from the base; `params` are added to its own. `more`: headers,
        content, data, json as httpx has them. An answer without success raises, unless its status
        is `expected`."""
        where, waits, redirections = self._within(url, params=params), 0, 0
        while True:
            answer = self._once(method, where, more)
            if 200 <= answer.status < 300 or answer.status in expected:
                return answer
            if waits < MOST_WAITS and self._busy(answer):
                asked = answer.headers.get("Retry-After", "")
                self.pause(waits, retry_after(asked, datetime.now(UTC)))
                waits += 1
            elif answer.status in (301, 302, 307, 308) and redirections < MOST_REDIRECTIONS:
                where = self._within(answer.headers.get("Location", ""), answer.url)
                redirections += 1
            else:
                raise refusal(answer.status, answer.url, answer.content, self._secrets)

    def _within(
        self, url: str, seen_from: str = "", params: Mapping[str, str | list[str]] | None = None
    ) -> str:
        """The whole address; Misconfigured where it is another server's."""
        try:
            where = urljoin(seen_from or self._base, url)
            ours, theirs = origin(self._base), origin(where)
            where = str(httpx.URL(where).copy_merge_params(params)) if params else where
        except (ValueError, httpx.InvalidURL) as error:
            raise Misconfigured("This is no address that can be read.") from error
        if ours != theirs:
            raise Misconfigured(
                "{host} sends us to {scheme}://{other}:{port}, where our password is "
                "not sent: enter that address if it is right.",
                host=ours[1],
                scheme=theirs[0],
                other=theirs[1],
                port=theirs[2],
            )
        return where

    def _once(self, method: str, where: str, more: Mapping[str, Any]) -> Answer:
        """One answer, after what the server asks about who we are. The steps of that are taken
        here and not by httpx, which would read their answers without a limit."""
        try:
            request = self._client.build_request(method, where, **more)
            steps = (self._auth or httpx.Auth()).sync_auth_flow(request)
            request = next(steps)
            while True:
                response = self._client.send(request, auth=None, stream=True)
                content = _whole(response)
                try:
                    request = steps.send(response)
                except StopIteration:
                    return Answer(response.status_code, where, response.headers, content)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise unreadable(where, error, SILENCE) from None

    def pause(self, waits: int, seconds: float | None) -> None:
        """Do what a server asks for that is busy; `waits`: how often it did before. Unreachable
        where it asks for too much, or too often."""
        if seconds is not None and seconds > LONGEST_WAIT:
            raise Unreachable(
                "{host} asks to be left alone for {seconds} seconds.",
                host=origin(self._base)[1],
                seconds=round(seconds),
                retry_after=seconds,
            )
        if waits >= MOST_WAITS:
            raise Unreachable(
                "{host} is too busy.", host=origin(self._base)[1], retry_after=seconds
            )
        self._wait(float(2**waits) if seconds is None else seconds)


def _whole(response: httpx.Response) -> bytes:
    """Within the limits."""
    until, content = time.monotonic() + LONGEST_ANSWER, bytearray()
    try:
        for part in response.iter_bytes():
            content += part
            if len(content) > LARGEST_ANSWER:
                raise Misconfigured(
                    "{host} answers with more than {most} MB at once: ask for less, or in pages.",
                    host=response.url.host,
                    most=LARGEST_ANSWER >> 20,
                )
            if time.monotonic() > until:
                raise Unreachable(
                    "{host} takes more than {seconds} seconds for one answer.",
                    host=response.url.host,
                    seconds=round(LONGEST_ANSWER),
                )
    finally:
        response.close()
    return bytes(content)


def retry_after(text: str, now: datetime) -> float | None:
    """Seconds (RFC 9110, 10.2.3), from a number of them or a date; None where it says nothing."""
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port (RFC 6454, 4). ValueError where it is no address of the web."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}[parts.scheme]

"""What gateways over HTTP are asked, and what they answer.

Of a question that was sent and not answered nobody knows what it did: OutcomeUnknown. Nothing is
asked twice, no redirection is followed, and answers have limits of time and size.
"""

import asyncio
import ssl
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from tws.connectors.http.client import PLAIN
from tws.connectors.http.errors import refusal, unreadable, without
from tws.connectors.sms.places import allowed
from tws.messaging.sms.provider import OutcomeUnknown, SmsRefused
from tws.sources.errors import Misconfigured, Unreachable

SILENCE, WHOLE = 15.0, 45.0
"Seconds: without a word, and for one answer altogether."
LARGEST = 256 * 1024
"Bytes of an answer."
PORTS = {"http": 80, "https": 443}
AGENT = "TWS"
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, with success or an expected status."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", errors="replace")


class Outbound:
    def __init__(
        self, *, local: bool, tls: Callable[[], ssl.SSLContext], secrets: Collection[str] = ()
    ) -> None:
        """`secrets`: texts that no words may hold, whatever the gateway sends back."""
        self._local, self._tls = local, tls
        self._secrets = tuple(secret for secret in secrets if secret)
        self._clients: dict[str, httpx.AsyncClient] = {}

    async def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
        largest: int = LARGEST,
        expected: Collection[int] = (),
    ) -> Answer:
        """`expected`: statuses that are answers too. OutcomeUnknown, SmsRefused; any other
        ConnectorError says that it was not taken."""
        connected = False
        try:
            async with asyncio.timeout(WHOLE):
                request = await self._request(method, url, headers or {}, content)
                client = self._client(urlsplit(url).scheme)
                connected = True
                response = await client.send(request, stream=True)
                try:
                    body = await _whole(response, largest)
                finally:
                    await response.aclose()
        except _NOT_SENT as error:
            raise unreadable(url, error, SILENCE) from None
        except httpx.HTTPError as error:
            raise OutcomeUnknown(unreadable(url, error, SILENCE).said) from None
        except TimeoutError:
            kind = OutcomeUnknown if connected else Unreachable
            raise kind(
                "{host} does not answer within {seconds} seconds.",
                host=urlsplit(url).hostname or "",
                seconds=round(WHOLE),
            ) from None
        answer = Answer(url, response.status_code, dict(response.headers), body)
        return answer if answer.status in expected else self._judged(answer)

    def said(self, answer: Answer) -> str:
        """One line of what it answers, without secrets."""
        line = " ".join(without(answer.text, self._secrets).split())
        return "".join(sign for sign in line if sign.isprintable())[:200]

    async def close(self) -> None:
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()

    async def _request(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes
    ) -> httpx.Request:
        try:
            parts = urlsplit(url)
            port = parts.port or PORTS.get(parts.scheme, 0)
        except ValueError:
            raise Misconfigured("This is no address that can be read.") from None
        if parts.scheme not in PORTS or not parts.hostname:
            raise Misconfigured("This is no address that can be read.")
        place = await allowed(parts.hostname, port, local=self._local)
        bare = f"[{place}]" if ":" in place else place
        given = {
            "Host": parts.netloc.rpartition("@")[2],
            "User-Agent": AGENT,
            "Accept": "*/*",
            **headers,
        }
        return httpx.Request(
            method,
            parts._replace(netloc=f"{bare}:{port}", fragment="").geturl(),
            # As bytes: a key may have an accent, and httpx then says which key it was.
            headers=[(name.encode(), value.encode()) for name, value in given.items()],
            content=content or None,
            extensions={
                "sni_hostname": parts.hostname,
                "timeout": httpx.Timeout(SILENCE).as_dict(),
            },
        )

    def _client(self, scheme: str) -> httpx.AsyncClient:
        if scheme not in self._clients:
            tls = self._tls() if scheme == "https" else PLAIN
            self._clients[scheme] = httpx.AsyncClient(
                verify=tls,
                trust_env=False,
                # One that the gateway has closed meanwhile could not be told from a lost answer.
                limits=httpx.Limits(max_keepalive_connections=0),
            )
        return self._clients[scheme]

    def _judged(self, answer: Answer) -> Answer:
        if 200 <= answer.status < 300:
            return answer
        error = refusal(answer.status, answer.url, answer.content, self._secrets)
        if answer.status >= 500 and answer.status != 503:
            raise OutcomeUnknown(error.said)
        if answer.status in (400, 409, 413, 422):
            raise SmsRefused(error.said)
        raise error


async def _whole(response: httpx.Response, largest: int) -> bytes:
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > largest:
            raise OutcomeUnknown(
                "{host} answers with more than {most} kB.",
                host=response.request.headers.get("Host", ""),
                most=largest >> 10,
            )
    return bytes(body)

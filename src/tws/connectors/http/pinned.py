"""Asks addresses that somebody else wrote: the name is looked up once and judged, and the address
that was found is the one that is asked, by its name (Host, TLS).

Nothing is asked twice, no redirection is followed, and answers have limits of time and size.
"""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from tws.connectors.http.client import PLAIN
from tws.connectors.http.errors import unreadable
from tws.connectors.http.places import NotAsked, Reach, looked_up
from tws.net.encryption import InClear, refuse_address
from tws.sources.errors import ConnectorError, Unreachable

PORTS = {"http": 80, "https": 443}
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)


class Unanswered(ConnectorError):
    """It was sent, and nobody knows what it did."""


@dataclass(frozen=True, slots=True)
class Limits:
    silence: float
    "Seconds without a word."
    whole: float
    "Seconds for one answer altogether, from looking the name up."
    largest: int
    "Bytes of an answer, unpacked."


@dataclass(frozen=True, slots=True)
class Answer:
    url: str
    status: int
    headers: Mapping[str, str]
    "Their names in small letters."
    content: bytes
    whole: bool = True
    "No: there was more than is read."

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", errors="replace")


@dataclass(frozen=True, slots=True)
class Goal:
    """An address as it was written, before its name is looked up."""

    url: httpx.URL
    host: str
    "As DNS has it, without the brackets of IPv6."
    port: int

    @classmethod
    def of(cls, text: str) -> "Goal":
        """NotAsked where it cannot be read."""
        try:
            # It writes names with accents as DNS has them (RFC 5891).
            url = httpx.URL(text)
        except httpx.InvalidURL:
            raise NotAsked("This is no address that can be read.") from None
        host, port = url.raw_host.decode(), url.port or PORTS.get(url.scheme, 0)
        if not host or not 0 < port < 1 << 16 or url.scheme not in PORTS:
            raise NotAsked("This is no address that can be read.")
        try:
            refuse_address(text)
        except InClear as error:
            raise NotAsked(error.said) from None
        return cls(url, host, port)

    def request(
        self,
        place: str,
        method: str,
        headers: Mapping[str, str],
        silence: float,
        content: bytes = b"",
    ) -> httpx.Request:
        """To that IP address, by the name that was written. `silence`: seconds without a word."""
        given = {"Host": self.url.netloc.decode(), **headers}
        return httpx.Request(
            method,
            self.url.copy_with(host=place, port=self.port, userinfo=b"", fragment=None),
            # As bytes: a key may have an accent, and httpx then says which key it was.
            headers=[(name.encode(), value.encode()) for name, value in given.items()],
            content=content or None,
            extensions={
                "sni_hostname": self.host,
                "timeout": httpx.Timeout(silence).as_dict(),
            },
        )


class Pinned:
    def __init__(
        self, reach: Reach, limits: Limits, tls: Callable[[], ssl.SSLContext], *, kept: int = 0
    ) -> None:
        """`kept`: connections for the next question. One that the server has closed meanwhile
        cannot be told from a lost answer."""
        self._reach, self._limits, self._tls, self._kept = reach, limits, tls, kept
        self._clients: dict[str, httpx.AsyncClient] = {}

    async def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes = b"",
        largest: int | None = None,
    ) -> Answer:
        """Whatever it answers. NotAsked, Unanswered; any other ConnectorError says that it was
        not sent."""
        silence, sending = self._limits.silence, False
        try:
            async with asyncio.timeout(self._limits.whole):
                request = await self._request(method, url, headers, content)
                client = await self._client(request.url.scheme)
                sending = True
                response = await client.send(request, stream=True)
                try:
                    body, whole = await _read(response, largest or self._limits.largest)
                finally:
                    await response.aclose()
        except _NOT_SENT as error:
            raise unreadable(url, error, silence) from None
        except httpx.HTTPError as error:
            raise Unanswered(unreadable(url, error, silence).said) from None
        except TimeoutError:
            raise (Unanswered if sending else Unreachable)(
                "{host} does not answer within {seconds} seconds.",
                host=urlsplit(url).hostname or "",
                seconds=round(self._limits.whole),
            ) from None
        return Answer(url, response.status_code, dict(response.headers), body, whole)

    async def close(self) -> None:
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()

    async def _request(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes
    ) -> httpx.Request:
        goal = Goal.of(url)
        place = await looked_up(goal.host, goal.port, self._reach)
        return goal.request(place, method, headers, self._limits.silence, content)

    async def _client(self, scheme: str) -> httpx.AsyncClient:
        if scheme not in self._clients:
            tls = await asyncio.to_thread(self._tls) if scheme == "https" else PLAIN
            self._clients.setdefault(
                scheme,
                httpx.AsyncClient(
                    verify=tls,
                    trust_env=False,
                    limits=httpx.Limits(max_keepalive_connections=self._kept),
                ),
            )
        return self._clients[scheme]


async def _read(response: httpx.Response, largest: int) -> tuple[bytes, bool]:
    """What there is of it, and whether that is all."""
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > largest:
            return bytes(body[:largest]), False
    return bytes(body), True

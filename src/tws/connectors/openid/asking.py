"""Asking a provider: within limits of time and size, and never led elsewhere."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import msgspec

from tws.access.identity_provider import Failure, NotIdentified
from tws.connectors.http.client import PLAIN
from tws.connectors.http.errors import unreadable
from tws.connectors.http.settings import trusting
from tws.sentences import Words, sentence
from tws.sources.clear import refuse_clear_address
from tws.sources.errors import Misconfigured
from tws.undecodable import UNDECODABLE

ANSWERS_WITHIN = 10.0
"Seconds: somebody is waiting before a blank page."
LARGEST_ANSWER = 512 * 1024
"Bytes."
# Packed answers are not asked for: of those nobody knows beforehand how large they are.
HEADERS = {"User-Agent": "TWS", "Accept": "application/json", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    content: Mapping[str, Any]
    "A JSON object."


class Asking:
    def __init__(self) -> None:
        self._tls: ssl.SSLContext | None = None

    async def get(self, url: str, token: str = "") -> Mapping[str, Any]:
        """What it has there; NotIdentified."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = await self._asked("GET", url, headers)
        if answer.status != 200:
            raise away(sentence("{url} answers {status}.", url=url, status=answer.status))
        return answer.content

    async def post(
        self, url: str, form: Mapping[str, str], basic: httpx.BasicAuth | None
    ) -> Answer:
        """Whatever it answers; NotIdentified where that is nothing that could be read."""
        return await self._asked("POST", url, {}, data=dict(form), auth=basic)

    async def _asked(
        self, method: str, url: str, headers: Mapping[str, str], **more: Any
    ) -> Answer:
        try:
            refuse_clear_address(url)
            async with asyncio.timeout(ANSWERS_WITHIN):
                verify = await self._trusted() if url.startswith("https:") else PLAIN
                async with (
                    httpx.AsyncClient(
                        headers=HEADERS, timeout=ANSWERS_WITHIN, verify=verify
                    ) as client,
                    client.stream(method, url, headers=headers, **more) as response,
                ):
                    content = await _whole(response)
        except TimeoutError:
            raise away(
                sentence(
                    "{url} takes more than {seconds} seconds.",
                    url=url,
                    seconds=round(ANSWERS_WITHIN),
                )
            ) from None
        except Misconfigured as error:
            raise away(error.said) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise away(unreadable(url, error, ANSWERS_WITHIN).said) from None
        return Answer(response.status_code, _object(url, content))

    async def _trusted(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = await asyncio.to_thread(trusting)
        return self._tls


async def _whole(response: httpx.Response) -> bytes:
    """Within the limit; NotIdentified for what is none of a provider's answers."""
    if response.is_redirect:
        raise away(sentence("{url} sends us elsewhere.", url=str(response.url)))
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise away(f"{response.url} answers packed")
    content = bytearray()
    async for part in response.aiter_raw():
        content += part
        if len(content) > LARGEST_ANSWER:
            raise away(f"{response.url} answers with more than {LARGEST_ANSWER} bytes")
    return bytes(content)


def _object(url: str, content: bytes) -> Mapping[str, Any]:
    try:
        found = msgspec.json.decode(content)
    except UNDECODABLE:
        found = None
    if not isinstance(found, dict):
        raise away(sentence("{url} answers with no JSON object.", url=url))
    return found


def away(words: Words) -> NotIdentified:
    return NotIdentified(Failure.AWAY, words)

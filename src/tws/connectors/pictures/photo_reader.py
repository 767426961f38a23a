"""Photos of a source, those too that lie at addresses of the web.

An address is somebody else's text, and may name what only this machine reaches: names are looked
up here, and what is not allowed is not asked, also after a redirection.
"""

import time
from collections import Counter
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

from tws.connectors.http.pinned import Goal
from tws.connectors.http.places import NotAsked, Reach, look_up
from tws.connectors.http.settings import trusting
from tws.connectors.pictures import shrinking
from tws.directory.cards import LARGEST_PHOTO
from tws.directory.photos import NoPhoto, Photo
from tws.sources.errors import ConnectorError

AT_ONCE = 6
"Pictures that are fetched at the same time."
SILENCE, LONGEST = 5.0, 15.0
"Seconds: without a word, and of one picture altogether."
ALL: Final = 900.0
"Seconds for the photos of one synchronisation: those left over follow in the next one."
TURN = 120.0
"Seconds for those that are fetched together: a reader that is silent for long is given up."
LEFT = NoPhoto("left for the next synchronisation", later=True)
MOST_REDIRECTIONS = 3
GIVEN_UP = 5
"Failures of a host in a row after which it is not asked any more."


class PhotoReader:
    """Of one synchronisation. `local`: this machine's own addresses may be asked too."""

    def __init__(self, local: bool = False) -> None:
        self._reach = Reach.ANY if local else Reach.OTHERS
        self._begun = time.monotonic()
        self._failures: Counter[str] = Counter()
        self._client: httpx.Client | None = None
        self._pool = ThreadPoolExecutor(AT_ONCE)

    def close(self) -> None:
        """One that is still fetched is not waited for."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._client is not None:
            self._client.close()

    def small(self, raw: bytes) -> Photo:
        return shrinking.small(raw)

    def fetched(self, addresses: Collection[str]) -> Mapping[str, Photo | NoPhoto]:
        if not addresses:
            return {}
        if self._client is None:
            self._client = httpx.Client(verify=trusting(), timeout=SILENCE, trust_env=False)
        asked = {address: self._pool.submit(self._one, address) for address in addresses}
        wait(asked.values(), TURN)
        # One that is still at it holds its thread, and ends with the process.
        for one in asked.values():
            one.cancel()
        return {
            address: one.result() if one.done() and not one.cancelled() else LEFT
            for address, one in asked.items()
        }

    def _one(self, address: str) -> Photo | NoPhoto:
        try:
            host = urlsplit(address).netloc
        except ValueError:
            return NoPhoto("an address that is not of the web")
        if time.monotonic() - self._begun > ALL:
            return LEFT
        if self._failures[host] >= GIVEN_UP:
            return NoPhoto("its host does not answer", later=True)
        try:
            found = shrinking.small(self._raw(address, time.monotonic() + LONGEST))
        except NoPhoto as error:
            self._failures[host] = self._failures[host] + 1 if error.later else 0
            return error
        self._failures[host] = 0
        return found

    def _raw(self, address: str, until: float) -> bytes:
        for _ in range(MOST_REDIRECTIONS + 1):
            try:
                found = self._asked(address, until)
                if isinstance(found, bytes):
                    return found
                address = urljoin(address, found)
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
                raise NoPhoto("its address does not answer", later=True) from error
        raise NoPhoto("an address that redirects too often")

    def _asked(self, address: str, until: float) -> bytes | str:
        """The picture, or to where it was moved."""
        try:
            goal = Goal.of(address)
        except NotAsked:
            raise NoPhoto("an address that is not of the web") from None
        request = goal.request(self._place(goal), "GET", {"Accept": "image/*"}, SILENCE)
        assert self._client is not None
        answer = self._client.send(request, stream=True)
        try:
            if answer.is_redirect:
                return str(answer.headers.get("Location", ""))
            if answer.status_code != 200:
                later = answer.status_code >= 500 or answer.status_code == 429
                raise NoPhoto(
                    "its address answers {status}",
                    status=answer.status_code,
                    later=later,
                )
            return _body(answer, until)
        finally:
            answer.close()

    def _place(self, goal: Goal) -> str:
        try:
            return look_up(goal.host, goal.port, self._reach)
        except NotAsked:
            raise NoPhoto("an address of this machine, which is not read") from None
        except ConnectorError as error:
            raise NoPhoto("a host that is not known", later=True) from error


def _body(answer: httpx.Response, until: float) -> bytes:
    taken = bytearray()
    for block in answer.iter_bytes():
        taken += block
        if len(taken) > LARGEST_PHOTO:
            raise NoPhoto("a picture of more than {most} bytes", most=LARGEST_PHOTO)
        if time.monotonic() > until:
            raise NoPhoto("its address is too slow", later=True)
    return bytes(taken)

"""NATS, by which the nodes of one server find and hear each other: `pip install tws[cluster]`."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

import structlog
from nats.aio.client import Client
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError
from nats.js.errors import Error as JetStreamError
from nats.js.errors import (
    KeyNotFoundError,
    KeyWrongLastSequenceError,
    NoStreamResponseError,
    NotFoundError,
)

from tws.cluster.board import Taken, Unreachable
from tws.cluster.bucket import Bucket
from tws.net.encryption import InClear, refuse

T = TypeVar("T")
CONNECTS_WITHIN = 5.0
ANSWERS_WITHIN = 2.0
"Seconds; the second is how long a question to the board may take."
COMES_BACK: dict[str, Any] = {
    "allow_reconnect": True,
    "max_reconnect_attempts": -1,
    "reconnect_time_wait": 0.5,
    "connect_timeout": 2,
    "ping_interval": 2,
    "max_outstanding_pings": 2,
}
"All in seconds, but for the counts."
log = structlog.get_logger(__name__)


class _Encrypting(Client):
    """The library encrypts where the server asks for it: one at `tls://` that does not, or
    somebody in its place, would be told our password in the clear."""

    def _connect_command(self) -> bytes:
        server, transport = self._current_server, self._transport
        assert server is not None and transport is not None
        if server.uri.scheme == "tls" and not _is_encrypted(transport):
            raise NatsError(f"{server.uri.hostname} offers no TLS, and tls:// asks for it")
        return super()._connect_command()


def _is_encrypted(transport: Any) -> bool:
    writer = transport._io_writer
    return writer is not None and writer.get_extra_info("ssl_object") is not None


@asynccontextmanager
async def connected(servers: Sequence[str], node: str) -> AsyncIterator[Client]:
    """A connection that comes back by itself for as long as it is used. Unreachable at first."""

    async def told(what: Exception) -> None:
        log.warning("NATS", error=str(what) or type(what).__name__)

    try:
        for server in servers:
            parts = urlsplit(server)
            refuse(parts.hostname or "", parts.port or 0, encrypted=parts.scheme == "tls")
    except InClear as error:
        raise Unreachable(str(error)) from error
    client = _Encrypting()
    connecting = client.connect(list(servers), name=f"tws {node}", error_cb=told, **COMES_BACK)
    try:
        await asyncio.wait_for(connecting, CONNECTS_WITHIN)
    except (NatsError, OSError, TimeoutError) as error:
        raise Unreachable(str(error) or type(error).__name__) from error
    try:
        yield client
    finally:
        await client.close()


class NatsBoard:
    """A bucket of JetStream's key-value store, whose entries fade after `lasts` seconds."""

    def __init__(self, client: Client, lasts: float) -> None:
        self._bucket = Bucket(client, lasts, ANSWERS_WITHIN)

    async def entries(self) -> Mapping[str, str]:
        """Each is asked for by itself, of the server that leads. A watcher would tell all in one
        answer, but JetStream may seat it at a server that died, where it says nothing."""
        await self._asked(self._bucket.open())
        keys = await self._asked(self._bucket.keys())
        found = zip(keys, await asyncio.gather(*map(self.entry, keys)), strict=True)
        return {key: entry[0] for key, entry in found if entry is not None}

    async def entry(self, key: str) -> tuple[str, int] | None:
        bucket = await self._asked(self._bucket.open())
        try:
            found = await self._asked(bucket.get(key))
        except KeyNotFoundError:
            return None
        return (found.value or b"").decode(), found.revision or 0

    async def create(self, key: str, holder: str) -> int:
        bucket = await self._asked(self._bucket.open())
        return await self._written(lambda: bucket.create(key, holder.encode()), key)

    async def renew(self, key: str, holder: str, revision: int) -> int:
        bucket = await self._asked(self._bucket.open())
        return await self._written(lambda: bucket.update(key, holder.encode(), revision), key)

    async def give_back(self, key: str, revision: int) -> None:
        bucket = await self._asked(self._bucket.open())
        await self._written(lambda: bucket.delete(key, last=revision), key)

    async def _written(self, work: Callable[[], Awaitable[T]], key: str) -> T:
        try:
            return await self._asked(work())
        except KeyWrongLastSequenceError as error:
            raise Taken(key) from error

    async def _asked(self, answer: Awaitable[T]) -> T:
        try:
            return await asyncio.wait_for(answer, ANSWERS_WITHIN)
        except (KeyWrongLastSequenceError, KeyNotFoundError):
            raise
        except (NatsError, JetStreamError, OSError, TimeoutError) as error:
            if isinstance(error, NotFoundError | NoStreamResponseError):
                self._bucket.forget()
            raise Unreachable(str(error) or type(error).__name__) from error


async def given_back(*subscriptions: Subscription | None) -> None:
    """What comes there is no more for us; where NATS is away it knows that already."""
    for subscription in subscriptions:
        if subscription is None:
            continue
        try:
            await subscription.unsubscribe()
        except NatsError as error:
            log.warning("NATS", error=str(error))

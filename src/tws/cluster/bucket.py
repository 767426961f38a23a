"""The bucket of JetStream's key-value store that is the board: made by the first node that looks.

Three servers keep it where three are one cluster, so that any of them may die. Of two both would
be needed for each answer: there one keeps it, as where there is one.
"""

import asyncio

import structlog
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.errors import APIError, BucketNotFoundError
from nats.js.kv import KeyValue

BUCKET = "tws"
STREAM = f"KV_{BUCKET}"
"As which JetStream keeps it."
COPIES = 3
SPREAD_EVERY = 30.0
"Seconds after which it is looked whether three could keep it now: servers come one by one."
SPREAD_WITHIN = 1.0
"Seconds; whoever holds something has to say so meanwhile."
TOO_FEW = {10005, 10023, 10074}
"JetStream's errors: no peers to place it, none that has room, no cluster at all."
IN_USE = 10058
"Its error where the bucket is there, and is kept otherwise."
log = structlog.get_logger(__name__)


class Bucket:
    def __init__(self, client: Client, lasts: float, within: float) -> None:
        """`lasts`: seconds after which an entry fades; `within`: for an answer of NATS."""
        self._lasts = lasts
        self._streams = client.jetstream(timeout=within)
        self._spreading = client.jetstream(timeout=SPREAD_WITHIN)
        self._found: KeyValue | None = None
        self._spread_at = 0.0
        self._opening = asyncio.Lock()

    async def open(self) -> KeyValue:
        """NATS' errors."""
        async with self._opening:
            if self._found is None:
                self._found = await self._look()
            now = asyncio.get_running_loop().time()
            if now >= self._spread_at:
                self._spread_at = now + SPREAD_EVERY
                await self._spread()
            return self._found

    def forget(self) -> None:
        """It is not there any more: NATS came back with an empty store."""
        self._found = None

    async def keys(self) -> list[str]:
        """Also of entries that were given back just now. NATS' errors."""
        before = f"$KV.{BUCKET}."
        known = await self._streams.stream_info(STREAM, subjects_filter=f"{before}>")
        return [subject.removeprefix(before) for subject in known.state.subjects or {}]

    async def _look(self) -> KeyValue:
        try:
            return await self._streams.key_value(BUCKET)
        except BucketNotFoundError:
            pass
        try:
            return await self._make(COPIES)
        except APIError as error:
            if error.err_code == IN_USE:  # made by another node meanwhile
                return await self._streams.key_value(BUCKET)
            if error.err_code not in TOO_FEW:
                raise
        return await self._make(1)

    async def _make(self, copies: int) -> KeyValue:
        made = await self._streams.create_key_value(
            bucket=BUCKET, ttl=self._lasts, history=1, replicas=copies
        )
        log.info("board made", servers=copies)
        return made

    async def _spread(self) -> None:
        """Where this cannot be done the board is what it was, and serves."""
        try:
            await _copied(self._spreading)
        except NatsError as error:
            if not (isinstance(error, APIError) and error.err_code in TOO_FEW):
                log.warning("board not spread over servers", error=str(error))


async def _copied(streams: JetStreamContext) -> None:
    known = await streams.stream_info(STREAM)
    # A server that is none of a cluster would take it, and not read it any more when it starts.
    if known.cluster is None or (known.config.num_replicas or 0) >= COPIES:
        return
    await streams.update_stream(known.config, num_replicas=COPIES)
    log.info("board spread over servers", servers=COPIES)

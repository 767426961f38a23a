"""Traces of links that other nodes hold: the holder sends each record to the node that traces.

Who traces says so again every few seconds, whoever holds the link by then; who hears nothing of it
sends no more. Records are on the wire as they are in a trace.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Protocol

import msgspec
import structlog
from msgspec import Struct
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from tws.cluster.link_voice import subject
from tws.cluster.nats import given_back
from tws.cluster.tasks import Tasks
from tws.maintenance.traces.lines import Dropped, NotATrace, line, records
from tws.telephony.model import LinkId
from tws.telephony.tracing import Record, Tap
from tws.undecodable import UNDECODABLE

ASKED_EVERY = 3.0
HEEDED = 10.0
"Seconds; the second is how long a wish is heeded that is not said again."
MOST_WAITING = 10_000
Told = Callable[[Msg], Awaitable[None]]
log = structlog.get_logger(__name__)


class Wish(Struct, frozen=True):
    """`anew`: the link is begun anew first."""

    on: bool
    anew: bool = False


class Traced(Protocol):
    def trace(self, link: LinkId, tap: Tap | None) -> None: ...

    async def trace_anew(self, link: LinkId, tap: Tap) -> None: ...


class _Sent:
    """A tap whose records go to another node; what it cannot take in time is counted there."""

    def __init__(self, client: Client, link: LinkId, tasks: Tasks) -> None:
        self._client, self._name = client, subject(link, "records")
        self._waiting: deque[Record | Dropped] = deque()
        self._dropped = 0
        self._some = asyncio.Event()
        self.sending = tasks.start("send records of a link", self._send())

    def note(self, record: Record) -> None:
        if len(self._waiting) >= MOST_WAITING:
            self._dropped += 1
            return
        if self._dropped:
            self._waiting.append(Dropped(self._dropped))
            self._dropped = 0
        self._waiting.append(record)
        self._some.set()

    async def _send(self) -> None:
        while True:
            await self._some.wait()
            self._some.clear()
            while self._waiting:
                record = self._waiting.popleft()
                try:
                    await self._client.publish(self._name, line(record))
                except NatsError as error:
                    log.warning("a record was not sent", error=str(error))


class TapsHere:
    """Of the holder: `begin` and `end` with the link."""

    def __init__(self, client: Client, network: Traced) -> None:
        self._client, self._network = client, network
        self._tasks = Tasks()
        self._subscriptions: dict[LinkId, Subscription] = {}
        self._sent: dict[LinkId, _Sent] = {}
        self._ending: dict[LinkId, asyncio.TimerHandle] = {}

    async def begin(self, link: LinkId) -> None:
        async def asked(message: Msg) -> None:
            try:
                wish = msgspec.msgpack.decode(message.data, type=Wish)
            except UNDECODABLE as error:
                log.warning("a wish that cannot be read", link=link, error=str(error))
                return
            await self._heed(link, wish)

        if link not in self._subscriptions:
            name = subject(link, "tap")
            self._subscriptions[link] = await self._client.subscribe(name, cb=asked)

    async def end(self, link: LinkId) -> None:
        await given_back(self._subscriptions.pop(link, None))
        self._no_more(link)

    async def _heed(self, link: LinkId, wish: Wish) -> None:
        if (timer := self._ending.pop(link, None)) is not None:
            timer.cancel()
        if not wish.on:
            self._no_more(link)
            return
        loop = asyncio.get_running_loop()
        self._ending[link] = loop.call_later(HEEDED, self._no_more, link)
        if link in self._sent:
            return
        sent = self._sent[link] = _Sent(self._client, link, self._tasks)
        if wish.anew:
            await self._network.trace_anew(link, sent)
        else:
            self._network.trace(link, sent)

    def _no_more(self, link: LinkId) -> None:
        if (timer := self._ending.pop(link, None)) is not None:
            timer.cancel()
        if (sent := self._sent.pop(link, None)) is not None:
            self._network.trace(link, None)
            sent.sending.cancel()


class TapsElsewhere:
    """Of the node that traces a link which another one holds."""

    def __init__(self, client: Client) -> None:
        self._client, self._tasks = client, Tasks()
        self._asking: dict[LinkId, asyncio.Task[None]] = {}

    def trace(self, link: LinkId, tap: Tap | None, *, anew: bool = False) -> None:
        if (before := self._asking.pop(link, None)) is not None:
            before.cancel()
        if tap is not None:
            asking = self._ask(link, tap, anew=anew)
            self._asking[link] = self._tasks.start("trace at another node", asking)

    async def stop(self) -> None:
        await self._tasks.stop()

    async def _ask(self, link: LinkId, tap: Tap, *, anew: bool) -> None:
        async def told(message: Msg) -> None:
            try:
                for record in records(iter([message.data])):
                    if isinstance(record, Record):
                        tap.note(record)
                    else:
                        log.warning("records are missing", link=link, count=record.count)
            except NotATrace as error:
                log.warning("a record that cannot be read", link=link, error=str(error))

        subscription: Subscription | None = None
        try:
            while True:
                if subscription is None:
                    subscription = await self._records(link, told)
                if subscription is not None:
                    await self._say(link, Wish(True, anew))
                    anew = False
                await asyncio.sleep(ASKED_EVERY)
        finally:
            await asyncio.shield(self._over(link, subscription))

    async def _records(self, link: LinkId, told: Told) -> Subscription | None:
        """None: NATS takes it later."""
        try:
            return await self._client.subscribe(subject(link, "records"), cb=told)
        except NatsError as error:
            log.warning("a trace does not begin yet", link=link, error=str(error))
            return None

    async def _over(self, link: LinkId, subscription: Subscription | None) -> None:
        await given_back(subscription)
        await self._say(link, Wish(False))

    async def _say(self, link: LinkId, wish: Wish) -> None:
        try:
            await self._client.publish(subject(link, "tap"), msgspec.msgpack.encode(wish))
        except NatsError as error:
            log.warning("a trace was not asked for", link=link, error=str(error))

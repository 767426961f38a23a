"""What is told to all who listen to a subject: in its order, with a beat in each silence, by which
they know what was the last. What NATS does not take is missed, and asked for."""

import asyncio
from collections import deque
from collections.abc import Callable

import structlog
from nats.aio.client import Client
from nats.errors import Error as NatsError

from tws.cluster.tasks import Tasks

BEAT = 1.0
"Seconds of silence after which the last place is told again: the last may have been missed."
log = structlog.get_logger(__name__)


class Telling:
    def __init__(self, client: Client, name: str, beat: Callable[[], bytes], most: int) -> None:
        """`name`: of the subject. `most`: messages that wait for NATS; beyond them the oldest are
        missed."""
        self._client, self._name, self._beat = client, name, beat
        self._waiting: deque[bytes] = deque(maxlen=most)
        self._some = asyncio.Event()
        self._tasks = Tasks()

    def start(self) -> None:
        self._tasks.start(f"tell {self._name}", self._tell())

    async def stop(self) -> None:
        """What waits is left."""
        await self._tasks.stop()

    async def tell_waiting(self) -> None:
        while self._waiting:
            message = self._waiting.popleft()
            try:
                await self._client.publish(self._name, message)
            except NatsError as error:
                why = str(error) or type(error).__name__
                log.warning("not told to other nodes", subject=self._name, error=why)

    def put(self, message: bytes) -> None:
        self._waiting.append(message)
        self._some.set()

    async def _tell(self) -> None:
        while True:
            try:
                # Not `wait_for`: what comes at the moment of a stop would undo it.
                async with asyncio.timeout(BEAT):
                    await self._some.wait()
            except TimeoutError:
                self._waiting.append(self._beat())
            self._some.clear()
            await self.tell_waiting()

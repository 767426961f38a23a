"""What one node asks of another: how it is, and requests that only that one can answer."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from tws.cluster.nats import given_back
from tws.cluster.parts import TooLarge, answer_in_parts, ask_in_parts
from tws.cluster.tasks import Tasks
from tws.maintenance.nodes import Answered, Asked, NodeInfo, NotReached
from tws.undecodable import UNDECODABLE

INFO_WITHIN = 2.0
ANSWER_WITHIN = 60.0
"Seconds; the second is as long as a page waits."
Answer = Callable[[Msg], Awaitable[bytes]]
T = TypeVar("T")
log = structlog.get_logger(__name__)
_encode = msgspec.msgpack.encode


def subject(node: str, what: str) -> str:
    """Names of nodes may have dots, which part subjects."""
    return f"tws.node.{node.encode().hex()}.{what}"


class Between:
    def __init__(
        self,
        client: Client,
        node: str,
        *,
        info: Callable[[], Awaitable[NodeInfo]],
        answer: Callable[[Asked], Awaitable[Answered]],
    ) -> None:
        self._client, self._node = client, node
        self._info, self._answer = info, answer
        self._subscriptions: list[Subscription] = []
        self._answering = Tasks()

    async def start(self) -> None:
        for what, answer in (("info", self._tell_info), ("http", self._tell_answer)):
            self._subscriptions.append(
                await self._client.subscribe(subject(self._node, what), cb=self._apart(answer))
            )

    async def stop(self) -> None:
        await given_back(*self._subscriptions)
        await self._answering.stop()

    # ------------------------------------------------------------ asking

    async def info(self, node: str) -> NodeInfo:
        """NotReached."""
        reply = await self._asked(node, "info", b"", INFO_WITHIN)
        return read(reply, NodeInfo)

    async def ask(self, node: str, asked: Asked) -> Answered:
        """NotReached."""
        reply = await self._asked(node, "http", _encode(asked), ANSWER_WITHIN)
        if not reply:
            raise NotReached("it cannot answer")
        return read(reply, Answered)

    async def _asked(self, node: str, what: str, body: bytes, within: float) -> bytes:
        if not self._client.is_connected:  # what would wait is nobody's wish when it comes back
            raise NotReached("NATS is away")
        try:
            return await ask_in_parts(self._client, subject(node, what), body, within)
        except (NatsError, ValueError) as error:
            raise NotReached(str(error) or type(error).__name__) from error

    # ------------------------------------------------------------ asked

    def _apart(self, answer: Answer) -> Callable[[Msg], Awaitable[None]]:
        """Nobody waits for the one before."""

        async def take(message: Msg) -> None:
            self._answering.start("answer another node", self._reply(message, answer))

        return take

    async def _reply(self, message: Msg, answer: Answer) -> None:
        """By nothing where it cannot: whoever asked need not wait to learn that."""
        content = b""
        try:
            content = await answer(message)
        except (NotReached, *UNDECODABLE) as error:
            log.warning("another node is not answered", error=str(error))
        finally:
            await self._send(message, content)

    async def _send(self, message: Msg, content: bytes) -> None:
        try:
            await answer_in_parts(self._client, message, content)
        except TooLarge as error:
            log.error("another node is not answered", error=str(error))
            await self._send(message, b"")
        except NatsError as error:
            log.warning("another node is not answered", error=str(error) or type(error).__name__)

    async def _tell_info(self, message: Msg) -> bytes:
        return _encode(await self._info())

    async def _tell_answer(self, message: Msg) -> bytes:
        return _encode(await self._answer(asked_of(message.data)))


def asked_of(message: bytes) -> Asked:
    """UNDECODABLE."""
    return msgspec.msgpack.decode(message, type=Asked)


def read(reply: bytes, kind: type[T]) -> T:
    """NotReached."""
    try:
        return msgspec.msgpack.decode(reply, type=kind)
    except UNDECODABLE as error:
        raise NotReached(f"it answers otherwise: {error}") from error

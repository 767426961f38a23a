"""Asking the PBX for something in the name of an actor, and what it answers."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog

from tws.bus import Bus
from tws.organisation.registry import Registry
from tws.telemetry import within
from tws.telephony.authority import Authority, Place
from tws.telephony.commands import Command, CommandId
from tws.telephony.errors import LinkLost, NoAnswer, Refused
from tws.telephony.event_reports import LINK_DOWN, NO_ANSWER, NOT_SUPPORTED
from tws.telephony.events import CallChanged
from tws.telephony.model import CallOrigin, ConnectionId, ForwardingType, LegId
from tws.telephony.network import Network
from tws.telephony.requests import Refusal

R = TypeVar("R")
log = structlog.get_logger(__name__)
Key = CommandId | None
"""The command's id where the caller has one to repeat; None makes one."""
APPEARS_WITHIN = 2.0
"Seconds a new connection may take to be reported after the PBX said it made it."


@dataclass(frozen=True, slots=True)
class Reached:
    """The connection a command made: the PBX's id, and the leg by which it can be named."""

    connection: ConnectionId | None
    leg: LegId | None
    too_long: bool | None = None
    "Of what was dialled: more digits than any number of the world. None = nothing was dialled."


class Asking:
    """What every operation on a telephone needs."""

    def __init__(
        self, registry: Registry, network: Network, bus: Bus, new_id: Callable[[], str]
    ) -> None:
        self.authority = Authority(registry, network)
        self._network, self._bus, self._new_id = network, bus, new_id

    def id(self, key: Key) -> CommandId:
        return key if key is not None else CommandId(self._new_id())

    def hides_number(self, at: Place) -> bool:
        """Whether this telephone can call without telling its number."""
        return self._network.hides_number(at.link, at.device)

    def forwardings(self, at: Place) -> frozenset[tuple[ForwardingType, CallOrigin]]:
        """Which can be set on this telephone."""
        return self._network.forwardings(at.link, at.device)

    async def ask(self, at: Place, command: Command[R]) -> R:
        """The result; Refused, NoAnswer, LinkLost."""
        if type(command) not in self._network.commands(at.link, at.device):
            raise Refused("This telephone cannot do that.", cause=NOT_SUPPORTED)
        return await self.request(at, command)

    async def request(self, at: Place, command: Command[R]) -> R:
        """The same in the name of another device of that PBX, which is known to offer it."""
        try:
            with within("command", command=type(command).__name__, link=at.link):
                return await self._network.request(at.link, command)
        except Refusal as refusal:
            if refusal.cause == LINK_DOWN:
                raise LinkLost("The link to the PBX went down before it answered.") from refusal
            if refusal.cause == NO_ANSWER:
                raise NoAnswer("The PBX did not answer in time.") from refusal
            raise Refused(
                "The PBX refused.", cause=refusal.cause, reason=refusal.detail
            ) from refusal

    async def reach(self, at: Place, connection: ConnectionId | None) -> Reached:
        """The leg of a connection just made; events may come before or after the answer."""
        if connection is None:
            return Reached(None, None)
        own = ConnectionId(connection.call, at.device)
        appeared: asyncio.Future[LegId] = asyncio.get_running_loop().create_future()

        def look(_: CallChanged | None = None) -> None:
            call = self._network.call(at.link, own.call)
            if call and own.device in call.connections and not appeared.done():
                appeared.set_result(call.connections[own.device].leg)
                log.info("call made", thread=call.thread, link=at.link, call=own.call)

        unfollow = self._bus.follow(CallChanged, look)
        try:
            look()
            return Reached(own, await asyncio.wait_for(appeared, APPEARS_WITHIN))
        except TimeoutError:
            return Reached(own, None)
        finally:
            unfollow()

"""Hears of a link that another node holds, and asks that one for what people want of it."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError
from nats.errors import NoRespondersError
from nats.errors import TimeoutError as NatsTimeout

from tws.cluster.asked import asked, result_of
from tws.cluster.link_voice import Step, Whole, subject
from tws.cluster.nats import given_back
from tws.cluster.numbered import Listening, Verdict
from tws.cluster.parts import Unreadable, ask_in_parts
from tws.cluster.tasks import Tasks
from tws.telephony.commands import Command
from tws.telephony.event_reports import LINK_DOWN, NO_ANSWER
from tws.telephony.model import LinkId
from tws.telephony.requests import Refusal
from tws.telephony.told import ToldStatus
from tws.telephony.told_link import ToldLink
from tws.undecodable import UNDECODABLE

SNAPSHOT_WITHIN = 2.0
SILENT = 5.0
ANSWER_WITHIN = 60.0
"Seconds; the second is some beats, the last more than any PBX is given."
log = structlog.get_logger(__name__)


class LinkEar:
    """From when another node holds the link until this one does. `known`: told the link once there
    is something to know of it; `hear`: gives events to this node's followers."""

    def __init__(
        self,
        client: Client,
        id: LinkId,
        *,
        known: Callable[[LinkId, ToldLink], None],
        hear: Callable[[object], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._client, self._id, self._clock = client, id, clock
        self._known, self._hear = known, hear
        self._listening = Listening()
        self._link: ToldLink | None = None
        self._held: list[Step] = []
        "Heard while a snapshot was asked for."
        self._tasks, self._asking = Tasks(), False
        self._heard_at = asyncio.get_running_loop().time()
        self._silent = False
        self._timer: asyncio.TimerHandle | None = None
        self._subscription: Subscription | None = None

    async def start(self) -> None:
        self._look()
        name = subject(self._id, "told")
        self._subscription = await self._client.subscribe(name, cb=self._told)
        self._ask_for_all()

    async def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        await given_back(self._subscription)  # first: a step that came now would ask again
        await self._tasks.stop()

    async def request(self, command: Command[Any]) -> object:
        """The owner's result; Refusal, also where there is no owner, or NATS is away: what waits
        for it to come back is nobody's wish any more."""
        at = self._listening.at
        if at is None or not self._client.is_connected:
            raise Refusal(LINK_DOWN, "the node that holds this link cannot be asked")
        name = subject(self._id, f"ask.{at.epoch}")
        try:
            reply = await self._client.request(name, asked(command), ANSWER_WITHIN)
        except NoRespondersError as error:
            raise Refusal(LINK_DOWN, "no node holds this link") from error
        except NatsTimeout as error:
            raise Refusal(NO_ANSWER) from error
        except NatsError as error:
            raise Refusal(LINK_DOWN, str(error)) from error
        try:
            return result_of(command, reply.data)
        except UNDECODABLE as error:
            log.warning("a result that cannot be read", link=self._id, error=str(error))
            raise Refusal(LINK_DOWN, "not understood") from error

    # ------------------------------------------------------------ hearing

    def _look(self) -> None:
        """Whether somebody still tells of it. What was told last stays, and is told to be old."""
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(SILENT, self._look)
        quiet = loop.time() - self._heard_at > SILENT
        if quiet and self._link is not None and not self._silent:
            self._silent = True
            for event in self._link.silent(self._clock()):
                self._hear(event)

    async def _told(self, message: Msg) -> None:
        try:
            step = msgspec.msgpack.decode(message.data, type=Step)
        except UNDECODABLE as error:
            # Of a newer node: what it changed is read as a whole, as far as we know it.
            log.warning("a step that cannot be read", link=self._id, error=str(error))
            self._ask_for_all()
            return
        self._heard_at = asyncio.get_running_loop().time()
        if self._silent:
            self._silent = False
            self._ask_for_all()
        if self._asking:
            self._held.append(step)
        else:
            self._take(step)

    def _take(self, step: Step) -> None:
        if step.told is None:
            if self._listening.lacks(step.place):
                self._ask_for_all()
            return
        match self._listening.hear(step.place):
            case Verdict.NEXT if self._link is not None:
                for event in self._link.take(step.told):
                    self._hear(event)
                if isinstance(step.told, ToldStatus) and step.told.again:
                    self._ask_for_all()
            case Verdict.GAP:
                self._ask_for_all()

    def _ask_for_all(self) -> None:
        if not self._asking:
            self._asking = True
            self._tasks.start("ask for all of a link", self._all())

    async def _all(self) -> None:
        try:
            whole = await self._whole()
        finally:  # whatever went wrong: the next beat asks again
            self._asking = False
            held, self._held = self._held, []
        if whole is None:  # nobody holds it yet, or NATS is away
            return
        if self._listening.begin(whole.place):
            self._begin(whole)
        for step in held:
            if not self._asking:
                self._take(step)

    async def _whole(self) -> Whole | None:
        name = subject(self._id, "snapshot")
        try:
            whole = await ask_in_parts(self._client, name, b"", SNAPSHOT_WITHIN)
            return msgspec.msgpack.decode(whole, type=Whole)
        except (NatsError, Unreadable, *UNDECODABLE) as error:
            log.info("link not told yet", link=self._id, error=str(error) or type(error).__name__)
            return None

    def _begin(self, whole: Whole) -> None:
        if self._link is None:
            self._link = ToldLink(whole.snapshot, self.request)
        self._known(self._id, self._link)
        for event in self._link.begin(whole.snapshot, self._clock()):
            self._hear(event)

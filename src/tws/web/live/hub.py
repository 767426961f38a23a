"""The live stream's middle: bus events in, frames out to the connections concerned and no others.

An event marks scopes (a device, its calls, a link); at the end of the loop's turn each marked
scope that somebody watches is made and encoded once, compared with what was sent, and the
difference queued for its watchers. So fifty events on one call within a turn cost one frame; what
flaps over many turns is told by `pace`.

`Streams` is who there is, `Connections` how they come and go, `Topics` what they watch, `Doubts`
whose rights may be others now, `Sending` how frames reach them; a stream's `Outbox` numbers and
keeps them.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import structlog

from tws.organisation.actor import Actor, CompanyId, UserId
from tws.organisation.model import User
from tws.telemetry import logs_steps, nobodys, record, tracer
from tws.telephony.events import CallChanged
from tws.web.live.connections import Connections
from tws.web.live.doubts import Doubts
from tws.web.live.frames import LiveTick, encode, moment
from tws.web.live.sending import Sending
from tws.web.live.stream import Limits
from tws.web.live.streams import Streams
from tws.web.live.topics import Topics
from tws.web.live.views.scope import Kind
from tws.web.metrics import LiveMetrics
from tws.web.shown.known import Known

log = structlog.get_logger(__name__)


class Hub:
    """What is told to the streams of this process. Every method belongs to the event loop's
    thread."""

    def __init__(
        self,
        known: Known,
        actor_of: Callable[[str], Actor | None],
        clock: Callable[[], datetime],
        metrics: LiveMetrics,
        limits: Limits,
    ) -> None:
        self.known, self.limits = known, limits
        self._actor_of, self._clock = actor_of, clock
        soon = self._flush_soon
        self._streams = streams = Streams(metrics)
        self._topics = topics = Topics(known, streams, limits.pace, soon)
        self._doubts = Doubts(known, streams, topics, actor_of, limits, soon)
        self._sending = Sending(streams, self._doubts.streams, metrics, limits, soon)
        metrics.waiting.set_function(lambda: sum(one.outbox.waiting for one in streams))
        self.connections = Connections(
            known, streams, topics, self._doubts, self._sending, clock, metrics, limits
        )
        self._flushing = False
        self._reported: list[CallChanged] = []
        "Steps of calls that are about to be told."
        self._metrics = metrics
        metrics.congested.set_function(streams.congested)
        self._settling: asyncio.TimerHandle | None = None
        self._ticking: asyncio.TimerHandle | None = None

    # ------------------------------------------------------------ what changes

    def mark(self, kind: Kind, of: str) -> None:
        """This has changed, however it is seen."""
        self.mark_each((kind,), of)

    def mark_each(self, kinds: Sequence[Kind], of: str) -> None:
        """So have several kinds of what is shown of one thing."""
        if self._topics.mark(kinds, of):
            self._flush_soon()

    def reported(self, change: CallChanged) -> None:
        """What was marked comes of this step of a call: its way to the screens is measured."""
        if self._flushing:
            self._reported.append(change)

    def mark_all(self, *kinds: Kind) -> None:
        """Everything of these kinds has changed."""
        for kind in kinds:
            if self._topics.mark_all(kind):
                self._flush_soon()

    def mark_users(self, kind: Kind, fits: Callable[[User], bool]) -> None:
        """What is of those users that fit has changed."""
        users = self.known.registry.users
        for of in self._topics.watched(kind):
            row = users.get(UserId(of))
            if row is not None and fits(row):
                self.mark(kind, of)

    def mark_company(self, kind: Kind, company: CompanyId) -> None:
        """What is of the users of a company has changed."""
        self.mark_users(kind, lambda user: user.company == company)

    def missed(self) -> None:
        """Anything may have changed unheard, and anybody's rights."""
        self.mark_all(*Kind)
        self._doubts.add(self._streams)

    def doubt(self, owners: Iterable[str]) -> None:
        """The rights of these users or administrators may be others now."""
        for owner in owners:
            self._doubts.add(self._streams.of(owner))

    def doubt_watching(self, users: Iterable[str]) -> None:
        """What may be seen of these users may be other now, for whoever watches them."""
        for user in users:
            self._doubts.add(self._streams.watching(user))

    def doubt_company(self, company: CompanyId) -> None:
        """Anybody's rights in this company may be others now."""
        self._doubts.add_company(company)

    def doubt_administrators(self) -> None:
        """Rows came or went: what administrators list may be other, soon enough."""
        if self._settling is None:
            loop = asyncio.get_running_loop()
            self._settling = loop.call_later(self.limits.settle, self._settled)

    def _settled(self) -> None:
        self._settling = None
        self._doubts.add(x for x in self._streams if x.actor.administrator is not None)

    def moment(self, user: UserId, value: object) -> None:
        """Something happened to this user."""
        if owned := self._streams.of(user):
            frame = moment(encode(value))
            for stream in owned:
                if not stream.helper:
                    self._sending.moment(stream, frame)

    # ------------------------------------------------------------ the turn

    def _flush_soon(self) -> None:
        if not self._flushing:
            self._flushing = True
            asyncio.get_running_loop().call_soon(self._flush, context=nobodys())

    def _flush(self) -> None:
        self._flushing = False
        try:
            for stream in self._doubts.reconsidered():
                self._sending.ready(stream)
            ends = time.perf_counter() + self.limits.slice
            while self._topics.marked:
                self._sending.all_ready(self._topics.refresh())
                if time.perf_counter() > ends:
                    break
            self._sending.flush()
        finally:
            if self._doubts.waiting or self._topics.marked or self._sending.waiting:
                # The rest, for which there was no time; and a fault in one must not leave the
                # others stale.
                self._flush_soon()
            elif self._reported:
                self._measure()

    def _measure(self) -> None:
        now, reported, self._reported = self._clock(), self._reported, []
        traced, logged = tracer() is not None, logs_steps()
        for change in reported:
            seconds = max(0.0, (now - change.at).total_seconds())
            self._metrics.told.take(seconds)
            if traced:
                record("call on the screens", seconds, link=change.link, thread=change.call.thread)
            if logged:
                thread = change.call.thread
                log.info("call on the screens", thread=thread, seconds=round(seconds, 4))

    # ------------------------------------------------------------ time

    def start(self) -> None:
        """Begin to tick."""
        loop = asyncio.get_running_loop()
        self._ticking = loop.call_later(self.limits.tick, self._tick)

    def stop(self) -> None:
        for timer in (self._ticking, self._settling):
            if timer is not None:
                timer.cancel()
        self._ticking = self._settling = None
        for stream in self._streams:
            self._streams.forget(stream)

    def _tick(self) -> None:
        self.start()
        frame = encode(LiveTick(time=self._clock()))
        for stream in self._streams:
            if self._actor_of(stream.token) is None:  # a session also ends by its age
                self._streams.sign_out(stream)
            elif stream.wire is not None and not stream.wire.congested:
                stream.wire.push(frame)
                stream.outbox.tick()

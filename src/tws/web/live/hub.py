"""The live stream's middle: bus events in, frames out to the connections concerned and no others.

An event marks scopes (a device, its calls, a link); at the end of the loop's turn each marked
scope that somebody watches is made and encoded once, compared with what was sent, and the
difference queued for its watchers. So fifty events on one call within a turn cost one frame; what
flaps over many turns is told by `pace`.
"""

import asyncio
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

import msgspec
import structlog

from tws.desk.model import Order
from tws.organisation.actor import Actor, CompanyId, UserId
from tws.organisation.model import User
from tws.telemetry import personal
from tws.web.live.attendance import Attendance
from tws.web.live.frames import (
    Change,
    LiveHello,
    LiveRestart,
    LiveResumed,
    LiveSnapshot,
    LiveTick,
    Moment,
    RunMoment,
    encode,
)
from tws.web.live.stream import Limits, Stream
from tws.web.live.topics import Topics
from tws.web.live.views import scopes
from tws.web.live.views.scope import Kind
from tws.web.live.wire import Wire
from tws.web.metrics import LiveMetrics
from tws.web.shown.known import Known

SIGNED_OUT = 4401
"Close code: the session ended, or there was none."
TRY_AGAIN = 1013
"Close code of RFC 6455's registry: try again later."
SUPERSEDED = 4409
"Close code: the stream was resumed on another connection."
log = structlog.get_logger(__name__)


class Hub:
    """All streams of this process. Every method belongs to the event loop's thread."""

    def __init__(
        self,
        known: Known,
        actor_of: Callable[[str], Actor | None],
        clock: Callable[[], datetime],
        metrics: LiveMetrics,
        limits: Limits,
    ) -> None:
        self.known, self.clock, self.limits, self.metrics = known, clock, limits, metrics
        self._actor_of = actor_of
        self._streams: dict[str, Stream] = {}
        self._of_owner: dict[str, dict[Stream, None]] = {}
        self._topics = Topics(known, limits.pace, self._flush_soon)
        self.attendance = Attendance(known)
        self._watching: dict[str, dict[Stream, None]] = {}
        "By whom each user's presence was asked for, whether he may see it or not."
        self._doubted: OrderedDict[Stream, None] = OrderedDict()
        "Those whose rights may be others now, first doubted first: nothing is sent to them."
        self._doubted_companies: set[CompanyId] = set()
        self._ready: dict[Stream, None] = {}
        self._flushing = False
        self._settling: asyncio.TimerHandle | None = None
        self._ticking: asyncio.TimerHandle | None = None

    # ------------------------------------------------------------ connections

    def open(
        self,
        token: str,
        actor: Actor,
        hello: LiveHello,
        wire: Wire,
        page: bool = True,
        address: str = "",
    ) -> Stream | None:
        """Start a stream on `wire`, or go on with the one that `hello` names.

        `page`: people look at it; else it is a program's. `address`: from where it comes. None =
        too many already; the connection has been told.
        """
        stream = self._resumable(actor, hello)
        if stream is not None:
            self._resume(stream, hello.last or 0, wire)
            self.watch(stream, hello.watch)
            self.attendance.look(stream, hello.visible)
            return stream
        owned = self._of_owner.get(actor.user or actor.administrator or "", {})
        if sum(1 for x in owned if x.wire is not None) >= self.limits.streams:
            wire.leave(None, TRY_AGAIN, "too many connections")
            return None
        stream = Stream(secrets.token_urlsafe(18), token, actor, page)
        self._begin(stream, hello.watch, wire)
        self.attendance.helper_came(stream, hello.computer, address, partial(self._order, stream))
        self.attendance.look(stream, hello.visible)
        return stream

    def _order(self, stream: Stream, order: Order) -> None:
        stream.outbox.moment(Moment(encode(RunMoment(id=order.id, command=list(order.command)))))
        self._ready[stream] = None
        self._flush_soon()

    def watch(self, stream: Stream, users: Sequence[str]) -> None:
        """Tell the presence of these users from now on, so far as they may be seen, and of no
        others."""
        watched = tuple(dict.fromkeys(users))
        if watched != stream.watched and stream.id in self._streams:
            self._watch(stream, watched)
            self._doubted[stream] = None
            self._flush_soon()

    def _watch(self, stream: Stream, watched: tuple[str, ...]) -> None:
        for user in stream.watched:
            streams = self._watching[user]
            streams.pop(stream, None)
            if not streams:
                del self._watching[user]
        stream.watched = watched
        for user in watched:
            self._watching.setdefault(user, {})[stream] = None

    def _resumable(self, actor: Actor, hello: LiveHello) -> Stream | None:
        """The stream named, if it is this actor's and nothing of it was lost."""
        stream = self._streams.get(hello.stream or "")
        if (
            stream is None
            or stream.actor.session != actor.session
            or stream.owner != (actor.user or actor.administrator)
        ):
            return None
        if stream.outbox.full or stream.outbox.missed(hello.last or 0) is None:
            self._cut(stream)
            return None
        return stream

    def send_away(self) -> None:
        """Everybody is told to try again later, and starts anew."""
        for stream in tuple(self._streams.values()):
            if stream.wire is not None:
                stream.wire.leave(None, TRY_AGAIN, "the live stream is stopped")
            self._forget(stream)

    def _cut(self, stream: Stream) -> None:
        """Forget a stream whose client has come back without it."""
        if stream.wire is not None:
            stream.wire.leave(None, SUPERSEDED, "resumed elsewhere")
        self._forget(stream)

    def _resume(self, stream: Stream, last: int, wire: Wire) -> None:
        if stream.wire is not None:  # half open: the client knows better than we do
            stream.wire.when_writable(None)
            stream.wire.leave(None, SUPERSEDED, "resumed elsewhere")
        missed = stream.outbox.missed(last) or []
        self._attach(stream, wire)
        wire.push(encode(LiveResumed(stream=stream.id, n=stream.outbox.n, time=self.clock())))
        for frame in missed:
            wire.push(frame)
        self.metrics.resumed.inc()
        self.metrics.frames.inc(self._pump(stream))

    def _begin(self, stream: Stream, watched: Sequence[str], wire: Wire) -> None:
        actor = stream.actor
        self._watch(stream, tuple(dict.fromkeys(watched)))
        self.attendance.opened(stream)
        self._streams[stream.id] = stream
        self._of_owner.setdefault(stream.owner, {})[stream] = None
        state: dict[str, msgspec.Raw] = {}
        for scope in set(scopes(self.known, actor, stream.watched)):
            content = self._topics.watch(stream, scope)
            state |= {key: msgspec.Raw(value) for key, value in content.items()}
        self._attach(stream, wire)
        wire.push(encode(LiveSnapshot(stream=stream.id, n=0, time=self.clock(), state=state)))
        self.metrics.snapshots.inc()

    def _attach(self, stream: Stream, wire: Wire) -> None:
        stream.unhurried()
        stream.wire = wire
        wire.when_writable(lambda: self._unblocked(stream))
        self._count()

    def lost(self, stream: Stream, wire: Wire) -> None:
        """The connection is gone; its stream stays for a while."""
        if stream.wire is not wire or stream.id not in self._streams:
            return
        wire.when_writable(None)
        stream.wire = None
        if stream.helper:
            self._forget(stream)
            return
        self.attendance.look(stream, False)
        stream.unhurried()
        stream.after(self.limits.kept, self._forget)
        owned = self._of_owner[stream.owner]
        owned[stream] = owned.pop(stream)  # the last lost stands last
        lost = [x for x in owned if x.wire is None]
        for old in lost[: -self.limits.lost]:
            self._forget(old)
        self._count()

    def _forget(self, stream: Stream) -> None:
        stream.unhurried()
        self.attendance.look(stream, False)
        if stream.wire is not None:
            stream.wire.when_writable(None)
            stream.wire = None
        was = self._streams.pop(stream.id, None)
        if was is not None:
            self.attendance.closed(stream)
        owned = self._of_owner.get(stream.owner, {})
        owned.pop(stream, None)
        if not owned:
            self._of_owner.pop(stream.owner, None)
        for scope in tuple(stream.scopes):
            self._topics.unwatch(stream, scope)
        self._watch(stream, ())
        self._doubted.pop(stream, None)
        self._ready.pop(stream, None)
        self._count()

    def _count(self) -> None:
        connected = sum(1 for x in self._streams.values() if x.wire is not None)
        self.metrics.connected.set(connected)
        self.metrics.kept.set(len(self._streams) - connected)

    # ------------------------------------------------------------ slow clients

    def _pump(self, stream: Stream) -> int:
        """Send what waits, or drop a client that is too slow; how many frames went. None to one
        that is doubted: it is sent what it may see once that is known."""
        if stream in self._doubted:
            self._ready[stream] = None
            return 0
        if stream.outbox.full:
            self._slow(stream)
            return 0
        sent = stream.pump()
        if stream.outbox.waiting and stream.wire is not None:
            stream.after(self.limits.slow, self._slow)
        return sent

    def _unblocked(self, stream: Stream) -> None:
        stream.unhurried()
        self.metrics.frames.inc(self._pump(stream))

    def _slow(self, stream: Stream) -> None:
        """It must start again: what it lost can't be told, or it doesn't read."""
        if stream.wire is not None:
            stream.wire.leave(encode(LiveRestart(why="slow")), TRY_AGAIN, "slow")
            self.metrics.slow.inc()
            log.info("live connection dropped: too slow", actor=personal(stream.actor.label))
        self._forget(stream)

    # ------------------------------------------------------------ what changes

    def mark(self, kind: Kind, of: str) -> None:
        """This has changed, however it is seen."""
        if self._topics.mark(kind, of):
            self._flush_soon()

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

    def doubt(self, owners: Iterable[str]) -> None:
        """The rights of these users or administrators may be others now."""
        for owner in owners:
            for stream in self._of_owner.get(owner, ()):
                self._doubted[stream] = None
                self._flush_soon()

    def doubt_watching(self, users: Iterable[str]) -> None:
        """What may be seen of these users may be other now, for whoever watches them."""
        for user in users:
            if streams := self._watching.get(user):
                self._doubted.update(streams)
                self._flush_soon()

    def doubt_company(self, company: CompanyId) -> None:
        """Anybody's rights in this company may be others now."""
        self._doubted_companies.add(company)
        self._flush_soon()

    def doubt_administrators(self) -> None:
        """Rows came or went: what administrators list may be other, soon enough."""
        if self._settling is None:
            loop = asyncio.get_running_loop()
            self._settling = loop.call_later(self.limits.settle, self._settled)

    def _settled(self) -> None:
        self._settling = None
        self.doubt([x.owner for x in self._streams.values() if x.actor.administrator is not None])

    def moment(self, user: UserId, value: object) -> None:
        """Something happened to this user."""
        owned = self._of_owner.get(user)
        if not owned:
            return
        moment = Moment(encode(value))
        for stream in owned:
            if stream.helper:
                continue
            stream.outbox.moment(moment)
            self._ready[stream] = None
        self._flush_soon()

    # ------------------------------------------------------------ the turn

    def _flush_soon(self) -> None:
        if not self._flushing:
            self._flushing = True
            asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        self._flushing = False
        sent, ready = 0, self._ready
        try:
            self._reconsider_doubted()
            ends = time.perf_counter() + self.limits.slice
            while self._topics.marked:
                for stream in self._topics.refresh():
                    ready[stream] = None
                if time.perf_counter() > ends:
                    break
            for stream in [x for x in ready if x not in self._doubted]:
                ready.pop(stream, None)
                sent += self._pump(stream)
        finally:
            if sent:
                self.metrics.frames.inc(sent)
            if self._doubted or self._topics.marked or ready:
                # The rest, for which there was no time; and a fault in one must not leave the
                # others stale.
                self._flush_soon()

    def _reconsider_doubted(self) -> None:
        """As many as there is time for: after a change of everybody's rights it takes turns."""
        if self._doubted_companies:
            companies, self._doubted_companies = self._doubted_companies, set()
            streams = self._streams.values()
            self._doubted.update((x, None) for x in streams if x.actor.company in companies)
        ends = time.perf_counter() + self.limits.slice
        while self._doubted:
            self._reconsider(self._doubted.popitem(last=False)[0])
            if time.perf_counter() > ends:
                break

    def _reconsider(self, stream: Stream) -> None:
        """Ask again who it is and what they may see; what they may no longer see goes at once."""
        if (actor := self._actor_of(stream.token)) is None:
            self._sign_out(stream)
            return
        stream.actor = actor
        wanted = set(scopes(self.known, actor, stream.watched))
        changed: dict[str, bytes | None] = {}
        for scope in stream.scopes - wanted:
            changed.update(dict.fromkeys(self._topics.unwatch(stream, scope)))
        for scope in wanted - stream.scopes:
            changed.update(self._topics.watch(stream, scope))
        if changed:
            stream.outbox.change(Change(changed))
            self._ready[stream] = None

    def _sign_out(self, stream: Stream) -> None:
        if stream.wire is not None:
            stream.wire.leave(None, SIGNED_OUT, "signed out")
        self._forget(stream)

    def session_ended(self, session: str) -> None:
        for stream in [x for x in self._streams.values() if x.actor.session == session]:
            self._sign_out(stream)

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
        for stream in tuple(self._streams.values()):
            self._forget(stream)

    def _tick(self) -> None:
        self.start()
        frame = encode(LiveTick(time=self.clock()))
        for stream in tuple(self._streams.values()):
            if self._actor_of(stream.token) is None:  # a session also ends by its age
                self._sign_out(stream)
            elif stream.wire is not None and not stream.wire.congested:
                stream.wire.push(frame)

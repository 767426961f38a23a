"""Connections come, go on with the stream of one that was lost, and are lost."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import msgspec

from tws.desk.model import Order
from tws.organisation.actor import Actor, UserId
from tws.web.live.attendance import Attendance
from tws.web.live.doubts import Doubts
from tws.web.live.frames import LiveHello, LiveResumed, LiveSnapshot, RunMoment, encode, moment
from tws.web.live.sending import Sending
from tws.web.live.stream import Limits, Stream
from tws.web.live.streams import Streams
from tws.web.live.topics import Topics
from tws.web.live.views import scopes
from tws.web.live.wire import SUPERSEDED, TRY_AGAIN, Wire
from tws.web.metrics import LiveMetrics
from tws.web.shown.known import Known


class Connections:
    def __init__(
        self,
        known: Known,
        streams: Streams,
        topics: Topics,
        doubts: Doubts,
        sending: Sending,
        clock: Callable[[], datetime],
        metrics: LiveMetrics,
        limits: Limits,
    ) -> None:
        self._known, self._streams, self._topics = known, streams, topics
        self._doubts, self._sending = doubts, sending
        self._clock, self._metrics, self._limits = clock, metrics, limits
        self.attendance = Attendance(known)
        streams.forgotten.append(self.attendance.closed)

    @property
    def count(self) -> int:
        """Of streams that somebody listens to."""
        return self._streams.listening

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
        owned = self._streams.of(actor.user or actor.administrator or "")
        if sum(1 for one in owned if one.wire is not None) >= self._limits.streams:
            wire.leave(None, TRY_AGAIN, "too many connections")
            return None
        stream = Stream(secrets.token_urlsafe(18), token, actor, page)
        self._begin(stream, hello.watch, wire)
        self.attendance.helper_came(stream, hello.computer, address, partial(self._order, stream))
        self.attendance.look(stream, hello.visible)
        return stream

    def watch(self, stream: Stream, users: Sequence[str]) -> None:
        """Tell the presence of these users from now on, so far as they may be seen, and of no
        others."""
        if tuple(dict.fromkeys(users)) != stream.watched and stream in self._streams:
            self._streams.watch(stream, self._held_once(users))
            self._doubts.add([stream])

    def lost(self, stream: Stream, wire: Wire) -> None:
        """The connection is gone; its stream stays for a while."""
        if stream.wire is not wire or stream not in self._streams:
            return
        wire.when_writable(None)
        stream.wire = None
        if stream.helper:
            self._streams.forget(stream)
            return
        self.attendance.look(stream, False)
        stream.unhurried()
        stream.after(self._limits.kept, self._streams.forget)
        for old in self._streams.lost(stream)[: -self._limits.lost]:
            self._streams.forget(old)

    def send_away(self) -> None:
        """Everybody is told to try again later, and starts anew."""
        for stream in self._streams:
            self._streams.dismiss(stream, TRY_AGAIN, "the live stream is stopped")

    def session_ended(self, session: str) -> None:
        for stream in self._streams:
            if stream.actor.session == session:
                self._streams.sign_out(stream)

    def _held_once(self, users: Sequence[str]) -> list[str]:
        """The same ids: each page has named the same people by texts of its own."""
        known = self._known.registry.users
        rows = (known.get(UserId(user)) for user in users)
        return [user if row is None else row.id for user, row in zip(users, rows, strict=True)]

    # ------------------------------------------------------------ a new one

    def _begin(self, stream: Stream, watched: Sequence[str], wire: Wire) -> None:
        actor = stream.actor
        self._streams.watch(stream, self._held_once(watched))
        self.attendance.opened(stream)
        self._streams.add(stream)
        state: dict[str, msgspec.Raw] = {}
        for scope in set(scopes(self._known, actor, stream.watched)):
            content = self._topics.watch(stream, scope)
            state |= {key: msgspec.Raw(value) for key, value in content.items()}
        self._attach(stream, wire)
        wire.push(encode(LiveSnapshot(stream=stream.id, n=0, time=self._clock(), state=state)))
        self._metrics.snapshots.inc()

    def _order(self, stream: Stream, order: Order) -> None:
        told = RunMoment(id=order.id, command=list(order.command))
        self._sending.moment(stream, moment(encode(told)))

    def _attach(self, stream: Stream, wire: Wire) -> None:
        stream.unhurried()
        stream.wire = wire
        wire.when_writable(lambda: self._sending.unblocked(stream))

    # ------------------------------------------------------------ one that goes on

    def _resumable(self, actor: Actor, hello: LiveHello) -> Stream | None:
        """The stream named, if it is this actor's and nothing of it was lost."""
        stream = self._streams.named(hello.stream)
        if (
            stream is None
            or stream.actor.session != actor.session
            or stream.owner != (actor.user or actor.administrator)
        ):
            return None
        if stream.outbox.full or stream.outbox.missed(hello.last or 0) is None:
            self._streams.dismiss(stream, SUPERSEDED, "resumed elsewhere")
            return None
        return stream

    def _resume(self, stream: Stream, last: int, wire: Wire) -> None:
        if stream.wire is not None:  # half open: the client knows better than we do
            stream.wire.when_writable(None)
            stream.wire.leave(None, SUPERSEDED, "resumed elsewhere")
        missed = stream.outbox.missed(last) or []
        self._attach(stream, wire)
        wire.push(encode(LiveResumed(stream=stream.id, n=stream.outbox.n, time=self._clock())))
        for frame in missed:
            wire.push(frame)
        self._metrics.resumed.inc()
        self._sending.unblocked(stream)

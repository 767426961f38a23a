"""The streams of this process: whose each is, and whose presence it asks for."""

from collections.abc import Callable, Collection, Iterator, Sequence

from tws.web.live.stream import Stream
from tws.web.live.wire import SIGNED_OUT
from tws.web.metrics import LiveMetrics


class Streams:
    def __init__(self, metrics: LiveMetrics) -> None:
        # Counted when they are asked for: after a restart all pages come at once.
        metrics.connected.set_function(lambda: self.connected)
        metrics.kept.set_function(lambda: len(self._by_id) - self.connected)
        self._by_id: dict[str, Stream] = {}
        self._of_owner: dict[str, dict[Stream, None]] = {}
        self._watching: dict[str, dict[Stream, None]] = {}
        "By whom each user's presence was asked for, whether he may see it or not."
        self.forgotten: list[Callable[[Stream], None]] = []
        "Told of each that will not be resumed: who else keeps something of it."

    def __iter__(self) -> Iterator[Stream]:
        """As they are now: they may be forgotten meanwhile."""
        return iter(tuple(self._by_id.values()))

    @property
    def listening(self) -> int:
        return sum(1 for stream in self._by_id.values() if stream.wire is not None)

    def __contains__(self, stream: Stream) -> bool:
        return stream.id in self._by_id

    def named(self, id: str | None) -> Stream | None:
        return self._by_id.get(id or "")

    def of(self, owner: str) -> Collection[Stream]:
        """Of a user or an administrator; those without a connection in the order of its loss."""
        return self._of_owner.get(owner, ())

    def watching(self, user: str) -> Collection[Stream]:
        return self._watching.get(user, ())

    def add(self, stream: Stream) -> None:
        self._by_id[stream.id] = stream
        self._of_owner.setdefault(stream.owner, {})[stream] = None

    def watch(self, stream: Stream, users: Sequence[str]) -> None:
        """It asks for the presence of these, and of no others."""
        for user in stream.watched:
            streams = self._watching[user]
            streams.pop(stream, None)
            if not streams:
                del self._watching[user]
        stream.watched = tuple(dict.fromkeys(users))
        for user in stream.watched:
            self._watching.setdefault(user, {})[stream] = None

    def lost(self, stream: Stream) -> list[Stream]:
        """Those of its owner that have no connection: this one, since now, stands last."""
        owned = self._of_owner[stream.owner]
        owned[stream] = owned.pop(stream)
        return [one for one in owned if one.wire is None]

    @property
    def connected(self) -> int:
        """How many have a connection."""
        return sum(1 for stream in self._by_id.values() if stream.wire is not None)

    def congested(self) -> int:
        """For monitoring: whose connection takes nothing for the moment."""
        return sum(
            1
            for stream in self._by_id.values()
            if stream.wire is not None and stream.wire.congested
        )

    # ------------------------------------------------------------ their ends

    def forget(self, stream: Stream) -> None:
        """It will not be resumed."""
        stream.unhurried()
        if stream.wire is not None:
            stream.wire.when_writable(None)
            stream.wire = None
        if self._by_id.pop(stream.id, None) is None:
            return
        owned = self._of_owner[stream.owner]
        owned.pop(stream)
        if not owned:
            del self._of_owner[stream.owner]
        self.watch(stream, ())
        for each in self.forgotten:
            each(stream)

    def dismiss(self, stream: Stream, code: int, reason: str, last: bytes | None = None) -> None:
        """Close its connection, behind the frame `last`, and forget it."""
        if stream.wire is not None:
            stream.wire.leave(last, code, reason)
        self.forget(stream)

    def sign_out(self, stream: Stream) -> None:
        self.dismiss(stream, SIGNED_OUT, "signed out")

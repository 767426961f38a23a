"""What is watched: each scope's content, made and encoded once, and the streams it is told to.

An event that concerns nobody connected costs the look into one dictionary.
"""

from collections.abc import Callable, Mapping, Sequence

import structlog

from tws.telephony.model import LegId
from tws.web.live.frames import Change, encode
from tws.web.live.pace import Pace
from tws.web.live.stream import Stream
from tws.web.live.streams import Streams
from tws.web.live.views import content
from tws.web.live.views.scope import Kind, Scope
from tws.web.shown.known import Known

log = structlog.get_logger(__name__)
PACED = frozenset({Kind.PRESENCE})
"What many look at, and may flap."


class Topic:
    """A scope that somebody watches: its last content, encoded, and who watches."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._made = content(scope.kind)
        self.content: dict[str, bytes] = {}
        self.watchers: dict[Stream, None] = {}

    def refresh(self, known: Known) -> Change | None:
        """Make the content again; what is new, other or gone, None when nothing is."""
        now = {key: encode(value) for key, value in self._made(known, self.scope.id).items()}
        before = self.content
        if now == before:
            return None
        self.content = now
        changed: dict[str, bytes | None] = {k: v for k, v in now.items() if before.get(k) != v}
        for key in before:
            if key not in now:
                changed[key] = None
        return Change(changed)


_NOBODY: Mapping[Stream, None] = {}


class Topics:
    """All that this process's streams watch, and what of it is to be made again."""

    def __init__(
        self, known: Known, streams: Streams, interval: float, soon: Callable[[], None]
    ) -> None:
        """`interval`: seconds between two changes of one that is paced. `soon`: called when one
        that was kept back is to be made again."""
        self._known, self._soon = known, soon
        self._pace = Pace(interval, self._release)
        self._topics: dict[Kind, dict[str, dict[str, Topic]]] = {kind: {} for kind in Kind}
        "By what they are of, and by id."
        self._marked: dict[Topic, None] = {}
        streams.forgotten.append(self._unwatch_all)

    def watch(self, stream: Stream, scope: Scope) -> dict[str, bytes]:
        """Let `stream` be told of it from now on; the content that it begins with."""
        topics = self._topics[scope.kind].setdefault(scope.of, {})
        topic = topics.get(scope.id)
        if topic is None:
            topic = topics[scope.id] = Topic(scope)
            topic.refresh(self._known)
        topic.watchers[stream] = None
        stream.scopes.add(topic.scope)  # one for all who watch it
        return topic.content

    def unwatch(self, stream: Stream, scope: Scope) -> dict[str, bytes]:
        """Tell `stream` no more of it; the content that it had."""
        topics = self._topics[scope.kind][scope.of]
        topic = topics[scope.id]
        topic.watchers.pop(stream, None)
        if not topic.watchers:
            del topics[scope.id]
            if not topics:
                del self._topics[scope.kind][scope.of]
            self._marked.pop(topic, None)
            self._pace.forget(topic)
        stream.scopes.discard(scope)
        return topic.content

    def _unwatch_all(self, stream: Stream) -> None:
        for scope in tuple(stream.scopes):
            self.unwatch(stream, scope)

    def mark(self, kinds: Sequence[Kind], of: str) -> bool:
        """It has changed, however it is seen; whether anybody is to be told now."""
        told = False
        for kind in kinds:
            if (topics := self._topics[kind].get(of)) is None:
                continue
            for topic in topics.values():
                if kind not in PACED or not self._pace.holds(topic):
                    self._marked[topic] = None
                    told = True
        return told

    def _release(self, topic: Topic) -> None:
        self._marked[topic] = None
        self._soon()

    def mark_all(self, kind: Kind) -> bool:
        """Everything of this kind has changed; whether anybody watches any of it."""
        topics = self._topics[kind]
        for each in topics.values():
            self._marked.update(dict.fromkeys(each.values()))
        return bool(topics)

    def watched(self, kind: Kind) -> tuple[str, ...]:
        """Of what somebody watches something of this kind."""
        return tuple(self._topics[kind])

    def _log_pops(self, change: Change) -> None:
        for key in change.values:
            leg = LegId(key.partition("/")[2])
            if (found := self._known.state.leg(leg)) is not None:
                log.info("screen pop shown", thread=found[0].thread, leg=leg)

    @property
    def marked(self) -> bool:
        return bool(self._marked)

    def refresh(self) -> Mapping[Stream, None]:
        """Make one marked topic again, and queue what changed; for whom."""
        topic = self._marked.popitem()[0]
        change = topic.refresh(self._known)
        if change is None:
            return _NOBODY
        if topic.scope.kind in PACED:
            self._pace.told(topic)
        elif topic.scope.kind is Kind.POPS:
            self._log_pops(change)
        for stream in topic.watchers:
            stream.outbox.change(change)
        return topic.watchers

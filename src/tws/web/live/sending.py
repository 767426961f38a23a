"""Frames go out to whoever takes them; who is too slow for them must start again."""

from collections.abc import Callable, Collection, Mapping

import structlog

from tws.telemetry import personal
from tws.web.live.frames import LiveRestart, Unnumbered, encode
from tws.web.live.stream import Limits, Stream
from tws.web.live.streams import Streams
from tws.web.live.wire import TRY_AGAIN
from tws.web.metrics import LiveMetrics

TOGETHER = 16
"Frames of one stream that are passed on at once, before it is looked whether it takes more."
log = structlog.get_logger(__name__)


class Sending:
    """`doubted`: to whom nothing is sent, for it is not known what they may see; `soon`: lets
    `flush` come at the end of the loop's turn."""

    def __init__(
        self,
        streams: Streams,
        doubted: Collection[Stream],
        metrics: LiveMetrics,
        limits: Limits,
        soon: Callable[[], None],
    ) -> None:
        self._streams, self._doubted, self._soon = streams, doubted, soon
        self._metrics, self._limits = metrics, limits
        self._ready: dict[Stream, None] = {}
        streams.forgotten.append(lambda stream: self._ready.pop(stream, None))

    @property
    def waiting(self) -> bool:
        """Whether somebody is ready, but was not sent to."""
        return bool(self._ready)

    def ready(self, stream: Stream) -> None:
        """Something waits in its outbox."""
        self._ready[stream] = None

    def all_ready(self, streams: Mapping[Stream, None]) -> None:
        self._ready.update(streams)

    def moment(self, stream: Stream, moment: Unnumbered) -> None:
        stream.outbox.moment(moment)
        self.ready(stream)
        self._soon()

    def flush(self) -> None:
        """Send to all who are ready, but to nobody who is doubted: they are sent what they may
        see once that is known."""
        frames = size = 0
        ready, doubted = self._ready, self._doubted
        held = {stream: None for stream in doubted if stream in ready}
        for stream in held:
            del ready[stream]
        try:
            while ready:
                sent = self._pump(ready.popitem()[0])
                frames, size = frames + sent[0], size + sent[1]
        finally:
            ready.update(held)
            self._count(frames, size)

    def unblocked(self, stream: Stream) -> None:
        """Its connection takes frames again, or is a new one."""
        stream.unhurried()
        if stream in self._doubted:
            self.ready(stream)
        else:
            self._count(*self._pump(stream))

    def _count(self, frames: int, size: int) -> None:
        """For all that were sent to at once: counting takes longer than passing a frame on."""
        if frames:
            self._metrics.frames.inc(frames)
            self._metrics.bytes.inc(size)

    def _pump(self, stream: Stream) -> tuple[int, int]:
        """Send what waits, or drop a client that is too slow; how many frames went, of how many
        bytes."""
        outbox, wire = stream.outbox, stream.wire
        if outbox.full:
            self._slow(stream)
            return 0, 0
        if wire is None:
            return 0, 0
        sent = size = 0
        waits = outbox.waiting
        while waits and not wire.congested:
            frame = outbox.take()
            waits = outbox.waiting
            if not waits:  # as nearly always
                wire.push(frame)
                return sent + 1, size + len(frame)
            frames = [frame]
            while waits and len(frames) < TOGETHER:
                frames.append(outbox.take())
                waits = outbox.waiting
            wire.push_all(frames)
            sent += len(frames)
            size += sum(map(len, frames))
        if waits:
            stream.after(self._limits.slow, self._slow)
        return sent, size

    def _slow(self, stream: Stream) -> None:
        """It must start again: what it lost can't be told, or it doesn't read."""
        if stream.wire is not None:
            self._metrics.slow.inc()
            log.info("live connection dropped: too slow", actor=personal(stream.actor.label))
        self._streams.dismiss(stream, TRY_AGAIN, "slow", encode(LiveRestart(why="slow")))

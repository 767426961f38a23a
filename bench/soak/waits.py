"""How late what was told arrives: what is under way, and samples of a while. Pure.

A step that the next one of the same thing overtakes is none that must arrive: pages are told the
newest state (`web.live`), and what flaps is paced.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bench.figures import percentile

Key = TypeVar("Key", bound=Hashable)
MOST = 100_000
"Samples kept of a while."


@dataclass
class Samples:
    """Seconds of what has arrived since they were last taken."""

    seconds: list[float] = field(default_factory=list)
    count: int = 0

    def add(self, taken: float) -> None:
        self.count += 1
        if len(self.seconds) < MOST:
            self.seconds.append(taken)

    def taken(self) -> dict[str, float]:
        """Milliseconds: p50, p95, p99, the worst; and how many there were."""
        seconds, self.seconds = self.seconds, []
        shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "worst": 1.0}
        if not seconds:
            return {"n": 0}
        ordered = {name: 1000 * percentile(seconds, share) for name, share in shares.items()}
        return {"n": len(seconds), **ordered}


@dataclass
class Waits(Generic[Key]):
    """Of each thing the state that was told last, and to how many it is still under way."""

    samples: Samples = field(default_factory=Samples)
    overtaken: int = 0
    "States that somebody was not told of, because the next one came first."
    _last: dict[Key, tuple[str, float, int]] = field(default_factory=dict)
    _early: defaultdict[Key, list[tuple[str, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    "What arrived before we heard that it was told: both come by sockets of their own."

    def told(self, key: Key, state: str, at: float, to: int = 1) -> None:
        """`to`: how many are to hear it."""
        before = self._last.pop(key, None)
        if before is not None:
            self.overtaken += before[2]
        for early, arrived in [one for one in self._early.get(key, ()) if one[1] >= at]:
            if early == state:
                self.samples.add(arrived - at)
                self._early[key].remove((early, arrived))
                to -= 1
        if to > 0:
            self._last[key] = (state, at, to)

    def arrived(self, key: Key, state: str, at: float) -> None:
        waiting = self._last.get(key)
        if waiting is None or waiting[0] != state:
            self._early[key].append((state, at))
            return
        self.samples.add(at - waiting[1])
        if waiting[2] > 1:
            self._last[key] = (state, waiting[1], waiting[2] - 1)
        else:
            del self._last[key]

    def late(self, now: float, after: float) -> int:
        """How many wait longer than `after` seconds; they are waited for no more. What arrived
        early and is of nobody is forgotten, too."""
        gone = [key for key, (_, at, _) in self._last.items() if now - at > after]
        count = sum(self._last.pop(key)[2] for key in gone)
        for key, early in list(self._early.items()):
            early[:] = [one for one in early if now - one[1] <= after]
            if not early:
                del self._early[key]
        return count

"""How late what was told arrives: what is under way, and samples of a while. Pure.

A step that the next one of the same thing overtakes is none that must arrive: pages are told the
newest state (`web.live`), and what flaps is paced.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator
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
    """Of each thing on each page the state that was told last, while it is under way there."""

    rest: str
    "What a page shows of a thing that it was never told of."
    samples: Samples = field(default_factory=Samples)
    overtaken: int = 0
    "States that a page was not told of, because the next one came first."
    late: int = 0
    "States that came, later than they were expected."
    stale: int = 0
    "States that should have come long ago: the page shows, or showed, what is over."
    _last: dict[Key, tuple[str, float]] = field(default_factory=dict)
    _overdue: dict[Key, None] = field(default_factory=dict)
    "Those of them that should have come."
    _shown: dict[Key, str] = field(default_factory=dict)
    _early: defaultdict[Key, list[tuple[str, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    "What arrived before we heard that it was told: both come by sockets of their own."

    def told(self, key: Key, state: str, at: float) -> None:
        if self._last.pop(key, None) is not None:
            self.overtaken += 1
            self._overdue.pop(key, None)  # and stays stale: it was shown to nobody for so long
        for one in self._early.get(key, ()):
            if one[0] == state and one[1] >= at:
                self.samples.add(one[1] - at)
                self._early[key].remove(one)
                return
        self._last[key] = (state, at)

    def arrived(self, key: Key, state: str, at: float) -> None:
        known = self.shown(key)
        if state == self.rest:
            self._shown.pop(key, None)
        else:
            self._shown[key] = state
        waiting = self._last.get(key)
        if waiting is not None and waiting[0] == state:
            self.samples.add(at - waiting[1])
            self.late += self._forgive(key)
            del self._last[key]
        elif state != known:  # else it was said again, for another reason
            self._early[key].append((state, at))

    def shown(self, key: Key) -> str:
        return self._shown.get(key, self.rest)

    def forget(self, key: Key) -> None:
        """It is another thing now, or its page is gone."""
        self._forgive(key)
        for known in (self._last, self._shown, self._early):
            known.pop(key, None)

    def _forgive(self, key: Key) -> bool:
        """Whether it was thought stale: it is none."""
        overdue = key in self._overdue
        self._overdue.pop(key, None)
        self.stale -= overdue
        return overdue

    def look(self, now: float, after: float) -> None:
        """What waits longer than `after` seconds is stale from now on, until it comes. A state
        that came back before the other was told is shown already, and no more waited for. What
        arrived early and is of nobody is forgotten."""
        for key, (state, at) in list(self._last.items()):
            if now - at > after and key not in self._overdue:
                if self.shown(key) == state:
                    del self._last[key]
                    self.overtaken += 1
                else:
                    self._overdue[key] = None
                    self.stale += 1
        for key, early in list(self._early.items()):
            early[:] = [one for one in early if now - one[1] <= after]
            if not early:
                del self._early[key]

    def missing(self) -> Iterator[tuple[Key, str]]:
        """What is stale now, and what should be shown."""
        for key in self._overdue:
            yield key, self._last[key][0]

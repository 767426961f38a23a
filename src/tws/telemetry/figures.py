"""What Prometheus reads: figures that the rooms count in memory, collected when it asks."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"Upper bounds of what is told of times, in seconds."


class Distribution:
    """How long something took, by the bounds `SECONDS`. A third of a microsecond for each: no
    lock, since one thread counts."""

    __slots__ = ("counts", "total")

    def __init__(self) -> None:
        self.counts = [0] * (len(SECONDS) + 1)
        "By bound, each without those below; the last is what took longer."
        self.total = 0.0

    def take(self, seconds: float) -> None:
        self.counts[bisect_left(SECONDS, seconds)] += 1
        self.total += seconds

    @property
    def count(self) -> int:
        return sum(self.counts)

    def buckets(self) -> list[tuple[str, float]]:
        """Those of a histogram of Prometheus: each with those below."""
        found, sum_ = [], 0
        for bound, count in zip((*map(str, SECONDS), "+Inf"), self.counts, strict=True):
            sum_ += count
            found.append((bound, float(sum_)))
        return found


class Timings(dict[tuple[str, ...], Distribution]):
    """Distributions by label values."""

    def take(self, labels: tuple[str, ...], seconds: float) -> None:
        if (known := self.get(labels)) is None:
            known = self[labels] = Distribution()
        known.take(seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One metric: its values by label values, in the order of `labels`."""

    name: str
    words: str
    labels: tuple[str, ...] = ()
    values: Mapping[tuple[str, ...], float] = field(default_factory=dict)
    times: Mapping[tuple[str, ...], Distribution] | None = None
    "In place of values: a histogram of seconds."
    grows: bool = False


class Counted(Collector):
    """Metrics read from the rooms when they are asked for: the rooms only count in memory."""

    def __init__(self, sources: Callable[[], Iterator[Source]]) -> None:
        self._sources = sources

    def collect(self) -> Iterator[Metric]:
        for source in self._sources():
            if source.times is not None:
                yield _histogram(source, source.times)
                continue
            kind = CounterMetricFamily if source.grows else GaugeMetricFamily
            metric = kind(source.name, source.words, labels=source.labels)
            for labels, value in source.values.items():
                metric.add_metric(list(labels), value)
            yield metric


def _histogram(source: Source, times: Mapping[tuple[str, ...], Distribution]) -> Metric:
    metric = HistogramMetricFamily(source.name, source.words, labels=source.labels)
    for labels, value in times.items():
        metric.add_metric(list(labels), value.buckets(), value.total)
    return metric


def registry(sources: Callable[[], Iterator[Source]]) -> CollectorRegistry:
    """A registry of this process, with what `sources` gives at each reading, and what the system
    tells of the process: time of processors, memory, open files (`process_...`)."""
    made = CollectorRegistry()
    made.register(Counted(sources))
    ProcessCollector(registry=made)
    return made

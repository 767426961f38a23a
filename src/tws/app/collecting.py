"""Python's collector of cycles: spared what stays anyway, and its time told to monitoring."""

import gc
import time
from typing import Literal

from prometheus_client import CollectorRegistry, Counter

COLLECTED = 10_000
"Objects that come before the collector looks at the youngest."


def spare_collections() -> None:
    """What the house is made of stays to the end, and what a request makes ends with it: looking
    through both time and again is a twelfth of the time of a lookup."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED, 20, 20)


class Collections:
    """How long it took, from `start` to `stop`: nothing else runs meanwhile."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._seconds = Counter(
            "tws_gc_seconds",
            "Processor time of Python's collector, by generation.",
            ["generation"],
            registry=registry,
        )
        self._begun = 0.0

    def start(self) -> None:
        gc.callbacks.append(self._told)

    def stop(self) -> None:
        gc.callbacks.remove(self._told)

    def _told(self, phase: Literal["start", "stop"], about: dict[str, int]) -> None:
        if phase == "start":
            self._begun = time.thread_time()
        else:
            taken = time.thread_time() - self._begun
            self._seconds.labels(str(about["generation"])).inc(taken)

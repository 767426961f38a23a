"""What is counted of the database's use, for those who look after it."""

from collections.abc import Mapping
from time import perf_counter
from types import TracebackType

from tws.storage.errors import StorageUnavailable
from tws.telemetry import Timings, record

KINDS = ("write", "read", "search", "lookup")
"""Transactions that change something; those that only read; questions read in one passage; single
statements, which each call of each telephone asks."""


class StorageCounts:
    def __init__(self, connections: Mapping[str, int]) -> None:
        """`connections`: by kind, how many of it can be under way at once."""
        self.connections = connections
        self.seconds = Timings()
        "By kind, from being asked for to its end; what waits for a connection is in it."
        self.under_way = dict.fromkeys(KINDS, 0)
        "By kind, with what waits for a connection."
        self.unavailable = 0
        "How often the database was away."

    def timed(self, kind: str) -> "Timed":
        return Timed(self, kind)


class Timed:
    """Around one use of the database."""

    __slots__ = ("_begun", "_counts", "_kind")

    def __init__(self, counts: StorageCounts, kind: str) -> None:
        self._counts, self._kind = counts, kind

    def __enter__(self) -> None:
        self._counts.under_way[self._kind] += 1
        self._begun = perf_counter()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        counts = self._counts
        counts.under_way[self._kind] -= 1
        seconds = perf_counter() - self._begun
        counts.seconds.take((self._kind,), seconds)
        record("database", seconds, use=self._kind, failed=error is not None)
        if isinstance(error, StorageUnavailable):
            counts.unavailable += 1

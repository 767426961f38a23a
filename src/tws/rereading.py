"""The tables that rooms hold in memory, read again when the answer to a commit was lost.

What the database wrote then nobody was told; reading again tells it, by the events that should
have told it.
"""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from msgspec import Struct

from tws.bus import Bus
from tws.node_memory import MemoryWanted
from tws.schedule import AGAIN, Retry, Schedule
from tws.storage import CommitInDoubt, Storage
from tws.storage.replica import Replica, refresh

DOUBTED = Retry(1.0, 1.0)


class RowsMissed(Struct, frozen=True):
    """Rows may have changed of which nothing was heard: on another node, or by a commit whose
    answer was lost. What is a replica is true again by now; whatever else is kept of rows is to be
    read or forgotten."""


def when_missed(
    bus: Bus, schedule: Schedule, job: str, work: Callable[[], Coroutine[Any, Any, None]]
) -> None:
    """Do `work` then, until it succeeds."""
    bus.follow(RowsMissed, lambda _: schedule.once(job, work, retry=AGAIN))


class Rereading:
    def __init__(
        self, storage: Storage, bus: Bus, schedule: Schedule, replicas: Sequence[Replica[Any]]
    ) -> None:
        """`replicas`: of every room; those first whose events others look up in the rest."""
        self._storage, self._bus, self._schedule = storage, bus, schedule
        self._replicas = list(replicas)
        bus.follow(CommitInDoubt, self._doubt)

    def add(self, *replicas: Replica[Any]) -> None:
        """Those of a room that is built later."""
        self._replicas.extend(replicas)

    def _doubt(self, _: CommitInDoubt) -> None:
        """Several doubts at once are settled together."""
        self._schedule.once("read again", self.read_again, retry=DOUBTED)

    async def read_again(self) -> None:
        """Tells by events what is otherwise in the database than in memory."""
        await refresh(self._storage, self._replicas, self._bus.publish)
        self._bus.publish(RowsMissed())

    async def read_missed(self) -> None:
        """The same of what other nodes changed, who do themselves what follows from it."""
        await refresh(self._storage, self._replicas, self._bus.hear)
        self._bus.hear(RowsMissed())
        self._bus.publish(MemoryWanted(self._bus.node))

"""The last run of everything that is read time and again, in memory: there is one at a time of
each, and those who follow it are told each new state at once, progress now and then."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Generic, Protocol, TypeVar

from tws.sources.run_states import RunState

TELL = 0.5
"Seconds between two words of progress."


class AnyRun(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def state(self) -> RunState: ...


Id = TypeVar("Id", bound=str)
R = TypeVar("R", bound=AnyRun)


class LastRuns(Generic[Id, R]):
    def __init__(self, of: Callable[[R], Id], tell: Callable[[R], None]) -> None:
        """`of`: whose run it is."""
        self._of, self._tell = of, tell
        self._runs: dict[Id, R] = {}
        self._told: dict[Id, tuple[RunState, float]] = {}

    def load(self, runs: Iterable[R]) -> None:
        """Nobody is told of what was before."""
        self._runs = {self._of(run): run for run in runs}

    def get(self, id: Id) -> R | None:
        return self._runs.get(id)

    def __getitem__(self, id: Id) -> R:
        return self._runs[id]

    def going_on(self, id: Id) -> R | None:
        """The last one, where it is not over."""
        run = self._runs.get(id)
        return None if run is None or run.state.over else run

    def of_state(self, *states: RunState) -> list[R]:
        return [run for run in self._runs.values() if run.state in states]

    async def begin(self, run: R, write: Callable[[R], Awaitable[None]]) -> None:
        """It is the last one before anything is awaited; what was stays where it cannot be
        written."""
        id = self._of(run)
        before = self._runs.get(id)
        self._runs[id] = run
        try:
            await write(run)
        except BaseException:
            if before is None:
                del self._runs[id]
            else:
                self._runs[id] = before
            raise

    def put(self, run: R) -> None:
        """As it is now."""
        id, now = self._of(run), asyncio.get_running_loop().time()
        self._runs[id] = run
        state, at = self._told.get(id, (None, 0.0))
        if state is not run.state or now - at >= TELL:
            self._told[id] = run.state, now
            self._tell(run)

    def hear(self, run: R) -> None:
        """As the node has it that carries it out."""
        self._runs[self._of(run)] = run

    def older(self, run: R) -> bool:
        """Whether what is known is older than that run: ids grow with time."""
        known = self._runs.get(self._of(run))
        if known is None or known.id < run.id:
            return True
        return known.id == run.id and run.state.over and not known.state.over

    def as_they_stand(self, found: Iterable[R]) -> list[R]:
        """Runs that were read from the database: one that goes on has come further."""
        now = {run.id: run for run in self._runs.values() if not run.state.over}
        return [now.get(run.id, run) for run in found]

    def forget(self, id: Id) -> None:
        self._runs.pop(id, None)
        self._told.pop(id, None)

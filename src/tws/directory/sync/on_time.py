"""Begins the synchronisation of each directory when its timetable says so."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from tws.bus import Bus
from tws.directory.runs import Run
from tws.directory.sync.timetable import due
from tws.organisation.actor import DirectoryId
from tws.organisation.events import DirectoryChanged, DomainChanged, ParameterValueChanged
from tws.organisation.model import Directory
from tws.organisation.parameters.catalogue.system import TIME_SYNCHRONIZATION_DIRECTORIES
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.schedule import Schedule

DUE = "synchronise when due"
SENT = frozenset({"outlook"})
"Kinds of directories to which users send their contacts (`sending`): they have no timetable."


class OnTime:
    def __init__(
        self,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        last: Callable[[DirectoryId], Run | None],
        begin: Callable[[Directory], Awaitable[object]],
        runs: Callable[[], bool],
    ) -> None:
        """`last`: the last run of a directory; `runs`: whether any may begin."""
        self._registry, self._schedule, self._clock = registry, schedule, clock
        self._last, self._begin, self._runs = last, begin, runs
        self._parameters = Parameters(registry)
        bus.follow(DirectoryChanged, self._directory_changed)
        bus.follow(DomainChanged, lambda _: self.look())
        bus.follow(ParameterValueChanged, lambda _: self.look())

    def look(self) -> None:
        for id in self._registry.directories:
            self.look_at(id)

    def look_at(self, id: DirectoryId) -> None:
        """Where a run goes on its end asks again."""
        directory = self._registry.directories.get(id)
        last = self._last(id)
        waits = not self._runs() or (last is not None and not last.state.over)
        if directory is None or waits or directory.connector in SENT:
            self._schedule.cancel(DUE, key=id)
            return
        domain = self._registry.domains[directory.domain]
        parameter = TIME_SYNCHRONIZATION_DIRECTORIES
        hour = str(self._parameters.effective_in(directory.domain, parameter))
        at = due(directory, hour, domain.time_zone, last.started if last else None)
        if at is None:
            self._schedule.cancel(DUE, key=id)
            return
        wait = (at - self._clock()).total_seconds()
        self._schedule.when_due(
            DUE, wait, partial(self._due, id), partial(self._later, id), key=id
        )

    def _directory_changed(self, change: DirectoryChanged) -> None:
        directory = change.after or change.before
        assert directory is not None
        self.look_at(directory.id)

    async def _later(self, id: DirectoryId) -> None:
        self.look_at(id)

    async def _due(self, id: DirectoryId) -> None:
        directory, last = self._registry.directories.get(id), self._last(id)
        over = last is None or last.state.over
        if directory is not None and over and self._runs():
            await self._begin(directory)

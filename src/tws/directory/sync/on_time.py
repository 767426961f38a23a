"""Begins the synchronisation of each directory when its timetable says so."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from tws.bus import Bus
from tws.directory.runs import Run
from tws.directory.sync.timetable import due
from tws.organisation.actor import DirectoryId
from tws.organisation.events import DirectoryChanged, DomainChanged, ParameterValueChanged
from tws.organisation.model import Directory
from tws.organisation.parameters.catalogue.system import TIME_SYNCHRONIZATION_DIRECTORIES
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.schedule import Schedule, Timetable

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
        self._registry, self._last, self._runs = registry, last, runs
        self._timetable = Timetable[DirectoryId](
            schedule, clock, DUE, self._when, lambda id: begin(registry.directories[id])
        )
        self._parameters = Parameters(registry)
        bus.follow(DirectoryChanged, self._directory_changed)
        bus.follow(DomainChanged, lambda _: self.look())
        bus.follow(ParameterValueChanged, lambda _: self.look())

    def look(self) -> None:
        for id in self._registry.directories:
            self.look_at(id)

    def look_at(self, id: DirectoryId) -> None:
        """Where a run goes on its end asks again."""
        self._timetable.look_at(id)

    def _when(self, id: DirectoryId) -> datetime | None:
        directory, last = self._registry.directories.get(id), self._last(id)
        if not self._runs() or (last is not None and not last.state.over):
            return None
        if directory is None or directory.connector in SENT:
            return None
        domain = self._registry.domains[directory.domain]
        hour = str(self._parameters.effective_in(domain.id, TIME_SYNCHRONIZATION_DIRECTORIES))
        return due(directory, hour, domain.time_zone, last.started if last else None)

    def _directory_changed(self, change: DirectoryChanged) -> None:
        directory = change.after or change.before
        assert directory is not None
        self.look_at(directory.id)

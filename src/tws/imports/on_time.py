"""Begins each import of users when its timetable says so."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from tws.bus import Bus
from tws.imports.model import Run
from tws.organisation.actor import UserImportId
from tws.organisation.events import DomainChanged, UserImportChanged
from tws.organisation.model import UserImport
from tws.organisation.registry import Registry
from tws.organisation.timetable import due
from tws.schedule import Schedule, Timetable

DUE = "import users when due"


class OnTime:
    def __init__(
        self,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        last: Callable[[UserImportId], Run | None],
        begin: Callable[[UserImport], Awaitable[object]],
        runs: Callable[[], bool],
    ) -> None:
        """`last`: the last run of an import; `runs`: whether any may begin."""
        self._registry, self._clock, self._last, self._runs = registry, clock, last, runs
        self._timetable = Timetable[UserImportId](
            schedule, clock, DUE, self._when, lambda id: begin(registry.user_imports[id])
        )
        self._since: dict[UserImportId, datetime] = {}
        "Since when those are known that never ran: they are tried out first."
        bus.follow(UserImportChanged, self._changed)
        bus.follow(DomainChanged, lambda _: self.look())

    def look(self) -> None:
        for id in self._registry.user_imports:
            self.look_at(id)

    def look_at(self, id: UserImportId) -> None:
        """Where a run goes on its end asks again."""
        self._timetable.look_at(id)

    def _when(self, id: UserImportId) -> datetime | None:
        row, last = self._registry.user_imports.get(id), self._last(id)
        if not self._runs() or row is None or (last is not None and not last.state.over):
            return None
        begun = last.started if last else self._since.setdefault(id, self._clock())
        zone = self._registry.domains[row.domain].time_zone
        return due(row.schedule, row.minutes, row.hour, zone, begun)

    def _changed(self, change: UserImportChanged) -> None:
        row = change.after or change.before
        assert row is not None
        self.look_at(row.id)

"""Begins each import of users when its timetable says so."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from tws.bus import Bus
from tws.imports.model import Run
from tws.organisation.actor import UserImportId
from tws.organisation.events import DomainChanged, UserImportChanged
from tws.organisation.model import UserImport
from tws.organisation.registry import Registry
from tws.organisation.timetable import due
from tws.schedule import Schedule

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
        self._registry, self._schedule, self._clock = registry, schedule, clock
        self._last, self._begin, self._runs = last, begin, runs
        self._since: dict[UserImportId, datetime] = {}
        "Since when those are known that never ran: they are tried out first."
        bus.follow(UserImportChanged, self._changed)
        bus.follow(DomainChanged, lambda _: self.look())

    def look(self) -> None:
        for id in self._registry.user_imports:
            self.look_at(id)

    def look_at(self, id: UserImportId) -> None:
        """Where a run goes on its end asks again."""
        row, last = self._registry.user_imports.get(id), self._last(id)
        at = None
        if self._runs() and row is not None and (last is None or last.state.over):
            begun = last.started if last else self._since.setdefault(id, self._clock())
            zone = self._registry.domains[row.domain].time_zone
            at = due(row.schedule, row.minutes, row.hour, zone, begun)
        if at is None:
            self._schedule.cancel(DUE, key=id)
            return
        wait = (at - self._clock()).total_seconds()
        work, later = partial(self._due, id), partial(self._later, id)
        self._schedule.when_due(DUE, wait, work, later, key=id)

    def _changed(self, change: UserImportChanged) -> None:
        row = change.after or change.before
        assert row is not None
        self.look_at(row.id)

    async def _later(self, id: UserImportId) -> None:
        self.look_at(id)

    async def _due(self, id: UserImportId) -> None:
        row, last = self._registry.user_imports.get(id), self._last(id)
        if self._runs() and row is not None and (last is None or last.state.over):
            await self._begin(row)

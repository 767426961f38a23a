"""What is done once a day for each domain, at an hour of its own clock; of several nodes by the
one that works for all."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial

from tws.bus import Bus
from tws.organisation.actor import DomainId
from tws.organisation.events import DomainChanged, ParameterValueChanged
from tws.organisation.model import Domain
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.organisation.timetable import next_time
from tws.schedule import AGAIN, Schedule

LONGEST_WAIT = 3600.0
"Seconds until the clock is looked at again, whatever clocks do meanwhile."


class Nightly:
    def __init__(
        self,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        *,
        job: str,
        hour: str,
        work: Callable[[Domain], Awaitable[None]],
    ) -> None:
        """`hour`: the parameter that says when."""
        self._registry, self._schedule, self._clock = registry, schedule, clock
        self._parameters = Parameters(registry)
        self._job, self._hour, self._work = job, hour, work
        self._last: dict[DomainId, datetime] = {}
        "When it was done last, or looked at first: it is due at the first such hour after."
        bus.follow(DomainChanged, self._domain_changed)
        bus.follow(ParameterValueChanged, self._parameter_changed)

    def look(self, last: Mapping[DomainId, datetime] | None = None) -> None:
        """`last`: when it was done last, where that is known of a time before this process."""
        self._last |= last or {}
        for domain in self._registry.domains:
            self._look_at(domain)

    def due(self, domain: Domain) -> datetime:
        hour = str(self._parameters.effective_in(domain.id, self._hour))
        return next_time(hour, domain.time_zone, self._last[domain.id])

    def _look_at(self, id: DomainId) -> None:
        domain = self._registry.domains.get(id)
        if domain is None:
            self._schedule.cancel(self._job, key=id)
            self._last.pop(id, None)
            return
        now = self._clock()
        self._last.setdefault(id, now)
        wait = (self.due(domain) - now).total_seconds()
        after = max(0.0, min(wait, LONGEST_WAIT))
        self._schedule.once(self._job, partial(self._turn, id), key=id, after=after, retry=AGAIN)

    async def _turn(self, id: DomainId) -> None:
        domain, now = self._registry.domains.get(id), self._clock()
        if domain is not None and id in self._last and self.due(domain) <= now:
            if self._schedule.works():
                await self._work(domain)
            self._last[id] = now
        self._look_at(id)

    def _domain_changed(self, change: DomainChanged) -> None:
        domain = change.after or change.before
        assert domain is not None
        self._look_at(domain.id)

    def _parameter_changed(self, change: ParameterValueChanged) -> None:
        row = change.after or change.before
        if row is not None and row.parameter == self._hour:
            # Another hour counts from now on: one that has passed today is tomorrow's.
            for id in self._last:
                self._last[id] = self._clock()
            self.look()

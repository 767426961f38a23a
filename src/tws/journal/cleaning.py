"""Cleans call logs, and the facts that are kept of calls that left them, every night (10.2)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import structlog

from tws.bus import Bus
from tws.journal import store
from tws.journal.retention import Limits, surplus
from tws.organisation.actor import DomainId, UserId
from tws.organisation.model import Domain
from tws.organisation.nightly import Nightly
from tws.organisation.parameters.catalogue.system import (
    CALL_LOG_NUMBER_DAYS_OF_STORAGE,
    CALL_LOG_NUMBER_MAX_OF_STORAGE,
    CALL_LOG_NUMBER_TO_KEEP_IN_STORAGE,
    CALL_LOG_START_CLEANING_HOUR,
    STATS_NUMBER_DAYS_OF_STORAGE,
    STATS_START_CLEANING_HOUR,
)
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.schedule import Schedule
from tws.storage import Storage

TOGETHER = 500
"Rows deleted in one transaction: calls that go on are written in between."
log = structlog.get_logger(__name__)


class Cleaning:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
    ) -> None:
        self._storage, self._registry, self._clock = storage, registry, clock
        self._parameters = Parameters(registry)
        self._nights = [
            Nightly(registry, bus, schedule, clock, job=job, hour=hour, work=work)
            for job, hour, work in (
                ("clean call logs", CALL_LOG_START_CLEANING_HOUR, self.clean_logs),
                ("clean facts of calls", STATS_START_CLEANING_HOUR, self.clean_facts),
            )
        ]

    def start(self) -> None:
        for night in self._nights:
            night.look()

    async def clean_logs(self, domain: Domain) -> None:
        """Of the domain's users, and of those who are no more."""
        places = self._places(domain)
        async with self._storage.reading() as reader:
            users = await store.logged_users(reader, domain.company, places)
        removed = await self._clean_notes(domain)
        for user in users:
            limits, now = self._limits(user, domain.id), self._clock()
            async with self._storage.reading() as reader:
                logged = await store.logged(reader, domain.company, user)
                uncalled = await store.uncalled(
                    reader, domain.company, user, now - timedelta(days=limits.days)
                )
            for some in _slices([*surplus(logged, limits, now), *uncalled]):
                async with self._storage.transaction() as tx:
                    await store.leave_facts(tx, some)
                removed += len(some)
        log.info("call logs cleaned", domain=domain.id, removed=removed)

    async def _clean_notes(self, domain: Domain) -> int:
        """Of the domain's users, as their calls; and what was told them of voice messages."""
        async with self._storage.reading() as reader:
            users = await store.noting_users(reader, domain.company)
        removed = 0
        for user in users:
            row = self._registry.users.get(user)
            if row is None or row.domain != domain.id:
                continue
            limits, now = self._limits(user, domain.id), self._clock()
            async with self._storage.reading() as reader:
                noted = await store.noted(reader, user)
            for some in _slices(surplus(noted, limits, now)):
                async with self._storage.transaction() as tx:
                    await store.forget_notes(tx, some)
                removed += len(some)
            async with self._storage.transaction() as tx:
                await store.forget_notices(tx, user, now - timedelta(days=limits.days))
        return removed

    async def clean_facts(self, domain: Domain) -> None:
        days = int(self._parameters.effective_in(domain.id, STATS_NUMBER_DAYS_OF_STORAGE))
        oldest = self._clock() - timedelta(days=days)
        more = True
        while more:
            async with self._storage.transaction() as tx:
                more = await store.forget_facts(
                    tx, domain.company, self._places(domain), oldest, TOGETHER
                )

    def _limits(self, user: UserId, domain: DomainId) -> Limits:
        def number(name: str) -> int:
            known = self._parameters
            if user in self._registry.users:
                return int(known.effective(user, name))
            return int(known.effective_in(domain, name))

        return Limits(
            most=number(CALL_LOG_NUMBER_MAX_OF_STORAGE),
            days=number(CALL_LOG_NUMBER_DAYS_OF_STORAGE),
            least=number(CALL_LOG_NUMBER_TO_KEEP_IN_STORAGE),
        )

    def _places(self, domain: Domain) -> store.Places:
        """Calls of domains that are no more go with the first of the company."""
        rows = self._registry.domains.values()
        others = [row.id for row in rows if row.company == domain.company and row.id != domain.id]
        if all(domain.id < other for other in others):
            return store.Places(apart_from=others)
        return store.Places(only=domain.id)


def _slices(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), TOGETHER):
        yield ids[start : start + TOGETHER]

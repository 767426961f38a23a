"""Cleans call logs, and the facts that are kept of calls that left them, every night (10.2)."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import structlog

from tws.bus import Bus
from tws.journal import store
from tws.journal.retention import Limits, surplus
from tws.organisation.actor import CompanyId, DomainId, UserId
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

TOGETHER, FEWEST = 500, 50
"Rows deleted in one transaction, at most and at first: calls are written in between."
LONGEST = 0.025
"Seconds of such a transaction after which the next has fewer."
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
        self.removed = 0
        "Legs, since the start."
        self._nights = [
            Nightly(registry, bus, schedule, clock, job=job, hour=hour, work=work)
            for job, hour, work in (
                ("clean call logs", CALL_LOG_START_CLEANING_HOUR, self.clean_logs),
                ("clean facts of calls", STATS_START_CLEANING_HOUR, self.clean_facts),
            )
        ]

    async def start(self) -> None:
        """A night that was cut short goes on; one that was missed is made up for."""
        async with self._storage.reading() as reader:
            last = await store.last_nights(reader)
        logs, facts = self._nights
        logs.look(last)
        facts.look()

    async def clean_logs(self, domain: Domain) -> None:
        """Of the domain's users, and of those who are no more."""
        async with self._storage.reading() as reader:
            users = await store.logged_users(reader, domain.company)
        async with self._storage.transaction() as tx:
            await store.begin_night(tx, domain.id, self._clock())
        removed = await self._clean_notes(domain)
        for user, last in users.items():
            if self._cleaned_in(domain.company, user, last) == domain.id:
                removed += await self._clean_log(domain, user)
        async with self._storage.transaction() as tx:
            await store.end_night(tx, domain.id, self._clock())
        log.info("call logs cleaned", domain=domain.id, removed=removed)

    async def _clean_log(self, domain: Domain, user: UserId) -> int:
        """Some at a time: nobody who writes waits for long, and what is done stays done when this
        process ends in between."""
        limits, now = self._limits(user, domain.id), self._clock()
        removed, together, most = 0, FEWEST, 10 * TOGETHER
        while True:
            async with self._storage.reading() as reader:
                found = await store.surplus(reader, domain.company, user, limits, now, most)
            last = len(found) < most
            while found:
                some, found = found[:together], found[together:]
                begun = time.monotonic()
                async with self._storage.transaction() as tx:
                    await store.leave_facts(tx, some)
                    await store.note_removed(tx, domain.id, len(some))
                removed += len(some)
                self.removed += len(some)
                quick = time.monotonic() - begun < LONGEST
                together = min(TOGETHER, 2 * together) if quick else max(FEWEST, together // 2)
                await self._storage.checkpoint()
            if last:
                return removed

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

    def _cleaned_in(self, company: CompanyId, user: UserId, last: DomainId) -> DomainId:
        """The domain whose night cleans the log of a user; `last`: where his last call was."""
        row = self._registry.users.get(user)
        domain = last if row is None else row.domain
        if domain in self._registry.domains:
            return domain
        return min(row.id for row in self._registry.domains.values() if row.company == company)

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

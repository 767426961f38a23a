"""Lets contacts be found by what is true now: their domain's dial plan, and what their directory
shows."""

import asyncio
from functools import partial

from tws.bus import Bus
from tws.directory import store
from tws.directory.events import ContactsMerged
from tws.directory.mapping import hidden, mapping
from tws.numbering import plan_of
from tws.organisation.actor import DirectoryId, DomainId
from tws.organisation.events import DirectoryChanged, DomainChanged
from tws.organisation.registry import Registry
from tws.schedule import Retry, Schedule
from tws.storage import Storage

READ_AGAIN = 200
"Contacts in one transaction: short, so that others can write."
AGAIN = Retry(5.0, 5.0)


class Reindexing:
    def __init__(self, storage: Storage, registry: Registry, bus: Bus, schedule: Schedule) -> None:
        self._storage, self._registry, self._schedule = storage, registry, schedule
        self._reading = asyncio.Lock()
        "One domain at a time: others want to write too."
        bus.follow_here(DomainChanged, self._domain_changed)
        bus.follow_here(DirectoryChanged, self._directory_changed)

    def load(self) -> None:
        """Renew what an interrupted change of a dial plan, or a new version of TWS, left to do."""
        for domain in self._registry.domains:
            self._numbers_to_read(domain)

    def _domain_changed(self, event: DomainChanged) -> None:
        before, after = event.before, event.after
        if before is not None and after is not None and plan_of(before) != plan_of(after):
            self._numbers_to_read(after.id)

    def _directory_changed(self, event: DirectoryChanged) -> None:
        """What is hidden from now on must not be found either."""
        before, after = event.before, event.after
        if before is None or after is None:
            return
        if hidden(mapping(before.mapping)) != hidden(mapping(after.mapping)):
            self._numbers_to_read(after.domain)

    def _numbers_to_read(self, domain: DomainId) -> None:
        read = partial(self._read_again, domain)
        self._schedule.once("read numbers", read, key=domain, retry=AGAIN)

    async def _read_again(self, id: DomainId) -> None:
        """Let the domain's contacts be found by its dial plan, and by what their directories
        show; some at a time."""
        async with self._reading:
            known = [d.id for d in self._registry.directories.values() if d.domain == id]
            for directory in (*known, None):
                while await self._some_read_again(id, directory):
                    pass

    async def _some_read_again(self, id: DomainId, directory: DirectoryId | None) -> bool:
        """Whether there were some."""
        domain = self._registry.domains.get(id)
        if domain is None:
            return False
        plan, row = plan_of(domain), self._registry.directories.get(directory or DirectoryId(""))
        not_shown = frozenset() if row is None else hidden(mapping(row.mapping))
        async with self._storage.transaction() as tx:
            await tx.lock(f"numbers of {domain.id}")  # another node may do the same after a start
            key = store.plan_key(plan, not_shown)
            contacts = await store.read_otherwise(tx, domain.id, directory, key, READ_AGAIN)
            if contacts:
                await store.read_again(tx, contacts, plan, not_shown)
                tx.publish(ContactsMerged(domain.company, directory))
        return bool(contacts)

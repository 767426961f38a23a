"""The journal of incidents, for administrators: of the companies that they manage, and of the
server for super users."""

import hashlib
from collections.abc import AsyncIterator, Callable, Collection
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from tws.errors import missing
from tws.incidents import store
from tws.incidents.keeping import Keeper
from tws.incidents.model import Incident, Wanted
from tws.organisation import words
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.permission import administrators_only, managed_companies
from tws.organisation.registry import Registry
from tws.records.transactions import transaction
from tws.storage import Storage
from tws.storage.exporting import exported

LONGEST_NOTE = 1000


class Standing(NamedTuple):
    open: int
    unacknowledged: int
    "Of those."
    changed: str
    "Another text after each change of one."


class Incidents:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        keeper: Keeper,
        clock: Callable[[], datetime],
    ) -> None:
        self._storage, self._registry = storage, registry
        self._keeper, self._clock = keeper, clock

    def standing(self, companies: Collection[CompanyId] | None) -> Standing:
        """Out of memory; None = of all companies, and of the server."""
        seen = [
            one
            for one in self._keeper.book.known
            if companies is None or (one.company is not None and one.company in companies)
        ]
        open_now = [one for one in seen if one.ended is None]
        steps = [(one.id, one.count, one.ended, one.acknowledged) for one in seen]
        return Standing(
            len(open_now),
            sum(one.acknowledged is None for one in open_now),
            hashlib.blake2b(repr(steps).encode(), digest_size=8).hexdigest(),
        )

    async def list_incidents(
        self, actor: Actor, wanted: Wanted, company: CompanyId | None, limit: int
    ) -> list[Incident]:
        """Those that began last first; NotFound, StorageUnavailable."""
        wanted = replace(
            wanted, companies=managed_companies(actor, self._registry.companies, company)
        )
        await self._keeper.write()
        async with self._storage.reading() as reader:
            return await store.listed(reader, wanted, limit)

    def all_incidents(
        self, actor: Actor, wanted: Wanted, company: CompanyId | None
    ) -> AsyncIterator[Incident]:
        """The same, as many as a file holds."""

        async def page(before: str | None, limit: int) -> list[Incident]:
            return await self.list_incidents(actor, replace(wanted, before=before), company, limit)

        return exported(page, lambda incident: incident.id)

    async def acknowledge(self, actor: Actor, ids: Collection[str], note: str) -> list[Incident]:
        """Somebody knows of these, all or none. NotFound."""
        administrators_only(actor)
        note = words.optional(note, "note", longest=LONGEST_NOTE)
        await self._keeper.write()
        async with transaction(self._storage) as tx:
            found = await store.of_ids(tx, ids)
            seen = [one for one in found if self._sees(actor, one)]
            if len(seen) != len(set(ids)):
                raise missing("incident")
            now, by = self._clock(), self._name(actor)
            await store.acknowledge(tx, ids, now, by, note)
            for one in seen:
                told = {"kind": one.kind.value, "name": one.name, "note": note}
                action = "incident acknowledged"
                await tx.audit(actor, action, one.id, None, told, company=one.company)
        changed = [
            replace(
                self._keeper.book.get(one.id) or one,
                acknowledged=now,
                acknowledged_by=by,
                note=note,
            )
            for one in seen
        ]
        self._keeper.acknowledged(changed)
        return sorted(changed, key=lambda one: one.id, reverse=True)

    def _name(self, actor: Actor) -> str:
        row = actor.administrator and self._registry.administrators.get(actor.administrator)
        return row.username if row else actor.label

    @staticmethod
    def _sees(actor: Actor, incident: Incident) -> bool:
        if incident.company is None:
            return actor.super_user
        return actor.manages(incident.company)

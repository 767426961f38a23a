"""Shared call queues (9.2.2) and intercom groups (9.1.2): so far what directories are granted to,
and so only their names."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from tws.organisation import words
from tws.organisation.actor import Actor, CompanyId, DomainId, IntercomGroupId, QueueId
from tws.organisation.grant import GranteeKind, ObjectKind
from tws.organisation.granting import uses
from tws.organisation.kinds import INTERCOM_GROUP, QUEUE
from tws.organisation.model import IntercomGroup, Queue
from tws.organisation.part import Part, by_name, changed, refuse_taken
from tws.organisation.permission import sees
from tws.records.changing import present, refuse_if_used, remove
from tws.records.kind import Kind
from tws.storage import new_id

Named = TypeVar("Named", Queue, IntercomGroup)


class Grantees(Part):
    async def create_queue(self, actor: Actor, *, domain: DomainId, name: str) -> Queue:
        place = self._managed(actor, self._registry.domains, domain, "domain", "domain")
        new = Queue(
            id=QueueId(new_id()), version=1, company=place.company, domain=place.id, name=name
        )
        return await self._create_named(actor, QUEUE, self._registry.queues, new)

    async def update_queue(
        self, actor: Actor, id: QueueId, version: int, *, name: str | None = None
    ) -> Queue:
        return await self._rename(actor, QUEUE, self._registry.queues, id, version, name)

    async def delete_queue(self, actor: Actor, id: QueueId, version: int) -> None:
        """Conflict while something is granted to it."""
        rows, named = self._registry.queues, (GranteeKind.QUEUE, ObjectKind.QUEUE)
        await self._delete_named(actor, QUEUE, rows, id, version, named)

    def list_queues(
        self, actor: Actor, company: CompanyId | None = None, *, domain: DomainId | None = None
    ) -> tuple[Queue, ...]:
        return _listed(actor, self._registry.queues, company, domain)

    def get_queue(self, actor: Actor, id: QueueId) -> Queue:
        return self._seen(actor, self._registry.queues, id, "queue")

    async def create_intercom_group(
        self, actor: Actor, *, domain: DomainId, name: str
    ) -> IntercomGroup:
        place = self._managed(actor, self._registry.domains, domain, "domain", "domain")
        new = IntercomGroup(
            id=IntercomGroupId(new_id()),
            version=1,
            company=place.company,
            domain=place.id,
            name=name,
        )
        rows = self._registry.intercom_groups
        return await self._create_named(actor, INTERCOM_GROUP, rows, new)

    async def update_intercom_group(
        self, actor: Actor, id: IntercomGroupId, version: int, *, name: str | None = None
    ) -> IntercomGroup:
        rows = self._registry.intercom_groups
        return await self._rename(actor, INTERCOM_GROUP, rows, id, version, name)

    async def delete_intercom_group(self, actor: Actor, id: IntercomGroupId, version: int) -> None:
        """Conflict while something is granted to it."""
        rows = self._registry.intercom_groups
        named = (GranteeKind.INTERCOM_GROUP, ObjectKind.INTERCOM_GROUP)
        await self._delete_named(actor, INTERCOM_GROUP, rows, id, version, named)

    def list_intercom_groups(
        self, actor: Actor, company: CompanyId | None = None, *, domain: DomainId | None = None
    ) -> tuple[IntercomGroup, ...]:
        return _listed(actor, self._registry.intercom_groups, company, domain)

    def get_intercom_group(self, actor: Actor, id: IntercomGroupId) -> IntercomGroup:
        return self._seen(actor, self._registry.intercom_groups, id, "intercom group")

    # ------------------------------------------------------------ of both

    async def _create_named(
        self, actor: Actor, kind: Kind[Named], rows: Mapping[Any, Named], new: Named
    ) -> Named:
        def make() -> Named:
            row = replace(new, name=words.name(new.name))
            _name_is_free(kind, rows, row)
            return row

        return await self._create(actor, kind, make)

    async def _rename(
        self,
        actor: Actor,
        kind: Kind[Named],
        rows: Mapping[Any, Named],
        id: str,
        version: int,
        name: str | None,
    ) -> Named:
        self._managed(actor, rows, id, kind.name)

        def change(before: Named) -> Named:
            after = changed(before, name=None if name is None else words.name(name))
            _name_is_free(kind, rows, after)
            return after

        return await self._update(actor, kind, id, version, change)

    async def _delete_named(
        self,
        actor: Actor,
        kind: Kind[Named],
        rows: Mapping[Any, Named],
        id: str,
        version: int,
        named: tuple[GranteeKind, ObjectKind],
    ) -> None:
        self._managed(actor, rows, id, kind.name)
        async with self._transaction() as tx:
            row = await present(tx, kind, id, version)
            await refuse_if_used(tx, row.name, id, {}, await uses(tx, id, *named))
            await remove(tx, actor, kind, row)


def _listed(
    actor: Actor, rows: Mapping[Any, Named], company: CompanyId | None, domain: DomainId | None
) -> tuple[Named, ...]:
    found = (
        row
        for row in rows.values()
        if sees(actor, row.company)
        and company in (None, row.company)
        and domain in (None, row.domain)
    )
    return by_name(found, lambda row: row.name)


def _name_is_free(kind: Kind[Named], rows: Mapping[Any, Named], row: Named) -> None:
    beside = (other for other in rows.values() if other.domain == row.domain)
    refuse_taken(row, beside, f"There is a {kind.name} named {{name}} already.")

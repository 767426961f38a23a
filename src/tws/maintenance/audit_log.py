"""Who changed what, when, and what it was before."""

from collections.abc import AsyncIterator
from dataclasses import replace

from tws.maintenance import store
from tws.maintenance.model import AuditEntry, Wanted
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.permission import managed_companies
from tws.organisation.registry import Registry
from tws.storage import Storage
from tws.storage.exporting import exported


class AuditLog:
    def __init__(self, storage: Storage, registry: Registry) -> None:
        self._storage, self._registry = storage, registry

    async def list_entries(
        self, actor: Actor, wanted: Wanted, company: CompanyId | None, limit: int
    ) -> list[AuditEntry]:
        """For administrators: of a company, or of all that they manage; a super user sees besides
        what belongs to none. Newest first; StorageUnavailable."""
        wanted = replace(
            wanted,
            companies=managed_companies(actor, self._registry.companies, company),
            server=wanted.server and actor.super_user,
        )
        async with self._storage.reading() as reader:
            return await store.audit_entries(reader, wanted, limit)

    def all_entries(
        self, actor: Actor, wanted: Wanted, company: CompanyId | None
    ) -> AsyncIterator[AuditEntry]:
        """The same, as many as a file holds."""

        async def page(before: int | None, limit: int) -> list[AuditEntry]:
            return await self.list_entries(actor, replace(wanted, before=before), company, limit)

        return exported(page, lambda entry: entry.number)

"""Who changed what, when, and what it was before."""

from collections.abc import AsyncIterator
from dataclasses import replace

from tws.maintenance import store
from tws.maintenance.model import AuditEntry, Wanted
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.permission import administrators_only, managed_company
from tws.organisation.registry import Registry
from tws.storage import Storage

PAGE = 500
"Rows that an export reads at a time."
MOST_EXPORTED = 100_000


class AuditLog:
    def __init__(self, storage: Storage, registry: Registry) -> None:
        self._storage, self._registry = storage, registry

    async def list_entries(
        self, actor: Actor, wanted: Wanted, company: CompanyId | None, limit: int
    ) -> list[AuditEntry]:
        """For administrators: of a company, or of all that they manage; a super user sees besides
        what belongs to none. Newest first; StorageUnavailable."""
        wanted = replace(wanted, companies=self._companies(actor, company))
        async with self._storage.reading() as reader:
            return await store.audit_entries(reader, wanted, limit)

    async def all_entries(
        self, actor: Actor, wanted: Wanted, company: CompanyId | None
    ) -> AsyncIterator[AuditEntry]:
        """The same, as many as an export holds; each page is read by itself."""
        left = MOST_EXPORTED
        while left > 0:
            page = await self.list_entries(actor, wanted, company, min(PAGE, left))
            for entry in page:
                yield entry
            if len(page) < PAGE:
                return
            left -= len(page)
            wanted = replace(wanted, before=page[-1].number)

    def _companies(self, actor: Actor, company: CompanyId | None) -> frozenset[str] | None:
        administrators_only(actor)
        if company is None:
            return None if actor.companies is None else frozenset(actor.companies)
        return frozenset({managed_company(actor, self._registry.companies, company, "company").id})

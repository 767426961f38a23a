"""The configuration of a company or of a domain, given out and made elsewhere; for those who
manage the company."""

from tws.errors import invalid, missing
from tws.organisation.actor import Actor, CompanyId, DomainId
from tws.organisation.model import Domain
from tws.organisation.permission import administrators_only, managed, managed_company
from tws.organisation.registry import Registry
from tws.organisation.service import OrganisationService
from tws.sentences import sentence
from tws.storage import Storage
from tws.templates.file import Template, read, written
from tws.templates.making import Making
from tws.templates.model import Done, ImportOutcome, Walls
from tws.templates.rows import Rows
from tws.templates.taking import Taking


class TemplateService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        organisation: OrganisationService,
        walls: Walls,
    ) -> None:
        self._storage, self._registry = storage, registry
        self._organisation, self._walls = organisation, walls

    async def give(self, actor: Actor, company: CompanyId, domain: DomainId | None) -> bytes:
        """The file; of one domain where that is named."""
        place = self._place(actor, company, domain)
        template = Taking(self._registry).template(company, None if place is None else place.id)
        await self._tell(actor, company, "configuration exported", place, _counts(template))
        return written(template)

    async def make(
        self,
        actor: Actor,
        company: CompanyId,
        domain: DomainId | None,
        content: bytes,
        *,
        overwrite: bool,
        dry: bool,
    ) -> tuple[Done, ...]:
        """What was done of each row of the file, or would be. Into a domain goes a file of one
        domain. Invalid for a file that cannot be read."""
        place = self._place(actor, company, domain)
        template = read(content)
        if place is not None and len(template.domains) > 1:
            raise invalid(
                sentence(
                    "The file has {count} domains: only one goes into a domain.",
                    count=len(template.domains),
                ),
                field="content",
            )
        rows = Rows(
            self._organisation,
            self._registry,
            walls=self._walls,
            actor=actor,
            company=company,
            into=place,
            overwrite=overwrite,
            dry=dry,
        )
        try:
            await Making(rows).make(template)
        finally:
            if not dry:
                counts = {
                    each.value: sum(done.outcome is each for done in rows.done)
                    for each in ImportOutcome
                }
                await self._tell(actor, company, "configuration imported", place, counts)
        return tuple(rows.done)

    def _place(self, actor: Actor, company: CompanyId, domain: DomainId | None) -> Domain | None:
        administrators_only(actor)
        managed_company(actor, self._registry.companies, company, "company")
        if domain is None:
            return None
        place = managed(actor, self._registry.domains, domain, "domain", "domain")
        if place.company != company:
            raise missing("domain", "domain")
        return place

    async def _tell(
        self,
        actor: Actor,
        company: CompanyId,
        action: str,
        place: Domain | None,
        counts: dict[str, int],
    ) -> None:
        after = {"domain": "" if place is None else place.name, **counts}
        async with self._storage.transaction() as tx:
            target = place.id if place else company
            await tx.audit(actor, action, target, None, after, company=company)


def _counts(template: Template) -> dict[str, int]:
    rows = {name: getattr(template, name) for name in template.__struct_fields__}
    return {name: len(found) for name, found in rows.items() if isinstance(found, list)}

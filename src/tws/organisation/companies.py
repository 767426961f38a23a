"""Companies: totally independent of each other (3.1). Only super users make and delete them."""

from tws.errors import NotAllowed, missing
from tws.organisation import store, words
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.kinds import COMPANY, PARAMETER_VALUE
from tws.organisation.model import Company
from tws.organisation.part import Part, by_name, changed, refuse_taken
from tws.organisation.permission import managed_company, sees
from tws.records.changing import present, refuse_if_used, remove, remove_all
from tws.storage import new_id


def new_company(name: str) -> Company:
    return Company(id=CompanyId(new_id()), version=1, name=words.name(name))


class Companies(Part):
    async def create_company(self, actor: Actor, *, name: str) -> Company:
        if not actor.super_user:
            raise NotAllowed("Only a super user may create a company.", why="superUsersOnly")

        def make() -> Company:
            company = new_company(name)
            self._company_name_is_free(company)
            return company

        return await self._create(actor, COMPANY, make)

    async def update_company(
        self, actor: Actor, id: CompanyId, version: int, *, name: str | None = None
    ) -> Company:
        managed_company(actor, self._registry.companies, id)

        def change(before: Company) -> Company:
            after = changed(before, name=None if name is None else words.name(name))
            self._company_name_is_free(after)
            return after

        return await self._update(actor, COMPANY, id, version, change)

    async def delete_company(self, actor: Actor, id: CompanyId, version: int) -> None:
        """Conflict while it has domains, or administrators of its own."""
        managed_company(actor, self._registry.companies, id)
        if not actor.super_user:
            raise NotAllowed("Only a super user may delete a company.", why="superUsersOnly")
        async with self._transaction() as tx:
            company = await present(tx, COMPANY, id, version)
            uses = {
                "domains": store.domain.c.company,
                "users": store.user.c.company,
                "administrators": store.administrator_company.c.company,
            }
            await refuse_if_used(tx, company.name, id, uses)
            valued = store.parameter_value.c.company
            await remove_all(tx, actor, PARAMETER_VALUE, valued, id)
            await remove(tx, actor, COMPANY, company)

    def list_companies(
        self, actor: Actor, company: CompanyId | None = None
    ) -> tuple[Company, ...]:
        found = (c for c in self._registry.companies.values() if sees(actor, c.id))
        return by_name((c for c in found if company in (None, c.id)), lambda c: c.name)

    def get_company(self, actor: Actor, id: CompanyId) -> Company:
        company = self._registry.companies.get(id)
        if company is None or not sees(actor, id):
            raise missing("company")
        return company

    def _company_name_is_free(self, company: Company) -> None:
        beside = self._registry.companies.values()
        refuse_taken(company, beside, "A company named {name} exists already.")

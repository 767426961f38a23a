"""Domains: users of one company with the same technical environment, and its dial plan (3.2)."""

from tws.organisation import store, words
from tws.organisation.actor import Actor, CompanyId, DomainId
from tws.organisation.changes import Part, by_name, changed, present, refuse_if_used, sees
from tws.organisation.errors import Conflict
from tws.organisation.kinds import DOMAIN
from tws.organisation.model import Domain
from tws.storage import new_id

LENGTHS = (1, 20)
"Of internal numbers, and of the ends by which outside numbers are compared."


def checked(domain: Domain) -> Domain:
    """With its name trimmed. Invalid with words."""
    words.time_zone(domain.time_zone)
    words.whole(domain.internal_length, "internal_length", *LENGTHS)
    words.whole(domain.inverse_length, "inverse_length", *LENGTHS)
    words.prefix(domain.country_prefix, "country_prefix", may_be_empty=False)
    words.prefix(domain.external_prefix, "external_prefix")
    words.prefix(domain.international_prefix, "international_prefix", may_be_empty=False)
    words.prefix(domain.national_prefix, "national_prefix")
    words.prefix(domain.incoming_remove, "incoming_remove")
    words.prefix(domain.incoming_add, "incoming_add")
    return changed(domain, name=words.name(domain.name))


def new_domain(
    company: CompanyId,
    *,
    name: str,
    time_zone: str,
    internal_length: int = 4,
    country_prefix: str = "33",
    external_prefix: str = "0",
    international_prefix: str = "00",
    national_prefix: str = "0",
    inverse_length: int = 9,
    incoming_remove: str = "0",
    incoming_add: str = "",
) -> Domain:
    return checked(
        Domain(
            id=DomainId(new_id()),
            version=1,
            company=company,
            name=name,
            time_zone=time_zone,
            internal_length=internal_length,
            country_prefix=country_prefix,
            external_prefix=external_prefix,
            international_prefix=international_prefix,
            national_prefix=national_prefix,
            inverse_length=inverse_length,
            incoming_remove=incoming_remove,
            incoming_add=incoming_add,
        )
    )


class Domains(Part):
    async def create_domain(
        self,
        actor: Actor,
        *,
        company: CompanyId,
        name: str,
        time_zone: str,
        internal_length: int = 4,
        country_prefix: str = "33",
        external_prefix: str = "0",
        international_prefix: str = "00",
        national_prefix: str = "0",
        inverse_length: int = 9,
        incoming_remove: str = "0",
        incoming_add: str = "",
    ) -> Domain:
        self._company(actor, company)

        def make() -> Domain:
            domain = new_domain(
                company,
                name=name,
                time_zone=time_zone,
                internal_length=internal_length,
                country_prefix=country_prefix,
                external_prefix=external_prefix,
                international_prefix=international_prefix,
                national_prefix=national_prefix,
                inverse_length=inverse_length,
                incoming_remove=incoming_remove,
                incoming_add=incoming_add,
            )
            self._domain_name_is_free(domain)
            return domain

        return await self._create(actor, DOMAIN, make)

    async def update_domain(
        self,
        actor: Actor,
        id: DomainId,
        version: int,
        *,
        name: str | None = None,
        time_zone: str | None = None,
        internal_length: int | None = None,
        country_prefix: str | None = None,
        external_prefix: str | None = None,
        international_prefix: str | None = None,
        national_prefix: str | None = None,
        inverse_length: int | None = None,
        incoming_remove: str | None = None,
        incoming_add: str | None = None,
    ) -> Domain:
        """What is None stays."""
        self._managed(actor, self._registry.domains, id, "domain")

        def change(before: Domain) -> Domain:
            after = changed(
                before,
                name=name,
                time_zone=time_zone,
                internal_length=internal_length,
                country_prefix=country_prefix,
                external_prefix=external_prefix,
                international_prefix=international_prefix,
                national_prefix=national_prefix,
                inverse_length=inverse_length,
                incoming_remove=incoming_remove,
                incoming_add=incoming_add,
            )
            after = checked(after)
            self._domain_name_is_free(after)
            return after

        return await self._update(actor, DOMAIN, id, version, change)

    async def delete_domain(self, actor: Actor, id: DomainId, version: int) -> None:
        """Conflict while it has users, groups or links."""
        self._managed(actor, self._registry.domains, id, "domain")
        async with self._transaction() as tx:
            domain = await present(tx, DOMAIN, id, version)
            uses = {
                "users": store.user.c.domain,
                "groups": store.group.c.domain,
                "links": store.link.c.domain,
                "devices": store.device.c.domain,
            }
            await refuse_if_used(tx, domain.name, id, uses)
            await self._remove(tx, actor, DOMAIN, domain)

    def list_domains(self, actor: Actor, company: CompanyId | None = None) -> tuple[Domain, ...]:
        found = (d for d in self._registry.domains.values() if sees(actor, d.company))
        return by_name((d for d in found if company in (None, d.company)), lambda d: d.name)

    def get_domain(self, actor: Actor, id: DomainId) -> Domain:
        return self._seen(actor, self._registry.domains, id, "domain")

    def _domain_name_is_free(self, domain: Domain) -> None:
        for other in self._registry.domains.values():
            if (
                other.id != domain.id
                and other.company == domain.company
                and words.fold(other.name) == words.fold(domain.name)
            ):
                raise Conflict(f"A domain named {other.name} exists already.", field="name")

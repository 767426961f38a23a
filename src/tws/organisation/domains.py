"""Domains: users of one company with the same technical environment, and its dial plan (3.2)."""

from dataclasses import replace
from typing import TypedDict, Unpack

from tws.organisation import store, words
from tws.organisation.actor import Actor, CompanyId, DomainId
from tws.organisation.changes import Part, by_name, present, refuse_if_used, sees
from tws.organisation.errors import Conflict
from tws.organisation.kinds import DOMAIN
from tws.organisation.model import DialRule, Domain, NumberExample
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
    return replace(domain, name=words.name(domain.name))


class DomainFields(TypedDict, total=False):
    """What an administrator fills in; what is left out of a new domain is the usual of France."""

    name: str
    time_zone: str
    internal_length: int
    country_prefix: str
    external_prefix: str
    international_prefix: str
    national_prefix: str
    inverse_length: int
    incoming_remove: str
    incoming_add: str
    apply_to_caller: bool
    outgoing_rules: tuple[DialRule, ...] | None
    "None: the default set."
    incoming_rules: tuple[DialRule, ...]
    emergency_numbers: tuple[str, ...]
    number_examples: tuple[NumberExample, ...]


def new_domain(company: CompanyId, **fields: Unpack[DomainFields]) -> Domain:
    return checked(Domain(id=DomainId(new_id()), version=1, company=company, **fields))


class Domains(Part):
    async def create_domain(
        self, actor: Actor, *, company: CompanyId, **fields: Unpack[DomainFields]
    ) -> Domain:
        self._company(actor, company)

        def make() -> Domain:
            domain = self._check_plan(new_domain(company, **fields))
            self._domain_name_is_free(domain)
            return domain

        return await self._create(actor, DOMAIN, make)

    async def update_domain(
        self, actor: Actor, id: DomainId, version: int, **fields: Unpack[DomainFields]
    ) -> Domain:
        """What is left out stays. Invalid where a saved example would come out otherwise."""
        self._managed(actor, self._registry.domains, id, "domain")

        def change(before: Domain) -> Domain:
            after = self._check_plan(checked(replace(before, **fields)))
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

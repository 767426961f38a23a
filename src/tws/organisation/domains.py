"""Domains: users of one company with the same technical environment, and its dial plan (3.2)."""

from dataclasses import replace
from functools import partial
from typing import TypedDict, Unpack

from tws.errors import Conflict
from tws.organisation import store, words
from tws.organisation.actor import Actor, CompanyId, DomainId
from tws.organisation.built_in import furnish
from tws.organisation.grant import GranteeKind, ObjectKind
from tws.organisation.granting import withdraw_all
from tws.organisation.kinds import DIRECTORY, DOMAIN, PARAMETER_VALUE
from tws.organisation.model import DialRule, Domain, NumberExample
from tws.organisation.part import Part, by_name, of_company, refuse_taken
from tws.organisation.permission import sees
from tws.organisation.registry import Registry
from tws.organisation.walls import CheckPlan
from tws.records.changing import create, present, refuse_if_used, remove, remove_all
from tws.storage import Storage, Transaction, new_id
from tws.storage.rows import ids

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
    def __init__(self, storage: Storage, registry: Registry, check_plan: CheckPlan) -> None:
        super().__init__(storage, registry)
        self._check_plan = check_plan

    async def create_domain(
        self, actor: Actor, *, company: CompanyId, **fields: Unpack[DomainFields]
    ) -> Domain:
        """With its built-in directories."""
        self._company(actor, company)
        async with self._transaction() as tx:
            domain = self._check_plan(new_domain(company, **fields))
            self._domain_name_is_free(domain)
            await create(tx, actor, DOMAIN, domain)
            await furnish(tx, actor, domain)
        return domain

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
        """Its built-in directories and their grants, and its values of parameters, go with it.
        Conflict while it has users, groups, links, or directories of its own."""
        self._managed(actor, self._registry.domains, id, "domain")
        async with self._transaction() as tx:
            domain = await present(tx, DOMAIN, id, version)
            uses = {
                "users": store.user.c.domain,
                "groups": store.group.c.domain,
                "links": store.link.c.domain,
                "devices": store.device.c.domain,
                "queues": store.queue.c.domain,
                "SMS_providers": store.sms_provider.c.domain,
                "collaboration_sources": store.collaboration_source.c.domain,
                "intercom_groups": store.intercom_group.c.domain,
                "user_imports": store.user_import.c.domain,
                "SCIM_connections": store.scim_connection.c.domain,
            }
            await refuse_if_used(tx, domain.name, id, uses)
            await self._remove_its_directories(tx, actor, domain)
            await remove_all(tx, actor, PARAMETER_VALUE, store.parameter_value.c.domain, id)
            await remove(tx, actor, DOMAIN, domain)

    async def _remove_its_directories(self, tx: Transaction, actor: Actor, domain: Domain) -> None:
        for directory_id in await ids(tx, store.directory.c.domain, domain.id):
            directory = await DIRECTORY.rows.find(tx, directory_id)
            if directory is None:
                continue
            if directory.built_in is None:
                raise Conflict(
                    f"{domain.name} is still in use: it has the directory {directory.name}."
                )
            await withdraw_all(tx, actor, directory.id, ObjectKind.DIRECTORY)
            await remove(tx, actor, DIRECTORY, directory)
        await withdraw_all(tx, actor, domain.id, GranteeKind.DOMAIN)

    def list_domains(self, actor: Actor, company: CompanyId | None = None) -> tuple[Domain, ...]:
        domains = self._registry.domains.values()
        found = of_company(domains, partial(sees, actor), company)
        return by_name(found, lambda domain: domain.name)

    def get_domain(self, actor: Actor, id: DomainId) -> Domain:
        return self._seen(actor, self._registry.domains, id, "domain")

    def _domain_name_is_free(self, domain: Domain) -> None:
        others = self._registry.domains.values()
        beside = (other for other in others if other.company == domain.company)
        refuse_taken(domain, beside, "A domain named {name} exists already.")

"""What an actor sees of a company: its directories, their contacts, by which dial plan."""

from tws.directory.model import Contact
from tws.directory.rights import Seen, seen_by_administrators, seen_by_user
from tws.errors import Invalid, NotFound
from tws.numbering import DialPlan, plan_of
from tws.organisation.actor import Actor, CompanyId, DomainId
from tws.organisation.model import Domain
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import IN_CALLER, forbidden_by, may_use
from tws.organisation.registry import Registry


class Sight:
    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._parameters = Parameters(registry)

    def company(self, actor: Actor, company: CompanyId | None) -> CompanyId:
        if actor.user is not None:
            if actor.company is None or company not in (None, actor.company):
                raise NotFound("No such company.")
            may_use(actor, *IN_CALLER)
            return actor.company
        if company is None:
            raise Invalid("Say in which company.", field="company")
        if company not in self._registry.companies or not actor.manages(company):
            raise NotFound("No such company.")
        return company

    def of(self, actor: Actor, company: CompanyId) -> Seen:
        if actor.user is not None:
            return seen_by_user(self._registry, company, actor.user)
        return seen_by_administrators(self._registry, company)

    def contact(self, actor: Actor, contact: Contact | None) -> Contact:
        missing = NotFound("No such contact.")
        if contact is None or contact.directory not in self.of(actor, contact.company).order:
            raise missing
        if actor.user is None:
            if contact.owner is not None or not actor.manages(contact.company):
                raise missing
        elif contact.company != actor.company or contact.owner not in (None, actor.user):
            raise missing
        return contact

    def domain(self, company: CompanyId, domain: DomainId | None) -> Domain:
        """The actor's domain; for administrators the company's first."""
        if domain is not None and domain in self._registry.domains:
            return self._registry.domains[domain]
        domains = [d for d in self._registry.domains.values() if d.company == company]
        if not domains:
            raise Invalid("This company has no domain yet, so no dial plan.", field="company")
        return min(domains, key=lambda d: d.id)

    def plan(self, company: CompanyId, domain: DomainId | None) -> DialPlan:
        return plan_of(self.domain(company, domain))

    def plan_of_contact(self, contact: Contact) -> DialPlan | None:
        domain = None if contact.domain is None else self._registry.domains.get(contact.domain)
        return None if domain is None else plan_of(domain)

    def allow(self, actor: Actor, parameter: str, refusal: str) -> None:
        if actor.user is not None and not self._parameters.effective(actor.user, parameter):
            raise forbidden_by(parameter, refusal)

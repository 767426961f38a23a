"""The dial plan of a domain, for its administrators: looked at, tried, changed, kept in files."""

from dataclasses import dataclass, replace
from typing import Unpack

from tws.errors import Invalid, NotFound
from tws.numbering.checking import check_plan
from tws.numbering.plan import plan_of
from tws.numbering.rules import default_rules
from tws.numbering.sheets import read_sheet, to_csv, to_json
from tws.numbering.trial import Broken, Trial, broken, trial
from tws.organisation.actor import Actor, DomainId
from tws.organisation.domains import DomainFields, Domains, checked
from tws.organisation.model import DialRule, Domain, NumberDirection


@dataclass(frozen=True, slots=True)
class Tested:
    """What a plan, or a draft of one, makes of a number."""

    trial: Trial
    broken: tuple[Broken, ...]
    "Saved examples that it does not keep."


class NumberingService:
    def __init__(self, domains: Domains) -> None:
        self._domains = domains

    def get(self, actor: Actor, id: DomainId) -> Domain:
        """NotFound also where the actor does not manage the domain."""
        domain = self._domains.get_domain(actor, id)
        if not actor.manages(domain.company):
            raise NotFound("There is no such domain.")
        return domain

    async def update(
        self, actor: Actor, id: DomainId, version: int, **fields: Unpack[DomainFields]
    ) -> Domain:
        """Invalid where a rule cannot be read, or a saved example would come out otherwise."""
        self.get(actor, id)
        return await self._domains.update_domain(actor, id, version, **fields)

    def test(
        self,
        actor: Actor,
        id: DomainId,
        direction: NumberDirection,
        number: str,
        **draft: Unpack[DomainFields],
    ) -> Tested:
        """Of the plan as it is stored, changed by `draft`; nothing is stored."""
        domain = self.get(actor, id)
        drafted = checked(replace(domain, **draft))
        plan = plan_of(check_plan(replace(drafted, number_examples=())))
        breaks = tuple(broken(drafted.number_examples, plan))
        return Tested(trial(direction, number, plan), breaks)

    def export(self, actor: Actor, id: DomainId, *, incoming: bool, format: str) -> bytes:
        """The rules as a file: `csv` or `json`. Of a domain with the default set, that set."""
        domain = self.get(actor, id)
        outgoing = default_rules() if domain.outgoing_rules is None else domain.outgoing_rules
        rules = domain.incoming_rules if incoming else outgoing
        if format not in ("csv", "json"):
            raise Invalid("A file of rules is csv or json.", field="format")
        return to_csv(rules) if format == "csv" else to_json(rules)

    def read_file(self, actor: Actor, id: DomainId, content: bytes) -> tuple[DialRule, ...]:
        """The rules in a file, checked for the domain as if they were its outgoing ones; nothing
        is stored."""
        domain = self.get(actor, id)
        rules = read_sheet(content)
        try:
            check_plan(replace(domain, outgoing_rules=rules, number_examples=()))
        except Invalid as error:
            raise Invalid(error.message, **{**error.details, "field": "file"}) from None
        return rules

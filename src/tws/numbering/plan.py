"""A domain's dial plan: its settings and rules, computed once for each value of the domain.

Everything that dials, compares or shows a number of a domain asks its plan.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import phonenumbers

from tws.numbering.rules import (
    COUNTRY,
    EXTERNAL,
    INTERNATIONAL,
    NATIONAL,
    RuleSet,
    default_rules,
)
from tws.organisation.model import DialRule, Domain


@dataclass(frozen=True)
class DialPlan:
    """Settings of specification 5, by their English names."""

    country: str
    international: str
    external: str
    national: str
    internal_length: int
    inverse_length: int
    incoming_remove: str
    incoming_add: str
    outgoing: tuple[DialRule, ...]
    incoming: tuple[DialRule, ...] = ()
    emergency: tuple[str, ...] = ()
    """Numbers that no rule rewrites and that get no prefix; in order, since a plan as it
    is written is a key (`directory.store.plan_key`)."""

    def __hash__(self) -> int:
        return self._hash  # asked for with each number of each call

    @cached_property
    def _hash(self) -> int:
        return hash((self.country, self.external, self.internal_length, self.outgoing))

    @cached_property
    def tokens(self) -> dict[str, str]:
        return {
            INTERNATIONAL: self.international,
            EXTERNAL: self.external,
            COUNTRY: self.country,
            NATIONAL: self.national,
        }

    @cached_property
    def outgoing_rules(self) -> RuleSet:
        # Where the national prefix is empty a national number may begin with the digits of the
        # country code (an Italian mobile 39x): only what is longer than one is taken for it.
        longest = max(self.internal_length, 0 if self.national else self.inverse_length)
        return RuleSet(self.outgoing, self.tokens, longest)

    @cached_property
    def incoming_rules(self) -> RuleSet:
        return RuleSet(self.incoming, self.tokens, self.internal_length)

    @cached_property
    def region(self) -> str:
        """Of the country code, as phone-number metadata names it (FR); `ZZ` where it has none."""
        code = int(self.country) if self.country.isdigit() else 0
        return str(phonenumbers.region_code_for_country_code(code))


@lru_cache(maxsize=1024)
def plan_of(domain: Domain) -> DialPlan:
    return DialPlan(
        country=domain.country_prefix,
        international=domain.international_prefix,
        external=domain.external_prefix,
        national=domain.national_prefix,
        internal_length=domain.internal_length,
        inverse_length=domain.inverse_length,
        incoming_remove=domain.incoming_remove,
        incoming_add=domain.incoming_add,
        outgoing=default_rules() if domain.outgoing_rules is None else domain.outgoing_rules,
        incoming=domain.incoming_rules,
        emergency=tuple(sorted(set(domain.emergency_numbers))),
    )

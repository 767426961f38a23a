"""What each parameter is for somebody (9).

A value is set for a user, a group, a domain, or the company as a whole; else it is the one that
TWS comes with. The nearest one counts: user, group, domain, default.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tws.errors import NotFound
from tws.organisation.actor import CompanyId, DomainId, UserId
from tws.organisation.model import Group, ParameterValue
from tws.organisation.parameters.catalogue import DEFINITIONS, parameter
from tws.organisation.parameters.parameter import Data, Level, Parameter, ValueKind
from tws.organisation.registry import Registry
from tws.organisation.words import fold


@dataclass(frozen=True, slots=True)
class Setting:
    """What was set somewhere."""

    level: Level
    value: Data
    row: ParameterValue | None
    "None: what TWS comes with."
    name: str = ""
    "Of the user, group or domain."


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a parameter is what it is for a user."""

    parameter: Parameter
    winner: Setting
    losers: tuple[Setting, ...]
    "What would count without those before."

    @property
    def value(self) -> Data:
        return self.winner.value


_Holder = tuple[Level, str, str]
"Of whom a value may be: where it counts, id and name."


class Parameters:
    """What parameters are, out of memory: true at once after every change."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def effective(self, user: UserId, name: str) -> Data:
        """NotFound for an unknown parameter or user."""
        holders = self._holders(user)
        return next(self._ordered(parameter(name), holders)).value

    def used(self, user: UserId, application: str) -> dict[str, Data]:
        """By name, those of an application that something reads already; NotFound for an unknown
        user. Never a secret."""
        holders = self._holders(user)
        return {
            each.name: next(self._ordered(each, holders)).value
            for each in DEFINITIONS
            if each.application == application
            and each.served
            and each.kind is not ValueKind.SECRET
        }

    def effective_in(self, domain: DomainId, name: str) -> Data:
        """For what belongs to a domain and to no user; NotFound."""
        return next(self._ordered(parameter(name), self._of_domain(domain))).value

    def of_company(self, company: CompanyId, name: str) -> Setting:
        """For what is set for a company as a whole only; NotFound for an unknown parameter."""
        asked = parameter(name)
        row = self._registry.parameter_value(asked.name, company)
        return Setting(Level.DEFAULT, asked.default if row is None else row.value, row)

    def explain(self, user: UserId, name: str) -> Explanation:
        """NotFound for an unknown parameter or user."""
        holders = self._holders(user)
        asked = parameter(name)
        winner, *losers = self._ordered(asked, holders)
        return Explanation(asked, winner, tuple(losers))

    def _ordered(self, asked: Parameter, holders: Iterable[_Holder]) -> Iterator[Setting]:
        """The nearest first; most who ask want no other."""
        for level, id, called in holders:
            if level in asked.levels:
                row = self._registry.parameter_value(asked.name, id)
                if row is not None:
                    yield Setting(level, row.value, row, called)
        yield Setting(Level.DEFAULT, asked.default, None)

    def _holders(self, user: UserId) -> list[_Holder]:
        """Of whom a value counts for a user, the nearest first."""
        known = self._registry
        row = known.users.get(user)
        if row is None:
            raise NotFound("There is no such user.")
        groups = sorted(known.groups_of(user), key=_rank)
        return [
            (Level.USER, user, row.username),
            *((Level.GROUP, group.id, group.name) for group in groups),
            *self._of_domain(row.domain),
        ]

    def _of_domain(self, domain: DomainId) -> list[_Holder]:
        place = self._registry.domains.get(domain)
        if place is None:
            raise NotFound("There is no such domain.")
        return [(Level.DOMAIN, place.id, place.name), (Level.DEFAULT, place.company, "")]


def _rank(group: Group) -> tuple[int, str, str]:
    return group.rank, fold(group.name), group.id

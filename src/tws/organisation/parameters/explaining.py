"""What each parameter is for somebody (9).

A value is set for a user, a group, a domain, or the company as a whole; else it is the one that
TWS comes with. The nearest one counts: user, group, domain, default.
"""

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


class Parameters:
    """What parameters are, out of memory: true at once after every change."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def effective(self, user: UserId, name: str) -> Data:
        """NotFound for an unknown parameter or user."""
        return self.explain(user, name).value

    def used(self, user: UserId, application: str) -> dict[str, Data]:
        """By name, those of an application that something reads already; NotFound for an unknown
        user. Never a secret."""
        return {
            each.name: self.effective(user, each.name)
            for each in DEFINITIONS
            if each.application == application
            and each.served
            and each.kind is not ValueKind.SECRET
        }

    def effective_in(self, domain: DomainId, name: str) -> Data:
        """For what belongs to a domain and to no user; NotFound."""
        return self._ordered(parameter(name), domain=domain)[0].value

    def of_company(self, company: CompanyId, name: str) -> Setting:
        """For what is set for a company as a whole only; NotFound for an unknown parameter."""
        asked = parameter(name)
        row = self._registry.parameter_value(asked.name, company)
        return Setting(Level.DEFAULT, asked.default if row is None else row.value, row)

    def explain(self, user: UserId, name: str) -> Explanation:
        """NotFound for an unknown parameter or user."""
        row = self._registry.users.get(user)
        if row is None:
            raise NotFound("There is no such user.")
        asked = parameter(name)
        winner, *losers = self._ordered(asked, user=user, domain=row.domain)
        return Explanation(asked, winner, tuple(losers))

    def _ordered(
        self, asked: Parameter, *, domain: DomainId, user: UserId | None = None
    ) -> list[Setting]:
        """The nearest first."""
        known = self._registry
        place = known.domains.get(domain)
        if place is None:
            raise NotFound("There is no such domain.")
        holders: list[tuple[Level, str, str]] = []
        if user is not None:
            holders.append((Level.USER, user, known.users[user].username))
            groups = sorted(known.groups_of(user), key=_rank)
            holders += [(Level.GROUP, group.id, group.name) for group in groups]
        holders += [(Level.DOMAIN, place.id, place.name), (Level.DEFAULT, place.company, "")]
        found = [
            Setting(level, row.value, row, called)
            for level, id, called in holders
            if level in asked.levels and (row := known.parameter_value(asked.name, id)) is not None
        ]
        return [*found, Setting(Level.DEFAULT, asked.default, None)]


def _rank(group: Group) -> tuple[int, str, str]:
    return group.rank, fold(group.name), group.id

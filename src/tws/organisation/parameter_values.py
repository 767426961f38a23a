"""Values of parameters that administrators set (9)."""

from collections.abc import Iterable
from dataclasses import replace

from tws.errors import Conflict, Invalid, invalid
from tws.organisation.actor import Actor, CompanyId, DomainId, GroupId, UserId
from tws.organisation.kinds import PARAMETER_VALUE
from tws.organisation.model import Group, ParameterValue
from tws.organisation.parameters.catalogue import DEFINITIONS, caller
from tws.organisation.parameters.catalogue import parameter as named
from tws.organisation.parameters.explaining import Explanation, Parameters
from tws.organisation.parameters.parameter import Data, Level, Parameter, ValueKind
from tws.organisation.part import Part, of_place
from tws.organisation.permission import users_only
from tws.organisation.registry import Registry
from tws.organisation.shared_device import IntercomGroup
from tws.organisation.words import fold
from tws.records.changing import create, present, remove, write
from tws.records.sealing import Sealing
from tws.sentences import sentence
from tws.storage import Storage, new_id


class ParameterValues(Part):
    def __init__(self, storage: Storage, registry: Registry, sealing: Sealing) -> None:
        super().__init__(storage, registry)
        self._sealing = sealing

    async def set_parameter(
        self,
        actor: Actor,
        *,
        parameter: str,
        value: Data,
        company: CompanyId | None = None,
        domain: DomainId | None = None,
        group: GroupId | None = None,
        user: UserId | None = None,
        version: int | None = None,
    ) -> ParameterValue:
        """For exactly one of a user, a group, a domain, or a company as a whole. `version`: of the
        value that was seen; None = there was none.

        Invalid where this parameter may not be set at that level, or names a group that is not
        there.
        """
        asked = named(parameter)
        level, where, holder = self._holder(
            actor, company=company, domain=domain, group=group, user=user
        )
        if level not in asked.levels:
            word = "company" if level is Level.DEFAULT else level.value
            raise Invalid(
                f"{asked.name} cannot be set for a {word}.",
                field=word,
                why="parameterLevel",
                parameters={"name": asked.name},
            )
        checked = self._existing(asked, where, asked.checked(value))
        async with self._transaction() as tx:
            known = self._registry.parameter_value(asked.name, holder)
            if known is None:
                id = new_id()
                new = ParameterValue(
                    id=id,
                    version=1,
                    company=where,
                    parameter=asked.name,
                    value=self._sealed(asked, id, checked),
                    domain=domain,
                    group=group,
                    user=user,
                )
                if version is not None:
                    raise Conflict("It was taken back meanwhile: look at it again.")
                await create(tx, actor, PARAMETER_VALUE, new)
                return new
            if version is None:
                raise Conflict(f"{asked.name} is set there already.", version=known.version)
            before = await present(tx, PARAMETER_VALUE, known.id, version)
            after = replace(before, value=self._sealed(asked, before.id, checked))
            return await write(tx, actor, PARAMETER_VALUE, before, after)

    async def delete_parameter_value(self, actor: Actor, id: str, version: int) -> None:
        """The next nearest value counts from now on."""
        self._managed(actor, self._registry.parameter_values, id, "parameter value")
        async with self._transaction() as tx:
            row = await present(tx, PARAMETER_VALUE, id, version)
            await remove(tx, actor, PARAMETER_VALUE, row)

    def list_parameter_values(
        self,
        actor: Actor,
        company: CompanyId | None = None,
        *,
        parameter: str | None = None,
        domain: DomainId | None = None,
        group: GroupId | None = None,
        user: UserId | None = None,
    ) -> tuple[ParameterValue, ...]:
        """For administrators. Oldest first."""
        values = self._registry.parameter_values.values()
        found = (
            row
            for row in of_place(values, actor.manages, company, domain)
            if parameter in (None, row.parameter)
            and group in (None, row.group)
            and user in (None, row.user)
        )
        return tuple(sorted(found, key=lambda row: row.id))

    def explain_parameters(
        self, actor: Actor, user: UserId, parameter: str | None = None
    ) -> tuple[Explanation, ...]:
        """For administrators: of all, or of the one of that name (NotFound)."""
        self._managed(actor, self._registry.users, user, "user")
        asked = DEFINITIONS if parameter is None else (named(parameter),)
        known = Parameters(self._registry)
        return tuple(known.explain(user, each.name) for each in asked)

    def own_parameters(self, actor: Actor) -> dict[str, Data]:
        """By name, what those of TWS Caller that are of use already are for the user who asks;
        NotAllowed for anybody else."""
        user = users_only(actor, "Parameters of an application are a user's.")
        return Parameters(self._registry).used(user, caller.APPLICATION)

    def _existing(self, asked: Parameter, company: CompanyId, value: Data) -> Data:
        """The name of a group as that is written, whoever typed it how; Invalid where there is
        none of that name."""
        rows: Iterable[Group | IntercomGroup]
        if asked.kind is ValueKind.GROUP:
            rows = self._registry.groups.values()
            missing = sentence("The company has no group named {name}.", name=str(value))
        elif asked.kind is ValueKind.INTERCOM_GROUP:
            rows = self._registry.intercom_groups.values()
            missing = sentence("The company has no intercom group named {name}.", name=str(value))
        else:
            return value
        key = fold(str(value))
        same = [row.name for row in rows if row.company == company and fold(row.name) == key]
        if key and not same:
            raise invalid(missing, field="value")
        return value if not key or value in same else same[0]

    def _sealed(self, asked: Parameter, row: str, value: Data) -> Data:
        secret = asked.kind is ValueKind.SECRET and value != ""
        if not secret:
            return value
        kept = value if asked.kept is None else asked.kept(str(value))
        return self._sealing.one(row, asked.name, kept)

    def _holder(
        self,
        actor: Actor,
        *,
        company: CompanyId | None,
        domain: DomainId | None,
        group: GroupId | None,
        user: UserId | None,
    ) -> tuple[Level, CompanyId, str]:
        if sum(id is not None for id in (company, domain, group, user)) != 1:
            raise Invalid(
                "A parameter is set for one user, group, domain or company.", field="user"
            )
        if company is not None:
            whole = self._company(actor, company)
            return Level.DEFAULT, whole.id, whole.id
        known = self._registry
        if domain is not None:
            place = self._managed(actor, known.domains, domain, "domain", "domain")
            return Level.DOMAIN, place.company, place.id
        if group is not None:
            members = self._managed(actor, known.groups, group, "group", "group")
            return Level.GROUP, members.company, members.id
        person = self._managed(actor, known.users, user or "", "user", "user")
        return Level.USER, person.company, person.id

"""Who is signed in, what their parameters are, and whose rights change."""

from collections.abc import Iterable, Mapping

from tws.bus import Bus
from tws.mail.servers import is_set_up_for
from tws.organisation.actor import Actor, AdministratorId, UserId
from tws.organisation.events import (
    AdministratorChanged,
    CompanyChanged,
    DomainChanged,
    GrantChanged,
    GroupChanged,
    ParameterValueChanged,
    PreferencesChanged,
    UserChanged,
)
from tws.organisation.grant import GrantKind
from tws.organisation.model import ParameterValue, User
from tws.organisation.parameters.catalogue import caller
from tws.organisation.parameters.explaining import Parameters
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.accounts import administrator, user
from tws.web.shown.known import Known
from tws.web.shown.parameters import MyParametersValue
from tws.web.shown.preferences import preferences


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    return [Scope(Kind.USER, id), Scope(Kind.PARAMETERS, id), Scope(Kind.PREFERENCES, id)]


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    id = actor.administrator
    return [] if id is None else [Scope(Kind.ADMINISTRATOR, id)]


def _user(known: Known, id: str) -> Values:
    value = user(known, UserId(id))
    return {} if value is None else {"me": value}


def _administrator(known: Known, id: str) -> Values:
    value = administrator(known, AdministratorId(id))
    return {} if value is None else {"me": value}


def _parameters(known: Known, id: str) -> Values:
    if (of := UserId(id)) not in known.registry.users:
        return {}
    values = Parameters(known.registry).used(of, caller.APPLICATION)
    mail = is_set_up_for(known.registry, of)
    return {"parameters": MyParametersValue(values=values, mail_server=mail)}


def _preferences(known: Known, id: str) -> Values:
    if (of := UserId(id)) not in known.registry.users:
        return {}
    registry = known.registry
    shown = preferences(registry.preferences_of(of), registry.applications(of))
    return {"preferences": shown}


CONTENT: Mapping[Kind, Content] = {
    Kind.USER: _user,
    Kind.PARAMETERS: _parameters,
    Kind.PREFERENCES: _preferences,
    Kind.ADMINISTRATOR: _administrator,
}


def follow(marks: Marks, bus: Bus) -> None:
    registry = marks.known.registry

    def users(ids: Iterable[UserId]) -> None:
        known = set(ids)
        for id in known:
            marks.mark(Kind.USER, id)
            marks.mark(Kind.PARAMETERS, id)
            marks.mark(Kind.PREFERENCES, id)
        marks.doubt(known)

    def user_row(event: UserChanged) -> None:
        users(row.id for row in (event.before, event.after) if row is not None)

    def group_row(event: GroupChanged) -> None:
        users(event.concerned)

    def grant(event: GrantChanged) -> None:
        for row in (event.before, event.after):
            if row is not None and row.kind is GrantKind.APPLICATION:
                users(registry.granted.users(row))

    def parameter(event: ParameterValueChanged) -> None:
        if (row := event.after or event.before) is None:
            return
        if row.user is not None:
            marks.mark(Kind.PARAMETERS, row.user)
        elif row.group is not None:
            for id in group.members if (group := registry.groups.get(row.group)) else ():
                marks.mark(Kind.PARAMETERS, id)
        else:
            marks.mark_users(Kind.PARAMETERS, lambda user: _holds(row, user))

    def chosen(event: PreferencesChanged) -> None:
        for row in (event.before, event.after):
            if row is not None:
                marks.mark(Kind.PREFERENCES, row.user)

    def administrator_row(event: AdministratorChanged) -> None:
        for row in (event.before, event.after):
            if row is not None:
                marks.mark(Kind.ADMINISTRATOR, row.id)
                marks.doubt([row.id])

    def domain_row(_: DomainChanged) -> None:
        marks.mark_all(Kind.USER, Kind.DEVICE, Kind.CALLS)

    def company_row(_: CompanyChanged) -> None:
        marks.mark_all(Kind.USER)
        marks.doubt_administrators()

    bus.follow(UserChanged, user_row)
    bus.follow(GroupChanged, group_row)
    bus.follow(GrantChanged, grant)
    bus.follow(ParameterValueChanged, parameter)
    bus.follow(PreferencesChanged, chosen)
    bus.follow(AdministratorChanged, administrator_row)
    bus.follow(DomainChanged, domain_row)
    bus.follow(CompanyChanged, company_row)


def _holds(value: ParameterValue, user: User) -> bool:
    """Whether what is set for a domain, or for a company as a whole, is so for a user."""
    return value.company == user.company and value.domain in (None, user.domain)

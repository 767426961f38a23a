"""What each actor sees, as values by key. Pure functions of what is in memory.

A *scope* is a part of the state that is watched as a whole: a device, its calls, a link. Rights
decide which scopes an actor has; the content of a scope is the same for all who have it, so that
it is made and encoded once. The whole view of an actor is the union of their scopes.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from tws.organisation.actor import (
    Actor,
    AdministratorId,
    Application,
    CollaborationId,
    CompanyId,
    DeviceRowId,
    DirectoryId,
    UserId,
)
from tws.organisation.model import UserDevice
from tws.presence.knowledge import Showing
from tws.web.shown.accounts import AdministratorValue, MeValue, administrator, user
from tws.web.shown.calendars import (
    CalendarStateValue,
    CollaborationStateValue,
    calendar_state,
    collaboration_state,
)
from tws.web.shown.calls import CallValue, ParkedValue, calls, parked
from tws.web.shown.contacts import ListsValue
from tws.web.shown.devices import (
    DeviceStateValue,
    DeviceValue,
    LinkValue,
    device,
    device_state,
    link_state,
)
from tws.web.shown.known import Known
from tws.web.shown.runs import RunValue, run_value

USES_TELEPHONY = frozenset({Application.CALLER, Application.TOOLKIT})
"Applications with which a user sees and controls their devices."


class Kind(StrEnum):
    USER = "user"
    ADMINISTRATOR = "administrator"
    DEVICE = "device"
    CALLS = "calls"
    LINK = "link"
    DEVICE_STATE = "device state"
    LISTS = "lists"
    "Of contacts, those that a user sees."
    RUN = "run"
    "The last synchronisation of a directory."
    CALENDARS = "calendars"
    "What people's calendars say, as everybody sees it to whom as much is shown."
    COLLABORATION = "collaboration"
    "How a source of calendars is read."


class Scope(NamedTuple):
    """One part of the state; `id` is the row id of what it is of. Of calendars: that of the
    company, and what is shown."""

    kind: Kind
    id: str


AnyValue = (
    MeValue
    | AdministratorValue
    | DeviceValue
    | CallValue
    | ParkedValue
    | LinkValue
    | DeviceStateValue
    | RunValue
    | CalendarStateValue
    | CollaborationStateValue
    | ListsValue
)
Values = dict[str, AnyValue]


def scopes(known: Known, actor: Actor) -> list[Scope]:
    """What `actor` may see now."""
    if actor.user is not None:
        found = [Scope(Kind.USER, actor.user)]
        if actor.user in known.registry.users:
            showing = known.calendars.known.showing(actor.user)
            found.append(Scope(Kind.CALENDARS, f"{actor.company}/{showing.word}"))
        if actor.applications:
            found.append(Scope(Kind.LISTS, actor.user))
        for row in devices_of(known, actor):
            found += [Scope(Kind.DEVICE, row.id), Scope(Kind.CALLS, row.id)]
        return found
    if actor.administrator is None:
        return []
    registry = known.registry
    return [
        Scope(Kind.ADMINISTRATOR, actor.administrator),
        *(Scope(Kind.LINK, x.id) for x in registry.links.values() if actor.manages(x.company)),
        *(
            Scope(Kind.DEVICE_STATE, x.id)
            for x in registry.devices.values()
            if actor.manages(x.company)
        ),
        *(
            Scope(Kind.RUN, x.id)
            for x in registry.directories.values()
            if actor.manages(x.company) and x.built_in is None
        ),
        *(
            Scope(Kind.COLLABORATION, x.id)
            for x in registry.collaboration_sources.values()
            if actor.manages(x.company)
        ),
    ]


def devices_of(known: Known, actor: Actor) -> Sequence[UserDevice]:
    """The devices that `actor` sees and controls as their own."""
    if actor.user is None or not actor.applications & USES_TELEPHONY:
        return ()
    return known.registry.devices_of(actor.user)


def values(known: Known, scope: Scope) -> Values:
    """The present content of a scope; empty when the thing is no more."""
    return _CONTENT[scope.kind](known, scope.id)


# ---------------------------------------------------------------- by key


def _user(known: Known, id: str) -> Values:
    value = user(known, UserId(id))
    return {} if value is None else {"me": value}


def _administrator(known: Known, id: str) -> Values:
    value = administrator(known, AdministratorId(id))
    return {} if value is None else {"me": value}


def _device(known: Known, id: str) -> Values:
    row = known.registry.devices.get(DeviceRowId(id))
    if row is None or (value := device(known, row)) is None:
        return {}
    return {f"device/{row.id}": value}


def _link(known: Known, id: str) -> Values:
    if (link := known.registry.links.get(id)) is None:
        return {}
    return {f"link/{link.id}": link_state(known, link)}


def _device_state(known: Known, id: str) -> Values:
    if (row := known.registry.devices.get(DeviceRowId(id))) is None:
        return {}
    return {f"device/{row.id}": device_state(known, row)}


def _run(known: Known, id: str) -> Values:
    if (run := known.runs(DirectoryId(id))) is None or id not in known.registry.directories:
        return {}
    return {f"run/{id}": run_value(known.registry, run)}


def _calendars(known: Known, id: str) -> Values:
    company, _, word = id.partition("/")
    calendars, showing = known.calendars.known, Showing.of(word)
    found: Values = {}
    for person in calendars.people(CompanyId(company)):
        if (seen := calendars.seen(person, showing)) is not None:
            found[f"calendar/{person}"] = calendar_state(known.registry, seen)
    return found


def _collaboration(known: Known, id: str) -> Values:
    source = known.registry.collaboration_sources.get(CollaborationId(id))
    if source is None:
        return {}
    state = known.calendars.state(source.id)
    return {f"collaboration/{id}": collaboration_state(known.registry, source, state)}


def _lists(known: Known, id: str) -> Values:
    if id not in known.registry.users:
        return {}
    return {"lists": ListsValue(changed=known.lists(UserId(id)))}


def _calls(known: Known, id: str) -> Values:
    row = known.registry.devices.get(DeviceRowId(id))
    if row is None:
        return {}
    found: Values = {f"call/{value.connection}": value for value in calls(known, row)}
    for waits in parked(known, row):
        found[f"parked/{row.id}/{waits.place}"] = waits
    return found


_CONTENT: Mapping[Kind, Callable[[Known, str], Values]] = {
    Kind.USER: _user,
    Kind.ADMINISTRATOR: _administrator,
    Kind.DEVICE: _device,
    Kind.CALLS: _calls,
    Kind.LINK: _link,
    Kind.DEVICE_STATE: _device_state,
    Kind.RUN: _run,
    Kind.CALENDARS: _calendars,
    Kind.COLLABORATION: _collaboration,
    Kind.LISTS: _lists,
}

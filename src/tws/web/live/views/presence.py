"""What people's calendars say, and how their sources are read."""

from collections.abc import Mapping

from tws.bus import Bus
from tws.organisation.actor import Actor, CollaborationId, CompanyId, UserId
from tws.organisation.events import (
    CollaborationSourceChanged,
    GrantChanged,
    GroupChanged,
    ParameterValueChanged,
    UserChanged,
)
from tws.organisation.grant import GrantKind
from tws.organisation.parameters.catalogue.caller import AUTHORIZED_CALENDAR_PRESENCES
from tws.presence.calendars.knowledge import SHOWN, Showing
from tws.presence.calendars.model import CalendarStateChanged, SourceStateChanged
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.calendars import calendar_state, collaboration_state
from tws.web.shown.known import Known


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    if id not in known.registry.users:
        return []
    calendars = known.calendars.known
    shared = calendars.sharing.with_viewer(id)
    if not shared:
        return []
    # One scope for all who see as much of the same calendars.
    of = ",".join(sorted(shared))
    return [Scope(Kind.CALENDARS, f"{actor.company}/{calendars.showing(id).word}/{of}")]


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    sources = known.registry.collaboration_sources.values()
    return [Scope(Kind.COLLABORATION, x.id) for x in sources if actor.manages(x.company)]


def _calendars(known: Known, id: str) -> Values:
    company, word, shared = id.split("/")
    calendars, showing = known.calendars.known, Showing.of(word)
    found: Values = {}
    for person in calendars.people(CompanyId(company), frozenset(shared.split(","))):
        if (seen := calendars.seen(person, showing)) is not None:
            found[f"calendar/{person}"] = calendar_state(known.registry, seen)
    return found


def _collaboration(known: Known, id: str) -> Values:
    source = known.registry.collaboration_sources.get(CollaborationId(id))
    if source is None:
        return {}
    state = known.calendars.state(source.id)
    return {f"collaboration/{id}": collaboration_state(known.registry, source, state)}


CONTENT: Mapping[Kind, Content] = {
    Kind.CALENDARS: _calendars,
    Kind.COLLABORATION: _collaboration,
}


def follow(marks: Marks, bus: Bus) -> None:
    registry = marks.known.registry

    def mark() -> None:
        marks.mark_all(Kind.CALENDARS)

    def source_state(event: SourceStateChanged) -> None:
        marks.mark(Kind.COLLABORATION, event.source)
        mark()  # what is known is newer

    def source_row(event: CollaborationSourceChanged) -> None:
        if (row := event.after or event.before) is not None:
            marks.mark(Kind.COLLABORATION, row.id)
        marks.doubt_administrators()

    def parameter(event: ParameterValueChanged) -> None:
        row = event.after or event.before
        if row is not None and row.parameter in (*SHOWN, AUTHORIZED_CALENDAR_PRESENCES):
            users = registry.users.values()
            marks.doubt(user.id for user in users if user.company == row.company)
            mark()

    def grant(event: GrantChanged) -> None:
        row = event.after or event.before
        if row is not None and row.kind is GrantKind.CALENDAR:
            marks.doubt(registry.granted.users(row))

    bus.follow(CalendarStateChanged, lambda event: mark())
    bus.follow(GrantChanged, grant)
    # Names, who is in which group, and what is shown of whom, may be others.
    bus.follow(UserChanged, lambda event: mark())
    bus.follow(GroupChanged, lambda event: mark())
    bus.follow(SourceStateChanged, source_state)
    bus.follow(CollaborationSourceChanged, source_row)
    bus.follow(ParameterValueChanged, parameter)

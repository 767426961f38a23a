"""What people's calendars say, and how their sources are read."""

from collections.abc import Mapping

from tws.bus import Bus
from tws.organisation.actor import Actor, CollaborationId, CompanyId, UserId
from tws.organisation.events import (
    CollaborationSourceChanged,
    GroupChanged,
    ParameterValueChanged,
    UserChanged,
)
from tws.presence.knowledge import KINDS, PRIVATE, SUMMARY, Showing
from tws.presence.model import CalendarStateChanged, SourceStateChanged
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.calendars import calendar_state, collaboration_state
from tws.web.shown.known import Known


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    if id not in known.registry.users:
        return []
    showing = known.calendars.known.showing(id)
    return [Scope(Kind.CALENDARS, f"{actor.company}/{showing.word}")]


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    sources = known.registry.collaboration_sources.values()
    return [Scope(Kind.COLLABORATION, x.id) for x in sources if actor.manages(x.company)]


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


CONTENT: Mapping[Kind, Content] = {
    Kind.CALENDARS: _calendars,
    Kind.COLLABORATION: _collaboration,
}


def follow(marks: Marks, bus: Bus) -> None:
    registry = marks.known.registry

    def mark(company: str) -> None:
        for kind in KINDS:
            marks.mark(Kind.CALENDARS, f"{company}/{kind.word}")

    def source_state(event: SourceStateChanged) -> None:
        marks.mark(Kind.COLLABORATION, event.source)
        row = registry.collaboration_sources.get(event.source)
        if row is not None:
            mark(row.company)  # what is known is newer

    def source_row(event: CollaborationSourceChanged) -> None:
        if (row := event.after or event.before) is not None:
            marks.mark(Kind.COLLABORATION, row.id)
        marks.doubt_administrators()

    def parameter(event: ParameterValueChanged) -> None:
        row = event.after or event.before
        if row is not None and row.parameter in (SUMMARY, PRIVATE):
            users = registry.users.values()
            marks.doubt(user.id for user in users if user.company == row.company)
            mark(row.company)

    def person(event: UserChanged | GroupChanged) -> None:
        """Names, and what is shown of whom, may be others."""
        if (row := event.after or event.before) is not None:
            mark(row.company)

    bus.follow(CalendarStateChanged, lambda event: mark(event.company))
    bus.follow(UserChanged, person)
    bus.follow(GroupChanged, person)
    bus.follow(SourceStateChanged, source_state)
    bus.follow(CollaborationSourceChanged, source_row)
    bus.follow(ParameterValueChanged, parameter)

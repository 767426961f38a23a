"""What calendars say of people, and how reading them goes, as values."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from tws.organisation.actor import UserId
from tws.organisation.model import CollaborationSource
from tws.organisation.registry import Registry
from tws.presence.calendars.calendar import State
from tws.presence.calendars.model import CalendarReading, Seen, SourceState, Tried
from tws.sentences import NOTHING
from tws.sources.failing import Problem
from tws.web.shown.sentences import Parameters, Template, parts
from tws.web.shown.values import Value

Free = Literal["free", "tentative", "busy", "outOfOffice"]
NAMES: dict[State, Free] = {
    State.FREE: "free",
    State.TENTATIVE: "tentative",
    State.BUSY: "busy",
    State.OUT_OF_OFFICE: "outOfOffice",
}
MOST_ERRORS = 50
"People named in the state of a source."


class CalendarStateValue(Value):
    """What a person's calendar says of now."""

    user: Annotated[str, msgspec.Meta(description="Id.")]
    display_name: str
    state: Free
    subject: Annotated[
        str, msgspec.Meta(description="Of the event; empty where it has none or is not shown.")
    ]
    private: bool
    until: Annotated[
        datetime | None,
        msgspec.Meta(description="When that changes; null = nothing known changes it."),
    ]
    read: Annotated[datetime, msgspec.Meta(description="When the calendar was read.")]


class UnreadCalendarValue(Value):
    """A person whose calendar could not be read."""

    user: Annotated[str, msgspec.Meta(description="Id.")]
    display_name: str
    mailbox: str
    problem: Problem
    words: Annotated[str, msgspec.Meta(description="What the problem is, for administrators.")]
    template: Template
    parameters: Parameters
    read: Annotated[
        datetime | None, msgspec.Meta(description="When it was read last; null = never.")
    ]


class CollaborationStateValue(Value):
    """A source of calendars as it stands."""

    source: Annotated[str, msgspec.Meta(description="Id.")]
    state: Literal["disabled", "waiting", "reading", "working", "failing"]
    tried: datetime | None
    refreshed: Annotated[
        datetime | None, msgspec.Meta(description="When it was last read to its end.")
    ]
    due: Annotated[datetime | None, msgspec.Meta(description="When it is read next.")]
    people: Annotated[int, msgspec.Meta(description="Whose calendar is known.")]
    unread: Annotated[int, msgspec.Meta(description="Whose calendar could not be read.")]
    errors: Annotated[list[UnreadCalendarValue], msgspec.Meta(description="Some of those.")]
    problem: Problem | None
    words: Annotated[str, msgspec.Meta(description="What the problem is, for administrators.")]
    template: Template
    parameters: Parameters


class TriedCalendarValue(Value):
    """One person's calendar, as it was read to try the source."""

    user: Annotated[str, msgspec.Meta(description="Id.")]
    display_name: str
    mailbox: str
    events: Annotated[int, msgspec.Meta(description="Of the next two days.")]
    problem: Problem | None
    words: str
    template: Template
    parameters: Parameters


class CollaborationTrialValue(Value):
    """Some people's calendars, or why the source cannot be read."""

    people: list[TriedCalendarValue]
    problem: Problem | None
    words: str
    template: Template
    parameters: Parameters


def calendar_state(registry: Registry, seen: Seen) -> CalendarStateValue:
    now = seen.availability
    return CalendarStateValue(
        user=seen.user,
        display_name=_name(registry, seen.user),
        state=NAMES[now.state],
        subject=now.subject,
        private=now.private,
        until=now.until,
        read=seen.read,
    )


def collaboration_state(
    registry: Registry, source: CollaborationSource, state: SourceState
) -> CollaborationStateValue:
    last = state.last
    found = (unread_calendar(registry, one) for one in state.unread)
    errors = [one for one in found if one is not None]
    return CollaborationStateValue(
        source=source.id,
        state=_word(source, state),
        tried=last.tried if last else None,
        refreshed=last.refreshed if last else None,
        due=last.due if last and source.enabled else None,
        people=state.people,
        unread=len(errors),
        errors=sorted(errors, key=lambda one: one.display_name)[:MOST_ERRORS],
        problem=last.problem if last else None,
        words=str(last.said) if last else "",
        **parts(last.said if last else NOTHING),
    )


def unread_calendar(registry: Registry, one: CalendarReading) -> UnreadCalendarValue | None:
    """None where it could be read."""
    if one.problem is None:
        return None
    return UnreadCalendarValue(
        user=one.user,
        display_name=_name(registry, one.user),
        mailbox=one.mailbox,
        problem=one.problem,
        words=str(one.said),
        **parts(one.said),
        read=one.read,
    )


def _word(
    source: CollaborationSource, state: SourceState
) -> Literal["disabled", "waiting", "reading", "working", "failing"]:
    if not source.enabled:
        return "disabled"
    if state.reading:
        return "reading"
    if state.last is None:
        return "waiting"
    return "failing" if state.last.problem else "working"


def tried(registry: Registry, one: Tried) -> TriedCalendarValue:
    return TriedCalendarValue(
        user=one.user,
        display_name=_name(registry, one.user),
        mailbox=one.mailbox,
        events=one.events,
        problem=one.failed.problem if one.failed else None,
        words=str(one.failed.said) if one.failed else "",
        **parts(one.failed.said if one.failed else NOTHING),
    )


def _name(registry: Registry, id: UserId) -> str:
    user = registry.users.get(id)
    return user.display_name if user else ""

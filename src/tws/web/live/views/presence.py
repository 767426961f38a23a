"""How people are, and how the sources of their calendars are read."""

from collections.abc import Iterable, Mapping

from tws.bus import Bus
from tws.naming import OverseenNamed
from tws.organisation.actor import Actor, CollaborationId, GroupId, UserId
from tws.organisation.events import (
    CollaborationSourceChanged,
    DirectoryChanged,
    GrantChanged,
    GroupChanged,
    IntercomGroupChanged,
    LinkChanged,
    ParameterValueChanged,
    UserChanged,
    UserDeviceChanged,
)
from tws.organisation.grant import GrantKind
from tws.organisation.parameters.catalogue.caller import (
    AUTHORIZE_CHAT,
    AUTHORIZED_CALENDAR_PRESENCES,
)
from tws.organisation.permission import IN_CALLER, uses
from tws.organisation.supervision import DECIDING
from tws.presence.calendars.knowledge import SHOWN
from tws.presence.calendars.model import CalendarStateChanged, SourceStateChanged
from tws.presence.events import PresenceChanged
from tws.presence.sight import NOTHING, OWN, Way
from tws.telephony.events import DeviceChanged, LinkStatusChanged
from tws.telephony.model import DeviceId, LinkId
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.calendars import collaboration_state
from tws.web.shown.known import Known
from tws.web.shown.presence import presence

SEEN_BY = (
    GrantKind.APPLICATION,
    GrantKind.INTERCOM_GROUP,
    GrantKind.CALENDAR,
    GrantKind.DIRECTORY,
)
"Grants that decide who sees whom, and who may write to whom."
DECIDE = (*DECIDING, *SHOWN, AUTHORIZED_CALENDAR_PRESENCES, AUTHORIZE_CHAT)
"Parameters that do."


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    if id not in known.registry.users or not uses(actor, *IN_CALLER):
        return []
    return [_scope(id, OWN)]


def of_others(known: Known, actor: Actor, id: UserId, watched: Iterable[str]) -> list[Scope]:
    """Those of the users `watched` whom `actor` may see, each in the way in which he may."""
    if not uses(actor, *IN_CALLER):
        return []
    sight, users = known.presence.sight, known.registry.users
    ways = ((UserId(one), sight.way(id, UserId(one))) for one in watched if one in users)
    return [_scope(one, way) for one, way in ways if way != NOTHING]


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    sources = known.registry.collaboration_sources.values()
    return [Scope(Kind.COLLABORATION, x.id) for x in sources if actor.manages(x.company)]


def _scope(user: UserId, way: Way) -> Scope:
    return Scope(Kind.PRESENCE, f"{user}/{way.word}")


def _presence(known: Known, id: str) -> Values:
    user, _, word = id.partition("/")
    if user not in known.registry.users:
        return {}
    seen = known.presence.seen(UserId(user), Way.of(word))
    return {f"presence/{user}": presence(known, seen)}


def _collaboration(known: Known, id: str) -> Values:
    source = known.registry.collaboration_sources.get(CollaborationId(id))
    if source is None:
        return {}
    state = known.calendars.state(source.id)
    return {f"collaboration/{id}": collaboration_state(known.registry, source, state)}


CONTENT: Mapping[Kind, Content] = {
    Kind.PRESENCE: _presence,
    Kind.COLLABORATION: _collaboration,
}


def follow(marks: Marks, bus: Bus) -> None:
    def mark(user: UserId) -> None:
        marks.mark(Kind.PRESENCE, user)

    bus.follow(PresenceChanged, lambda event: mark(event.user))
    bus.follow(CalendarStateChanged, lambda event: mark(event.user))
    _follow_telephones(marks, bus)
    _follow_sources(marks, bus)
    _follow_rights(marks, bus)


def _follow_telephones(marks: Marks, bus: Bus) -> None:
    registry = marks.known.registry

    def mark_at(link: LinkId, number: DeviceId) -> None:
        if (row := registry.device_at(link, number)) is not None:
            marks.mark(Kind.PRESENCE, row.user)

    def named(event: OverseenNamed) -> None:
        if (found := marks.known.state.leg(event.leg)) is not None:
            mark_at(found[0].link, found[1].id.device)

    def link(id: str) -> None:
        for row in registry.devices_on(id):
            marks.mark(Kind.PRESENCE, row.user)

    def device_row(event: UserDeviceChanged) -> None:
        for row in (event.before, event.after):
            if row is not None:
                marks.mark(Kind.PRESENCE, row.user)

    def link_row(event: LinkChanged) -> None:
        if (row := event.after or event.before) is not None:
            link(row.id)

    bus.follow(OverseenNamed, named)
    bus.follow(DeviceChanged, lambda event: mark_at(event.device.link, event.device.id))
    bus.follow(LinkStatusChanged, lambda event: link(event.status.link))
    bus.follow(UserDeviceChanged, device_row)
    bus.follow(LinkChanged, link_row)


def _follow_sources(marks: Marks, bus: Bus) -> None:
    def source_state(event: SourceStateChanged) -> None:
        marks.mark(Kind.COLLABORATION, event.source)
        for reading in marks.known.calendars.known.readings(event.source):
            marks.mark(Kind.PRESENCE, reading.user)  # what is known is newer

    def source_row(event: CollaborationSourceChanged) -> None:
        if (row := event.after or event.before) is not None:
            marks.mark(Kind.COLLABORATION, row.id)
        marks.doubt_administrators()

    bus.follow(SourceStateChanged, source_state)
    bus.follow(CollaborationSourceChanged, source_row)


def _follow_rights(marks: Marks, bus: Bus) -> None:
    """Who sees whom, and what of them: it hangs on both."""
    registry = marks.known.registry

    def people(users: Iterable[UserId]) -> None:
        """As those who look, and as those who are looked at."""
        known = set(users)
        marks.doubt(known)
        marks.doubt_watching(known)

    def user_row(event: UserChanged) -> None:
        for row in (event.before, event.after):
            if row is not None:
                marks.mark(Kind.PRESENCE, row.id)
                people([row.id])

    def group_row(event: GroupChanged) -> None:
        people(event.concerned)

    def grant(event: GrantChanged) -> None:
        row = event.after or event.before
        if row is None or row.kind not in SEEN_BY:
            return
        people(registry.granted.users(row))
        if (group := registry.groups.get(GroupId(row.object))) is not None:
            people(group.members)
        elif row.object in registry.users:
            people([UserId(row.object)])

    def parameter(event: ParameterValueChanged) -> None:
        row = event.after or event.before
        if row is None or row.parameter not in DECIDE:
            return
        group = None if row.group is None else registry.groups.get(row.group)
        if row.user is not None:
            people([row.user])
        elif group is not None:
            people(group.members)
        else:
            marks.doubt_company(row.company)

    def company_wide(event: IntercomGroupChanged | DirectoryChanged) -> None:
        if (row := event.after or event.before) is not None:
            marks.doubt_company(row.company)

    bus.follow(UserChanged, user_row)
    bus.follow(GroupChanged, group_row)
    bus.follow(GrantChanged, grant)
    bus.follow(ParameterValueChanged, parameter)
    bus.follow(IntercomGroupChanged, company_wide)
    bus.follow(DirectoryChanged, company_wide)

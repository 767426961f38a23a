"""The helpers of a user's desk: for the user's pages that there are any, for them what they do."""

from collections.abc import Mapping

from tws.alerter.events import TemplateRead
from tws.bus import Bus
from tws.desk.events import HelpersChanged
from tws.naming import PartyNamed
from tws.organisation.actor import Actor, UserId
from tws.organisation.events import (
    DomainChanged,
    GrantChanged,
    GroupChanged,
    ParameterValueChanged,
    PreferencesChanged,
    UserChanged,
    UserDeviceChanged,
)
from tws.organisation.parameters.catalogue import DEFINITIONS, alerter, caller
from tws.telephony.model import DeviceId, LinkId
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.desk import desk, duties, notices
from tws.web.shown.known import Known

_NAMES = frozenset(
    {
        caller.AUTHORIZE_HOT_KEYS,
        caller.AUTHORIZE_HOT_KEYS_EXE,
        *(each.name for each in DEFINITIONS if each.application == alerter.APPLICATION),
    }
)


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    return [Scope(Kind.DESK, id)]


def of_helper(user: UserId) -> list[Scope]:
    """All that a helper is told."""
    return [Scope(Kind.HELPER, user), Scope(Kind.NOTICES, user)]


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    return []


def _desk(known: Known, id: str) -> Values:
    return {"desk": desk(known.helpers.of(UserId(id)))}


def _helper(known: Known, id: str) -> Values:
    user = known.registry.users.get(UserId(id))
    return {} if user is None else {"helper": duties(known, user)}


def _notices(known: Known, id: str) -> Values:
    return {f"notice/{one.connection}": one for one in notices(known, UserId(id))}


CONTENT: Mapping[Kind, Content] = {
    Kind.DESK: _desk,
    Kind.HELPER: _helper,
    Kind.NOTICES: _notices,
}


def follow(marks: Marks, bus: Bus) -> None:
    registry, state = marks.known.registry, marks.known.state

    def rings(link: LinkId, device: DeviceId) -> None:
        if (found := registry.device_at(link, device)) is not None:
            marks.mark(Kind.NOTICES, found.user)

    def party_named(event: PartyNamed) -> None:
        if (found := state.leg(event.leg)) is not None:
            rings(event.link, found[1].id.device)

    def chosen(event: PreferencesChanged) -> None:
        for row in (event.before, event.after):
            if row is not None:
                for kind in (Kind.HELPER, Kind.NOTICES):
                    marks.mark(kind, row.user)

    def parameter(event: ParameterValueChanged) -> None:
        row = event.after or event.before
        if row is not None and row.parameter in _NAMES:
            all_of_them(event)

    # Few have a helper, and these change seldom.
    def all_of_them(_: object) -> None:
        marks.mark_all(Kind.HELPER, Kind.NOTICES)

    bus.follow(HelpersChanged, lambda event: marks.mark(Kind.DESK, event.user))
    bus.follow(PartyNamed, party_named)
    bus.follow(PreferencesChanged, chosen)
    bus.follow(ParameterValueChanged, parameter)
    for kind in (
        TemplateRead,
        UserChanged,
        GroupChanged,
        GrantChanged,
        DomainChanged,
        UserDeviceChanged,
    ):
        bus.follow(kind, all_of_them)

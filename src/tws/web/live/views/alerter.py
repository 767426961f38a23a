"""The screen pops of the calls of a device."""

from collections.abc import Mapping

from tws.alerter.events import TemplateRead
from tws.bus import Bus
from tws.naming import PartyNamed
from tws.organisation.actor import Actor, DeviceRowId, UserId
from tws.organisation.applications import Application
from tws.organisation.events import (
    DirectoryChanged,
    DomainChanged,
    GroupChanged,
    ParameterValueChanged,
    UserChanged,
)
from tws.organisation.parameters.catalogue import DEFINITIONS, alerter
from tws.organisation.permission import uses
from tws.telephony.model import ConnectionState, DeviceId, LinkId
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.known import Known
from tws.web.shown.pops import pop

_NAMES = frozenset(each.name for each in DEFINITIONS if each.application == alerter.APPLICATION)


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    """Only of those to whom TWS Alerter is granted."""
    if not uses(actor, Application.ALERTER):
        return []
    return [Scope(Kind.POPS, row.id) for row in known.registry.devices_of(id)]


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    return []


def _pops(known: Known, id: str) -> Values:
    row = known.registry.devices.get(DeviceRowId(id))
    if row is None:
        return {}
    number = DeviceId(row.number)
    found: Values = {}
    for call in known.state.calls_of(LinkId(row.link), number):
        own = call.connections.get(number)
        if own is None or own.state is ConnectionState.NULL:
            continue
        if (shown := known.alerter.pop(row, call, own)) is not None:
            found[f"pop/{own.leg}"] = pop(own.leg, shown)
    return found


CONTENT: Mapping[Kind, Content] = {Kind.POPS: _pops}


def follow(marks: Marks, bus: Bus) -> None:
    registry, state = marks.known.registry, marks.known.state

    def mark(link: LinkId, device: DeviceId) -> None:
        if (found := registry.device_at(link, device)) is not None:
            marks.mark(Kind.POPS, found.id)

    def party_named(event: PartyNamed) -> None:
        if (found := state.leg(event.leg)) is not None:
            mark(event.link, found[1].id.device)

    def parameter(event: ParameterValueChanged) -> None:
        row = event.after or event.before
        if row is not None and row.parameter in _NAMES:
            marks.mark_all(Kind.POPS)

    # Few calls come in at one time, and these change seldom.
    def all_of_them(_: object) -> None:
        marks.mark_all(Kind.POPS)

    bus.follow(PartyNamed, party_named)
    bus.follow(ParameterValueChanged, parameter)
    for kind in (TemplateRead, UserChanged, GroupChanged, DomainChanged, DirectoryChanged):
        bus.follow(kind, all_of_them)

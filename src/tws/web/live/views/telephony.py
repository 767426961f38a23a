"""Links, devices and their calls."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from tws.bus import Bus
from tws.naming import PartyNamed
from tws.organisation.actor import Actor, DeviceRowId, IntercomGroupId, QueueId, UserId
from tws.organisation.events import (
    IntercomGroupChanged,
    LinkChanged,
    ParameterValueChanged,
    QueueChanged,
    UserDeviceChanged,
)
from tws.organisation.listening import Holder
from tws.organisation.model import UserDevice
from tws.organisation.parameters.catalogue.caller import AUTHORIZE_INTERCEPTION
from tws.organisation.permission import IN_CALLER, uses
from tws.telephony.events import CallChanged, DeviceChanged, LinkStatusChanged, ParkedChanged
from tws.telephony.model import DeviceId, LinkId
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.calls import calls_on, handed_on, parked
from tws.web.shown.devices import device, device_states, link_state
from tws.web.shown.known import Known


def devices_of(known: Known, actor: Actor) -> Sequence[UserDevice]:
    """The devices that `actor` sees and controls as their own."""
    if actor.user is None or not uses(actor, *IN_CALLER):
        return ()
    return known.registry.devices_of(actor.user)


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    return [
        Scope(kind, row.id)
        for row in devices_of(known, actor)
        for kind in (Kind.DEVICE, Kind.CALLS)
    ]


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    registry = known.registry
    holders: Iterable[Holder] = chain(
        registry.devices.values(), registry.queues.values(), registry.intercom_groups.values()
    )
    return [
        *(Scope(Kind.LINK, x.id) for x in registry.links.values() if actor.manages(x.company)),
        *(Scope(Kind.DEVICE_STATE, x.id) for x in holders if actor.manages(x.company)),
    ]


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
    registry = known.registry
    row: Holder | None = (
        registry.devices.get(DeviceRowId(id))
        or registry.queues.get(QueueId(id))
        or registry.intercom_groups.get(IntercomGroupId(id))
    )
    if row is None:
        return {}
    return {f"device/{id}": value for id, value in device_states(known, row).items()}


def _calls(known: Known, id: str) -> Values:
    row = known.registry.devices.get(DeviceRowId(id))
    if row is None or (link := known.state.known(row.link)) is None:
        return {}
    found: Values = {f"call/{value.connection}": value for value in calls_on(link, known, row)}
    for waits in parked(link, known, row):
        found[f"parked/{row.id}/{waits.place}"] = waits
    for rings in handed_on(link, known, row):
        found[f"handedOn/{rings.connection}"] = rings
    return found


CONTENT: Mapping[Kind, Content] = {
    Kind.DEVICE: _device,
    Kind.CALLS: _calls,
    Kind.LINK: _link,
    Kind.DEVICE_STATE: _device_state,
}


def follow(marks: Marks, bus: Bus) -> None:
    _follow_calls(marks, bus)
    _follow_devices(marks, bus)


def _mark(marks: Marks, holder: Holder) -> None:
    """All that is shown of a device may have changed."""
    marks.mark(Kind.DEVICE_STATE, holder.id)
    if isinstance(holder, UserDevice):
        for kind in (Kind.DEVICE, Kind.CALLS):
            marks.mark(kind, holder.id)


def _follow_calls(marks: Marks, bus: Bus) -> None:
    registry, state = marks.known.registry, marks.known.state

    def mark_calls(link: LinkId, device: DeviceId) -> None:
        if (found := registry.device_at(link, device)) is not None:
            marks.mark(Kind.CALLS, found.id)

    def call_changed(event: CallChanged) -> None:
        for number in event.handed_on:
            mark_calls(event.link, number)
        marks.reported(event)

    def party_named(event: PartyNamed) -> None:
        if (found := state.leg(event.leg)) is not None:
            mark_calls(event.link, found[1].id.device)

    def parked_changed(event: ParkedChanged) -> None:
        mark_calls(event.parked.link, event.parked.by)

    bus.follow(CallChanged, call_changed)
    bus.follow(ParkedChanged, parked_changed)
    bus.follow(PartyNamed, party_named)


def _follow_devices(marks: Marks, bus: Bus) -> None:
    registry = marks.known.registry
    shown: dict[LinkId, tuple[object, ...]] = {}

    def device_changed(event: DeviceChanged) -> None:
        for holder in registry.listening.holders(event.device.link, event.device.id):
            _mark(marks, holder)  # with it changes what can be asked of its calls

    def link_status(event: LinkStatusChanged) -> None:
        status = event.status
        marks.mark(Kind.LINK, status.link)
        # Its counts change with each monitor; devices show the rest, which seldom does.
        told = (status.state, status.why, status.since)
        if shown.get(status.link) != told:
            shown[status.link] = told
            for holder in registry.listening.on(status.link):
                _mark(marks, holder)

    def device_row(event: UserDeviceChanged) -> None:
        for row in (event.before, event.after):
            if row is not None:
                _mark(marks, row)
                marks.doubt([row.user])
        marks.doubt_administrators()

    def shared_row(event: QueueChanged | IntercomGroupChanged) -> None:
        row = event.after or event.before
        if row is not None:
            _mark(marks, row)
        marks.doubt_administrators()

    def link_row(event: LinkChanged) -> None:
        if (link := event.after or event.before) is not None:
            marks.mark(Kind.LINK, link.id)
            for holder in registry.listening.on(link.id):
                _mark(marks, holder)
        marks.doubt_administrators()

    def parameter(event: ParameterValueChanged) -> None:
        row = event.after or event.before
        if row is not None and row.parameter == AUTHORIZE_INTERCEPTION:
            marks.mark_all(Kind.DEVICE)

    bus.follow(DeviceChanged, device_changed)
    bus.follow(ParameterValueChanged, parameter)
    bus.follow(LinkStatusChanged, link_status)
    bus.follow(UserDeviceChanged, device_row)
    bus.follow(QueueChanged, shared_row)
    bus.follow(IntercomGroupChanged, shared_row)
    bus.follow(LinkChanged, link_row)

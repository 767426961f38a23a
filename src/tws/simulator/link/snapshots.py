"""Snapshots and lists: what a client is told when it asks how things stand (ECMA-323, 14)."""

from collections.abc import Iterator

from tws.protocols.csta import messages
from tws.protocols.csta.supervision import (
    ListedDevice,
    LocalCallState,
    SnapshotCallResponseInfo,
    SnapshotCallResult,
    SnapshotDeviceResponseInfo,
    SnapshotDeviceResult,
)
from tws.protocols.csta.values import DeviceID, ExtendedDeviceID, connection, device
from tws.simulator.link.rendering import Renderer
from tws.simulator.switching.model import Call, Kind, Leg, State
from tws.simulator.switching.pbx import Pbx

_CATEGORIES = {
    Kind.PHONE: "station",
    Kind.TRUNK: "networkInterface",
    Kind.QUEUE: "groupACD",
    Kind.MAILBOX: "voiceUnit",
    Kind.PARK: "park",
}
SEGMENT = 100
"Devices in one message of the list."


def local_state(pbx: Pbx, leg: Leg) -> State:
    """A connection's state as the link tells it."""
    failing = leg.call.failure is not None and leg.state is State.CONNECTED
    return State.FAIL if failing and pbx.settings.link.failing_caller == "fail" else leg.state


def others_in(pbx: Pbx, leg: Leg) -> Iterator[tuple[str, State]]:
    """The other devices in the call with their states, the failed far end included."""
    for other in leg.call.legs.values():
        if other is not leg:
            yield other.device, local_state(pbx, other)
    failure = leg.call.failure
    if failure is not None and failure.device not in leg.call.legs:
        yield failure.device, State.FAIL


def of_device(pbx: Pbx, render: Renderer, number: str) -> messages.SnapshotDeviceResponse:
    found = []
    for leg in pbx.legs(number):
        others = list(others_in(pbx, leg))
        states = (local_state(pbx, leg), *(state for _, state in others))
        far = [one for one in leg.call.legs.values() if one is not leg]
        endpoint = render.extended(far[0].party) if len(far) == 1 else None
        found.append(
            SnapshotDeviceResponseInfo(
                connection_identifier=connection(leg.number, leg.device),
                endpoint_device=endpoint,
                local_call_state=LocalCallState(tuple(s.value for s in states)),
                call_linkage_data=render.linkage(leg.number, leg.call.linkage),
            )
        )
    return messages.SnapshotDeviceResponse(result=SnapshotDeviceResult(None, tuple(found)))


def of_call(pbx: Pbx, render: Renderer, call: Call) -> messages.SnapshotCallResponse:
    parties = [
        SnapshotCallResponseInfo(
            device_on_call=_who(render, leg),
            call_identifier=connection(call.id, leg.device),
            local_connection_info=local_state(pbx, leg).value,
        )
        for leg in call.legs.values()
    ]
    if call.failure is not None and call.failure.device not in call.legs:
        parties.append(
            SnapshotCallResponseInfo(
                device_on_call=render.extended(call.failure.party),
                call_identifier=connection(call.id, call.failure.device),
                local_connection_info=State.FAIL.value,
            )
        )
    return messages.SnapshotCallResponse(
        result=SnapshotCallResult(None, tuple(parties)),
        calling_device=render.extended(call.calling),
        called_device=render.extended(call.called),
        call_linkage_data=render.linkage(call.id, call.linkage),
    )


def _who(render: Renderer, leg: Leg) -> ExtendedDeviceID:
    return device(leg.device) if leg.kind is Kind.TRUNK else render.extended(leg.party)


def devices(pbx: Pbx, number: str | None, category: str | None) -> list[tuple[ListedDevice, ...]]:
    """The devices asked for, in segments; at least one, maybe empty."""
    everything = [*pbx.phones, *pbx.trunks, *pbx.queues, *pbx.settings.park_places]
    if pbx.settings.mailbox:
        everything.append(pbx.settings.mailbox)
    listed = []
    for one in everything:
        kind = pbx.kind(one)
        if kind is None or (number is not None and one != number):
            continue
        if category is None or category == _CATEGORIES[kind]:
            listed.append(ListedDevice(DeviceID(one), _CATEGORIES[kind]))
    cut = [tuple(listed[n : n + SEGMENT]) for n in range(0, len(listed), SEGMENT)]
    return cut or [()]

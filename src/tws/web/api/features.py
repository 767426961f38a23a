"""What a telephone is set to, and what the PBX itself says of it."""

from typing import Literal

from fastapi import Response
from pydantic import Field

from tws.telephony.commands import CommandId
from tws.telephony.model import (
    CallOrigin,
    DeviceId,
    Forwarding,
    ForwardingType,
    LegId,
    LinkId,
    SnapshotConnection,
)
from tws.web.api.operations import NOTHING, OnDevice, described
from tws.web.command_requests import Ask
from tws.web.identity import InRooms, rooms_of
from tws.web.operation import Operations
from tws.web.shapes import Number
from tws.web.shown.connections import OtherValue, SnapshotValue
from tws.web.shown.devices import ForwardingValue, forwarding
from tws.web.shown.values import Value

router = Operations("/telephony", tags=["telephony"])


class ForwardingsResult(Value):
    """The forwardings of the device."""

    result: list[ForwardingValue]


class SwitchResult(Value):
    """On or off."""

    result: bool


class SnapshotResult(Value):
    """The calls of the device."""

    result: list[SnapshotValue]


class SetForwardingBody(OnDevice):
    type: Literal["immediate", "busy", "noAnswer"]
    origin: Literal["all", "internal", "external"] = "all"
    active: bool
    destination: Number | None = Field(None, examples=["4003"])
    ring_count: int | None = Field(None, ge=1, le=99)
    ring_duration: int | None = Field(None, ge=1, le=600, description="Seconds.")

    @property
    def forwarding(self) -> Forwarding:
        return Forwarding(
            ForwardingType(self.type),
            CallOrigin(self.origin),
            self.active,
            self.destination,
            self.ring_count,
            self.ring_duration,
        )


@router.post("/setForwarding", operation_id="setForwarding", responses=NOTHING)
async def set_forwarding(ask: Ask, body: SetForwardingBody) -> Response:
    """Set or clear one forwarding."""
    return await ask(
        lambda key: ask.features.set_forwarding(ask.actor, body.row, body.forwarding, key=key),
        number="destination",
    )


@router.post(
    "/getForwarding", operation_id="getForwarding", responses=described(ForwardingsResult)
)
async def get_forwarding(ask: Ask, body: OnDevice) -> Response:
    """Ask the PBX for the forwardings."""

    async def work(key: CommandId | None) -> list[ForwardingValue]:
        given = await ask.features.get_forwarding(ask.actor, body.row, key=key)
        registry = rooms_of(ask.request).registry
        row = registry.devices.get(body.row)
        domain = None if row is None else registry.domains.get(row.domain)
        return [forwarding(x, domain) for x in given]

    return await ask(work)


class SwitchBody(OnDevice):
    on: bool


@router.post("/setDoNotDisturb", operation_id="setDoNotDisturb", responses=NOTHING)
async def set_do_not_disturb(ask: Ask, body: SwitchBody) -> Response:
    """Switch do-not-disturb."""
    return await ask(
        lambda key: ask.features.set_do_not_disturb(ask.actor, body.row, body.on, key=key)
    )


@router.post("/getDoNotDisturb", operation_id="getDoNotDisturb", responses=described(SwitchResult))
async def get_do_not_disturb(ask: Ask, body: OnDevice) -> Response:
    """Ask the PBX for do-not-disturb."""
    return await ask(lambda key: ask.features.get_do_not_disturb(ask.actor, body.row, key=key))


@router.post("/setMessageWaiting", operation_id="setMessageWaiting", responses=NOTHING)
async def set_message_waiting(ask: Ask, body: SwitchBody) -> Response:
    """Switch the lamp that says that messages wait."""
    return await ask(
        lambda key: ask.features.set_message_waiting(ask.actor, body.row, body.on, key=key)
    )


@router.post(
    "/getMessageWaiting", operation_id="getMessageWaiting", responses=described(SwitchResult)
)
async def get_message_waiting(ask: Ask, body: OnDevice) -> Response:
    """Ask the PBX whether messages wait."""
    return await ask(lambda key: ask.features.get_message_waiting(ask.actor, body.row, key=key))


@router.post("/snapshotDevice", operation_id="snapshotDevice", responses=described(SnapshotResult))
async def snapshot_device(ask: Ask, body: OnDevice, rooms: InRooms) -> Response:
    """Ask the PBX for the calls of the device."""

    async def work(key: CommandId | None) -> list[SnapshotValue]:
        given = await ask.features.snapshot_device(ask.actor, body.row, key=key)
        row = rooms.registry.devices[body.row]
        calls = rooms.state.calls_of(LinkId(row.link), DeviceId(row.number))
        legs = {call.id: call.connections[DeviceId(row.number)].leg for call in calls}
        return [_snapshot(x, legs.get(x.connection.call)) for x in given]

    return await ask(work)


def _snapshot(given: SnapshotConnection, leg: LegId | None) -> SnapshotValue:
    return SnapshotValue(
        call_id=given.connection.call,
        device_id=given.connection.device,
        connection=leg,
        state=given.state,
        others=[
            OtherValue(device_id=device, state=state, number=party.number, name=party.name)
            for device, state, party in given.others
        ],
    )

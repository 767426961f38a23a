"""A link that another node holds, as that one tells of it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

from msgspec.structs import replace

from tws.sentences import said, sentence
from tws.telephony.commands import Command
from tws.telephony.events import (
    CallChanged,
    DeviceChanged,
    DeviceForgotten,
    Ended,
    LinkStatus,
    LinkStatusChanged,
    Parked,
    ParkedChanged,
)
from tws.telephony.known_link import Forwardings
from tws.telephony.model import Call, Cause, Device, DeviceId, LinkState
from tws.telephony.permitted import Kinds
from tws.telephony.told import (
    Abilities,
    LinkSnapshot,
    Told,
    ToldCall,
    ToldDevice,
    ToldGone,
    ToldParked,
    ToldStatus,
)
from tws.telephony.told_calls import ToldCalls

R = TypeVar("R")
NOTHING = Abilities()
NOT_HEARD = sentence("the node that holds it is not heard")


class ToldLink:
    """Changes by `begin` and `take`, which return the events that this node's followers hear; asks
    the owner by `ask`."""

    def __init__(
        self, snapshot: LinkSnapshot, ask: Callable[[Command[Any]], Awaitable[object]]
    ) -> None:
        self.status: LinkStatus = snapshot.status
        self.devices: dict[DeviceId, Device] = {}
        self.open = ToldCalls(snapshot.status.link)
        self.parked: dict[DeviceId, Parked] = {}
        self._can: dict[DeviceId, Abilities] = {}
        self._ask = ask

    def begin(self, snapshot: LinkSnapshot, at: datetime) -> list[object]:
        """What the owner has now, and by which events one comes there from what was known: calls
        that ended unheard end unseen."""
        devices = {each.device.id: each for each in snapshot.devices}
        events: list[object] = [
            DeviceForgotten(self.status.link, gone) for gone in self.devices if gone not in devices
        ]
        changed = [x.device for id, x in devices.items() if self.devices.get(id) != x.device]
        before = dict(self.open.calls)
        self.open.begin(devices, snapshot.calls)
        over = [
            unseen(call, self.open.watched, at)
            for id, call in before.items()
            if id not in self.open.calls
        ]
        steps = [
            _step(before.get(call.id), call, self.open.watched, at)
            for call in snapshot.calls
            if before.get(call.id) != call
        ]
        waiting = {each.place: each for each in snapshot.parked}
        moved = [
            x
            for x in (*self.parked.values(), *waiting.values())
            if self.parked.get(x.place) != waiting.get(x.place)
        ]
        self.status, self.parked = snapshot.status, waiting
        self.devices = {id: each.device for id, each in devices.items()}
        self._can = {id: each.can for id, each in devices.items()}
        events.append(LinkStatusChanged(self.status))
        events += map(DeviceChanged, changed)
        return [*events, *over, *steps, *map(ParkedChanged, moved)]

    def take(self, told: Told) -> list[object]:
        match told:
            case ToldCall(change):
                self.open.take(change)
                return [change]
            case ToldDevice(device, can):
                if device.id not in self.devices:
                    self.open.watch(device.id)
                self.devices[device.id], self._can[device.id] = device, can
                return [DeviceChanged(device)]
            case ToldStatus(status, can):
                self.status = status
                self._can |= can
                # What they can be asked is seen beside them.
                others = [self.devices[id] for id in can if id in self.devices]
                return [LinkStatusChanged(status), *map(DeviceChanged, others)]
            case ToldParked(parked, waits):
                self.parked.pop(parked.place, None)
                if waits:
                    self.parked[parked.place] = parked
                return [ParkedChanged(parked)]
            case ToldGone(device):
                self.devices.pop(device, None)
                self._can.pop(device, None)
                self.open.unwatch(device)
                return [DeviceForgotten(self.status.link, device)]

    def silent(self, at: datetime) -> list[object]:
        """Nobody tells of it any more: what was told last stays."""
        if self.status.state is not LinkState.UP:
            return []
        why = said(NOT_HEARD)
        self.status = replace(self.status, state=LinkState.CONNECTING, why=why, since=at)
        return [LinkStatusChanged(self.status)]

    # ------------------------------------------------------------ asking

    def commands(self, device: DeviceId) -> Kinds:
        return self._can.get(device, NOTHING).kinds

    def forwardings(self, device: DeviceId) -> Forwardings:
        return self._can.get(device, NOTHING).forwardings

    def hides_number(self, device: DeviceId) -> bool:
        return self._can.get(device, NOTHING).hides_number

    async def request(self, command: Command[R]) -> R:
        return cast(R, await self._ask(command))


def as_step(call: Call, at: datetime) -> CallChanged:
    """How it is, for whoever knows nothing of it."""
    return CallChanged(link=call.link, call=call, at=at, cause=Cause.END_NOT_SEEN)


def unseen(call: Call, watched: set[DeviceId], at: datetime) -> CallChanged:
    """The end of a call of which nobody saw it."""
    return _step(call, replace(call, connections={}), watched, at)


def _step(before: Call | None, after: Call, watched: set[DeviceId], at: datetime) -> CallChanged:
    """Nobody knows what happened between."""
    known: Mapping[DeviceId, Any] = {} if before is None else before.connections
    legs = {each.leg for each in after.connections.values()}
    ended = tuple(
        Ended(each, Cause.END_NOT_SEEN)
        for device, each in known.items()
        if device in watched and each.leg not in legs
    )
    return CallChanged(link=after.link, call=after, at=at, cause=Cause.END_NOT_SEEN, ended=ended)

"""What the owner of a link tells the other nodes of it: a snapshot, then each step."""

from collections.abc import Mapping

from msgspec import Struct

from tws.telephony.commands import Command, operation
from tws.telephony.events import (
    CallChanged,
    DeviceChanged,
    DeviceForgotten,
    LinkStatus,
    LinkStatusChanged,
    Parked,
    ParkedChanged,
)
from tws.telephony.known_link import Forwardings, KnownLink
from tws.telephony.model import Call, Device, DeviceId, LinkState
from tws.telephony.permitted import Kinds

KINDS = {operation(kind): kind for kind in Command.__subclasses__()}
"Every command, by the name of its service: so it is named between nodes."


MANY = 100
"Devices; a link that comes up changes all of its own."


class Abilities(Struct, frozen=True):
    """What a device can be asked now."""

    commands: frozenset[str] = frozenset()
    "By the names of ECMA-269's services. One that a newer node has added is left out."
    forwardings: Forwardings = frozenset()
    hides_number: bool = False

    @property
    def kinds(self) -> Kinds:
        return frozenset(KINDS[name] for name in self.commands if name in KINDS)


class ToldDevice(Struct, frozen=True, tag=True):
    """Takes the place of what was told of it before."""

    device: Device
    can: Abilities


class ToldParked(Struct, frozen=True, tag=True):
    """A call waits at a park place, or does no more."""

    parked: Parked
    waits: bool


class ToldCall(Struct, frozen=True, tag=True):
    change: CallChanged


class ToldStatus(Struct, frozen=True, tag=True):
    status: LinkStatus
    can: Mapping[DeviceId, Abilities]
    "Of devices that can be asked other things now."
    again: bool = False
    "There are too many of these: a snapshot says it shorter."


class ToldGone(Struct, frozen=True, tag=True):
    """Nobody listens to this device any more."""

    device: DeviceId


Told = ToldDevice | ToldParked | ToldCall | ToldStatus | ToldGone


class LinkSnapshot(Struct, frozen=True, kw_only=True):
    """All that the owner has, in the order in which it has it."""

    status: LinkStatus
    devices: tuple[ToldDevice, ...]
    calls: tuple[Call, ...]
    parked: tuple[Parked, ...]


class Teller:
    """Puts into words what happens to one link that this process holds."""

    def __init__(self, link: KnownLink) -> None:
        self._link = link
        self._can: dict[DeviceId, Abilities] = {}
        "As last told."
        self._state: LinkState | None = None

    def snapshot(self) -> LinkSnapshot:
        link = self._link
        return LinkSnapshot(
            status=link.status,
            devices=tuple(ToldDevice(each, self._now(id)) for id, each in link.devices.items()),
            calls=tuple(link.open.calls.values()),
            parked=tuple(link.parked.values()),
        )

    def told(self, event: object) -> Told | None:
        """An event of this link, in the words of the wire; None for what is nobody else's."""
        match event:
            case CallChanged():
                return ToldCall(event)
            case DeviceChanged(device):
                return ToldDevice(device, self._now(device.id))
            case LinkStatusChanged(status) if status.state is self._state:
                # One more monitor: its device is told itself.
                return ToldStatus(status, {})
            case LinkStatusChanged(status):
                self._state, before = status.state, dict(self._can)
                now = {id: self._now(id) for id in self._link.devices}
                others = {id: can for id, can in now.items() if can != before.get(id)}
                if len(others) > MANY:
                    return ToldStatus(status, {}, again=True)
                return ToldStatus(status, others)
            case ParkedChanged(parked):
                return ToldParked(parked, self._link.parked.get(parked.place) == parked)
            case DeviceForgotten(device=device):
                self._can.pop(device, None)
                return ToldGone(device)
        return None

    def _now(self, device: DeviceId) -> Abilities:
        link = self._link
        can = self._can[device] = Abilities(
            frozenset(operation(kind) for kind in link.commands(device)),
            link.forwardings(device),
            link.hides_number(device),
        )
        return can

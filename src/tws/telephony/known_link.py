"""What can be asked of a link, by whoever asks: whether this process holds it, or hears of it from
the one that does."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

from tws.telephony.commands import Command
from tws.telephony.events import LinkStatus, Parked
from tws.telephony.link import HidesNumbers
from tws.telephony.model import CallOrigin, Device, DeviceId, ForwardingType
from tws.telephony.open_calls import OpenCalls
from tws.telephony.permitted import Kinds
from tws.telephony.supervisor import Supervisor

R = TypeVar("R")
Forwardings = frozenset[tuple[ForwardingType, CallOrigin]]


class KnownLink(Protocol):
    """A link of which somebody tells: its state, its devices, its calls."""

    @property
    def status(self) -> LinkStatus: ...

    @property
    def devices(self) -> Mapping[DeviceId, Device]: ...

    @property
    def open(self) -> OpenCalls: ...

    @property
    def parked(self) -> Mapping[DeviceId, Parked]:
        """By park place, those that wait there, oldest first."""

    def commands(self, device: DeviceId) -> Kinds:
        """What the PBX can be asked for this device now."""

    def forwardings(self, device: DeviceId) -> Forwardings:
        """Which forwardings can be set on this device."""

    def hides_number(self, device: DeviceId) -> bool:
        """Whether calls of this device can be made without telling its number."""

    async def request(self, command: Command[R]) -> R:
        """The result of a command; Refusal. A repeated id gets the first outcome."""


class OwnLink:
    """One that this process holds."""

    def __init__(self, supervisor: Supervisor) -> None:
        self.supervisor = supervisor

    @property
    def status(self) -> LinkStatus:
        return self.supervisor.status

    @property
    def devices(self) -> Mapping[DeviceId, Device]:
        return self.supervisor.monitors.devices

    @property
    def open(self) -> OpenCalls:
        return self.supervisor.table

    @property
    def parked(self) -> Mapping[DeviceId, Parked]:
        return self.supervisor.parking.waiting

    def commands(self, device: DeviceId) -> Kinds:
        return self.supervisor.driver.commands(device)

    def forwardings(self, device: DeviceId) -> Forwardings:
        return self.supervisor.driver.forwardings(device)

    def hides_number(self, device: DeviceId) -> bool:
        driver = self.supervisor.driver
        return isinstance(driver, HidesNumbers) and driver.hides_number(device)

    async def request(self, command: Command[R]) -> R:
        return await self.supervisor.request(command)

"""Which device each monitor of the switch watches (ECMA-269 clause 15)."""

from typing import Any, Protocol

from tws.links.csta_xml.identifiers import Identifiers
from tws.links.csta_xml.wire import Refusal, Wire
from tws.protocols.csta import Event, Response
from tws.protocols.csta import messages as m
from tws.telephony.commands import Command
from tws.telephony.event_reports import LINK_DOWN
from tws.telephony.model import DeviceId

MOST_EARLY_EVENTS = 1_000
"Events of monitors whose MonitorStartResponse has not come yet."


class Owner(Protocol):
    """The driver, as its monitors see it."""

    def outcome(self, command: Command[Any], result: object) -> None: ...

    def event(self, event: Event) -> None: ...

    def messages_lost(self) -> None: ...


class Monitors:
    """Of one link, while its connection lasts."""

    def __init__(self, wire: Wire, identifiers: Identifiers, owner: Owner) -> None:
        self._wire, self._ids, self._owner = wire, identifiers, owner
        self._devices: dict[str, DeviceId] = {}
        self._crossings: dict[DeviceId, str] = {}
        self._starting: dict[DeviceId, list[Command[Any]]] = {}
        "Devices whose MonitorStart is under way, and the MonitorStops that wait for its end."
        self._early: list[Event] = []

    def clear(self) -> None:
        """The connection is gone, and the monitors with it."""
        self._devices.clear()
        self._crossings.clear()
        self._early.clear()

    def device_of(self, event: Event) -> DeviceId | None:
        """None for an event that cannot be told now: its monitor is not known, or not yet."""
        device = self._devices.get(event.monitor_cross_ref_id)
        if device is None:
            self._unknown(event)
        return device

    def _unknown(self, event: Event) -> None:
        """Events may overtake the response that tells their monitor's number."""
        if not self._starting:
            self._wire.count("eventOfUnknownMonitor")
        elif len(self._early) < MOST_EARLY_EVENTS:
            self._early.append(event)
        else:
            self._early.clear()
            self._owner.messages_lost()

    # ------------------------------------------------------------ commands

    def start(self, command: Command[Any]) -> None:
        device = command.device
        what = m.MonitorObject(device_object=self._ids.wire(device))
        request = m.MonitorStart(monitor_object=what, monitor_type="device")
        self._starting.setdefault(device, [])

        def answered(answer: Response | Refusal) -> None:
            stops = self._starting.pop(device, [])
            if isinstance(answer, m.MonitorStartResponse):
                self._started(device, answer.monitor_cross_ref_id)
            refused = answer if isinstance(answer, Refusal) else None
            self._owner.outcome(command, refused)
            self._replay()
            for stop in stops:
                if refused is not None and refused.cause == LINK_DOWN:
                    self._owner.outcome(stop, refused)
                else:
                    self.stop(stop)

        self._wire.request(request, (m.MonitorStartResponse,), answered)

    def _started(self, device: DeviceId, crossing: str) -> None:
        before = self._crossings.get(device)
        if before is not None and before != crossing:
            self._devices.pop(before, None)
            self.give_back(before)
        other = self._devices.get(crossing)
        if other is not None and other != device:
            self._wire.count("monitorNumberUsedTwice")
            self._crossings.pop(other, None)
            self._ids.ours.discard(other)
        self._devices[crossing] = device
        self._crossings[device] = crossing
        self._ids.ours.add(device)

    def _replay(self) -> None:
        early, self._early = self._early, []
        for event in early:
            self._owner.event(event)

    def stop(self, command: Command[Any]) -> None:
        if (stops := self._starting.get(command.device)) is not None:
            stops.append(command)
            return
        crossing = self._crossings.pop(command.device, None)
        if crossing is None:
            self._owner.outcome(command, None)
            return
        self._devices.pop(crossing, None)
        self._ids.ours.discard(command.device)

        def answered(answer: Response | Refusal) -> None:
            self._owner.outcome(command, answer if isinstance(answer, Refusal) else None)

        request = m.MonitorStop(monitor_cross_ref_id=crossing)
        self._wire.request(request, (m.MonitorStopResponse,), answered)

    # ------------------------------------------------------------ without a command

    def ended(self, crossing: str) -> DeviceId | None:
        """The switch stopped a monitor; None if it was none of ours."""
        device = self._devices.pop(crossing, None)
        if device is None:
            self._wire.count("unknownMonitorStopped")
            return None
        if self._crossings.get(device) == crossing:
            del self._crossings[device]
        self._ids.ours.discard(device)
        return device

    def give_back(self, crossing: str) -> None:
        """A monitor that nobody wants: it would use up a licence of the PBX."""
        request = m.MonitorStop(monitor_cross_ref_id=crossing)
        self._wire.request(request, (m.MonitorStopResponse,), lambda answer: None)

    def give_back_all(self) -> None:
        for crossing in self._devices:
            self.give_back(crossing)

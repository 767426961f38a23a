"""Who hears what: the monitors of all clients, and the facts of the PBX sent to each.

A monitor hears every event of its device's calls, with the state of the device's own connection
afterwards. Monitors are counted over all clients, as PBX licences are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from tws.protocols.csta.message import Event as CstaEvent
from tws.protocols.csta.values import Opaque
from tws.simulator.link.rendering import Renderer
from tws.simulator.switching.facts import CallFact, Fact
from tws.simulator.switching.model import Refusal, State


class Listener(Protocol):
    """A connection that has monitors."""

    def send_events(self, events: list[CstaEvent]) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class Monitor:
    xref: str
    device: str
    listener: Listener
    suppressed: frozenset[str]
    "Names of events that its client does not want, as in MonitorFilter."


class Monitors:
    def __init__(self, render: Renderer, limit: int) -> None:
        self._render = render
        self._limit = limit
        self._by_device: dict[str, dict[str, Monitor]] = {}
        self._by_xref: dict[str, Monitor] = {}
        self._last = 0

    def __len__(self) -> int:
        return len(self._by_xref)

    @property
    def limit(self) -> int:
        return self._limit

    @limit.setter
    def limit(self, limit: int) -> None:
        """Monitors beyond a lowered limit go on."""
        self._limit = limit

    def of(self, device: str) -> int:
        return len(self._by_device.get(device, ()))

    def start(self, device: str, listener: Listener, filtered: Opaque | None) -> Monitor:
        if len(self) >= self._limit:
            raise Refusal("systemResourceAvailability", "overallMonitorLimitExceeded")
        self._last += 1
        monitor = Monitor(str(self._last), device, listener, suppressed_by(filtered))
        self._by_xref[monitor.xref] = monitor
        self._by_device.setdefault(device, {})[monitor.xref] = monitor
        return monitor

    def stop(self, xref: str, listener: Listener) -> Monitor:
        monitor = self._by_xref.get(xref)
        if monitor is None or monitor.listener is not listener:
            raise Refusal("operation", "invalidMonitorCrossRefID")
        self._remove(monitor)
        return monitor

    def stop_all(self, listener: Listener) -> list[Monitor]:
        stopped = [one for one in self._by_xref.values() if one.listener is listener]
        for monitor in stopped:
            self._remove(monitor)
        return stopped

    def _remove(self, monitor: Monitor) -> None:
        del self._by_xref[monitor.xref]
        at_device = self._by_device[monitor.device]
        del at_device[monitor.xref]
        if not at_device:
            del self._by_device[monitor.device]

    def publish(self, facts: Iterable[Fact]) -> None:
        """Send what happened, in order, to everybody concerned."""
        outgoing: dict[int, tuple[Listener, list[CstaEvent]]] = {}
        for fact in facts:
            make = None
            name = fact.event.value if isinstance(fact, CallFact) else fact.feature.value
            for device, local in _heard(fact):
                for monitor in self._by_device.get(device, {}).values():
                    if name in monitor.suppressed:
                        continue
                    make = make or self._render.make(fact)
                    sink = outgoing.setdefault(id(monitor.listener), (monitor.listener, []))
                    sink[1].append(make(monitor.xref, local.value))
        for listener, events in outgoing.values():
            listener.send_events(events)


def _heard(fact: Fact) -> Iterable[tuple[str, State]]:
    return fact.heard.items() if isinstance(fact, CallFact) else ((fact.device, State.NULL),)


def suppressed_by(filtered: Opaque | None) -> frozenset[str]:
    """The flags set in a MonitorFilter, whatever group they are in."""
    if filtered is None:
        return frozenset()
    return frozenset(
        element.tag.rpartition("}")[2]
        for element in filtered.element.iter()
        if isinstance(element.tag, str) and (element.text or "").strip() in ("true", "1")
    )

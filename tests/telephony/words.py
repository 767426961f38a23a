"""A call table with short names, and the one reading of its changes that every test uses."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count

from tws.telephony.calls import CallTable
from tws.telephony.event_reports import CallEvent
from tws.telephony.events import CallChanged
from tws.telephony.model import (
    CallId,
    Connection,
    ConnectionId,
    ConnectionState,
    DeviceId,
    LegId,
    LinkId,
    Party,
)

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
A, B, C = DeviceId("4001"), DeviceId("4002"), DeviceId("4003")
OUTSIDE = DeviceId("0612345678")


def conn(call: str, device: str) -> ConnectionId:
    return ConnectionId(CallId(call), DeviceId(device))


def party(number: str) -> Party:
    return Party(number=number)


class Told:
    """Reads the changes as the journal does: which legs are open, and how each one ended.

    Fails when a leg ends twice, comes back after its end, or is in two calls.
    """

    def __init__(self) -> None:
        self.open: dict[LegId, Connection] = {}
        self.ended: dict[LegId, str] = {}
        self.went_to: dict[LegId, str | None] = {}

    def take(self, change: CallChanged, watched: Iterable[DeviceId]) -> None:
        ours = {c.leg: c for d, c in change.call.connections.items() if d in watched}
        for ended in change.ended:
            leg = ended.connection.leg
            assert leg not in self.ended, "a leg ended twice"
            assert leg not in ours, "a leg that ended is still in its call"
            self.ended[leg] = ended.cause
            self.went_to[leg] = ended.to.number if ended.to else None
            self.open.pop(leg, None)
        calls = {change.call.id, *change.replaces}
        for leg, known in list(self.open.items()):
            if known.id.call in calls and leg not in ours:
                raise AssertionError("a leg vanished without an end")
        for leg, connection in ours.items():
            assert leg not in self.ended, "a leg came back after its end"
            self.open[leg] = connection


class Table:
    """A call table whose clock ticks a second for each event."""

    def __init__(self, *watched: DeviceId) -> None:
        numbers = count(1)
        self.table = CallTable(LinkId("pbx"), lambda: f"id{next(numbers)}")
        for device in watched:
            self.table.watch(device)
        self.told = Told()
        self.now = START

    def take(self, *events: CallEvent) -> list[CallChanged]:
        changes = []
        for event in events:
            self.now += timedelta(seconds=1)
            for change in self.table.apply(event, self.now):
                self.told.take(change, self.table.watched)
                changes.append(change)
        return changes

    def states(self, device: DeviceId) -> dict[str, ConnectionState]:
        return {call.id: call.connections[device].state for call in self.table.of(device)}

    def only(self, device: DeviceId) -> Connection:
        (call,) = self.table.of(device)
        return call.connections[device]

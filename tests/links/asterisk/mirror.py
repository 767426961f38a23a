"""Snapshot before + events = snapshot after: what the call table makes of a driver's events."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count

from tws.links.asterisk import AsteriskDriver
from tws.telephony.calls import CallTable
from tws.telephony.event_reports import CallEvent, Event, LinkStopped
from tws.telephony.model import ConnectionId, ConnectionState, DeviceId, LinkId

S = ConnectionState
NOW = datetime(2026, 1, 1, tzinfo=UTC)
Shown = dict[ConnectionId, ConnectionState]


class Mirror:
    """A call table that hears only events, beside the driver that knows."""

    def __init__(self, driver: AsteriskDriver) -> None:
        self.driver = driver
        numbers = count(1)
        self.table = CallTable(LinkId("link"), lambda: f"id{next(numbers)}")
        self.wrong: list[str] = []

    def take(self, events: Iterable[Event]) -> None:
        """Apply the events of one turn, then compare."""
        for event in events:
            if isinstance(event, CallEvent):
                self.table.apply(event, NOW)
            elif isinstance(event, LinkStopped):
                for device in tuple(self.table.watched):
                    self.table.unwatch(device, NOW)
        if self.driver.watch.monitored - self.table.watched:
            self._begin_again()
        for device in self.driver.watch.monitored:
            told, known = self._told(device), self._known(device)
            if told != known:
                self.wrong.append(f"{device}: told {told}, is {known}; after {list(events)}")

    def _begin_again(self) -> None:
        """One more device: every snapshot is taken again, as after a gap."""
        self.table = CallTable(self.table.link, self.table.new_id)
        for device in self.driver.watch.monitored:
            self.table.watch(device)
        for device in self.driver.watch.monitored:
            self.table.resync(device, self.driver.snapshot(device), NOW, {})

    def _told(self, device: DeviceId) -> Shown:
        found = (call.connections[device] for call in self.table.of(device))
        # who hears a busy tone is `fail` in the table, and connected to Asterisk
        return {c.id: S.CONNECTED if c.state is S.FAIL else c.state for c in found}

    def _known(self, device: DeviceId) -> Shown:
        return {shown.connection: shown.state for shown in self.driver.snapshot(device)}

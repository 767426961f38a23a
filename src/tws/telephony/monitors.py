"""Which devices of a link are listened to, and in what order they are asked about. Pure.

After every start of the link each device is asked for, a few at a time: MonitorStart, then
SnapshotDevice, then its forwardings, do-not-disturb and message lamp. Devices with an open call go
first. What exceeds the capacity waits, and says so; what the PBX refuses is asked again later.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from msgspec.structs import replace

from tws.telephony.commands import (
    Command,
    CommandId,
    GetDoNotDisturb,
    GetForwarding,
    GetMessageWaiting,
    MonitorStart,
    MonitorStop,
    SnapshotDevice,
)
from tws.telephony.events import LINK_DOWN, CommandDone, CommandRefused, Outcome
from tws.telephony.model import Device, DeviceId, LinkId, MonitorState

WINDOW = 32
"Devices asked about at once: enough to hide the PBX's delay, few enough not to flood it."
RETRY_AFTER = 60.0
"Seconds until a refused device is asked for again."
LICENCES_USED_UP = frozenset({"overallMonitorLimitExceeded", "objectMonitorLimitExceeded"})
"The PBX has no more monitors to give: the others wait, as beyond our own capacity."
OVER_CAPACITY = "capacity"
HELD = (MonitorState.MONITORED, MonitorState.OUT_OF_SERVICE)
"States of a device that takes one of the PBX's monitors."
FEATURES: tuple[type[Command[Any]], ...] = (GetForwarding, GetDoNotDisturb, GetMessageWaiting)


class Monitors:
    """The devices of one link. `changed` collects those whose state is to be published."""

    def __init__(
        self,
        link: LinkId,
        capacity: int,
        supports: Callable[[DeviceId], frozenset[type[Command[Any]]]],
    ) -> None:
        self.link, self.capacity, self.supports = link, capacity, supports
        self.devices: dict[DeviceId, Device] = {}
        self.changed: dict[DeviceId, None] = {}
        self._states: Counter[MonitorState] = Counter(dict.fromkeys(MonitorState, 0))
        self._queue: dict[DeviceId, None] = {}
        self._again: dict[DeviceId, None] = {}
        self._busy: dict[DeviceId, None] = {}
        self._pending: dict[CommandId, Command[Any]] = {}
        self._retry: dict[DeviceId, float] = {}
        self._numbers = count(1)
        self._up = False

    # ------------------------------------------------------------ asking

    @property
    def monitored(self) -> int:
        return self._states[MonitorState.MONITORED] + self._states[MonitorState.OUT_OF_SERVICE]

    @property
    def waiting(self) -> int:
        return self._states[MonitorState.WAITING]

    @property
    def settled(self) -> bool:
        """Whether every device that can be listened to has been asked about."""
        return self._up and not self._queue and not self._again and not self._busy

    def timer(self) -> float | None:
        return min(self._retry.values()) if self._retry and self._up else None

    def owns(self, command: CommandId) -> bool:
        return command in self._pending

    # ------------------------------------------------------------ what happens

    def add(self, device: DeviceId) -> list[Command[Any]]:
        if device in self.devices:
            return []
        self.devices[device] = Device(link=self.link, id=device, state=MonitorState.LINK_DOWN)
        self._states[MonitorState.LINK_DOWN] += 1
        self.changed[device] = None
        if not self._up:
            return []
        self._queue[device] = None
        return self.next()

    def remove(self, device: DeviceId) -> list[Command[Any]]:
        was = self.devices.pop(device, None)
        for group in (self._queue, self._again, self._busy, self.changed):
            group.pop(device, None)
        self._retry.pop(device, None)
        if was is None:
            return []
        self._states[was.state] -= 1
        if not self._up:
            return []
        held = was.state in HELD or was.state is MonitorState.STARTING
        stop = [self._ask(MonitorStop, device)] if held else []
        self._requeue_waiting()
        return [*stop, *self.next()]

    def started(self, first: Iterable[DeviceId]) -> list[Command[Any]]:
        """The link is usable: ask for everybody, `first` those with an open call."""
        self.stopped()
        self._up = True
        order = dict.fromkeys(device for device in first if device in self.devices)
        self._queue = {**order, **dict.fromkeys(self.devices)}
        return self.next()

    def stopped(self) -> None:
        self._up = False
        self._pending.clear()
        self._retry.clear()
        for group in (self._queue, self._again, self._busy):
            group.clear()
        for device in self.devices:
            self._set(device, MonitorState.LINK_DOWN)

    def lost(self) -> list[Command[Any]]:
        """Events were lost: the monitors stand, their calls are asked for again."""
        self._again.update(
            (device, None) for device, known in self.devices.items() if known.state in HELD
        )
        return self.next()

    def ended(self, device: DeviceId, why: str | None, now: float) -> None:
        """The PBX ended a monitor of its own accord."""
        if device in self.devices:
            self._set(device, MonitorState.REFUSED, why or "monitorEnded")
            self._busy.pop(device, None)
            self._retry[device] = now + RETRY_AFTER

    def handle_timer(self, now: float) -> list[Command[Any]]:
        due = [device for device, at in self._retry.items() if at <= now]
        for device in due:
            del self._retry[device]
            self._queue[device] = None
        return self.next() if due else []

    def outcome(self, outcome: Outcome, now: float) -> tuple[Command[Any], list[Command[Any]]]:
        """What was asked, and what to ask next."""
        command = self._pending.pop(outcome.id)
        device = command.device
        if device not in self.devices or isinstance(command, MonitorStop):
            return command, self.next()
        match command, outcome:
            case MonitorStart(), CommandDone():
                self._set(device, MonitorState.MONITORED)
                return command, [self._ask(SnapshotDevice, device)]
            case MonitorStart(), CommandRefused(cause=cause):
                self._busy.pop(device, None)
                self._refused(device, cause, now)
            case SnapshotDevice(), _:
                self._busy.pop(device, None)
                wanted = [kind for kind in FEATURES if kind in self.supports(device)]
                return command, [*(self._ask(kind, device) for kind in wanted), *self.next()]
            case GetForwarding(), CommandDone(result=result):
                self.update(device, forwardings=result)
            case GetDoNotDisturb(), CommandDone(result=result):
                self.update(device, do_not_disturb=result)
            case GetMessageWaiting(), CommandDone(result=result):
                self.update(device, messages_waiting=result)
            case _:
                pass  # a feature the PBX will not tell of stays unknown
        return command, self.next()

    def update(self, device: DeviceId, **changes: Any) -> None:
        """New facts about a device: fields of `Device`."""
        known = self.devices.get(device)
        if known is not None and (after := replace(known, **changes)) != known:
            self._states[known.state] -= 1
            self._states[after.state] += 1
            self.devices[device] = after
            self.changed[device] = None

    # ------------------------------------------------------------ inside

    def next(self) -> list[Command[Any]]:
        """As many devices as the window and the capacity have room for."""
        asked = []
        while self._again and len(self._busy) < WINDOW:
            device = self._again.popitem()[0]
            self._busy[device] = None
            asked.append(self._ask(SnapshotDevice, device))
        room = self.capacity - self.monitored - self._states[MonitorState.STARTING]
        while self._queue and len(self._busy) < WINDOW and room > 0:
            device = next(iter(self._queue))
            del self._queue[device]
            room -= 1
            self._busy[device] = None
            self._set(device, MonitorState.STARTING)
            asked.append(self._ask(MonitorStart, device))
        if room <= 0:
            for device in self._queue:
                self._set(device, MonitorState.WAITING, OVER_CAPACITY)
            self._queue.clear()
        return asked

    def _refused(self, device: DeviceId, cause: str, now: float) -> None:
        if cause == LINK_DOWN:
            return  # LinkStopped says the rest
        if cause in LICENCES_USED_UP:
            self._set(device, MonitorState.WAITING, cause)
        else:
            self._set(device, MonitorState.REFUSED, cause)
        self._retry[device] = now + RETRY_AFTER

    def _requeue_waiting(self) -> None:
        waiting = [d.id for d in self.devices.values() if d.state is MonitorState.WAITING]
        self._queue.update(dict.fromkeys(waiting))

    def _set(self, device: DeviceId, state: MonitorState, reason: str | None = None) -> None:
        self.update(device, state=state, reason=reason)

    def _ask(self, kind: type[Command[Any]], device: DeviceId) -> Command[Any]:
        command = kind(id=CommandId(f"monitor-{next(self._numbers)}"), device=device)
        self._pending[command.id] = command
        return command

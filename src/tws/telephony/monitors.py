"""Which devices of a link are listened to, and in what order they are asked about. Pure.

After every start of the link each device is asked for, a few at a time: MonitorStart, then
SnapshotDevice, then its forwardings, do-not-disturb and message lamp. Devices with an open call go
first. What exceeds the capacity waits, and says so; what the PBX refuses is asked again later
(`telephony.retries`). Until it is answered its calls are unknown, which is not the same as over.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping
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
from tws.telephony.event_reports import LINK_DOWN, CommandDone, CommandRefused, Outcome
from tws.telephony.model import Device, DeviceId, LinkId, MessageWaiting, MonitorState
from tws.telephony.retries import LICENCES_USED_UP, Retries

WINDOW = 32
"Devices asked about at once: enough to hide the PBX's delay, few enough not to flood it."
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
        at_stake: Callable[[DeviceId], bool] = lambda _: False,
    ) -> None:
        """`at_stake`: whether a device has calls of which its snapshot must tell."""
        self.link, self.capacity, self.supports = link, capacity, supports
        self.at_stake = at_stake
        self.devices: dict[DeviceId, Device] = {}
        self.changed: dict[DeviceId, None] = {}
        self._states: Counter[MonitorState] = Counter(dict.fromkeys(MonitorState, 0))
        self._queue: OrderedDict[DeviceId, None] = OrderedDict()
        self._waiting: dict[DeviceId, None] = {}
        "Beyond our capacity: the first to take a place that becomes free."
        self._again: dict[DeviceId, None] = {}
        self._busy: dict[DeviceId, CommandId] = {}
        "Devices that are asked, by what: the outcome of anything asked before it comes too late."
        self._pending: dict[CommandId, Command[Any]] = {}
        self._retries = Retries()
        self._given_up: dict[DeviceId, str] = {}
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
        """Whether every device that can be listened to has answered what calls it has."""
        if not self._up or self._queue or self._again or self._busy:
            return False
        return not any(self.hears(d) or self.at_stake(d) for d in self._retries.owed)

    def hears(self, device: DeviceId) -> bool:
        """Whether the PBX tells us of this device's calls."""
        known = self.devices.get(device)
        return known is not None and known.state in HELD

    def knows(self, device: DeviceId) -> bool:
        """Whether what we have of this device's calls is all that there is."""
        return self.hears(device) and device not in self._busy and device not in self._again

    def asks(self, device: DeviceId) -> bool:
        """Whether the device is being asked what calls it has, or will be in its turn."""
        return any(device in group for group in (self._busy, self._again, self._queue))

    def take_given_up(self) -> Mapping[DeviceId, str]:
        """The devices that will not answer what calls they have, and why; once each."""
        taken, self._given_up = self._given_up, {}
        return taken

    def timer(self) -> float | None:
        due = self._retries.due
        return min(due.values()) if due and self._up else None

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
        self._forget(device)
        self.changed.pop(device, None)
        if was is None:
            return []
        self._states[was.state] -= 1
        if not self._up:
            return []
        held = was.state in HELD or was.state is MonitorState.STARTING
        stop = [self._ask(MonitorStop, device)] if held else []
        return [*stop, *self.next()]

    def started(self, first: Iterable[DeviceId]) -> list[Command[Any]]:
        """The link is usable: ask for everybody, `first` those with an open call."""
        self.stopped()
        self._up = True
        order = dict.fromkeys(device for device in first if device in self.devices)
        self._queue = OrderedDict({**order, **dict.fromkeys(self.devices)})
        return self.next()

    def stopped(self) -> None:
        self._up = False
        self._pending.clear()
        self._retries.clear()
        for group in (self._queue, self._waiting, self._again, self._busy, self._given_up):
            group.clear()
        for device in self.devices:
            self._set(device, MonitorState.LINK_DOWN)

    def lost(self) -> list[Command[Any]]:
        """Events were lost: the monitors stand, their calls are asked for again."""
        self._again.update(
            (device, None) for device, known in self.devices.items() if known.state in HELD
        )
        return self.next()

    def doubted(self, device: DeviceId) -> list[Command[Any]]:
        """What is known of a device's calls may be wrong: they are asked for again, unless they
        are being asked for."""
        if not self.hears(device) or device in self._busy:
            return []
        self._again[device] = None
        return self.next()

    def ended(self, device: DeviceId, why: str | None, now: float) -> list[Command[Any]]:
        """The PBX ended a monitor of its own accord: it is asked for again."""
        if not self.hears(device):
            return []
        for group in (self._busy, self._again):
            group.pop(device, None)
        self._set(device, MonitorState.REFUSED, why or "monitorEnded")
        if self._retries.ended(device, now):
            self._queue[device] = None
            self._queue.move_to_end(device, last=False)
        return self.next()

    def handle_timer(self, now: float) -> list[Command[Any]]:
        due = [device for device, at in self._retries.due.items() if at <= now]
        for device in due:
            del self._retries.due[device]
            if self.hears(device):
                self._again[device] = None
            else:
                self._queue[device] = None
        return self.next() if due else []

    def outcome(
        self, outcome: Outcome, now: float
    ) -> tuple[Command[Any] | None, list[Command[Any]]]:
        """What was asked, None where its outcome means nothing any more; and what to ask next."""
        command = self._pending.pop(outcome.id)
        device = command.device
        refused = outcome.cause if isinstance(outcome, CommandRefused) else None
        if refused == LINK_DOWN:
            return None, []  # LinkStopped says the rest
        asked = isinstance(command, MonitorStart | SnapshotDevice)
        if device not in self.devices or (asked and self._busy.get(device) != outcome.id):
            return None, self.next()
        match command, outcome:
            case MonitorStart(), CommandDone():
                self._set(device, MonitorState.MONITORED)
                return command, [self._begin(SnapshotDevice, device)]
            case MonitorStart(), CommandRefused(cause=cause):
                del self._busy[device]
                used_up = cause in LICENCES_USED_UP
                self._set(device, MonitorState.WAITING if used_up else MonitorState.REFUSED, cause)
                if not self._retries.refused(device, cause, now):
                    self._given_up[device] = cause
            case SnapshotDevice(), _:
                del self._busy[device]
                if refused is not None and self._retries.refused(device, refused, now):
                    return command, self.next()
                self._retries.answered(device)
                if refused is not None:
                    self._given_up[device] = refused
                wanted = [kind for kind in FEATURES if kind in self.supports(device)]
                return command, [*(self._ask(kind, device) for kind in wanted), *self.next()]
            case GetForwarding(), CommandDone(result=result):
                self.update(device, forwardings=result)
            case GetDoNotDisturb(), CommandDone(result=result):
                self.update(device, do_not_disturb=result)
            case GetMessageWaiting(), CommandDone(result=MessageWaiting(on, mailbox)):
                self.messages(device, on, mailbox)
            case _:
                pass  # a feature the PBX will not tell of stays unknown
        return command, self.next()

    def messages(self, device: DeviceId, on: bool, mailbox: str | None) -> None:
        """Whether messages wait; where they do a PBX need not say each time."""
        where = {} if mailbox is None else {"voice_mail": mailbox}
        self.update(device, messages_waiting=on, **where)

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
            asked.append(self._begin(SnapshotDevice, device))
        room = self.capacity - self.monitored - self._states[MonitorState.STARTING]
        if room > 0 and self._waiting:
            self._queue.update(self._waiting)
            self._waiting.clear()
        while self._queue and len(self._busy) < WINDOW and room > 0:
            device = next(iter(self._queue))
            del self._queue[device]
            room -= 1
            self._set(device, MonitorState.STARTING)
            asked.append(self._begin(MonitorStart, device))
        if room <= 0:
            for device in self._queue:
                self._set(device, MonitorState.WAITING, OVER_CAPACITY)
                self._waiting[device] = None
                self._given_up[device] = OVER_CAPACITY
            self._queue.clear()
        return asked

    def _begin(self, kind: type[Command[Any]], device: DeviceId) -> Command[Any]:
        """Ask for what tells the calls of a device; whatever was asked before counts no more."""
        self._retries.due.pop(device, None)
        self._given_up.pop(device, None)
        command = self._ask(kind, device)
        self._busy[device] = command.id
        return command

    def _forget(self, device: DeviceId) -> None:
        for group in (self._queue, self._waiting, self._again, self._busy, self._given_up):
            group.pop(device, None)
        self._retries.forget(device)

    def _set(self, device: DeviceId, state: MonitorState, reason: str | None = None) -> None:
        self.update(device, state=state, reason=reason)

    def _ask(self, kind: type[Command[Any]], device: DeviceId) -> Command[Any]:
        command = kind(id=CommandId(f"monitor-{next(self._numbers)}"), device=device)
        self._pending[command.id] = command
        return command

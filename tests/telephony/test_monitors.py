"""Which devices are listened to: in order, within the capacity, again after every gap."""

from typing import Any

from tws.telephony.commands import (
    Command,
    GetDoNotDisturb,
    GetForwarding,
    MonitorStart,
    MonitorStop,
    SnapshotDevice,
)
from tws.telephony.event_reports import CommandDone, CommandRefused
from tws.telephony.model import DeviceId, LinkId, MonitorState
from tws.telephony.monitors import WINDOW, Monitors
from tws.telephony.retries import RETRY_AFTER


class Pbx:
    """Answers every command at once, the way a test says."""

    def __init__(self, monitors: Monitors, licences: int | None = None) -> None:
        self.monitors, self.licences = monitors, licences
        self.asked: list[Command[Any]] = []
        self.most_at_once = 0

    def answer(self, commands: list[Command[Any]], now: float = 0.0) -> None:
        waiting = list(commands)
        while waiting:
            self.most_at_once = max(self.most_at_once, len(waiting))
            command = waiting.pop(0)
            self.asked.append(command)
            outcome: CommandDone | CommandRefused = CommandDone(command.id, ())
            if isinstance(command, MonitorStart) and self.licences is not None:
                if self.licences == 0:
                    outcome = CommandRefused(command.id, "overallMonitorLimitExceeded")
                else:
                    self.licences -= 1
            waiting += self.monitors.outcome(outcome, now)[1]

    def kinds(self, device: str) -> list[type[Command[Any]]]:
        return [type(command) for command in self.asked if command.device == device]


def monitors(count: int, capacity: int = 1000) -> Monitors:
    features = frozenset({GetForwarding, GetDoNotDisturb})
    made = Monitors(LinkId("pbx"), capacity, lambda _: features)
    for number in range(count):
        assert made.add(DeviceId(str(4000 + number))) == []
    return made


def states(made: Monitors) -> list[MonitorState]:
    return [device.state for device in made.devices.values()]


def test_each_device_is_monitored_then_asked_what_it_does() -> None:
    made = monitors(3)
    pbx = Pbx(made)
    pbx.answer(made.started([DeviceId("4002")]))
    assert pbx.asked[0].device == "4002"  # it has an open call
    assert pbx.kinds("4000") == [MonitorStart, SnapshotDevice, GetForwarding, GetDoNotDisturb]
    assert states(made) == [MonitorState.MONITORED] * 3
    assert made.settled


def test_a_few_at_a_time() -> None:
    made = monitors(500)
    pbx = Pbx(made)
    pbx.answer(made.started([]))
    assert made.monitored == 500
    assert pbx.most_at_once <= 4 * WINDOW


def test_beyond_the_capacity_devices_wait_and_say_why() -> None:
    made = monitors(5, capacity=3)
    pbx = Pbx(made)
    pbx.answer(made.started([]))
    assert (made.monitored, made.waiting) == (3, 2)
    assert made.devices[DeviceId("4004")].reason == "capacity"
    assert made.settled
    pbx.answer(made.remove(DeviceId("4000")))
    assert pbx.kinds("4000")[-1] is MonitorStop
    assert (made.monitored, made.waiting) == (3, 1)


def test_when_the_pbx_has_no_more_licences_the_others_wait_and_are_tried_again() -> None:
    made = monitors(4)
    pbx = Pbx(made, licences=2)
    pbx.answer(made.started([]))
    assert (made.monitored, made.waiting) == (2, 2)
    assert made.devices[DeviceId("4003")].reason == "overallMonitorLimitExceeded"
    due = made.timer()
    assert due == RETRY_AFTER
    pbx.licences = 2
    pbx.answer(made.handle_timer(due), due)
    assert (made.monitored, made.waiting) == (4, 0)


def test_a_refused_device_does_not_hold_up_the_others() -> None:
    made = monitors(2)
    first, second = made.started([])
    made.outcome(CommandRefused(first.id, "invalidDeviceID"), 5.0)
    Pbx(made).answer([second])
    assert states(made) == [MonitorState.REFUSED, MonitorState.MONITORED]
    assert made.devices[DeviceId("4000")].reason == "invalidDeviceID"
    assert made.timer() == 5.0 + RETRY_AFTER


def test_a_place_that_a_refused_device_leaves_is_taken_by_one_that_waits() -> None:
    made = monitors(5, capacity=3)
    pbx = Pbx(made)
    first, second, third = made.started([])
    _, more = made.outcome(CommandRefused(first.id, "invalidDeviceID"), 5.0)
    pbx.answer([*more, second, third])
    assert (made.monitored, made.waiting) == (3, 1)
    assert made.devices[DeviceId("4003")].state is MonitorState.MONITORED
    due = made.timer()
    assert due is not None
    pbx.answer(made.handle_timer(due), due)  # the refused one finds no place now
    assert (made.monitored, made.waiting) == (3, 2)


def test_a_place_that_an_ended_monitor_leaves_is_taken_by_one_that_waits() -> None:
    made = monitors(5, capacity=3)
    pbx = Pbx(made)
    pbx.answer(made.started([]))
    pbx.answer(made.ended(DeviceId("4000"), "x", 1.0))
    assert made.devices[DeviceId("4000")].state is MonitorState.MONITORED  # at once, in its place
    pbx.answer(made.ended(DeviceId("4000"), "x", 2.0))
    assert made.devices[DeviceId("4000")].state is MonitorState.REFUSED
    assert made.devices[DeviceId("4003")].state is MonitorState.MONITORED
    assert (made.monitored, made.waiting) == (3, 1)


def test_devices_with_a_retry_to_come_do_not_take_a_free_place_before_it() -> None:
    made = monitors(4, capacity=2)
    pbx = Pbx(made, licences=1)
    pbx.answer(made.started([]))
    assert made.monitored == 1
    assert pbx.kinds("4001") == pbx.kinds("4002") == [MonitorStart]
    pbx.licences = 3
    pbx.answer(made.handle_timer(RETRY_AFTER), RETRY_AFTER)
    assert (made.monitored, made.waiting) == (2, 2)


def test_a_gap_asks_everybody_again_and_events_lost_only_for_calls() -> None:
    made = monitors(2)
    Pbx(made).answer(made.started([]))
    pbx = Pbx(made)
    pbx.answer(made.lost())
    assert SnapshotDevice in pbx.kinds("4000") and MonitorStart not in pbx.kinds("4000")
    made.stopped()
    assert states(made) == [MonitorState.LINK_DOWN] * 2
    assert (made.monitored, made.settled) == (0, False)
    Pbx(made).answer(made.started([]))
    assert states(made) == [MonitorState.MONITORED] * 2

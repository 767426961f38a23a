"""A driver between bytes, commands, time and lost connections, all of which an input chooses.

What `tests.contracts.driver` asks of every driver is looked at here too, at a thousandth of its
cost: nothing raises, a command ends once, nothing goes to a peer that is away, timers lie ahead.
"""

from collections import Counter
from typing import Any

from fuzz.choices import Choices
from fuzz.target import holds
from tws.telephony.commands import AnswerCall, ClearConnection, Command, CommandId, MonitorStart
from tws.telephony.event_reports import CommandDone, CommandRefused
from tws.telephony.link import Close, LinkDriver, Open, Peer, Send
from tws.telephony.model import CallId, ConnectionId, DeviceId

DEVICES = ("4001", "4002", "SIP/1")
CALLS = ("1", "2", "x")
WAITS = (0.0, 0.5, 5.0, 61.0)
LONGEST_WAIT = 600.0
"Seconds after which every command has ended."
MOST_TIMERS = 5_000


class Driving:
    """One driver and its clock."""

    def __init__(self, driver: LinkDriver, peer: Peer, now: float) -> None:
        """`driver`: connected to `peer`, at the time `now` of its clock."""
        self.driver, self.peer, self.now = driver, peer, now
        self.up = True
        self.sent: set[CommandId] = set()
        self.ended: Counter[CommandId] = Counter()
        self.told: list[object] = []

    def connect(self) -> None:
        self.up = True
        self.driver.connected(self.peer, self.now)
        self.drain()

    def lose(self) -> None:
        self.up = False
        self.driver.disconnected(self.peer, "lost", self.now)
        self.drain()

    def receive(self, data: bytes) -> None:
        if self.up and data:
            self.driver.receive_data(self.peer, data, self.now)
            self.drain()

    def send(self, command: Command[Any]) -> None:
        self.sent.add(command.id)
        self.driver.send(command, self.now)
        self.drain()

    def wait(self, seconds: float) -> None:
        end = self.now + seconds
        for _ in range(MOST_TIMERS):
            due = self.driver.timer()
            if due is None or due > end:
                break
            self.now = max(self.now, due)
            self.driver.handle_timer(self.now)
            self.drain()
            after = self.driver.timer()
            holds(after is None or after > self.now, "its timer stays where it is")
        else:
            holds(False, "its timer goes off all the time")
        self.now = end

    def drain(self) -> None:
        closing = False
        for output in self.driver.outputs():
            match output:
                case Send():
                    holds(self.up and bool(output.data), "bytes for nobody")
                case Close():
                    closing = True
                case Open():
                    pass
        for event in self.driver.events():
            self.told.append(event)
            if isinstance(event, CommandDone | CommandRefused):
                self.ended[event.id] += 1
                holds(self.ended[event.id] == 1, "a command ended twice")
        self.driver.pdus()
        if closing and self.up:
            self.lose()

    def finish(self) -> None:
        """Lose the connection for good: every command has ended then."""
        if self.up:
            self.lose()
        self.wait(LONGEST_WAIT)
        holds(set(self.ended) >= self.sent, "a command never ended")


def driven(driving: Driving, data: bytes) -> None:
    """Of a driver that is up: bytes in pieces, and between them whatever else happens."""
    choices = Choices(data)
    steps = [choices.number(256) for _ in range(choices.number(6))]
    driving.driver.trace(choices.flag())
    pieces = list(choices.pieces())
    for number, piece in enumerate(pieces):
        if number < len(steps):
            _step(driving, steps[number], number)
        driving.receive(piece)
    driving.finish()


def _step(driving: Driving, chosen: int, number: int) -> None:
    id, kind, rest = CommandId(f"c{number}"), chosen % 6, chosen // 6
    device = DeviceId(DEVICES[rest % len(DEVICES)])
    match kind:
        case 0:
            driving.wait(WAITS[rest % len(WAITS)])
        case 1 if driving.up:
            driving.lose()
        case 2 if not driving.up:
            driving.connect()
        case 3:
            driving.send(MonitorStart(id=id, device=device))
        case 4:
            connection = ConnectionId(CallId(CALLS[rest % len(CALLS)]), device)
            driving.send(AnswerCall(id=id, device=device, connection=connection))
        case _:
            connection = ConnectionId(CallId(CALLS[rest % len(CALLS)]), device)
            driving.send(ClearConnection(id=id, device=device, connection=connection))

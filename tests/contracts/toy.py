"""A PBX dialect for tests of carriers and of the driver contract: lines of text.

    PBX -> driver    ring NUMBER | echo TEXT | done ID | refused ID CAUSE
    driver -> PBX    TEXT (of an echo) | ask ID DEVICE SERVICE

A line of more than `LONGEST` bytes closes its connection; any other line is counted.
"""

from typing import Any

from tws.sentences import Words
from tws.telephony.commands import USER_COMMANDS, Command, CommandId, operation
from tws.telephony.event_reports import (
    LINK_DOWN,
    NO_ANSWER,
    CallInformation,
    CommandDone,
    CommandRefused,
    Event,
    LinkStarted,
    LinkStopped,
    Outcome,
)
from tws.telephony.link import Address, Close, Open, Output, Pdu, Peer, Send
from tws.telephony.model import (
    CallId,
    CallOrigin,
    ConnectionId,
    DeviceId,
    ForwardingType,
    Party,
)

LONGEST = 1_000_000
PATIENCE = 10.0
"Seconds an answer may take."
PBX = Peer("pbx")


class ToyDriver:
    """Asks `address` if there is one, else whoever called first."""

    def __init__(self, address: Address | None = None) -> None:
        self.address = address
        self._outputs: list[Output] = []
        self._events: list[Event] = []
        self._pdus: list[Pdu] = []
        self._tracing = False
        self._buffers: dict[Peer, bytes] = {}
        self._asked: dict[CommandId, float] = {}
        self._outcomes: dict[CommandId, Outcome] = {}
        self.counters: dict[str, int] = {"unknown": 0, "too_long": 0}

    def start(self, now: float) -> None:
        if self.address is not None:
            self._outputs.append(Open(PBX, self.address))

    def stop(self, now: float) -> None:
        if self.address is not None:
            self._outputs.append(Close(PBX, "stopped", stop=True))

    def commands(self, device: DeviceId) -> frozenset[type[Command[Any]]]:
        return frozenset(USER_COMMANDS)

    def forwardings(self, device: DeviceId) -> frozenset[tuple[ForwardingType, CallOrigin]]:
        return frozenset()

    def connected(self, peer: Peer, now: float) -> None:
        self._buffers[peer] = b""
        self._events.append(LinkStarted())

    def receive_data(self, peer: Peer, data: bytes, now: float) -> None:
        if peer not in self._buffers:
            return
        *lines, rest = (self._buffers[peer] + data).split(b"\n")
        self._buffers[peer] = rest
        for line in lines:
            self._line(peer, line)
        if len(rest) > LONGEST:
            self.counters["too_long"] += 1
            self._buffers.pop(peer)
            self._outputs.append(Close(peer, "line too long"))

    def _line(self, peer: Peer, line: bytes) -> None:
        text = line.decode("utf-8", "replace")
        if self._tracing:
            self._pdus.append(Pdu(False, peer, (), text))
        match text.split(" ", 2):
            case ["ring", number]:
                where = ConnectionId(CallId("1"), DeviceId(number))
                self._events.append(CallInformation(connection=where, party=Party(number)))
            case ["echo", *_]:
                self._outputs.append(Send(peer, line[5:] + b"\n"))
            case ["done", id]:
                self._end(CommandId(id), CommandDone(CommandId(id)))
            case ["refused", id, cause]:
                self._end(CommandId(id), CommandRefused(CommandId(id), cause))
            case _:
                self.counters["unknown"] += 1

    def disconnected(self, peer: Peer, why: Words, now: float) -> None:
        if self._buffers.pop(peer, None) is not None:
            self._events.append(LinkStopped(why))
        if not self._buffers:
            for id in tuple(self._asked):
                self._end(id, CommandRefused(id, LINK_DOWN))

    def send(self, command: Command[Any], now: float) -> None:
        id = command.id
        if id in self._outcomes:
            self._events.append(self._outcomes[id])
        elif id in self._asked:
            return
        elif not self._buffers:
            self._asked[id] = now
            self._end(id, CommandRefused(id, LINK_DOWN))
        else:
            self._asked[id] = now + PATIENCE
            ask = f"ask {id} {command.device} {operation(type(command))}\n"
            self._outputs.append(Send(next(iter(self._buffers)), ask.encode()))

    def _end(self, id: CommandId, outcome: Outcome) -> None:
        if self._asked.pop(id, None) is not None:
            self._outcomes[id] = outcome
            self._events.append(outcome)
        else:
            self.counters["unknown"] += 1

    def timer(self) -> float | None:
        return min(self._asked.values(), default=None)

    def handle_timer(self, now: float) -> None:
        for id in [id for id, deadline in self._asked.items() if deadline <= now]:
            self._end(id, CommandRefused(id, NO_ANSWER))

    def outputs(self) -> list[Output]:
        taken, self._outputs = self._outputs, []
        return taken

    def events(self) -> list[Event]:
        taken, self._events = self._events, []
        return taken

    def trace(self, on: bool) -> None:
        self._tracing = on

    def pdus(self) -> list[Pdu]:
        taken, self._pdus = self._pdus, []
        return taken

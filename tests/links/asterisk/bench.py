"""A driver whose Asterisk is the test: what it might say is made up, sense and nonsense alike."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from tests.links.asterisk.mirror import Mirror
from tws.links.asterisk import AsteriskDriver, AsteriskSettings
from tws.links.asterisk.loading import QUESTIONS
from tws.links.asterisk.operations import ACTIONS
from tws.protocols.ami.message import Message
from tws.protocols.ami.reader import Reader
from tws.telephony import commands as c
from tws.telephony.event_reports import (
    CommandDone,
    CommandRefused,
    Event,
    LinkStarted,
    LinkStopped,
)
from tws.telephony.link import Peer, Send
from tws.telephony.model import (
    CallId,
    CallOrigin,
    ConnectionId,
    DeviceId,
    Forwarding,
    ForwardingType,
)

PEER = Peer("ami")
DEVICES = ("1001", "1002", "1003")
NAMES = {
    "u1": "PJSIP/1001-00000001",
    "u2": "PJSIP/1002-00000002",
    "u3": "PJSIP/1003-00000003",
    "u4": "Local/1003@internal-00000001;1",
    "u5": "PJSIP/trunk\0-00000005",
}
"Channels, by Uniqueid."
EVERYTHING = frozenset({"Getvar", "Status"}.union(*ACTIONS.values()))
"The actions that a manager user may send, if nothing is withheld."


class Bench:
    """One link. `allowed`: the actions that its manager user may send."""

    def __init__(self, allowed: Collection[str] = EVERYTHING) -> None:
        self.allowed = allowed
        made = AsteriskSettings(host="pbx", password="secret")
        self.driver = AsteriskDriver(made, new_id=self._new_id)
        self.mirror = Mirror(self.driver)
        self.now = 0.0
        self.ended: Counter[str] = Counter()
        self.sent: list[c.Command[Any]] = []
        self.actions: list[Message] = []
        self.told: list[Event] = []
        self.stopped = self.started = 0
        self.up = False
        self._ids = 0
        self.driver.start(0.0)

    def _new_id(self) -> CallId:
        self._ids += 1
        return CallId(f"n{self._ids}")

    def drain(self) -> None:
        for output in self.driver.outputs():
            if isinstance(output, Send):
                self.actions += Reader().feed(b"x\r\n" + output.data)
        events = self.driver.events()
        for event in events:
            if isinstance(event, CommandDone | CommandRefused):
                self.ended[event.id] += 1
            self.started += isinstance(event, LinkStarted)
            self.stopped += isinstance(event, LinkStopped)
        self.mirror.take(events)
        self.told += events

    def feed(self, text: str) -> None:
        self.driver.receive_data(PEER, text.replace("\n", "\r\n").encode(), self.now)
        self.drain()

    def answer(self, action: Message, good: bool, more: str = "") -> None:
        head = f"ActionID: {action['ActionID']}\n"
        words = "Response: Success\n" if good else "Response: Error\nMessage: No such channel\n"
        self.feed(f"{words}{head}{more}\n")

    def connect(self, channels: str = "") -> None:
        """Log in and give what is asked for: no channels, or those listed."""
        self.up = True
        self.driver.connected(PEER, self.now)
        self.actions.clear()
        self.feed("Asterisk Call Manager/11.0.0\n")
        for _ in range(2):
            self.answer(self.actions.pop(), good=True, more="Challenge: 1\n")
        self.feed("Event: FullyBooted\n\n")
        for action in [a for a in self.actions if a["Action"] in dict(QUESTIONS)]:
            name = action["Action"]
            head = f"ActionID: {action['ActionID']}\n"
            if name == "ListCommands":
                self.answer(action, good=True, more="".join(f"{a}: x\n" for a in self.allowed))
            elif name == "CoreSettings":
                self.answer(action, good=True)
            else:
                self.answer(action, good=True, more="EventList: start\n")
                if name == "Status":
                    self.feed(channels.replace("ACTION", head))
                self.feed(f"Event: {name}Complete\n{head}EventList: Complete\n\n")
        self.actions.clear()
        for device in DEVICES:
            self.order(c.MonitorStart(id=self._id(), device=DeviceId(device)))

    def drop(self) -> None:
        if self.up:
            self.up = False
            self.driver.disconnected(PEER, "gone", self.now)
            self.drain()

    def _id(self) -> c.CommandId:
        return c.CommandId(f"c{len(self.sent)}")

    def order(self, command: c.Command[Any]) -> None:
        self.sent.append(command)
        self.driver.send(command, self.now)
        self.drain()

    def wish(self, kind: Any, device: str, first: int, second: int) -> None:
        known = [call.id for call in self.driver.watch.calls.values()] or [CallId("none")]
        one = ConnectionId(known[first % len(known)], DeviceId(device))
        two = ConnectionId(known[second % len(known)], DeviceId(device))
        forwarding = Forwarding(
            ForwardingType.NO_ANSWER, CallOrigin.ALL, first > 2, "1003", None, 9
        )
        values: dict[str, object] = {
            "called": "1002",
            "connection": one,
            "existing": one,
            "active": one,
            "held": two,
            "ringing": one,
            "consulted": "1003",
            "transferred_to": "1003",
            "joining": "1003",
            "destination": "1003",
            "digits": "12",
            "forwarding": forwarding,
            "on": True,
        }
        wanted = {name: values[name] for name in kind.__struct_fields__ if name in values}
        self.order(kind(id=self._id(), device=DeviceId(device), **wanted))

    def do(self, step: Any) -> None:
        match step:
            case ("message", name, values) if self.up:
                uid, dest = values["Uniqueid"], values["DestUniqueid"]
                lines = "".join(f"{key}: {value}\n" for key, value in values.items())
                where = f"Channel: {NAMES[uid]}\nDestChannel: {NAMES[dest]}\n"
                self.feed(f"Event: {name}\n{where}Newname: {NAMES[uid]}\n{lines}\n")
            case ("command", kind, device, first, second):
                self.wish(kind, device, first, second)
            case ("answer", good) if self.up and self.actions:
                self.answer(self.actions.pop(0), good)
            case ("time", seconds):
                self.now += seconds
                self.driver.handle_timer(self.now)
                self.drain()
            case ("again", number) if self.sent:
                command = self.sent[number % len(self.sent)]
                before = self.ended[command.id]
                self.driver.send(command, self.now)
                self.drain()
                # the first outcome again, at once, if there was one
                assert self.ended[command.id] == before + (1 if before else 0)
                self.ended[command.id] = before
            case ("bytes", data) if self.up:
                self.driver.receive_data(PEER, data, self.now)
                self.driver.receive_data(PEER, b"\r\n\r\n", self.now)
                self.drain()
            case ("drop",):
                self.drop()
            case ("connect",) if not self.up:
                self.connect()

"""The driver against any order of commands, AMI messages, answers, timers and disconnections.

No Asterisk here: what it might say is made up, sense and nonsense alike. Whatever comes, nothing
raises, each command ends exactly once, and what is read again after a gap is all there is.
"""

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.links.asterisk.mirror import Mirror
from tws.links.asterisk import AsteriskDriver, AsteriskSettings
from tws.links.asterisk.loading import QUESTIONS
from tws.links.asterisk.operations import ACTIONS, PROCEDURES
from tws.protocols.ami.message import Message
from tws.protocols.ami.reader import Reader
from tws.telephony import commands as c
from tws.telephony.events import CommandDone, CommandRefused, LinkStarted, LinkStopped
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
UIDS = ("u1", "u2", "u3", "u4", "u5")
NAMES = {
    "u1": "PJSIP/1001-00000001",
    "u2": "PJSIP/1002-00000002",
    "u3": "PJSIP/1003-00000003",
    "u4": "Local/1003@internal-00000001;1",
    "u5": "PJSIP/trunk\0-00000005",
}
ALLOWED = sorted({"Getvar", "Status"}.union(*ACTIONS.values()))
places = st.sampled_from(["hold", "wait", "call-1003", "room-x", "s", "1002"])
uids = st.sampled_from(UIDS)
fields = st.fixed_dictionaries(
    {
        "Uniqueid": uids,
        "DestUniqueid": uids,
        "BridgeUniqueid": st.sampled_from(["b1", "b2"]),
        "ChannelStateDesc": st.sampled_from(["Down", "Ring", "Ringing", "Up", "Busy"]),
        "DestChannelStateDesc": st.sampled_from(["Down", "Ringing", "Up"]),
        "DialStatus": st.sampled_from(["ANSWER", "BUSY", "NOANSWER", "CANCEL", "x"]),
        "Context": st.sampled_from(["cti", "internal"]),
        "Extension": places,
        "Exten": places,
        "Priority": st.sampled_from(["1", "2", "3"]),
        "CallerIDNum": st.sampled_from(["1001", "1002", "0144000000", "anonymous", ""]),
        "ChanVariable": st.sampled_from(
            ["TWS_CALL=", "TWS_CALL=m1", "TWS_CALL=m1~u1~1001", "TWS_CALL=m2!<", "x"]
        ),
        "ParkeeUniqueid": uids,
        "TargetUniqueid": uids,
        "TransfererUniqueid": uids,
        "SpyerUniqueid": uids,
        "SpyeeUniqueid": uids,
        "BridgeTechnology": st.sampled_from(["simple_bridge", "softmix", "holding_bridge"]),
        "Cause": st.sampled_from(["16", "17", "26", "0", "", "no number"]),
        "Queue": st.just("support"),
        "UserEvent": st.sampled_from(["TwsForwarded", "TwsChanged", "other"]),
        "Device": st.sampled_from(["1002", "PJSIP/1002", "Custom:DND1002", ""]),
        "State": st.sampled_from(["UNAVAILABLE", "NOT_INUSE", "BUSY"]),
        "Why": st.sampled_from(["cfu", "dnd", "?"]),
        "What": st.sampled_from(["DND", "CFU", "?"]),
        "To": st.sampled_from(["1003", ""]),
        "Mailbox": st.sampled_from(["1002@default", "1002", "@"]),
    }
)
names = st.sampled_from(
    "BridgeEnter BridgeLeave DialBegin DialEnd DialState Hangup Hold Newchannel Newexten "
    "NewCallerid Newstate ParkedCall UnParkedCall Pickup QueueCallerJoin QueueCallerLeave Rename "
    "Unhold UserEvent BlindTransfer ChanSpyStart ChanSpyStop OriginateResponse "
    "DeviceStateChange MessageWaiting Shutdown Unknown".split()
)
messages = st.tuples(st.just("message"), names, fields)
kinds = sorted(PROCEDURES, key=lambda kind: kind.__name__)
wishes = st.tuples(
    st.just("command"),
    st.sampled_from([*kinds, c.SnapshotDevice, c.MonitorStart, c.MonitorStop]),
    st.sampled_from(DEVICES),
    st.integers(0, 5),
    st.integers(0, 5),
)
steps = st.lists(
    st.one_of(
        messages,
        messages,
        messages,
        wishes,
        st.tuples(st.just("answer"), st.booleans()),
        st.tuples(st.just("time"), st.floats(0.01, 12)),
        st.tuples(st.just("again"), st.integers(0, 20)),
        st.tuples(st.just("bytes"), st.binary(max_size=30)),
        st.just(("drop",)),
        st.just(("connect",)),
    ),
    max_size=60,
)


class Bench:
    """A driver whose Asterisk is the test."""

    def __init__(self) -> None:
        made = AsteriskSettings(host="pbx", password="secret")
        self.driver = AsteriskDriver(made, new_id=self._new_id)
        self.mirror = Mirror(self.driver)
        self.now = 0.0
        self.ended: Counter[str] = Counter()
        self.sent: list[c.Command[Any]] = []
        self.actions: list[Message] = []
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
                self.answer(action, good=True, more="".join(f"{a}: x\n" for a in ALLOWED))
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


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_each_command_ends_exactly_once(taken: list[Any]) -> None:
    bench = Bench()
    bench.connect()
    for step in taken:
        bench.do(step)
    bench.drop()
    assert {command.id: bench.ended[command.id] for command in bench.sent} == {
        command.id: 1 for command in bench.sent
    }
    assert bench.driver.watch.calls == {}
    assert bench.stopped == bench.started


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_no_call_outlives_a_gap(taken: list[Any]) -> None:
    """After anything at all: what Asterisk lists is what there is, and no more."""
    bench = Bench()
    bench.connect()
    for step in taken:
        bench.do(step)
    bench.drop()
    bench.connect(
        "Event: Status\nACTIONChannel: PJSIP/1001-00000001\nUniqueid: u1\nChannelStateDesc: Up\n"
        "BridgeID: b1\nApplication: Dial\nLinkedid: u1\n\n"
        "Event: Status\nACTIONChannel: PJSIP/1002-00000002\nUniqueid: u2\nChannelStateDesc: Up\n"
        "BridgeID: b1\nApplication: AppDial\nLinkedid: u1\n\n"
    )
    bench.feed(f"Event: Hangup\nChannel: {NAMES['u1']}\nUniqueid: u1\nCause: 16\n\n")
    bench.feed(f"Event: Hangup\nChannel: {NAMES['u2']}\nUniqueid: u2\nCause: 16\n\n")
    bench.do(("time", 1.0))
    for device in DEVICES:
        assert bench.driver.snapshot(DeviceId(device)) == ()
    assert not [call for d in DEVICES for call in bench.mirror.table.of(DeviceId(d))]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(messages, max_size=60))
def test_events_say_the_same_as_snapshots(taken: list[Any]) -> None:
    """Whatever Asterisk may say: the call table, told by events, is where the driver is."""
    bench = Bench()
    bench.connect()
    for step in taken:
        bench.do(step)
        bench.do(("time", 0.1))
    assert not bench.mirror.wrong, bench.mirror.wrong[0]

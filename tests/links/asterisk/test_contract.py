"""The driver keeps the contract of all drivers, whatever Asterisk sends and when.

The Asterisk of these tests lets the driver log in, answers what it is asked, late, wrongly or in
another order, tells of channels as they come, and now and then says what is no AMI at all.
"""

import random
from itertools import count
from typing import Any

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.contracts.driver import DriverContract
from tests.links.asterisk.bench import EVERYTHING, NAMES
from tests.links.asterisk.test_properties import messages
from tws.links.asterisk import AsteriskDriver, AsteriskSettings
from tws.links.asterisk.loading import QUESTIONS
from tws.protocols.ami.message import Message
from tws.protocols.ami.reader import Reader
from tws.telephony.event_reports import CommandRefused, Event
from tws.telephony.link import LinkDriver, Output, Peer, Send
from tws.telephony.model import CallId

GREETING = b"Asterisk Call Manager/11.0.0\r\n"
LISTS = {question for question, _ in QUESTIONS} - {"ListCommands", "CoreSettings"}
VALUES = st.sampled_from(["", "1003", "allowed", "no number"])


def block(**fields: str) -> bytes:
    return b"".join(f"{key}: {value}\r\n".encode() for key, value in fields.items()) + b"\r\n"


def _written(message: tuple[str, str, dict[str, str]]) -> bytes:
    _, name, fields = message
    channel, dest = NAMES[fields["Uniqueid"]], NAMES[fields["DestUniqueid"]]
    return block(Event=name, Channel=channel, DestChannel=dest, Newname=channel, **fields)


def call(one: str, two: str, answered: bool) -> bytes:
    """A phone calls another, which rings or answers."""
    a = {"Channel": NAMES[one], "Uniqueid": one}
    b = {"Channel": NAMES[two], "Uniqueid": two}
    dial = {**a, "DestChannel": b["Channel"], "DestUniqueid": two}
    dialled = {"CallerIDNum": f"100{one[1:]}", "Context": "internal", "Exten": f"100{two[1:]}"}
    bridge = {"BridgeUniqueid": f"b{one[1:]}", "BridgeTechnology": "simple_bridge"}
    rings = (
        block(Event="Newchannel", ChannelStateDesc="Ring", **a, **dialled),
        block(Event="Newchannel", ChannelStateDesc="Down", **b),
        block(Event="DialBegin", DestChannelStateDesc="Down", **dial),
        block(Event="Newstate", ChannelStateDesc="Ringing", **b),
    )
    answers = (
        block(Event="Newstate", ChannelStateDesc="Up", **b),
        block(Event="DialEnd", DialStatus="ANSWER", **dial),
        block(Event="Newstate", ChannelStateDesc="Up", **a),
        block(Event="BridgeEnter", **bridge, **a),
        block(Event="BridgeEnter", **bridge, **b),
    )
    return b"".join(rings + (answers if answered else ()))


CALLS = st.builds(call, st.sampled_from(["u1", "u3"]), st.just("u2"), st.booleans())
EVENTS = messages.map(_written)
BOOTED = block(Event="FullyBooted")
BROKEN = st.one_of(
    st.binary(max_size=20),
    EVENTS.map(lambda text: text[: len(text) // 2]),
    st.sampled_from([GREETING, BOOTED, b"\r\n", b"Response: Success\r\nActionID: 3\r\n\r\n"]),
)


def right(action: Message, value: str = "1003") -> bytes:
    """What `action` asks for, from an Asterisk without calls."""
    name, id = action["Action"], action["ActionID"]
    if name == "ListCommands":
        return block(Response="Success", ActionID=id, **dict.fromkeys(sorted(EVERYTHING), "x"))
    if name in LISTS:
        begun = block(Response="Success", ActionID=id, EventList="start")
        return begun + block(Event=f"{name}Complete", ActionID=id, EventList="Complete")
    return block(Response="Success", ActionID=id, Challenge="1", Value=value, Val=value)


def wrong(action: Message) -> bytes:
    return block(Response="Error", ActionID=action["ActionID"], Message="No such channel")


class Overheard(AsteriskDriver):
    """Tells the Asterisk of the test what it was asked."""

    def __init__(self, **changes: Any) -> None:
        numbers = count(1)
        super().__init__(
            AsteriskSettings(host="pbx", password="secret", **changes),
            new_id=lambda: CallId(str(next(numbers))),
        )
        self.greeted = False
        self.unanswered: list[Message] = []

    def connected(self, peer: Peer, now: float) -> None:
        self.greeted = False
        self.unanswered.clear()
        super().connected(peer, now)

    def outputs(self) -> list[Output]:
        taken = super().outputs()
        for output in taken:
            if isinstance(output, Send):
                self.unanswered += Reader().feed(GREETING + output.data)
        return taken

    def events(self) -> list[Event]:
        taken = super().events()
        for one in taken:
            more = f" {one.cause}" if isinstance(one, CommandRefused) else ""
            event(f"{type(one).__name__}{more}")
        return taken


class Asterisk(DriverContract):
    devices = ("1001", "1002", "1003")
    changes: dict[str, Any] = {}  # noqa: RUF012 - of the test, never changed

    def make(self) -> LinkDriver:
        self.overheard = Overheard(**self.changes)
        return self.overheard

    def bytes_of_the_pbx(self) -> st.SearchStrategy[bytes]:
        """What was asked of it does not matter."""
        several = st.lists(EVENTS, min_size=1, max_size=4).map(b"".join)
        return st.one_of(several, several, several, BROKEN)

    @precondition(lambda self: self.connected and self.overheard.unanswered)
    @rule(choice=st.randoms(use_true_random=False), good=st.booleans(), value=VALUES)
    def answer(self, choice: random.Random, good: bool, value: str) -> None:
        """Anything asked, rightly or wrongly."""
        waiting = self.overheard.unanswered
        action = waiting.pop(choice.randrange(len(waiting)))
        self.tell(right(action, value) if good else wrong(action))

    @precondition(lambda self: self.connected)
    @rule(value=VALUES)
    def behave(self, value: str) -> None:
        """The login if it is due, then all that was asked, in order, and what is asked then."""
        if not self.overheard.greeted:
            self.overheard.greeted = True
            self.tell(GREETING)
            self.oblige(value)
            self.tell(BOOTED)
        self.oblige(value)

    def oblige(self, value: str) -> None:
        for _ in range(8):
            asked, self.overheard.unanswered = self.overheard.unanswered, []
            for action in asked:
                self.tell(right(action, value))

    @precondition(lambda self: self.connected or self.wanted)
    @rule(data=st.data(), count=st.integers(1, 4), cut=st.sampled_from([False, False, True]))
    def work(self, data: st.DataObject, count: int, cut: bool) -> None:
        """As on a good day: calls, and commands that are answered; or else cut short."""
        for peer in sorted(self.wanted - self.connected):
            self.connected.add(peer)
            self.driver.connected(peer, self.now)
            self.drain()
        self.behave(data.draw(VALUES))
        self.say(data.draw(st.lists(CALLS | CALLS | EVENTS, max_size=3)))
        for _ in range(count):
            self.command(data)
        if cut:
            for peer in tuple(self.connected):
                self.lose(peer)
            return
        self.oblige(data.draw(VALUES))
        self.say(data.draw(st.lists(EVENTS, max_size=3)))

    @precondition(lambda self: self.connected)
    @rule(events=st.lists(CALLS | EVENTS, min_size=1, max_size=3))
    def say(self, events: list[bytes]) -> None:
        for text in events:
            self.tell(text)

    def tell(self, text: bytes) -> None:
        for peer in tuple(self.connected):
            self.driver.receive_data(peer, text, self.now)
            self.drain()


class Reluctant(Asterisk):
    """Its phones are rung again to be answered, and it is asked often whether it lives."""

    changes = {"answer": "ring again", "heartbeat": 5.0, "answer_timeout": 20.0}  # noqa: RUF012


TestAsterisk = Asterisk.TestCase
TestReluctant = Reluctant.TestCase
TestAsterisk.settings = TestReluctant.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

"""What every link driver must do, whatever its PBX: a state machine for hypothesis.

A dialect's test gives its way to make a driver and the bytes its PBX may send:

    class Contract(DriverContract):
        dialled = True
        def make(self) -> LinkDriver: ...
        def bytes_of_the_pbx(self) -> st.SearchStrategy[bytes]: ...

    TestContract = Contract.TestCase

Checked after every step, with all commands that there are, bytes cut anywhere, timers and
disconnections mixed:
nothing raises; each command id ends at most once, and a repeated id gets the same outcome again;
`timer()` is later than what `handle_timer` was just given; nothing is sent to a peer that is not
connected; after the last peer is gone all commands are refused `linkDown`; and once every peer is
gone and time has passed, each command id has ended exactly once.
"""

import random
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, get_type_hints

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from tws.telephony.commands import (
    USER_COMMANDS,
    Command,
    CommandId,
    MonitorStart,
    MonitorStop,
)
from tws.telephony.event_reports import LINK_DOWN, CommandDone, CommandRefused, Event, Outcome
from tws.telephony.link import Close, LinkDriver, Open, Peer, Send
from tws.telephony.model import (
    CallId,
    CallOrigin,
    ConnectionId,
    DeviceId,
    Forwarding,
    ForwardingType,
)

CALLS = st.sampled_from(["1", "2", "no such call"]).map(CallId)
NEWEST = 6
"Connections that commands name."
KINDS = st.one_of(
    st.sampled_from([MonitorStart, MonitorStart, MonitorStop]), st.sampled_from(USER_COMMANDS)
)
"Any; monitors as often as all others."
NUMBERS = st.sampled_from(["4002", "1003", "0123456789", "*21"])
FORWARDINGS = st.builds(
    Forwarding,
    st.sampled_from(ForwardingType),
    st.sampled_from(CallOrigin),
    st.booleans(),
    st.none() | NUMBERS,
    st.none() | st.integers(1, 9),
    st.none() | st.integers(1, 60),
)
BY_NAME = {
    "digits": st.sampled_from(["1", "12#*D", "0123456789ABCD*#" * 2]),
    "participation": st.sampled_from(["active", "silent"]),
    "group": st.sampled_from([None, "1", "sales"]),
}
BY_KIND: Mapping[object, st.SearchStrategy[Any]] = {
    str: NUMBERS,
    str | None: st.none() | NUMBERS,
    bool: st.booleans(),
    Forwarding: FORWARDINGS,
}
MEMBERS = {kind: get_type_hints(kind) for kind in (MonitorStart, MonitorStop, *USER_COMMANDS)}


@st.composite
def commands(
    draw: st.DrawFn, id: CommandId, devices: Sequence[str], told: Sequence[ConnectionId]
) -> Command[Any]:
    """A command on a device and its connections, those `told` and unknown ones."""
    kind = draw(KINDS)
    device = DeviceId(draw(st.sampled_from(devices)))
    own = [connection for connection in told if connection.device == device]

    def connection() -> ConnectionId:
        if own and draw(BY_KIND[bool]):
            return draw(st.sampled_from(own))
        return ConnectionId(draw(CALLS), DeviceId(draw(st.sampled_from(devices))))

    members: dict[str, Any] = {"id": id, "device": device}
    for name, hint in MEMBERS[kind].items():
        if name in members:
            continue
        if hint is ConnectionId:
            members[name] = connection()
        else:
            members[name] = draw(BY_NAME[name] if name in BY_NAME else BY_KIND[hint])
    return kind(**members)


class DriverContract(RuleBasedStateMachine):
    """Subclass, define `make` and `bytes_of_the_pbx`, and collect `TestCase`."""

    devices: ClassVar[Sequence[str]] = ("4001", "4002", "4003")
    "Those that commands are for."
    dialled: ClassVar[bool] = True
    "The driver asks for its connections (`Open`); else peers call it."
    longest_wait: ClassVar[float] = 600.0
    "Seconds after which every command must have ended, connected or not."

    def make(self) -> LinkDriver:
        raise NotImplementedError

    def bytes_of_the_pbx(self) -> st.SearchStrategy[bytes]:
        """Messages whole, cut, out of order or plain garbage; the driver may have asked or not."""
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0
        self.wanted: set[Peer] = set()
        "Dialled peers asked for with `Open`."
        self.connected: set[Peer] = set()
        self.sent: dict[CommandId, Command[Any]] = {}
        self.ended: dict[CommandId, Outcome] = {}
        self.repeats: dict[CommandId, int] = {}
        "Outcomes still owed for a repeated id that had ended."
        self.names = 0
        self.told: dict[ConnectionId, None] = {}
        "Of what the driver told, the newest last."

    # ------------------------------------------------------------ steps

    @initialize()
    def start(self) -> None:
        self.driver = self.make()
        self.driver.start(self.now)
        self.drain()

    @precondition(lambda self: not self.dialled or self.wanted - self.connected)
    @rule(choice=st.randoms(use_true_random=False))
    def connect(self, choice: random.Random) -> None:
        if self.dialled:
            peer = choice.choice(sorted(self.wanted - self.connected))
        else:
            self.names += 1
            peer = Peer(f"127.0.0.1:{40_000 + self.names}")
        self.connected.add(peer)
        self.driver.connected(peer, self.now)
        self.drain()

    @precondition(lambda self: self.connected)
    @rule(choice=st.randoms(use_true_random=False), data=st.data())
    def receive(self, choice: random.Random, data: st.DataObject) -> None:
        peer = choice.choice(sorted(self.connected))
        sent = data.draw(self.bytes_of_the_pbx())
        cut = data.draw(st.integers(0, len(sent)))
        for part in (sent[:cut], sent[cut:]):
            if part and peer in self.connected:
                self.driver.receive_data(peer, part, self.now)
                self.drain()

    @precondition(lambda self: self.connected)
    @rule(choice=st.randoms(use_true_random=False))
    def disconnect(self, choice: random.Random) -> None:
        self.lose(choice.choice(sorted(self.connected)))

    @precondition(lambda self: self.dialled and self.wanted - self.connected)
    @rule(choice=st.randoms(use_true_random=False))
    def attempt_fails(self, choice: random.Random) -> None:
        self.lose(choice.choice(sorted(self.wanted - self.connected)))

    @rule(data=st.data())
    def command(self, data: st.DataObject) -> None:
        id = CommandId(f"c{len(self.sent)}")
        newest = tuple(self.told)[-NEWEST:]
        self.sent[id] = command = data.draw(commands(id, self.devices, newest))
        self.driver.send(command, self.now)
        self.drain()

    @precondition(lambda self: self.sent)
    @rule(choice=st.randoms(use_true_random=False))
    def same_command_again(self, choice: random.Random) -> None:
        command = choice.choice(list(self.sent.values()))
        if command.id in self.ended:
            self.repeats[command.id] = self.repeats.get(command.id, 0) + 1
        self.driver.send(command, self.now)
        self.drain()
        assert not self.repeats.get(command.id), f"{command.id}: no outcome for a repeated id"

    @rule(seconds=st.floats(0, 45))
    def time_passes(self, seconds: float) -> None:
        self.pass_until(self.now + seconds)

    @rule(on=st.booleans())
    def trace(self, on: bool) -> None:
        self.driver.trace(on)
        self.drain()

    # ------------------------------------------------------------ how they are done

    def lose(self, peer: Peer) -> None:
        self.connected.discard(peer)
        self.driver.disconnected(peer, "the peer closed the connection", self.now)
        self.drain()

    def pass_until(self, end: float) -> None:
        """Let time pass, calling the driver when it asked to be called."""
        for _ in range(10_000):
            due = self.driver.timer()
            if due is None or due > end:
                break
            self.now = max(self.now, due)
            self.driver.handle_timer(self.now)
            self.drain()
            after = self.driver.timer()
            assert after is None or after > self.now, f"timer stays at {after}, it is {self.now}"
        else:
            raise AssertionError("its timer goes off more than 10,000 times in a few minutes")
        self.now = end

    def drain(self) -> None:
        """Take what the driver has to say, and do it; connections close at once."""
        closing: list[Peer] = []
        for output in self.driver.outputs():
            match output:
                case Open(peer, _):
                    assert self.dialled, "a driver that is called asked to dial"
                    self.wanted.add(peer)
                case Send(peer, data):
                    assert peer in self.connected, f"bytes for {peer}, which is not connected"
                    assert data
                case Close(peer, why, stop):
                    assert why
                    if stop:
                        self.wanted.discard(peer)
                    if peer in self.connected and peer not in closing:
                        closing.append(peer)
        for event in self.driver.events():
            if isinstance(event, CommandDone | CommandRefused):
                self.outcome(event)
            self.note(event)
        for pdu in self.driver.pdus():
            assert isinstance(pdu.text, str)
        for peer in closing:
            self.lose(peer)

    def note(self, event: Event) -> None:
        """Connections are named in commands as they were told."""
        if isinstance(connection := getattr(event, "connection", None), ConnectionId):
            self.told.pop(connection, None)
            self.told[connection] = None

    def outcome(self, outcome: Outcome) -> None:
        assert outcome.id in self.sent, f"outcome of a command nobody sent: {outcome}"
        if outcome.id not in self.ended:
            self.ended[outcome.id] = outcome
            return
        assert self.repeats.get(outcome.id), f"{outcome.id} ended twice: {outcome}"
        assert outcome == self.ended[outcome.id], "a repeated id got another outcome"
        self.repeats[outcome.id] -= 1

    # ------------------------------------------------------------ what must always be true

    @invariant()
    def without_peers_no_command_is_open(self) -> None:
        if not self.connected:
            still_open = [id for id in self.sent if id not in self.ended]
            assert not still_open, f"{still_open} still open though nobody is connected"

    @invariant()
    def its_counters_are_numbers(self) -> None:
        if hasattr(self, "driver"):
            assert all(count >= 0 for count in self.driver.counters.values())

    def teardown(self) -> None:
        if not hasattr(self, "driver"):
            return
        self.pass_until(self.now + self.longest_wait)
        assert set(self.ended) == set(self.sent), "a command did not end in time"
        before = len(self.ended)
        for peer in tuple(self.connected):
            self.lose(peer)
        last = CommandId("last")
        self.sent[last] = MonitorStart(id=last, device=DeviceId(self.devices[0]))
        self.driver.send(self.sent[last], self.now)
        self.drain()
        assert len(self.ended) == before + 1
        outcome = self.ended[last]
        assert isinstance(outcome, CommandRefused) and outcome.cause == LINK_DOWN, outcome

"""The driver keeps the contract of all drivers, whatever the switch sends and when.

The switch of these tests answers what it was asked, late, wrongly or in another order, sends
events and requests of its own, and now and then what is no CSTA at all.
"""

import random

from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.contracts.driver import DriverContract
from tests.links.csta_switch import settings as link_settings
from tests.links.csta_switch import theirs
from tests.protocols.csta_examples import full
from tests.protocols.csta_reference import check
from tws.links.csta_xml import CstaXml, Driver
from tws.protocols.csta import EVENT, Frame, Framer, J2Framer, Message, NulFramer, read, write
from tws.protocols.csta import messages as m
from tws.protocols.csta.messages import BY_NAME
from tws.protocols.csta.values import device
from tws.telephony.event_reports import CallEvent, CommandDone, Event, LinkStarted
from tws.telephony.link import LinkDriver, Output, Send

PARTICIPANTS = st.sampled_from(["4001", "4002", "N<4003>Carol", "dyn-1", "T1"])
CROSSINGS = st.sampled_from(["x1", "x2", "x3", "x4"])
STATUSES = st.sampled_from(["normal", "normal", "enabled", "messagesLost", "disabled"])
CONNECTIONS = st.builds(theirs, st.sampled_from(["1", "2"]), PARTICIPANTS)
RIGHT: dict[str, st.SearchStrategy[Message]] = {
    "StartApplicationSession": st.just(
        m.StartApplicationSessionPosResponse(session_id="1", actual_session_duration=40)
    ),
    "ResetApplicationSessionTimer": st.just(
        m.ResetApplicationSessionTimerPosResponse(actual_session_duration=40)
    ),
    "RequestSystemStatus": STATUSES.map(
        lambda status: m.RequestSystemStatusResponse(system_status=status)
    ),
    "MonitorStart": CROSSINGS.map(lambda x: m.MonitorStartResponse(monitor_cross_ref_id=x)),
    "SnapshotDevice": st.one_of(
        st.just(m.SnapshotDeviceResult(service_cross_ref_id="s1")),
        st.lists(CONNECTIONS, max_size=2).map(
            lambda found: m.SnapshotDeviceResult(
                snapshot_data=tuple(m.SnapshotDeviceResponseInfo(one) for one in found)
            )
        ),
    ).map(lambda result: m.SnapshotDeviceResponse(result=result)),
    "SnapshotCall": CONNECTIONS.map(
        lambda one: m.SnapshotCallResponse(
            result=m.SnapshotCallResult(
                snapshot_data=(m.SnapshotCallResponseInfo(None, one, "connected"),)
            )
        )
    ),
    "MakeCall": CONNECTIONS.map(lambda one: m.MakeCallResponse(calling_device=one)),
    "GetDoNotDisturb": st.just(m.GetDoNotDisturbResponse(do_not_disturb_on=True)),
}
ERRORS = st.sampled_from(["serviceNotSupported", "invalidDeviceID"]).map(
    lambda error: m.CSTAErrorCode(operation=error)
)
CALL_EVENTS = st.builds(
    lambda kind, connection, monitor, local: kind(
        monitor_cross_ref_id=monitor, connection=connection, local_connection_info=local
    ),
    st.sampled_from([m.DeliveredEvent, m.HeldEvent, m.ConnectionClearedEvent, m.FailedEvent]),
    CONNECTIONS,
    CROSSINGS,
    st.sampled_from(["connected", "null", None]),
)
TRANSFERS = st.builds(
    lambda first, second, monitor: m.TransferedEvent(
        monitor_cross_ref_id=monitor,
        primary_old_call=first,
        secondary_old_call=second,
        transferring_device=device("4001"),
    ),
    CONNECTIONS,
    CONNECTIONS,
    CROSSINGS,
)
OWN_WORDS: st.SearchStrategy[Message] = st.one_of(
    CALL_EVENTS,
    CALL_EVENTS,
    TRANSFERS,
    STATUSES.map(lambda status: m.SystemStatus(system_status=status)),
    CROSSINGS.map(lambda x: m.MonitorStop(monitor_cross_ref_id=x)),
    st.just(m.SnapshotDeviceData(service_cross_ref_id="s1")),
    st.just(m.ApplicationSessionTerminated(session_id="1")),
)
ANYTHING = st.sampled_from([full(kind, 5) for kind in BY_NAME.values()])
BROKEN = st.one_of(
    st.binary(max_size=20), OWN_WORDS.map(lambda message: write(message, 5)[: -len("</a>")])
)


def _right(request: Frame) -> st.SearchStrategy[Message]:
    """Answers that `request` asks for."""
    name = type(read(request.body)).__name__
    if name in RIGHT:
        return RIGHT[name]
    usual = BY_NAME.get(f"{name}Response")
    return ERRORS if usual is None else st.just(full(usual, 5))


class Overheard(Driver):
    """Tells the switch of the test what it was asked."""

    def __init__(self, settings: object, framer: Framer) -> None:
        super().__init__(settings.configuration())  # type: ignore[attr-defined]
        self.framer = framer
        self.unanswered: list[Frame] = []

    def outputs(self) -> list[Output]:
        taken = super().outputs()
        for output in taken:
            if isinstance(output, Send):
                asked = self.framer.receive(output.data)
                for frame in asked:
                    check(frame.body)
                self.unanswered += asked
        return taken

    def events(self) -> list[Event]:
        taken = super().events()
        for one in taken:
            if isinstance(one, LinkStarted | CommandDone | CallEvent):
                event(type(one).__name__)
        return taken


class Plain(DriverContract):
    """A link that only asks for the status of its switch."""

    options: dict[str, object] = {"features": "off"}  # noqa: RUF012 - of the test, never changed

    def framer(self) -> Framer:
        return J2Framer()

    def make(self) -> LinkDriver:
        CstaXml.driver(link_settings(**self.options), self.now)  # as the register does
        self.overheard = Overheard(link_settings(**self.options), self.framer())
        return self.overheard

    def bytes_of_the_pbx(self) -> st.SearchStrategy[bytes]:
        """What was asked of it does not matter."""
        ids = st.one_of(st.integers(0, 12), st.just(EVENT))
        bodies = st.one_of(
            st.one_of(OWN_WORDS, ANYTHING).map(lambda message: write(message, 5)), BROKEN
        )
        frames = st.builds(self.framer().frame, ids, bodies)
        several = st.lists(frames, min_size=1, max_size=4).map(b"".join)
        return st.one_of(*[several] * 9, st.binary(max_size=12))

    @precondition(lambda self: self.connected and self.overheard.unanswered)
    @rule(choice=st.randoms(use_true_random=False), data=st.data())
    def answer(self, choice: random.Random, data: st.DataObject) -> None:
        """Anything asked, rightly or wrongly."""
        frame = self.overheard.unanswered.pop(choice.randrange(len(self.overheard.unanswered)))
        self.tell(data.draw(st.one_of(_right(frame), ERRORS, ANYTHING)), frame.invoke_id or 0)

    @precondition(lambda self: self.connected)
    @rule(data=st.data())
    def behave(self, data: st.DataObject) -> None:
        """All that was asked, in order, and what is asked then."""
        self.tell(m.SystemStatus(), EVENT)
        for _ in range(8):
            asked, self.overheard.unanswered = self.overheard.unanswered, []
            for frame in asked:
                self.tell(data.draw(_right(frame)), frame.invoke_id or 0)

    @precondition(lambda self: self.connected or self.wanted)
    @rule(data=st.data(), count=st.integers(1, 4), cut=st.sampled_from([False, False, True]))
    def work(self, data: st.DataObject, count: int, cut: bool) -> None:
        """As on a good day: monitors and commands that are answered; or else cut short."""
        for peer in sorted(self.wanted - self.connected):
            self.connected.add(peer)
            self.driver.connected(peer, self.now)
            self.drain()
        self.behave(data)
        for _ in range(count):
            self.command(data)
        if cut:
            for peer in tuple(self.connected):
                self.lose(peer)
            return
        self.behave(data)
        self.say(data.draw(st.lists(OWN_WORDS, max_size=3)))

    @precondition(lambda self: self.connected)
    @rule(words=st.lists(OWN_WORDS, min_size=1, max_size=3))
    def say(self, words: list[Message]) -> None:
        for message in words:
            self.tell(message, EVENT)

    def tell(self, message: Message, invoke_id: int) -> None:
        for peer in tuple(self.connected):
            sent = self.framer().frame(invoke_id, write(message, 5))
            self.driver.receive_data(peer, sent, self.now)
            self.drain()


class Elaborate(Plain):
    """Everything that can be asked of a switch before it is used, and the switch speaks first."""

    options = {  # noqa: RUF012
        "pbx_type": "OpenScape Voice",
        "session": "auto",
        "user": "tws",
        "password": "x",
        "heartbeat": 15,
    }


class EndedByNul(Plain):
    """A framing without invoke ids."""

    options = {"framing": "nul", "features": "off"}  # noqa: RUF012

    def framer(self) -> Framer:
        return NulFramer()


TestPlain = Plain.TestCase
TestElaborate = Elaborate.TestCase
TestEndedByNul = EndedByNul.TestCase
TestPlain.settings = TestElaborate.settings = TestEndedByNul.settings = settings(
    max_examples=40, stateful_step_count=40
)

"""What real switches and their clients said, to the driver and to the call table behind it.

Nothing raises, every message is reported, answered or counted, and no ghost call outlives the next
snapshot. The recordings are part of the reference material, where that is present.
"""

from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.links.csta_switch import PBX, Switch, ours, theirs
from tests.protocols.csta_reference import (
    INDEX,
    Recording,
    needs_reference,
    recordings,
    traces,
)
from tws.links.csta_xml.trace import devices_in
from tws.protocols.csta import EVENT, Event, Malformed, Message, Response, frame, read
from tws.protocols.csta import messages as m
from tws.telephony import commands as c
from tws.telephony.calls import CallTable
from tws.telephony.event_reports import (
    CallEvent,
    CommandRefused,
    Delivered,
    Failed,
    LinkStarted,
    Originated,
    ServiceInitiated,
)
from tws.telephony.events import Ended
from tws.telephony.model import DeviceId, LinkId

pytestmark = needs_reference

EVERYTHING = [one for path in traces() for one in recordings(path)]
UNREADABLE = {"mitel400_log_excerpt.txt"}
"The log shows a device as it was before its signs were escaped."
BEGINS = (Delivered, Originated, ServiceInitiated)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ASKED: list[tuple[type[c.Command[Any]], dict[str, Any]]] = [
    (c.MonitorStart, {}),
    (c.SnapshotDevice, {}),
    (c.MakeCall, {"called": "4002"}),
    (c.ClearConnection, {"connection": ours("1", "4001")}),
    (c.MonitorStop, {}),
]


def message(one: Recording) -> Message | None:
    """None: it is no XML."""
    try:
        return read(one.body)
    except Malformed:
        return None


def those(kind: type[Message]) -> list[Recording]:
    return [one for one in EVERYTHING if isinstance(message(one), kind)]


class Recorded(Switch):
    """Answers with the bytes of a recording wherever it answers with such a message."""

    def __init__(self, answer: Recording | None = None, **changes: object) -> None:
        self.answer = answer
        self.kind = type(message(answer)) if answer else None
        self.answered = 0
        super().__init__(**changes)

    def reply(self, response: Response, invoke_id: int | None = None) -> None:
        if self.answer is None or type(response) is not self.kind:
            super().reply(response, invoke_id)
            return
        self.answered += 1
        id = self.last_id if invoke_id is None else invoke_id
        self.bytes(frame(id, self.answer.body))

    @property
    def survived(self) -> int:
        return sum(self.driver.counters.values())

    def noticed(self) -> int:
        """Whatever it does grows this."""
        return self.survived + len(self.events) + len(self.responses)


class Desk:
    """The devices that the recorded events are about, monitored, and their calls."""

    def __init__(self) -> None:
        self.monitors: dict[str, str] = {}
        self.ended: list[Ended] = []
        for one in those(Event):
            said = message(one)
            assert isinstance(said, Event)
            self.monitors.setdefault(devices_in(said)[0], said.monitor_cross_ref_id)
        self.switch = Recorded()
        self.switch.answers[m.MonitorStart] = self._monitor
        self.switch.up()
        numbers = count(1)
        self.table = CallTable(LinkId("pbx"), lambda: f"id{next(numbers)}")
        for device in self.monitors:
            self.table.watch(DeviceId(device))
            self.switch.result(self.switch.send(c.MonitorStart, device))
        self.switch.events.clear()

    def _monitor(self, request: m.MonitorStart) -> Response:
        device = request.monitor_object.device_object
        assert device is not None
        crossing = self.monitors[device.text]
        return m.MonitorStartResponse(monitor_cross_ref_id=crossing)

    def hear(self, one: Recording, size: int = 10_000) -> list[CallEvent]:
        """It comes from the switch, in pieces; what is reported of it goes to the call table."""
        before, reported = self.switch.noticed(), len(self.switch.events)
        unasked = 7 if not isinstance(message(one), Event) else EVENT
        data = one.framed or frame(unasked, one.body)
        for at in range(0, len(data), size):
            self.switch.driver.receive_data(PBX, data[at : at + size], self.switch.now)
        self.switch.pump()
        assert self.switch.noticed() > before, f"{one}: lost without a word"
        told = [e for e in self.switch.events[reported:] if isinstance(e, CallEvent)]
        for event in told:
            for change in self.table.apply(event, NOW):
                self.ended += change.ended
        return told

    def no_ghost(self) -> None:
        """The switch says that nobody has a call."""
        for device in self.monitors:
            shown = self.switch.result(self.switch.send(c.SnapshotDevice, device))
            assert shown == ()
            self.table.resync(DeviceId(device), (), NOW, {})
        assert self.table.calls == {}


def test_every_file_is_read() -> None:
    """Of each format there is, with a message or more; no more than the index names."""
    lines = INDEX.read_text().splitlines()
    named = {line.split("|")[1].strip() for line in lines if line.startswith("|")}
    assert {path.name for path in traces()} == named - {"file", "---"}
    assert all(recordings(path) for path in traces())
    assert {one.file.name for one in EVERYTHING if message(one) is None} == UNREADABLE
    assert len(EVERYTHING) > len(traces())


@pytest.mark.parametrize("one", EVERYTHING, ids=str)
def test_whatever_was_said_unasked_is_noticed(one: Recording) -> None:
    """Requests of clients too: a switch that says such a thing is answered, or counted."""
    desk = Desk()
    said, survived = message(one), desk.switch.survived
    told = desk.hear(one)
    if said is None:
        assert desk.switch.driver.counters["malformedMessage"] == 1
    elif isinstance(said, Event):
        assert len(told) == 1
        # Alone, a transfer and a name are about a call that nobody knows.
        assert bool(desk.table.calls) is isinstance(told[0], BEGINS)
        assert bool(desk.ended) is isinstance(told[0], Failed)
    elif isinstance(said, Response):
        assert desk.switch.survived > survived
    for note in said.notes if said is not None else ():
        assert desk.switch.driver.counters[note]
    desk.no_ghost()


@pytest.mark.parametrize("one", those(Response), ids=str)
def test_a_recorded_answer_is_understood(one: Recording) -> None:
    switch = Recorded(one, session="on", register="on", edition="5")
    switch.answers[m.StartApplicationSession] = m.StartApplicationSessionPosResponse(
        session_id="s"
    )
    switch.answers[m.MakeCall] = m.MakeCallResponse(calling_device=theirs("1", "4001"))
    switch.answers[m.SnapshotCall] = m.CSTAErrorCode(operation="serviceNotSupported")
    switch.answers[m.ClearConnection] = m.ClearConnectionResponse()
    error = switch.kind is m.CSTAErrorCode
    if error:
        switch.answers[m.GetCSTAFeatures] = m.GetCSTAFeaturesResponse()
        switch.answers[m.MonitorStart] = m.CSTAErrorCode()
    switch.connect()
    assert any(isinstance(event, LinkStarted) for event in switch.events)
    refused = []
    for kind, values in ASKED:
        outcome = switch.outcome(switch.send(kind, **values))
        assert outcome is not None
        if isinstance(outcome, CommandRefused):
            refused.append((kind, outcome.cause))
    assert refused == ([(c.MonitorStart, "overallMonitorLimitExceeded")] if error else [])
    # A client asks for the state of a switch, and does not tell its own.
    assert switch.answered or switch.kind is m.SystemStatusResponse
    assert "unexpectedResponse" not in switch.driver.counters


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_recorded_events_make_calls_and_leave_no_ghost(size: int) -> None:
    desk = Desk()
    told = [event for one in those(Event) for event in desk.hear(one, size)]
    assert len(told) == len(those(Event))
    assert desk.table.calls
    assert not [name for name in desk.switch.driver.counters if name.startswith("event")]
    desk.no_ghost()


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_in_any_order_and_any_number_they_leave_no_ghost(data: st.DataObject) -> None:
    desk = Desk()
    said = st.lists(st.tuples(st.sampled_from(EVERYTHING), st.sampled_from([1, 50, 10_000])))
    for one, size in data.draw(said):
        desk.hear(one, size)
    desk.no_ghost()

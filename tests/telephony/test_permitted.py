"""What can be asked for a connection (ECMA-269, clause 17), whatever calls its device has."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.telephony.words import START, A, B, C
from tws.telephony.commands import (
    AlternateCall,
    AnswerCall,
    ClearConnection,
    Command,
    ConferenceCall,
    ConsultationCall,
    DeflectCall,
    GenerateDigits,
    HoldCall,
    ParkCall,
    ReconnectCall,
    RetrieveCall,
    SingleStepConferenceCall,
    SingleStepTransferCall,
    TransferCall,
)
from tws.telephony.model import (
    UNKNOWN,
    Call,
    CallId,
    Connection,
    ConnectionId,
    ConnectionState,
    DeviceId,
    Direction,
    LegId,
    LinkId,
    ThreadId,
)
from tws.telephony.permitted import permitted

S = ConnectionState
SAY = frozenset[type[Command[Any]]](
    {HoldCall, GenerateDigits, SingleStepTransferCall, SingleStepConferenceCall, ParkCall}
)
"What needs somebody at the other end."
JOIN = frozenset[type[Command[Any]]]({TransferCall, ConferenceCall, AlternateCall})
"What needs two calls."


def connection(
    call: str, device: DeviceId, state: S, direction: Direction = Direction.INCOMING
) -> Connection:
    return Connection(
        id=ConnectionId(CallId(call), device),
        leg=LegId(f"{call} {device}"),
        state=state,
        party=UNKNOWN,
        direction=direction,
        created=START,
        since=START,
    )


def call(number: int, own: Connection, others: dict[DeviceId, S]) -> Call:
    beside = {device: connection(own.id.call, device, state) for device, state in others.items()}
    return Call(
        link=LinkId("pbx"),
        id=CallId(str(number)),
        thread=ThreadId(str(number)),
        connections={A: own, **beside},
    )


@st.composite
def calls_of_a(draw: st.DrawFn) -> list[Call]:
    """One to three calls of A: in each any state, with nobody else, or up to two others."""
    made = []
    for number in range(draw(st.integers(1, 3))):
        state, direction = draw(st.sampled_from(S)), draw(st.sampled_from(Direction))
        others = st.dictionaries(st.sampled_from([B, C]), st.sampled_from(S), max_size=2)
        own = connection(str(number), A, state, direction)
        made.append(call(number, own, draw(others)))
    return made


@given(calls=calls_of_a())
def test_each_service_is_offered_in_the_states_that_it_needs(calls: list[Call]) -> None:
    for one in calls:
        own = one.connections[A]
        can = permitted(one, own, calls)
        beside = {c.connections[A].state for c in calls if c is not one}
        others = {c.state for d, c in one.connections.items() if d != A}
        talking = not others or bool(others & {S.CONNECTED, S.HOLD})
        assert (ClearConnection in can) == (own.state is not S.NULL)
        assert (AnswerCall in can) == (own.state is S.ALERTING)
        if own.state is not S.CONNECTED:
            assert not can & (SAY | JOIN | {ConsultationCall})
        if can & SAY:
            assert talking and can >= SAY
        if can & JOIN:
            assert S.HOLD in beside
        assert (ConsultationCall in can) == (
            own.state is S.CONNECTED and talking and S.HOLD not in beside
        )
        assert (RetrieveCall in can) == (own.state is S.HOLD and S.CONNECTED not in beside)
        assert (ReconnectCall in can) == (own.state in (S.CONNECTED, S.FAIL) and S.HOLD in beside)
        # Nobody is joined to a conference, or talked to in turn, who has not answered.
        assert not (can & {ConferenceCall, AlternateCall}) or talking
        if DeflectCall in can:
            assert own.state in (S.ALERTING, S.QUEUED)
            assert (own.state, own.direction) != (S.ALERTING, Direction.OUTGOING)


@given(calls=calls_of_a(), data=st.data())
def test_only_states_count(calls: list[Call], data: st.DataObject) -> None:
    """Neither the order of calls, nor which of several others is in which state, nor asking
    twice."""
    one = data.draw(st.sampled_from(calls))
    can = permitted(one, one.connections[A], calls)
    assert permitted(one, one.connections[A], data.draw(st.permutations(calls))) == can
    swapped = {B: C, C: B}
    states = {
        swapped[device]: other.state for device, other in one.connections.items() if device != A
    }
    same = call(int(one.id), one.connections[A], states)
    assert permitted(same, one.connections[A], calls) == can


@given(calls=calls_of_a())
def test_who_talks_can_always_get_rid_of_a_call_and_back_to_the_other(calls: list[Call]) -> None:
    """No state is a dead end: of a device with calls there is always something to ask."""
    living = [one for one in calls if one.connections[A].state is not S.NULL]
    held = [one for one in living if one.connections[A].state is S.HOLD]
    can = {kind for one in living for kind in permitted(one, one.connections[A], living)}
    assert not living or ClearConnection in can
    talks = any(one.connections[A].state is S.CONNECTED for one in living)
    if held:
        assert can & ({ReconnectCall} if talks else {RetrieveCall})

"""Snapshots: which calls a device has, and who is in them."""

from tests.links.csta_switch import BOB, CAROL, held, monitored, ours, theirs
from tws.protocols.csta import messages as m
from tws.protocols.csta.values import (
    device,
)
from tws.telephony import commands as c
from tws.telephony.model import (
    ConnectionState,
    Direction,
    Party,
    SnapshotConnection,
)


def info(call: str, *states: str, device_id: str = "4001") -> m.SnapshotDeviceResponseInfo:
    return m.SnapshotDeviceResponseInfo(
        theirs(call, device_id), local_call_state=m.LocalCallState(compound_call_state=states)
    )


def calls(*infos: m.SnapshotDeviceResponseInfo) -> m.SnapshotDeviceResponse:
    return m.SnapshotDeviceResponse(result=m.SnapshotDeviceResult(snapshot_data=infos))


def parties(
    *there: tuple[str, str, str], calling: str = "4001", called: str = "4002"
) -> m.SnapshotCallResponse:
    return m.SnapshotCallResponse(
        result=m.SnapshotCallResult(
            snapshot_data=tuple(
                m.SnapshotCallResponseInfo(device(name), theirs(call, n), state)
                for call, n, state in there
                for name in [f"N<{n}>Name {n}"]
            )
        ),
        calling_device=device(calling),
        called_device=device(called),
    )


def test_an_idle_device_has_no_calls() -> None:
    switch = monitored("4001")
    assert switch.result(switch.send(c.SnapshotDevice)) == ()
    assert len(switch.requests) == 1


def test_a_snapshot_tells_each_call_and_who_is_in_it() -> None:
    switch = monitored("4001")
    switch.answers[m.SnapshotDevice] = calls(info("1", "hold", "connected"), info("2", "alerting"))
    switch.answers[m.SnapshotCall] = lambda request: (
        parties(("1", "4001", "hold"), ("1", "4002", "connected"))
        if request.snapshot_object == theirs("1", "4001")
        else parties(
            ("2", "4001", "alerting"), ("2", "4003", "connected"), calling="4003", called="4001"
        )
    )
    assert switch.result(switch.send(c.SnapshotDevice)) == (
        SnapshotConnection(
            ours("1", "4001"),
            ConnectionState.HOLD,
            ((BOB, ConnectionState.CONNECTED, Party("4002", "Name 4002")),),
            Party("4001"),
            Party("4002"),
            Direction.OUTGOING,
        ),
        SnapshotConnection(
            ours("2", "4001"),
            ConnectionState.ALERTING,
            ((CAROL, ConnectionState.CONNECTED, Party("4003", "Name 4003")),),
            Party("4003"),
            Party("4001"),
            Direction.INCOMING,
        ),
    )


def test_a_switch_without_snapshot_of_calls_is_asked_for_them_once() -> None:
    switch = monitored("4001", "4002")
    switch.answers[m.SnapshotDevice] = calls(info("1", "alerting"))
    switch.answers[m.SnapshotCall] = m.CSTAErrorCode(operation="serviceNotSupported")
    known = SnapshotConnection(
        ours("1", "4001"), ConnectionState.ALERTING, direction=Direction.INCOMING
    )
    assert switch.result(switch.send(c.SnapshotDevice)) == (known,)
    assert switch.result(switch.send(c.SnapshotDevice)) == (known,)
    assert len(switch.asked(m.SnapshotCall)) == 1


def test_a_simple_state_and_an_endpoint_are_enough() -> None:
    switch = monitored("4001")
    switch.answers[m.SnapshotCall] = m.CSTAErrorCode(operation="serviceNotSupported")
    switch.answers[m.SnapshotDevice] = calls(
        m.SnapshotDeviceResponseInfo(
            theirs("1", "dyn-1"),
            endpoint_device=device("N<4002>Bob"),
            local_call_state=m.LocalCallState(compound_call_state=("connected", "hold")),
        ),
        m.SnapshotDeviceResponseInfo(
            theirs("2", "4001"),
            local_call_state=m.LocalCallState(simple_call_state="callEstablishedHeld"),
        ),
        m.SnapshotDeviceResponseInfo(
            theirs("3", "4001"), local_call_state=m.LocalCallState(unknown=True)
        ),
        m.SnapshotDeviceResponseInfo(
            theirs("4", "4001"), local_call_state=m.LocalCallState(simple_call_state="callNull")
        ),
    )
    assert switch.result(switch.send(c.SnapshotDevice)) == (
        SnapshotConnection(
            ours("1", "4001"),
            ConnectionState.CONNECTED,
            ((BOB, ConnectionState.HOLD, Party("4002", "Bob")),),
        ),
        SnapshotConnection(ours("2", "4001"), ConnectionState.HOLD),
        SnapshotConnection(ours("3", "4001"), ConnectionState.CONNECTED),
    )
    switch.send(c.RetrieveCall, connection=ours("1", "4001"))
    assert switch.asked(m.RetrieveCall)[0].call_to_be_retrieved == theirs("1", "dyn-1")


def test_a_snapshot_may_come_in_parts_afterwards() -> None:
    switch = monitored("4001")
    switch.answers[m.SnapshotCall] = m.CSTAErrorCode(operation="serviceNotSupported")
    switch.answers[m.SnapshotDevice] = m.SnapshotDeviceResponse(
        result=m.SnapshotDeviceResult(service_cross_ref_id="s7")
    )
    id = switch.send(c.SnapshotDevice)
    for number, last in ((1, False), (2, True)):
        assert switch.outcome(id) is None
        switch.say(
            m.SnapshotDeviceData(
                service_cross_ref_id="s7",
                segment_id=number,
                last_segment=last,
                snapshot_data=(info(str(number), "connected"),),
            )
        )
    result = switch.result(id)
    assert isinstance(result, tuple)
    assert [found.connection for found in result] == [ours("1", "4001"), ours("2", "4001")]


def test_parts_that_do_not_come_refuse_the_snapshot() -> None:
    switch = monitored("4001", timeout=5, heartbeat=600)
    switch.answers[m.SnapshotDevice] = m.SnapshotDeviceResponse(
        result=m.SnapshotDeviceResult(service_cross_ref_id="s7")
    )
    waiting = switch.send(c.SnapshotDevice)
    switch.wait(5.1)
    assert switch.refusal(waiting) == "noAnswer"
    lost = switch.send(c.SnapshotDevice)
    switch.lose()
    assert switch.refusal(lost) == "linkDown"


def test_a_snapshot_overtaken_by_an_event_is_asked_for_again() -> None:
    switch = monitored("4001")
    switch.answers[m.SnapshotDevice] = calls(info("1", "connected", "connected"))
    id = switch.send(c.SnapshotDevice)
    switch.answers[m.SnapshotDevice] = calls()
    switch.say(
        m.ConnectionClearedEvent(
            monitor_cross_ref_id="x1",
            connection=theirs("1", "4001"),
            local_connection_info="null",
        )
    )
    assert switch.outcome(id) is None
    switch.reply(parties(("1", "4002", "connected")))
    switch.pump()
    assert switch.result(id) == ()
    assert switch.driver.counters["snapshotRepeated"] == 1


def test_calls_that_never_stand_still_are_told_without_their_parties() -> None:
    switch = monitored("4001")
    switch.answers[m.SnapshotDevice] = calls(info("1", "connected", "connected"))

    def moving(request: m.SnapshotCall) -> m.SnapshotCallResponse:
        switch.say(held("x1"))
        return parties(("1", "4002", "connected"))

    switch.answers[m.SnapshotCall] = moving
    assert switch.result(switch.send(c.SnapshotDevice)) == (
        SnapshotConnection(ours("1", "4001"), ConnectionState.CONNECTED),
    )
    assert len(switch.asked(m.SnapshotDevice)) == 4


def test_a_refused_snapshot_is_refused() -> None:
    switch = monitored("4001")
    switch.answers[m.SnapshotDevice] = m.CSTAErrorCode(operation="invalidDeviceID")
    assert switch.refusal(switch.send(c.SnapshotDevice)) == "invalidDeviceID"

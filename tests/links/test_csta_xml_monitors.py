"""Monitors, the events they report, and snapshots."""

import pytest

from tests.links.csta_switch import Switch, ours, theirs
from tws.protocols.csta import frame
from tws.protocols.csta import messages as m
from tws.protocols.csta.values import (
    RESTRICTED,
    ConnectionID,
    ConnectionListItem,
    DeviceID,
    Endpoint,
    ExtendedDeviceID,
    RedirectionDeviceID,
    device,
)
from tws.telephony import commands as c
from tws.telephony import events as e
from tws.telephony.model import (
    CallId,
    CallOrigin,
    ConnectionState,
    DeviceId,
    Direction,
    Forwarding,
    ForwardingType,
    Party,
    SnapshotConnection,
)

ALICE, BOB, CAROL = DeviceId("4001"), DeviceId("4002"), DeviceId("4003")


def monitored(*devices: str, **changes: object) -> Switch:
    """Cross references are x1, x2... in the order of `devices`."""
    switch = Switch(**changes).up()
    for each in devices:
        switch.result(switch.send(c.MonitorStart, each))
    switch.events.clear()
    switch.requests.clear()
    return switch


# ---------------------------------------------------------------- monitors


def test_a_monitor_starts_on_the_device_and_stops_by_its_number() -> None:
    switch = Switch(device_id="N<{n}>").up()
    switch.result(switch.send(c.MonitorStart))
    (start,) = switch.asked(m.MonitorStart)
    assert start.monitor_object == m.MonitorObject(device_object=DeviceID("N<4001>"))
    assert start.monitor_type == "device"
    switch.result(switch.send(c.MonitorStop))
    assert switch.asked(m.MonitorStop) == [m.MonitorStop(monitor_cross_ref_id="x1")]
    assert switch.result(switch.send(c.MonitorStop)) is None


def test_a_refused_monitor_says_why() -> None:
    switch = Switch().up()
    switch.answers[m.MonitorStart] = m.CSTAErrorCode(
        system_resource_availability="overallMonitorLimitExceeded"
    )
    assert switch.refusal(switch.send(c.MonitorStart)) == "overallMonitorLimitExceeded"


def test_events_that_overtake_their_monitor_are_reported_after_it() -> None:
    switch = Switch().up()
    switch.answers[m.MonitorStart] = None
    id = switch.send(c.MonitorStart)
    switch.say(held("x1"), held("zz"))
    assert switch.events == []
    switch.reply(m.MonitorStartResponse(monitor_cross_ref_id="x1"))
    switch.pump()
    assert [type(event) for event in switch.events] == [e.CommandDone, e.Held]
    assert switch.outcome(id) is not None
    assert switch.driver.counters["eventOfUnknownMonitor"] == 1


def test_too_many_early_events_are_messages_lost() -> None:
    switch = Switch().up()
    switch.answers[m.MonitorStart] = None
    switch.send(c.MonitorStart)
    switch.say(*[held("x1")] * 1001)
    assert switch.events == [e.MessagesLost()]


def test_the_pbx_may_end_a_monitor() -> None:
    switch = monitored("4001")
    switch.say(m.MonitorStop(monitor_cross_ref_id="x1"), invoke_id=12)
    assert switch.responses == [m.MonitorStopResponse()]
    assert switch.events == [e.MonitorEnded(ALICE, "the PBX stopped the monitor")]
    assert switch.say(held("x1")) == []
    switch.say(m.MonitorStop(monitor_cross_ref_id="x1"), invoke_id=13)
    assert len(switch.events) == 1


def test_a_monitor_stopped_while_it_starts_is_stopped_once_it_has_started() -> None:
    switch = Switch().up()
    switch.answers[m.MonitorStart] = None
    start, stop = switch.send(c.MonitorStart), switch.send(c.MonitorStop)
    assert switch.outcome(stop) is None
    switch.reply(m.MonitorStartResponse(monitor_cross_ref_id="x9"))
    switch.pump()
    assert (switch.result(start), switch.result(stop)) == (None, None)
    assert switch.asked(m.MonitorStop) == [m.MonitorStop(monitor_cross_ref_id="x9")]


def test_a_monitor_that_starts_too_late_is_given_back() -> None:
    switch = Switch(timeout=5, heartbeat=600).up()
    switch.answers[m.MonitorStart] = None
    id = switch.send(c.MonitorStart)
    late = switch.last_id
    switch.wait(6)
    assert switch.refusal(id) == "noAnswer"
    switch.reply(m.MonitorStartResponse(monitor_cross_ref_id="x9"), late)
    switch.pump()
    assert switch.asked(m.MonitorStop) == [m.MonitorStop(monitor_cross_ref_id="x9")]


# ---------------------------------------------------------------- call events


def held(monitor: str) -> m.HeldEvent:
    return m.HeldEvent(
        monitor_cross_ref_id=monitor,
        connection=theirs("1", "4001"),
        device=device("4001"),
        local_connection_info="hold",
        cause="normal",
    )


X = "x1"
EVENTS: list[tuple[m.CallEvent, e.CallEvent]] = [
    (
        m.ServiceInitiatedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4001"),
            device=device("N<4001>Alice"),
            local_connection_info="initiated",
            cause="makeCall",
        ),
        e.ServiceInitiated(
            connection=ours("1", "4001"),
            calling=Party("4001", "Alice"),
            local=ConnectionState.INITIATED,
            monitored=ALICE,
            cause="makeCall",
        ),
    ),
    (
        m.OriginatedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4001"),
            device=device("4001"),
            called_device=device("N<4002>Bob"),
            cause="newCall",
        ),
        e.Originated(
            connection=ours("1", "4001"),
            calling=Party("4001"),
            called=Party("4002", "Bob"),
            monitored=ALICE,
            cause="newCall",
        ),
    ),
    (
        m.DeliveredEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4001"),
            device=device("4001"),
            calling_device=device("T17"),
            called_device=device("4003"),
            last_redirection_device=RedirectionDeviceID(DeviceID("N<4003>Carol")),
            network_calling_device=device("+33612345678"),
            local_connection_info="alerting",
            cause="callForwardBusy",
        ),
        e.Delivered(
            connection=ours("1", "4001"),
            party=Party("4001"),
            calling=Party("+33612345678"),
            called=Party("4003"),
            last_redirection=Party("4003", "Carol"),
            local=ConnectionState.ALERTING,
            monitored=ALICE,
            cause="callForwardBusy",
        ),
    ),
    (
        m.DeliveredEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4001"),
            device=device("4001"),
            calling_device=RESTRICTED,
            called_device=ExtendedDeviceID(
                DeviceID("N<4001>Alice", private_number=True, private_name=True)
            ),
            local_connection_info="dreaming",
            cause="somethingNew",
        ),
        e.Delivered(
            connection=ours("1", "4001"),
            party=Party("4001"),
            calling=Party(restricted=True),
            called=Party("4001", restricted=True),
            monitored=ALICE,
            cause="somethingNew",
        ),
    ),
    (
        m.OfferedEvent(monitor_cross_ref_id=X, connection=theirs("1", "4001"), cause="newCall"),
        e.Offered(connection=ours("1", "4001"), monitored=ALICE, cause="newCall"),
    ),
    (
        m.NetworkReachedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "T17"),
            device=device("T17"),
            calling_device=device("4001"),
            called_device=device("0612345678"),
            local_connection_info="connected",
        ),
        e.NetworkReached(
            connection=ours("1", "T17"),
            party=Party("T17"),
            calling=Party("4001"),
            called=Party("0612345678"),
            local=ConnectionState.CONNECTED,
            monitored=ALICE,
        ),
    ),
    (
        m.EstablishedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4002"),
            device=device("4002"),
            calling_device=device("4001"),
            called_device=device("4002"),
            local_connection_info="connected",
            cause="newCall",
        ),
        e.Established(
            connection=ours("1", "4002"),
            party=Party("4002"),
            calling=Party("4001"),
            called=Party("4002"),
            local=ConnectionState.CONNECTED,
            monitored=ALICE,
            cause="newCall",
        ),
    ),
    (
        m.FailedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "tel:4002"),
            device=device("tel:4002"),
            calling_device=device("tel:4001;device=00"),
            local_connection_info="fail",
            cause="busy",
        ),
        e.Failed(
            connection=ours("1", "4002"),
            party=Party("4002"),
            calling=Party("4001"),
            local=ConnectionState.FAIL,
            monitored=ALICE,
            cause="busy",
        ),
    ),
    (
        held(X),
        e.Held(connection=ours("1", "4001"), local=ConnectionState.HOLD, monitored=ALICE),
    ),
    (
        m.RetrievedEvent(monitor_cross_ref_id=X, connection=theirs("1", "4001")),
        e.Retrieved(connection=ours("1", "4001"), monitored=ALICE),
    ),
    (
        m.QueuedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "7000"),
            device=device("N<7000>Sales"),
            calling_device=device("4001"),
            number_queued=3,
            calls_in_front=2,
            cause="noAvailableAgents",
        ),
        e.Queued(
            connection=ours("1", "7000"),
            party=Party("7000", "Sales"),
            calling=Party("4001"),
            number_queued=3,
            calls_in_front=2,
            monitored=ALICE,
            cause="noAvailableAgents",
        ),
    ),
    (
        m.DivertedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4001"),
            device=device("4001"),
            new_destination=device("4003"),
            local_connection_info="null",
            cause="callPickup",
        ),
        e.Diverted(
            connection=ours("1", "4001"),
            destination=Party("4003"),
            local=ConnectionState.NULL,
            monitored=ALICE,
            cause="callPickup",
        ),
    ),
    (
        m.ConnectionClearedEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4001"),
            device=device("4002"),
            local_connection_info="null",
        ),
        e.ConnectionCleared(
            connection=ours("1", "4001"),
            local=ConnectionState.NULL,
            monitored=ALICE,
            cause="normalClearing",
        ),
    ),
    (
        m.CallClearedEvent(monitor_cross_ref_id=X, connection=ConnectionID("1")),
        e.CallCleared(call=CallId("1"), cause="normalClearing", monitored=ALICE),
    ),
    (
        m.CallInformationEvent(
            monitor_cross_ref_id=X,
            connection=theirs("1", "4001"),
            device=device("N<4001>Alice B."),
            calling_device=device("4002"),
        ),
        e.CallInformation(
            connection=ours("1", "4001"),
            party=Party("4001", "Alice B."),
            calling=Party("4002"),
            monitored=ALICE,
        ),
    ),
]


@pytest.mark.parametrize(
    ("said", "reported"), EVENTS, ids=[f"{type(s).__name__}{n}" for n, (s, _) in enumerate(EVENTS)]
)
def test_an_event_is_reported_in_the_words_of_the_house(
    said: m.CallEvent, reported: e.CallEvent
) -> None:
    switch = monitored("4001")
    assert switch.say(said) == [reported]


def test_a_transfer_carries_connections_from_old_calls_to_the_new_one() -> None:
    switch = monitored("4001")
    (report,) = switch.say(
        m.TransferedEvent(
            monitor_cross_ref_id="x1",
            primary_old_call=theirs("1", "4001"),
            secondary_old_call=theirs("2", "4001"),
            transferring_device=device("N<4001>Alice"),
            transferred_to_device=device("4003"),
            connections=(
                ConnectionListItem(
                    theirs("9", "N<0612345678>;uid=1"),
                    theirs("1", "0612345678"),
                    Endpoint(DeviceID("N<0612345678>Zoé;uid=1")),
                ),
                ConnectionListItem(theirs("9", "4003"), theirs("2", "4003")),
                ConnectionListItem(None, theirs("2", "4009")),
            ),
            local_connection_info="null",
        )
    )
    assert report == e.Transferred(
        primary=ours("1", "4001"),
        secondary=ours("2", "4001"),
        transferring=Party("4001", "Alice"),
        transferred_to=Party("4003"),
        connections=(
            e.Moved(ours("9", "0612345678"), ours("1", "0612345678"), Party("0612345678", "Zoé")),
            e.Moved(ours("9", "4003"), ours("2", "4003")),
        ),
        cause="transfer",
        monitored=ALICE,
        local=ConnectionState.NULL,
    )
    # Later requests name the connection as the switch does.
    switch.send(c.ClearConnection, connection=ours("9", "0612345678"))
    (clear,) = switch.asked(m.ClearConnection)
    assert clear.connection_to_be_cleared == theirs("9", "N<0612345678>;uid=1")


def test_a_conference_lists_all_that_are_in_it() -> None:
    switch = monitored("4002")
    (report,) = switch.say(
        m.ConferencedEvent(
            monitor_cross_ref_id="x1",
            primary_old_call=theirs("1", "4001"),
            conferencing_device=device("4001"),
            added_party=device("4003"),
            connections=tuple(
                ConnectionListItem(theirs("9", n), theirs("1", n), Endpoint(DeviceID(n)))
                for n in ("4001", "4002")
            ),
            local_connection_info="connected",
        )
    )
    assert isinstance(report, e.Conferenced)
    assert [moved.new for moved in report.connections] == [ours("9", "4001"), ours("9", "4002")]
    assert (report.added, report.monitored, report.secondary) == (Party("4003"), BOB, None)


def test_dynamic_identifiers_are_the_devices_they_stand_for() -> None:
    switch = monitored("4001", device_id="sip:{n}@pbx.example")
    (rings,) = switch.say(
        m.DeliveredEvent(
            monitor_cross_ref_id="x1",
            connection=theirs("1", "dyn-17"),
            device=device("sip:4001@pbx.example"),
            calling_device=device("sip:4002@pbx.example"),
            cause="newCall",
        )
    )
    assert isinstance(rings, e.Delivered)
    assert rings.connection == ours("1", "4001")
    switch.send(c.AnswerCall, connection=ours("1", "4001"))
    assert switch.asked(m.AnswerCall)[0].call_to_be_answered == theirs("1", "dyn-17")
    (cleared,) = switch.say(
        m.ConnectionClearedEvent(
            monitor_cross_ref_id="x1", connection=theirs("1", "dyn-17"), device=device("4002")
        )
    )
    assert isinstance(cleared, e.ConnectionCleared)
    assert cleared.connection == ours("1", "4001")
    switch.send(c.AnswerCall, connection=ours("1", "4001"))
    again = switch.asked(m.AnswerCall)[1].call_to_be_answered
    assert again == theirs("1", "sip:4001@pbx.example")


def test_a_trunk_stays_the_same_device_when_its_number_is_learnt() -> None:
    switch = monitored("4001")
    reached, answered = switch.say(
        m.NetworkReachedEvent(
            monitor_cross_ref_id="x1", connection=theirs("1", "T17"), device=device("T17")
        ),
        m.EstablishedEvent(
            monitor_cross_ref_id="x1",
            connection=theirs("1", "T17"),
            device=device("0612345678"),
            cause="newCall",
        ),
    )
    assert isinstance(reached, e.NetworkReached)
    assert isinstance(answered, e.Established)
    assert reached.connection == answered.connection == ours("1", "T17")
    assert answered.party == Party("0612345678")


def test_two_parties_with_one_number_stay_two() -> None:
    switch = monitored("4001")
    events = switch.say(
        *(
            m.EstablishedEvent(
                monitor_cross_ref_id="x1",
                connection=theirs("1", f"N<anonymous>;uid={uid}"),
                device=RESTRICTED,
                cause="newCall",
            )
            for uid in (1, 2)
        )
    )
    found = {event.connection for event in events if isinstance(event, e.Established)}
    assert len(found) == 2


def test_a_monitored_device_keeps_its_number_whatever_the_switch_calls_the_party() -> None:
    switch = monitored("4001")
    (rings,) = switch.say(
        m.DeliveredEvent(
            monitor_cross_ref_id="x1",
            connection=theirs("1", "4001"),
            device=device("N<+33140004001>Alice"),
            cause="newCall",
        )
    )
    assert isinstance(rings, e.Delivered)
    assert (rings.connection, rings.party) == (ours("1", "4001"), Party("+33140004001", "Alice"))


def test_a_party_that_becomes_one_of_ours_is_known_by_our_number() -> None:
    switch = monitored("4001")
    rings = m.DeliveredEvent(
        monitor_cross_ref_id="x1",
        connection=theirs("1", "4002"),
        device=device("+33140004002"),
        cause="newCall",
    )
    (before,) = switch.say(rings)
    switch.send(c.MonitorStart, "4002")
    (after,) = switch.say(rings)
    assert isinstance(before, e.Delivered)
    assert isinstance(after, e.Delivered)
    assert (before.connection, after.connection) == (
        ours("1", "+33140004002"),
        ours("1", "4002"),
    )


def test_events_that_say_too_little_are_counted() -> None:
    switch = monitored("4001")
    text = (
        "<HeldEvent><monitorCrossRefID>x1</monitorCrossRefID>"
        "<heldConnection>{}</heldConnection></HeldEvent>"
    )
    switch.bytes(frame(9999, text.format("<deviceID>4001</deviceID>").encode()))
    switch.bytes(frame(9999, text.format("<callID>1</callID>").encode()))
    switch.pump()
    assert switch.events == []
    assert switch.driver.counters["incompleteEvent HeldEvent"] == 2


# ---------------------------------------------------------------- events of devices


def test_features_and_service_of_a_device_are_reported() -> None:
    switch = monitored("4001")
    told = switch.say(
        m.ForwardingEvent(
            monitor_cross_ref_id="x1",
            forwarding_type="forwardBusyExt",
            forward_status=True,
            forward_to=DeviceID("N<4003>"),
        ),
        m.ForwardingEvent(monitor_cross_ref_id="x1", forward_status=False),
        m.ForwardingEvent(
            monitor_cross_ref_id="x1", forwarding_type="forwardDND", forward_status=True
        ),
        m.DoNotDisturbEvent(monitor_cross_ref_id="x1", do_not_disturb_on=True),
        m.MessageWaitingEvent(monitor_cross_ref_id="x1", message_waiting_on=False),
        m.OutOfServiceEvent(monitor_cross_ref_id="x1", cause="maintenance"),
        m.BackInServiceEvent(monitor_cross_ref_id="x1"),
        m.AgentReadyEvent(monitor_cross_ref_id="x1"),
    )
    assert told == [
        e.ForwardingChanged(
            ALICE, Forwarding(ForwardingType.BUSY, CallOrigin.EXTERNAL, True, "4003")
        ),
        e.ForwardingChanged(ALICE, Forwarding(ForwardingType.IMMEDIATE, CallOrigin.ALL, False)),
        e.DoNotDisturbChanged(ALICE, True),
        e.MessageWaitingChanged(ALICE, False),
        e.OutOfService(ALICE, "maintenance"),
        e.InService(ALICE),
    ]


# ---------------------------------------------------------------- snapshots


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

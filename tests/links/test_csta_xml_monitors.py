"""Monitors: their start and end, and what they report of the device itself."""

from tests.links.csta_switch import ALICE, Switch, held, monitored
from tws.protocols.csta import messages as m
from tws.protocols.csta.values import (
    DeviceID,
)
from tws.telephony import commands as c
from tws.telephony import event_reports as e
from tws.telephony.model import CallOrigin, Forwarding, ForwardingType


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
        m.MessageWaitingEvent(
            monitor_cross_ref_id="x1",
            device_for_message=DeviceID("N<7770>"),
            message_waiting_on=True,
        ),
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
        e.MessageWaitingChanged(ALICE, True, "7770"),
        e.MessageWaitingChanged(ALICE, False),
        e.OutOfService(ALICE, "maintenance"),
        e.InService(ALICE),
    ]

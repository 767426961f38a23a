"""How a link comes up, stays up and goes down."""

from dataclasses import replace

import pytest

from tests.links.csta_switch import PBX, Switch
from tws.protocols.csta import frame, messages, write
from tws.protocols.csta import messages as m
from tws.telephony.commands import GetDoNotDisturb, MonitorStart
from tws.telephony.event_reports import Event, LinkStarted, LinkStopped, MessagesLost
from tws.telephony.link import Address, Close, Open

SESSION = m.StartApplicationSessionPosResponse(
    session_id="s1",
    actual_protocol_version="http://www.ecma-international.org/standards/ecma-323/csta/ed4",
    actual_session_duration=100,
)


def told(switch: Switch) -> list[Event]:
    """Its events, why a link stopped in English."""
    return [
        LinkStopped(str(event.why), event.misconfigured)
        if isinstance(event, LinkStopped)
        else event
        for event in switch.events
    ]


def closed(switch: Switch) -> list[Close]:
    return [replace(each, why=str(each.why)) for each in switch.closed]


def kinds(switch: Switch) -> list[str]:
    return [type(request).__name__ for request in switch.requests]


def test_it_dials_the_pbx_and_starts_when_the_pbx_answers() -> None:
    switch = Switch()
    assert switch.opened == [Open(PBX, Address("192.0.2.1", 3211, None))]
    switch.connect()
    assert kinds(switch) == ["RequestSystemStatus", "SystemRegister", "GetCSTAFeatures"]
    assert switch.events == [LinkStarted("CSTA edition 5")]


def test_a_pbx_that_speaks_first_is_waited_for_and_registered_with() -> None:
    switch = Switch(pbx_type="OpenScape Voice")
    switch.connect()
    assert (switch.requests, switch.events) == ([], [])
    switch.say(m.SystemStatus(), invoke_id=17)
    assert switch.responses == [m.SystemStatusResponse()]
    assert kinds(switch) == ["RequestSystemStatus", "SystemRegister", "GetCSTAFeatures"]
    (register,) = switch.asked(m.SystemRegister)
    assert register.request_types == m.RequestTypes(
        system_status=True, request_system_status=False
    )
    assert isinstance(switch.events[-1], LinkStarted)


def test_a_pbx_that_should_speak_first_and_does_not_is_left() -> None:
    switch = Switch(first="switch", timeout=7)
    switch.connect()
    switch.wait(6.9)
    assert switch.closed == []
    switch.wait(0.2)
    assert closed(switch) == [Close(PBX, "the PBX did not send its first SystemStatus")]
    assert told(switch) == [LinkStopped("the PBX did not send its first SystemStatus")]


def test_a_session_is_started_with_the_login_and_its_edition_is_spoken() -> None:
    switch = Switch(user="tws", password='p&"w', session="on", edition="5")
    switch.answers[m.StartApplicationSession] = SESSION
    switch.connect()
    (start,) = switch.asked(m.StartApplicationSession)
    assert [version[-3:] for version in start.requested_protocol_versions] == [
        "ed5",
        "ed6",
        "ed4",
        "ed3",
    ]
    assert start.application_info is not None
    assert start.application_info.application_specific_info is not None
    login = start.application_info.application_specific_info.xml
    assert "<userName>tws</userName><password>p&amp;&quot;w</password>" in login
    assert isinstance(switch.events[-1], LinkStarted)
    assert switch.asked(m.RequestSystemStatus)[0].edition == 4


def test_a_session_is_renewed_at_half_its_time_and_lost_when_it_is_refused() -> None:
    switch = Switch(session="on", heartbeat=600)
    switch.answers[m.StartApplicationSession] = SESSION
    switch.answers[m.ResetApplicationSessionTimer] = m.ResetApplicationSessionTimerPosResponse(
        actual_session_duration=60
    )
    switch.up()
    switch.wait(49)
    assert kinds(switch) == []
    switch.wait(2)
    assert switch.asked(m.ResetApplicationSessionTimer)[0].session_id == "s1"
    switch.answers[m.ResetApplicationSessionTimer] = m.ResetApplicationSessionTimerNegResponse(
        error_code=m.SessionError(defined_error="invalidSessionID")
    )
    switch.wait(30)
    assert told(switch) == [LinkStopped("application session not renewed: invalidSessionID")]
    assert switch.closed


@pytest.mark.parametrize(
    ("reason", "misconfigured"),
    [("invalidApplicationInfo", True), ("serverResourcesBusy", False)],
)
def test_a_refused_session_says_whether_settings_must_be_mended(
    reason: str, misconfigured: bool
) -> None:
    switch = Switch(session="on")
    switch.answers[m.StartApplicationSession] = m.StartApplicationSessionNegResponse(
        error_code=m.SessionError(defined_error=reason)
    )
    switch.connect()
    why = f"application session refused: {reason}"
    assert told(switch) == [LinkStopped(why, misconfigured)]
    assert closed(switch) == [Close(PBX, why, stop=misconfigured)]


def test_a_pbx_without_sessions_is_used_without_when_that_is_allowed() -> None:
    refusal = m.CSTAErrorCode(operation="serviceNotSupported")
    switch = Switch(session="auto")
    switch.answers[m.StartApplicationSession] = refusal
    switch.connect()
    assert isinstance(switch.events[-1], LinkStarted)
    strict = Switch(session="on")
    strict.answers[m.StartApplicationSession] = refusal
    strict.connect()
    assert isinstance(strict.events[-1], LinkStopped)


def test_the_end_of_the_session_ends_the_link() -> None:
    switch = Switch(session="on")
    switch.answers[m.StartApplicationSession] = SESSION
    switch.up()
    reason = m.SessionTermReason(defined_term_reason="resourceLimitation")
    switch.say(m.ApplicationSessionTerminated(session_id="s1", session_term_reason=reason))
    assert told(switch) == [
        LinkStopped("the PBX ended the application session: resourceLimitation")
    ]
    assert not switch.connected


def test_a_pbx_that_does_not_answer_the_first_question_is_left() -> None:
    switch = Switch(timeout=4)
    switch.answers.clear()
    switch.connect()
    switch.wait(4.1)
    assert told(switch) == [LinkStopped("the PBX does not answer RequestSystemStatus")]
    assert len(switch.closed) == 1


def test_two_unanswered_heartbeats_end_the_link() -> None:
    switch = Switch(heartbeat=30).up()
    switch.answers.clear()
    switch.wait(89)
    assert kinds(switch) == ["RequestSystemStatus", "RequestSystemStatus"]
    assert switch.events == []
    switch.wait(2)
    assert told(switch) == [LinkStopped("the PBX was silent for 90 s")]
    assert closed(switch) == [Close(PBX, "the PBX was silent for 90 s")]


def test_any_sign_of_life_is_enough() -> None:
    switch = Switch(heartbeat=30).up()
    switch.answers.clear()
    for _ in range(10):
        switch.wait(29)
        switch.say(m.SystemStatus(), invoke_id=1)
    assert switch.events == []
    assert kinds(switch) == []
    assert len(switch.responses) == 10


def test_an_idle_link_is_kept_by_answered_heartbeats() -> None:
    switch = Switch(heartbeat=30).up()
    switch.wait(300)
    assert switch.events == []
    assert kinds(switch) == ["RequestSystemStatus"] * 10


def test_our_state_is_told_when_asked() -> None:
    switch = Switch().up()
    switch.say(m.RequestSystemStatus(), invoke_id=5)
    assert switch.responses == [m.RequestSystemStatusResponse(system_status="normal")]


def test_lost_messages_are_reported() -> None:
    switch = Switch().up()
    assert switch.say(m.SystemStatus(system_status="messagesLost")) == [MessagesLost()]


@pytest.mark.parametrize("status", ["disabled", "initializing"])
def test_a_disabled_pbx_stops_the_link_and_an_enabled_one_starts_it_again(status: str) -> None:
    switch = Switch().up()
    monitor = switch.send(MonitorStart)
    switch.answers.clear()
    pending = switch.send(GetDoNotDisturb)
    switch.say(m.SystemStatus(system_status=status))
    assert told(switch)[-1] == LinkStopped(f"the PBX says that it is {status}")
    assert switch.refusal(pending) == "linkDown"
    assert switch.refusal(switch.send(GetDoNotDisturb)) == "linkDown"
    assert switch.connected
    switch.say(m.SystemStatus(system_status="enabled"))
    switch.reply(m.CSTAErrorCode(operation="serviceNotSupported"))  # GetCSTAFeatures
    switch.pump()
    assert switch.events[-1:] == [LinkStarted("CSTA edition 5")]
    assert switch.result(monitor) is None


def test_a_pbx_that_is_not_ready_when_asked_is_waited_for() -> None:
    switch = Switch(heartbeat=30)
    switch.answers[m.RequestSystemStatus] = m.RequestSystemStatusResponse(
        system_status="initializing"
    )
    switch.connect()
    switch.wait(100)
    assert told(switch) == [LinkStopped("the PBX says that it is initializing")]
    switch.answers[m.RequestSystemStatus] = m.RequestSystemStatusResponse()
    switch.wait(31)
    assert isinstance(switch.events[-1], LinkStarted)
    assert switch.connected


def test_an_overloaded_pbx_is_still_used() -> None:
    switch = Switch().up()
    assert switch.say(m.SystemStatus(system_status="overloadReached")) == []
    assert switch.driver.counters["systemStatus overloadReached"] == 1


def test_each_attempt_that_fails_is_told_once() -> None:
    switch = Switch()
    switch.lose("connection refused")
    switch.lose("connection refused")
    assert switch.events == [LinkStopped("connection refused")] * 2
    switch.connect()
    switch.lose("reset")
    assert switch.events[2:] == [LinkStarted("CSTA edition 5"), LinkStopped("reset")]


def test_a_stream_that_is_no_csta_ends_the_link_once() -> None:
    switch = Switch().up()
    switch.bytes(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    switch.pump()
    assert len(switch.closed) == 1
    (stopped,) = switch.events
    assert isinstance(stopped, LinkStopped)
    assert "48 54" in str(stopped.why)
    assert switch.driver.counters["unreadableStream"] == 1


def test_malformed_messages_are_counted_and_the_link_goes_on() -> None:
    switch = Switch().up()
    for body in (b"<", b"<DeliveredEvent/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", b""):
        switch.bytes(frame(9999, body))
    assert switch.driver.counters["malformedMessage"] == 4
    assert switch.say(m.SystemStatus(system_status="messagesLost")) == [MessagesLost()]


def test_requests_we_have_no_service_for_are_declined() -> None:
    switch = Switch().up()
    body = b'<RouteRequest xmlns="http://www.ecma-international.org/standards/ecma-323/csta/ed5"/>'
    switch.bytes(frame(3, body))
    switch.bytes(frame(4, write(messages.GetCSTAFeatures(), 5)))
    switch.pump()
    assert switch.responses == [m.CSTAErrorCode(operation="serviceNotSupported")] * 2
    assert switch.driver.counters["unknownRequest RouteRequest"] == 1
    switch.bytes(frame(9999, b"<LampModeEvent/>"))
    assert switch.driver.counters["unknownEvent LampModeEvent"] == 1


def test_a_registration_that_the_pbx_ends_is_made_again() -> None:
    switch = Switch(register="on").up()
    switch.say(m.SystemRegisterAbort(sys_stat_register_id="1"))
    assert kinds(switch) == ["SystemRegister"]


def test_counted_names_are_bounded_whatever_the_peer_invents() -> None:
    switch = Switch().up()
    for number in range(2000):
        switch.bytes(frame(9999, f"<Odd{number}Event/>".encode()))
    assert len(switch.driver.counters) <= 201
    assert switch.driver.counters["other"] > 1000


def test_leaving_says_goodbye() -> None:
    switch = Switch(session="on", register="on")
    switch.answers[m.StartApplicationSession] = SESSION
    switch.up()
    switch.send(MonitorStart)
    switch.requests.clear()
    switch.driver.stop(switch.now)
    switch.pump()
    assert kinds(switch) == ["MonitorStop", "SystemRegisterCancel", "StopApplicationSession"]
    assert closed(switch) == [Close(PBX, "stopped", stop=True)]


def test_framing_without_invoke_ids_asks_one_thing_at_a_time() -> None:
    switch = Switch(framing="nul", timeout=5)
    switch.connect()
    assert isinstance(switch.events[-1], LinkStarted)
    switch.answers.clear()
    switch.requests.clear()
    first, second = switch.send(GetDoNotDisturb, "4001"), switch.send(GetDoNotDisturb, "4002")
    assert len(switch.requests) == 1
    switch.reply(m.GetDoNotDisturbResponse(do_not_disturb_on=True))
    switch.pump()
    assert switch.result(first) is True
    assert len(switch.requests) == 2
    switch.wait(6)
    assert switch.refusal(second) == "noAnswer"
    # Whatever comes now could be the answer that is missing.
    assert len(switch.closed) == 1


def test_framing_without_invoke_ids_refuses_those_that_wait_too() -> None:
    switch = Switch(framing="nul").up()
    ids = [switch.send(GetDoNotDisturb, device) for device in ("4001", "4002", "4003")]
    assert len(switch.requests) == 1
    switch.lose()
    assert [switch.refusal(id) for id in ids] == ["linkDown"] * 3

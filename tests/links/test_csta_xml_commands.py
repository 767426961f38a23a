"""Each command is one service of ECMA-269, and ends exactly once."""

from typing import Any

import pytest

from tests.links.csta_switch import Switch, ours, theirs
from tws.protocols.csta import Request, Response, frame, write
from tws.protocols.csta import messages as m
from tws.protocols.csta.values import DeviceID
from tws.telephony import commands as c
from tws.telephony.event_reports import CommandDone, CommandRefused
from tws.telephony.model import CallOrigin, DeviceId, Forwarding, ForwardingType, MessageWaiting

ONE, TWO = ours("1", "4001"), ours("2", "4001")
WIRE_ONE, WIRE_TWO = theirs("1", "4001"), theirs("2", "4001")
D = DeviceID

# Command, its values, the request it must become, the answer, the result it must give.
SERVICES: list[tuple[type[c.Command[Any]], dict[str, Any], Request, Response, object]] = [
    (
        c.MakeCall,
        {"called": "0612345678"},
        m.MakeCall(
            calling_device=D("4001"),
            called_directory_number=D("0612345678"),
            auto_originate="doNotPrompt",
        ),
        m.MakeCallResponse(calling_device=WIRE_ONE),
        ONE,
    ),
    (
        c.MakeCall,
        {"called": "*21#", "prompt": True},
        m.MakeCall(
            calling_device=D("4001"), called_directory_number=D("*21#"), auto_originate="prompt"
        ),
        m.MakeCallResponse(calling_device=WIRE_ONE),
        ONE,
    ),
    (
        c.AnswerCall,
        {"connection": ONE},
        m.AnswerCall(call_to_be_answered=WIRE_ONE),
        m.AnswerCallResponse(),
        None,
    ),
    (
        c.ClearConnection,
        {"connection": ONE},
        m.ClearConnection(connection_to_be_cleared=WIRE_ONE),
        m.ClearConnectionResponse(),
        None,
    ),
    (
        c.HoldCall,
        {"connection": ONE},
        m.HoldCall(call_to_be_held=WIRE_ONE),
        m.HoldCallResponse(),
        None,
    ),
    (
        c.RetrieveCall,
        {"connection": ONE},
        m.RetrieveCall(call_to_be_retrieved=WIRE_ONE),
        m.RetrieveCallResponse(),
        None,
    ),
    (
        c.AlternateCall,
        {"held": ONE, "active": TWO},
        m.AlternateCall(held_call=WIRE_ONE, active_call=WIRE_TWO),
        m.AlternateCallResponse(),
        None,
    ),
    (
        c.ReconnectCall,
        {"active": TWO, "held": ONE},
        m.ReconnectCall(active_call=WIRE_TWO, held_call=WIRE_ONE),
        m.ReconnectCallResponse(),
        None,
    ),
    (
        c.ConsultationCall,
        {"existing": ONE, "consulted": "4003"},
        m.ConsultationCall(existing_call=WIRE_ONE, consulted_device=D("4003")),
        m.ConsultationCallResponse(initiated_call=WIRE_TWO),
        TWO,
    ),
    (
        c.TransferCall,
        {"held": ONE, "active": TWO},
        m.TransferCall(held_call=WIRE_ONE, active_call=WIRE_TWO),
        m.TransferCallResponse(transferred_call=theirs("2", "4003")),
        ours("2", "4003"),
    ),
    (
        c.TransferCall,
        {"held": ONE, "active": TWO},
        m.TransferCall(held_call=WIRE_ONE, active_call=WIRE_TWO),
        m.TransferCallResponse(),
        None,
    ),
    (
        c.SingleStepTransferCall,
        {"active": ONE, "transferred_to": "4003"},
        m.SingleStepTransferCall(active_call=WIRE_ONE, transferred_to=D("4003")),
        m.SingleStepTransferCallResponse(transferred_call=theirs("3", "4003")),
        ours("3", "4003"),
    ),
    (
        c.ConferenceCall,
        {"held": ONE, "active": TWO},
        m.ConferenceCall(held_call=WIRE_ONE, active_call=WIRE_TWO),
        m.ConferenceCallResponse(conference_call=WIRE_TWO),
        TWO,
    ),
    (
        c.SingleStepConferenceCall,
        {"active": ONE, "joining": "4004", "participation": "silent"},
        m.SingleStepConferenceCall(
            active_call=WIRE_ONE, device_to_join=D("4004"), participation_type="silent"
        ),
        m.SingleStepConferenceCallResponse(conferenced_call=theirs("1", "4004")),
        ours("1", "4004"),
    ),
    (
        c.DeflectCall,
        {"connection": ONE, "destination": "4003"},
        m.DeflectCall(call_to_be_diverted=WIRE_ONE, new_destination=(D("4003"),)),
        m.DeflectCallResponse(),
        None,
    ),
    (
        c.DirectedPickupCall,
        {"ringing": ours("7", "4002")},
        m.DirectedPickupCall(
            call_to_be_picked_up=theirs("7", "4002"), requesting_device=D("4001")
        ),
        m.DirectedPickupCallResponse(picked_call=theirs("7", "4001")),
        ours("7", "4001"),
    ),
    (
        c.GroupPickupCall,
        {"group": "2500"},
        m.GroupPickupCall(new_destination=D("4001"), pick_group=D("2500")),
        m.GroupPickupCallResponse(picked_call=theirs("7", "4001")),
        ours("7", "4001"),
    ),
    (
        c.ParkCall,
        {"connection": ONE, "park_to": "2600"},
        m.ParkCall(parking=WIRE_ONE, park_to=D("2600")),
        m.ParkCallResponse(parked_to=theirs("1", "2601")),
        "2601",
    ),
    (
        c.ParkCall,
        {"connection": ONE},
        m.ParkCall(parking=WIRE_ONE),
        m.ParkCallResponse(),
        None,
    ),
    (
        c.GenerateDigits,
        {"connection": ONE, "digits": "12#"},
        m.GenerateDigits(connection_to_send_digits=WIRE_ONE, characters_to_send="12#"),
        m.GenerateDigitsResponse(),
        None,
    ),
    (
        c.SetForwarding,
        {
            "forwarding": Forwarding(
                ForwardingType.NO_ANSWER, CallOrigin.EXTERNAL, True, "4003", ring_duration=20
            )
        },
        m.SetForwarding(
            device=D("4001"),
            forwarding_type="forwardNoAnsExt",
            activate_forward=True,
            forward_dn=D("4003"),
            ring_duration=20,
        ),
        m.SetForwardingResponse(),
        None,
    ),
    (
        c.SetForwarding,
        {"forwarding": Forwarding(ForwardingType.IMMEDIATE, CallOrigin.ALL, False)},
        m.SetForwarding(
            device=D("4001"), forwarding_type="forwardImmediate", activate_forward=False
        ),
        m.SetForwardingResponse(),
        None,
    ),
    (
        c.GetForwarding,
        {},
        m.GetForwarding(device=D("4001")),
        m.GetForwardingResponse(
            forwarding_list=(
                m.ForwardListItem("forwardImmInt", True, D("N<4003>Bob")),
                m.ForwardListItem("forwardNoAns", False, None, None, 4),
                m.ForwardListItem("forwardDND", True, D("4009")),
            )
        ),
        (
            Forwarding(ForwardingType.IMMEDIATE, CallOrigin.INTERNAL, True, "4003"),
            Forwarding(
                ForwardingType.NO_ANSWER, CallOrigin.ALL, False, ring_count=4, ring_duration=20
            ),
        ),
    ),
    (
        c.SetDoNotDisturb,
        {"on": True},
        m.SetDoNotDisturb(device=D("4001"), do_not_disturb_on=True),
        m.SetDoNotDisturbResponse(),
        None,
    ),
    (
        c.GetDoNotDisturb,
        {},
        m.GetDoNotDisturb(device=D("4001")),
        m.GetDoNotDisturbResponse(do_not_disturb_on=True),
        True,
    ),
    (
        c.SetMessageWaiting,
        {"on": False},
        m.SetMessageWaitingIndicator(device=D("4001"), message_waiting_on=False),
        m.SetMessageWaitingIndicatorResponse(),
        None,
    ),
    (
        c.GetMessageWaiting,
        {},
        m.GetMessageWaitingIndicator(device=D("4001")),
        m.GetMessageWaitingIndicatorResponse(message_waiting_on=False),
        MessageWaiting(False),
    ),
    (
        c.GetMessageWaiting,
        {},
        m.GetMessageWaitingIndicator(device=D("4001")),
        m.GetMessageWaitingIndicatorResponse(
            message_waiting_on=True, device_for_message=D("N<7770>")
        ),
        MessageWaiting(True, "7770"),
    ),
]


def generic(**changes: object) -> Switch:
    return Switch(pbx_type="generic", session="off", **changes).up()


@pytest.mark.parametrize(
    ("kind", "values", "request_", "answer", "result"),
    SERVICES,
    ids=[f"{row[0].__name__}-{number}" for number, row in enumerate(SERVICES)],
)
def test_a_command_becomes_a_request_and_its_answer_a_result(
    kind: type[c.Command[Any]],
    values: dict[str, Any],
    request_: Request,
    answer: Response,
    result: object,
) -> None:
    switch = generic()
    id = switch.send(kind, **values)
    assert switch.requests == [request_]
    assert switch.outcome(id) is None
    switch.reply(answer)
    switch.pump()
    assert switch.result(id) == result


def test_every_user_command_is_tried_above() -> None:
    assert {row[0] for row in SERVICES} == set(c.USER_COMMANDS) - {c.SnapshotDevice}


@pytest.mark.parametrize("edition", [3, 4, 5, 6])
@pytest.mark.parametrize(("seconds", "rings"), [(1, 1), (5, 1), (12, 2), (20, 4), (600, 120)])
def test_seconds_before_a_forwarding_are_rings_where_the_edition_has_no_seconds(
    edition: int, seconds: int, rings: int
) -> None:
    switch = generic(edition=str(edition))
    wanted = Forwarding(
        ForwardingType.NO_ANSWER, CallOrigin.ALL, True, "4003", ring_duration=seconds
    )
    switch.send(c.SetForwarding, forwarding=wanted)
    (asked,) = switch.asked(m.SetForwarding)
    said = (asked.ring_count, asked.ring_duration)
    assert said == ((rings, None) if edition < 5 else (None, seconds))


def test_devices_are_written_as_the_settings_say_and_numbers_as_given() -> None:
    switch = generic(device_id="sip:{n}@{domain}", pbx_domain="paris.example")
    switch.send(c.MakeCall, called="0612345678")
    (call,) = switch.asked(m.MakeCall)
    assert call.calling_device == D("sip:4001@paris.example")
    assert call.called_directory_number == D("0612345678")
    switch.send(c.GetForwarding, device="N<4001!98>")
    assert switch.asked(m.GetForwarding)[0].device == D("N<4001!98>")


@pytest.mark.parametrize(
    ("error", "cause", "detail"),
    [
        (m.CSTAErrorCode(operation="invalidDestination"), "invalidDestination", "operation"),
        (
            m.CSTAErrorCode(state_incompatibility="noHeldCall"),
            "noHeldCall",
            "stateIncompatibility",
        ),
        (
            m.CSTAErrorCode(system_resource_availability="overallMonitorLimitExceeded"),
            "overallMonitorLimitExceeded",
            "systemResourceAvailability",
        ),
        (m.CSTAErrorCode(private_error_code="E-17"), "privateErrorCode", "E-17"),
        (m.CSTAErrorCode(unspecified=True), "unspecified", "unspecified"),
        (m.CSTAErrorCode(), "unspecified", "unspecified"),
    ],
)
def test_an_error_refuses_the_command_with_its_ecma_cause(
    error: m.CSTAErrorCode, cause: str, detail: str
) -> None:
    switch = generic()
    id = switch.send(c.HoldCall, connection=ONE)
    switch.reply(error)
    switch.pump()
    assert switch.outcome(id) == CommandRefused(id, cause, detail)


def test_no_answer_in_time_refuses_and_a_late_one_changes_nothing() -> None:
    switch = generic(timeout=10)
    id = switch.send(c.MakeCall, called="4002")
    switch.wait(9.9)
    assert switch.outcome(id) is None
    switch.wait(0.2)
    assert switch.refusal(id) == "noAnswer"
    switch.reply(m.MakeCallResponse(calling_device=WIRE_ONE))
    switch.pump()
    assert switch.refusal(id) == "noAnswer"
    assert switch.driver.counters["unexpectedResponse"] == 1


def test_answers_may_come_in_any_order() -> None:
    switch = generic()
    first = switch.send(c.GetDoNotDisturb, "4001")
    id_of_first = switch.last_id
    second = switch.send(c.GetDoNotDisturb, "4002")
    switch.reply(m.GetDoNotDisturbResponse(do_not_disturb_on=False))
    switch.reply(m.GetDoNotDisturbResponse(do_not_disturb_on=True), id_of_first)
    switch.pump()
    assert (switch.result(first), switch.result(second)) == (True, False)


def test_losing_the_link_refuses_what_is_under_way() -> None:
    switch = generic()
    ids = [switch.send(c.MakeCall, called="4002"), switch.send(c.SnapshotDevice)]
    ids += [switch.send(c.MonitorStart), switch.send(c.MonitorStop)]
    switch.answers.clear()
    ids.append(switch.send(c.MonitorStart, "4002"))
    ids.append(switch.send(c.MonitorStop, "4002"))
    switch.lose()
    assert switch.refusal(ids[0]) == "linkDown"
    assert [switch.refusal(id) for id in ids[4:]] == ["linkDown"] * 2
    assert switch.refusal(switch.send(c.HoldCall, connection=ONE)) == "linkDown"


def test_a_repeated_id_never_asks_twice_and_gets_the_first_outcome() -> None:
    switch = generic()
    id = switch.send(c.MakeCall, called="4002", id="once")
    switch.send(c.MakeCall, called="4002", id="once")
    assert len(switch.asked(m.MakeCall)) == 1
    switch.reply(m.MakeCallResponse(calling_device=WIRE_ONE))
    switch.pump()
    assert switch.outcomes(id) == [CommandDone(id, ONE)]
    switch.send(c.MakeCall, called="4002", id="once")
    assert switch.outcomes(id) == [CommandDone(id, ONE)] * 2
    assert len(switch.asked(m.MakeCall)) == 1


def test_an_answer_of_another_kind_or_that_cannot_be_read_refuses() -> None:
    switch = generic()
    wrong = switch.send(c.GetDoNotDisturb)
    switch.reply(m.HoldCallResponse())
    switch.pump()
    assert switch.outcome(wrong) == CommandRefused(
        wrong, "generic", "answered with HoldCallResponse"
    )
    unreadable = switch.send(c.MakeCall, called="4002")
    switch.bytes(frame(switch.last_id, b"<MakeCallResponse/>"))
    switch.pump()
    assert switch.refusal(unreadable) == "generic"
    unknown = switch.send(c.MakeCall, called="4002")
    switch.bytes(frame(switch.last_id, b"<MakeCoffeeResponse/>"))
    switch.pump()
    assert switch.refusal(unknown) == "generic"
    without_call = switch.send(c.MakeCall, called="4002")
    switch.bytes(frame(switch.last_id, b"<MakeCallResponse><callingDevice/></MakeCallResponse>"))
    switch.pump()
    assert switch.refusal(without_call) == "generic"


def test_a_request_of_the_switch_with_the_number_of_ours_is_not_its_answer() -> None:
    switch = generic()
    id = switch.send(c.GetDoNotDisturb)
    switch.say(m.SystemStatus(), invoke_id=switch.last_id)
    assert switch.outcome(id) is None
    assert switch.responses == [m.SystemStatusResponse()]


def test_a_number_that_xml_cannot_carry_is_refused() -> None:
    switch = generic()
    id = switch.send(c.MakeCall, called="12\x0734")
    assert switch.refusal(id) == "invalidParameterValue"
    assert switch.requests == []


def test_invoke_ids_wrap_before_that_of_events_and_skip_those_in_use() -> None:
    switch = generic(heartbeat=3600)
    old = switch.send(c.GetDoNotDisturb)
    kept = switch.last_id
    seen = set()
    for _ in range(10_100):
        id = switch.send(c.HoldCall, connection=ONE)
        seen.add(switch.last_id)
        switch.reply(m.HoldCallResponse())
        switch.pump()
        assert switch.outcome(id) is not None
        switch.events.clear()
        switch.requests.clear()
    assert seen == set(range(9999)) - {kept}
    switch.reply(m.GetDoNotDisturbResponse(do_not_disturb_on=True), kept)
    switch.pump()
    assert switch.result(old) is True


def test_a_service_refused_for_a_device_is_not_offered_to_it_again() -> None:
    switch = generic()
    id = switch.send(c.SetDoNotDisturb, on=True)
    switch.reply(m.CSTAErrorCode(operation="serviceNotSupported"))
    switch.pump()
    assert switch.refusal(id) == "serviceNotSupported"
    assert c.SetDoNotDisturb not in switch.driver.commands(DeviceId("4001"))
    assert c.SetDoNotDisturb in switch.driver.commands(DeviceId("4002"))
    switch.requests.clear()
    assert switch.refusal(switch.send(c.SetDoNotDisturb, on=True)) == "serviceNotSupported"
    assert switch.requests == []
    switch.lose()
    switch.connect()
    assert c.SetDoNotDisturb in switch.driver.commands(DeviceId("4001"))


def test_the_switch_says_which_services_it_has() -> None:
    switch = Switch(pbx_type="generic", session="off")
    switch.answers[m.GetCSTAFeatures] = m.GetCSTAFeaturesResponse(
        supported_services=m.SupportedServices(
            call_control_serv_list=("makeCall", "answerCall", "singleStepTransfer"),
            logical_serv_list=("setForwarding",),
        )
    )
    switch.connect()
    offered = switch.driver.commands(DeviceId("4001"))
    assert {c.MakeCall, c.AnswerCall, c.SingleStepTransferCall, c.SetForwarding} <= offered
    assert not {c.HoldCall, c.ParkCall, c.GetDoNotDisturb} & offered
    # It said nothing about snapshots, digits and lamps: as the profile has it.
    assert {c.SnapshotDevice, c.GenerateDigits, c.GetMessageWaiting} <= offered


def test_only_forwardings_that_can_be_set_are_offered() -> None:
    device = DeviceId("4001")
    assert len(generic().driver.forwardings(device)) == 9
    assert len(Switch().driver.forwardings(device)) == 3
    switch = Switch()
    switch.answers[m.GetCSTAFeatures] = m.GetCSTAFeaturesResponse(
        supported_services=m.SupportedServices(logical_serv_list=("getForwarding",))
    )
    switch.connect()
    assert switch.driver.forwardings(device) == frozenset()


def test_numbers_longer_than_a_frame_are_refused() -> None:
    switch = generic()
    id = switch.send(c.MakeCall, called="1" * 70_000)
    assert switch.refusal(id) == "invalidParameterValue"
    assert len(write(m.RequestSystemStatus(), 3)) < 200

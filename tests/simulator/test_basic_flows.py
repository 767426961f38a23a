"""Flows 1 to 4: basic calls, the outside, failures, hold. Each monitor's exact sequence."""

import pytest

from tests.simulator.cti import CstaError, at, number
from tests.simulator.wired import wired_cti
from tws.protocols.csta import messages as m
from tws.protocols.csta.message import Request, Response
from tws.protocols.csta.values import DeviceID, connection
from tws.simulator.control import hands
from tws.simulator.switching import features


async def test_basic_call_released_by_the_called() -> None:
    async with wired_cti("4001", "4002") as (_, cti):
        call = await cti.make_call("4001", "4002")
        await cti.answer(call, "4002")
        await cti.clear(call, "4002")
        assert await cti.seen("4001") == [
            "ServiceInitiated 1/4001 initiated makeCall",
            "Originated 1/4001 connected newCall",
            "Delivered 1/4002 connected newCall",
            "Established 1/4002 connected newCall",
            "ConnectionCleared 1/4002 connected normalClearing",
            "ConnectionCleared 1/4001 null normalClearing",
        ]
        assert await cti.seen("4002") == [
            "Delivered 1/4002 alerting newCall",
            "Established 1/4002 connected newCall",
            "ConnectionCleared 1/4002 null normalClearing",
        ]
        assert await cti.snapshot("4001") == []


async def test_parties_of_a_basic_call() -> None:
    async with wired_cti("4002") as (_, cti):
        await cti.make_call("4001", "4002")
        (delivered,) = await cti.heard("4002")
        assert isinstance(delivered, m.DeliveredEvent)
        assert number(delivered.calling_device) == "4001"
        assert number(delivered.called_device) == "4002"
        assert number(delivered.device) == "4002"
        assert delivered.last_redirection_device.not_required
        assert delivered.call_linkage_data is not None


async def test_caller_gives_up_before_the_answer() -> None:
    async with wired_cti("4001", "4002") as (_, cti):
        call = await cti.make_call("4001", "4002")
        await cti.seen("4001")
        await cti.clear(call, "4001")
        assert await cti.seen("4001") == ["ConnectionCleared 1/4001 null normalClearing"]
        assert await cti.seen("4002") == [
            "Delivered 1/4002 alerting newCall",
            "ConnectionCleared 1/4001 alerting normalClearing",
            "ConnectionCleared 1/4002 null callCancelled",
        ]


async def test_prompted_call_dials_when_lifted() -> None:
    async with wired_cti("4001") as (pbx, cti):
        await cti.make_call("4001", "4002", prompt=True)
        assert await cti.seen("4001") == ["ServiceInitiated 1/4001 initiated makeCall"]
        pbx.do(hands.lift, "4001")
        assert await cti.seen("4001") == [
            "Originated 1/4001 connected newCall",
            "Delivered 1/4002 connected newCall",
        ]


async def test_prompted_call_that_nobody_lifts() -> None:
    async with wired_cti("4001", timing={"prompt": 20}) as (pbx, cti):
        await cti.make_call("4001", "4002", prompt=True)
        pbx.pass_time(20)
        assert await cti.seen("4001") == [
            "ServiceInitiated 1/4001 initiated makeCall",
            "ConnectionCleared 1/4001 null callNotAnswered",
        ]


async def test_a_phone_that_is_not_hands_free_prompts_and_is_not_answered_from_afar() -> None:
    phones = [{"number": "1", "hands_free": False}, {"number": "2", "hands_free": False}]
    async with wired_cti("1", phones=phones) as (pbx, cti):
        call = await cti.make_call("1", "2")
        assert await cti.seen("1") == ["ServiceInitiated 1/1 initiated makeCall"]
        pbx.do(hands.lift, "1")
        with pytest.raises(CstaError, match="requestIncompatibleWithDevice"):
            await cti.answer(call, "2")


async def test_offered_and_digits_dialed_where_the_pbx_sends_them() -> None:
    link = {"offered": True, "digits_dialed": True}
    async with wired_cti("4001", "4002", link=link) as (pbx, cti):
        pbx.do(hands.lift, "4001")
        pbx.do(hands.dial, "4001", "4002")
        assert await cti.seen("4001") == [
            "ServiceInitiated 1/4001 initiated keyOperation",
            "DigitsDialed 1/4001 initiated normal",
            "Originated 1/4001 connected newCall",
            "Offered 1/4002 connected newCall",
            "Delivered 1/4002 connected newCall",
        ]
        assert await cti.seen("4002") == [
            "Offered 1/4002 alerting newCall",
            "Delivered 1/4002 alerting newCall",
        ]


async def test_outgoing_external_call() -> None:
    timing = {"outside_progress": 1, "outside_answer": 4}
    async with wired_cti("4001", timing=timing) as (pbx, cti):
        await cti.make_call("4001", "00155171889")
        pbx.pass_time(10)
        events = await cti.heard("4001")
        assert [type(one).__name__ for one in events] == [
            "ServiceInitiatedEvent", "OriginatedEvent", "NetworkReachedEvent", "DeliveredEvent",
            "EstablishedEvent",
        ]  # fmt: skip
        established = events[-1]
        assert isinstance(established, m.EstablishedEvent)
        assert number(established.device) == "T01"
        assert number(established.called_device) == "00155171889"
        assert established.connection == at(established.connection, "T01")
        assert established.local_connection_info == "connected"
        pbx.do(hands.outside_hangs_up, "T01")
        assert await cti.seen("4001") == [
            "ConnectionCleared 1/T01 connected normalClearing",
            "ConnectionCleared 1/4001 null normalClearing",
        ]


async def test_outgoing_call_without_progress() -> None:
    async with wired_cti("4001") as (pbx, cti):
        await cti.make_call("4001", "0012345694")
        pbx.pass_time(1)
        assert [line.split()[0] for line in await cti.seen("4001")][2:] == [
            "NetworkReached",
            "Established",
        ]


@pytest.mark.parametrize(
    ("ends", "cause"),
    [("97", "busy"), ("99", "numberUnallocated"), ("96", "networkCongestion")],
)
async def test_outside_failures(ends: str, cause: str) -> None:
    async with wired_cti("4001", "T01", timing={"tone": 5}) as (pbx, cti):
        await cti.make_call("4001", "00123456" + ends)
        pbx.pass_time(1)
        assert (await cti.seen("4001"))[2:] == [
            "NetworkReached 1/T01 connected newCall",
            f"Failed 1/T01 connected {cause}",
        ]
        assert await cti.snapshot("4001") == [("1", ("connected", "fail"))]
        pbx.pass_time(5)
        assert await cti.seen("4001") == ["ConnectionCleared 1/4001 null normalClearing"]
        assert await cti.snapshot("T01") == []


async def test_no_free_line() -> None:
    async with wired_cti("4001", trunks=0) as (_, cti):
        await cti.make_call("4001", "00155171889")
        assert (await cti.seen("4001"))[2:] == ["Failed 1/00155171889 connected trunksBusy"]


async def test_incoming_external_call() -> None:
    async with wired_cti("4002") as (pbx, cti):
        pbx.call_in("0155171889", "4002", name="Durand")
        (delivered,) = await cti.heard("4002")
        assert isinstance(delivered, m.DeliveredEvent)
        assert number(delivered.calling_device) == "N<00155171889>Durand"
        assert number(delivered.network_calling_device) == "N<00155171889>Durand"
        assert number(delivered.associated_calling_device) == "T01"
        assert number(delivered.called_device) == "4002"
        await cti.answer(delivered.connection, "4002")
        pbx.do(hands.outside_hangs_up, "T01")
        assert await cti.seen("4002") == [
            "Established 1/4002 connected newCall",
            "ConnectionCleared 1/T01 connected normalClearing",
            "ConnectionCleared 1/4002 null normalClearing",
        ]


async def test_a_caller_who_withholds_their_number() -> None:
    async with wired_cti("4002") as (pbx, cti):
        pbx.call_in("0155171889", "4002", name="Durand", restricted=True)
        (delivered,) = await cti.heard("4002")
        assert isinstance(delivered, m.DeliveredEvent)
        assert delivered.calling_device.restricted
        assert delivered.network_calling_device is not None
        assert delivered.network_calling_device.restricted


async def test_busy() -> None:
    phones = [{"from": 10, "count": 3, "lines": 1}]
    async with wired_cti("10", "12", phones=phones, timing={"tone": 5}) as (pbx, cti):
        pbx.do(hands.dial, "11", "12")
        await cti.seen("12")
        await cti.make_call("10", "12")
        assert (await cti.seen("10"))[2:] == ["Failed 2/12 connected busy"]
        assert await cti.seen("12") == []
        assert await cti.snapshot("12") == [("1", ("alerting", "connected"))]
        pbx.pass_time(5)
        assert await cti.seen("10") == ["ConnectionCleared 2/10 null normalClearing"]


async def test_a_caller_left_in_state_fail_where_the_pbx_says_so() -> None:
    async with wired_cti("4001", link={"failing_caller": "fail"}) as (_, cti):
        call = await cti.make_call("4001", "4999")
        assert (await cti.seen("4001"))[2:] == ["Failed 1/4999 fail destNotObtainable"]
        assert await cti.snapshot("4001") == [("1", ("fail", "fail"))]
        await cti.clear(call, "4001")
        assert await cti.seen("4001") == ["ConnectionCleared 1/4001 null normalClearing"]


async def test_ringing_ends_by_itself() -> None:
    async with wired_cti("4001", "4002", timing={"ring": 60}) as (pbx, cti):
        await cti.make_call("4001", "4002")
        await cti.seen("4001")
        pbx.pass_time(60)
        assert await cti.seen("4001") == [
            "ConnectionCleared 1/4002 connected callNotAnswered",
            "ConnectionCleared 1/4001 null normalClearing",
        ]


async def test_hold_and_retrieve() -> None:
    async with wired_cti("4001", "4002") as (_, cti):
        call = await cti.make_call("4001", "4002")
        await cti.answer(call, "4002")
        await cti.seen("4001"), await cti.seen("4002")
        await cti.ask(m.HoldCall(call_to_be_held=call), m.HoldCallResponse)
        assert await cti.snapshot("4002") == [("1", ("connected", "hold"))]
        await cti.ask(m.RetrieveCall(call_to_be_retrieved=call), m.RetrieveCallResponse)
        assert await cti.seen("4001") == [
            "Held 1/4001 hold normal",
            "Retrieved 1/4001 connected normal",
        ]
        assert await cti.seen("4002") == [
            "Held 1/4001 connected normal",
            "Retrieved 1/4001 connected normal",
        ]


async def test_answering_a_second_call_holds_the_first() -> None:
    async with wired_cti("4001") as (_, cti):
        first = await cti.make_call("4001", "4002")
        await cti.answer(first, "4002")
        second = await cti.make_call("4003", "4001")
        await cti.seen("4001")
        await cti.answer(second, "4001")
        assert await cti.seen("4001") == [
            "Held 1/4001 hold normal",
            "Established 2/4001 connected newCall",
        ]


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (m.AnswerCall(call_to_be_answered=connection("77", "4001")), "invalidCallID"),
        (m.SnapshotDevice(snapshot_object=DeviceID("4999")), "operation/invalidDeviceID"),
        (m.MonitorStop(monitor_cross_ref_id="9"), "operation/invalidMonitorCrossRefID"),
        (
            m.MakeCall(calling_device=DeviceID("4999"), called_directory_number=DeviceID("4001")),
            "operation/invalidCallingDeviceID",
        ),
        (
            m.MakeCall(
                calling_device=DeviceID("4001"), called_directory_number=DeviceID("bonjour")
            ),
            "operation/invalidCalledDeviceID",
        ),
        (
            m.CallBackNonCallRelated(
                originating_device=DeviceID("4001"), target_device=DeviceID("4002")
            ),
            "operation/serviceNotSupported",
        ),
    ],
)
async def test_refused_requests(request_: Request, error: str) -> None:
    async with wired_cti() as (_, cti):
        with pytest.raises(CstaError, match=error):
            await cti.ask(request_, Response)


async def test_connection_states_are_checked() -> None:
    async with wired_cti("4001") as (_, cti):
        call = await cti.make_call("4001", "4002")
        with pytest.raises(CstaError, match="noCallToAnswer"):
            await cti.answer(call, "4001")
        with pytest.raises(CstaError, match="invalidConnectionState"):
            await cti.ask(m.HoldCall(call_to_be_held=call), m.HoldCallResponse)
        with pytest.raises(CstaError, match="noHeldCall"):
            await cti.ask(m.RetrieveCall(call_to_be_retrieved=call), m.RetrieveCallResponse)
        with pytest.raises(CstaError, match="connectedCallExists"):
            await cti.make_call("4001", "4003")


async def test_device_ids_are_read_in_any_notation() -> None:
    async with wired_cti("4001") as (_, cti):
        await cti.make_call("N<4001>Alice", "tel:4002;phone-context=x")
        assert (await cti.seen("4001"))[-1] == "Delivered 1/4002 connected newCall"


async def test_unplugged_phone() -> None:
    async with wired_cti("4001", "4002") as (pbx, cti):
        call = await cti.make_call("4001", "4002")
        await cti.answer(call, "4002")
        await cti.seen("4001"), await cti.seen("4002")
        pbx.do(features.unplug, "4002")
        assert await cti.seen("4002") == [
            "ConnectionCleared 1/4002 null destOutOfOrder",
            "OutOfService",
        ]
        assert await cti.seen("4001") == [
            "ConnectionCleared 1/4002 connected destOutOfOrder",
            "ConnectionCleared 1/4001 null normalClearing",
        ]
        await cti.make_call("4001", "4002")
        assert (await cti.seen("4001"))[-1] == "Failed 2/4002 connected destOutOfOrder"
        with pytest.raises(CstaError, match="callingDeviceOutOfService"):
            await cti.make_call("4002", "4003")
        pbx.do(features.plug, "4002")
        assert await cti.seen("4002") == ["BackInService"]


async def test_a_monitor_of_an_unplugged_phone_is_told_so() -> None:
    async with wired_cti() as (pbx, cti):
        pbx.do(features.unplug, "4002")
        await cti.monitor("4002")
        assert await cti.seen("4002") == ["OutOfService"]

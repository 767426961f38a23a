"""Flow 12 and 13: queue, agents, voice mail, message waiting, snapshots."""

import pytest

from tests.simulator.cti import CstaError, at, number
from tests.simulator.wired import wired_cti
from tws.protocols.csta import messages as m
from tws.protocols.csta.values import DeviceID, connection
from tws.simulator.config import from_mapping
from tws.simulator.control import hands
from tws.simulator.switching import queues
from tws.simulator.switching.pbx import Pbx

QUEUES = [
    {
        "number": "7000", "name": "Accueil", "agents": ["4001", "4002"], "ring_time": 10,
        "rest": 20, "max_wait": 100, "overflow": "4005", "max_length": 2,
    }
]  # fmt: skip


def _busy_agents(pbx: Pbx) -> None:
    for agent in ("4001", "4002"):
        queues.set_agent(pbx, agent, logged_on=True, ready=False)


async def test_a_free_agent_gets_the_call() -> None:
    async with wired_cti("4001", "7000", queues=QUEUES) as (pbx, cti):
        pbx.call_in("0155171889", "7000")
        queued, diverted = await cti.heard("7000")
        assert isinstance(queued, m.QueuedEvent)
        assert (queued.cause, queued.local_connection_info) == ("enteringDistribution", "queued")
        assert (queued.number_queued, queued.calls_in_front) == (1, 0)
        assert isinstance(diverted, m.DivertedEvent)
        assert diverted.cause == "distributed"
        assert number(diverted.new_destination) == "4001"
        (delivered,) = await cti.heard("4001")
        assert isinstance(delivered, m.DeliveredEvent)
        assert (delivered.cause, delivered.local_connection_info) == ("distributed", "alerting")
        assert delivered.last_redirection_device.number_dialed == DeviceID("7000")
        assert number(delivered.called_device) == "7000"
        await cti.answer(delivered.connection, "4001")
        assert await cti.seen("4001") == ["Established 1/4001 connected distributed"]


async def test_calls_wait_for_an_agent() -> None:
    async with wired_cti("4002", "7000", queues=QUEUES) as (pbx, cti):
        pbx.do(_busy_agents)
        pbx.call_in("0155171889", "7000")
        pbx.call_in("0155171890", "7000")
        first, second = await cti.heard("7000")
        assert isinstance(first, m.QueuedEvent)
        assert isinstance(second, m.QueuedEvent)
        assert first.cause == second.cause == "noAvailableAgents"
        assert (second.number_queued, second.calls_in_front) == (2, 1)
        request = m.SetAgentState(device=DeviceID("4002"), requested_agent_state="ready")
        await cti.ask(request, m.SetAgentStateResponse)
        assert await cti.seen("4002") == [
            "AgentNotReady", "AgentReady", "Delivered 1/4002 alerting distributed",
        ]  # fmt: skip


async def test_an_agent_who_does_not_answer_loses_the_call_to_another() -> None:
    async with wired_cti("4001", "4002", "7000", queues=QUEUES) as (pbx, cti):
        pbx.call_in("0155171889", "7000")
        await cti.seen("7000")
        pbx.pass_time(10)
        assert await cti.seen("4001") == [
            "Delivered 1/4001 alerting distributed",
            "Diverted 1/4001 null callNotAnswered",
        ]
        assert await cti.seen("4002") == ["Delivered 1/4002 alerting distributed"]
        assert await cti.seen("7000") == [
            "Queued 1/7000 queued callNotAnswered",
            "Diverted 1/7000 null distributed",
        ]
        pbx.pass_time(10)
        assert (await cti.seen("4002"))[-1] == "Diverted 1/4002 null callNotAnswered"
        assert await cti.seen("4001") == []
        pbx.pass_time(10)  # the first agent has rested 20 s
        assert await cti.seen("4001") == ["Delivered 1/4001 alerting distributed"]


async def test_the_caller_gives_up() -> None:
    async with wired_cti("4003", "7000", queues=QUEUES) as (pbx, cti):
        pbx.do(_busy_agents)
        call = await cti.make_call("4003", "7000")
        assert (await cti.seen("4003"))[2:] == ["Queued 1/7000 connected noAvailableAgents"]
        assert await cti.snapshot("7000") == [("1", ("queued", "connected"))]
        await cti.clear(call, "4003")
        assert await cti.seen("7000") == [
            "Queued 1/7000 queued noAvailableAgents",
            "ConnectionCleared 1/4003 queued normalClearing",
            "ConnectionCleared 1/7000 null callCancelled",
        ]
        assert await cti.snapshot("7000") == []


async def test_overflow_by_time_and_by_length() -> None:
    async with wired_cti("4005", "7000", queues=QUEUES) as (pbx, cti):
        pbx.do(_busy_agents)
        for _ in range(3):
            pbx.call_in("0155171889", "7000")
        assert await cti.seen("4005") == ["Delivered 3/4005 alerting overflow"]
        pbx.pass_time(100)
        assert await cti.seen("4005") == [
            "Delivered 1/4005 alerting overflow",
            "Delivered 2/4005 alerting overflow",
        ]
        assert (await cti.seen("7000"))[2:] == [
            "Diverted 1/7000 null queueTimeOverflow",
            "Diverted 2/7000 null queueTimeOverflow",
        ]


async def test_deflecting_a_waiting_call() -> None:
    async with wired_cti("4006", queues=QUEUES) as (pbx, cti):
        pbx.do(_busy_agents)
        call = await cti.make_call("4003", "7000")
        request = m.DeflectCall(
            call_to_be_diverted=at(call, "7000"), new_destination=(DeviceID("4006"),)
        )
        await cti.ask(request, m.DeflectCallResponse)
        assert await cti.seen("4006") == ["Delivered 1/4006 alerting redirected"]


async def test_agent_states() -> None:
    async with wired_cti("4001", queues=QUEUES) as (pbx, cti):
        for state in ("notReady", "ready", "loggedOff", "loggedOn"):
            request = m.SetAgentState(device=DeviceID("4001"), requested_agent_state=state)
            await cti.ask(request, m.SetAgentStateResponse)
        heard = await cti.heard("4001")
        assert [type(one).__name__ for one in heard] == [
            "AgentNotReadyEvent", "AgentReadyEvent", "AgentLoggedOffEvent", "AgentLoggedOnEvent",
            "AgentReadyEvent",
        ]  # fmt: skip
        assert isinstance(heard[0], m.AgentNotReadyEvent)
        assert heard[0].acd_group == DeviceID("7000")
        pbx.do(hands.lift, "4001")
        answer = await cti.ask(m.GetAgentState(device=DeviceID("4001")), m.GetAgentStateResponse)
        (entry,) = answer.agent_state_list
        assert entry.agent_info is not None
        assert entry.agent_info[0].agent_state == "agentBusy"


async def test_voice_mail_takes_a_message_and_the_lamp_tells() -> None:
    async with wired_cti("4002") as (pbx, cti):
        request = m.SetForwarding(
            device=DeviceID("4002"), forwarding_type="forwardNoAns", activate_forward=True,
            forward_dn=DeviceID("7770"), ring_count=2,
        )  # fmt: skip
        await cti.ask(request, m.SetForwardingResponse)
        line = pbx.call_in("0155171889", "4002")
        pbx.pass_time(30)
        pbx.do(hands.outside_hangs_up, line)
        assert await cti.seen("4002") == [
            "Forwarding forwardNoAns True 7770",
            "Delivered 1/4002 alerting newCall",
            "Diverted 1/4002 null callForwardNoAnswer",
            "MessageWaiting True",
        ]
        lamp = await cti.ask(
            m.GetMessageWaitingIndicator(device=DeviceID("4002")),
            m.GetMessageWaitingIndicatorResponse,
        )
        assert lamp.message_waiting_on and lamp.device_for_message == DeviceID("7770")
        call = await cti.make_call("4002", "7770")
        pbx.pass_time(2)
        await cti.clear(call, "4002")
        assert [line.split()[0] for line in await cti.seen("4002")] == [
            "ServiceInitiated", "Originated", "Delivered", "Established", "ConnectionCleared",
            "MessageWaiting",
        ]  # fmt: skip
        assert pbx.exchange.pbx.phones["4002"].messages == 0


async def test_the_lamp_can_be_set() -> None:
    async with wired_cti("4002") as (_, cti):
        for on in (True, True, False):
            request = m.SetMessageWaitingIndicator(device=DeviceID("4002"), message_waiting_on=on)
            await cti.ask(request, m.SetMessageWaitingIndicatorResponse)
        assert await cti.seen("4002") == ["MessageWaiting True", "MessageWaiting False"]


async def test_snapshot_of_a_call() -> None:
    async with wired_cti() as (pbx, cti):
        pbx.call_in("0155171889", "4002")
        answer = await cti.ask(
            m.SnapshotCall(snapshot_object=connection("1", "4002")), m.SnapshotCallResponse
        )
        assert answer.result is not None
        assert answer.result.snapshot_data is not None
        states = {
            number(one.device_on_call): one.local_connection_info
            for one in answer.result.snapshot_data
        }
        assert states == {"T01": "connected", "4002": "alerting"}
        assert number(answer.calling_device) == "00155171889"


async def test_the_list_of_devices_comes_in_segments() -> None:
    phones = [{"from": 10000, "count": 250}]
    async with wired_cti(phones=phones) as (_, cti):
        request = m.GetSwitchingFunctionDevices(requested_device_category="station")
        await cti.ask(request, m.GetSwitchingFunctionDevicesResponse)
        await cti.ask(m.RequestSystemStatus(), m.RequestSystemStatusResponse)
        parts = [one for one in cti.asked if isinstance(one, m.SwitchingFunctionDevices)]
        assert [part.last_segment for part in parts] == [False, False, True]
        assert sum(len(part.device_list) for part in parts) == 250


async def test_what_the_switch_offers() -> None:
    async with wired_cti() as (_, cti):
        features = await cti.ask(m.GetCSTAFeatures(), m.GetCSTAFeaturesResponse)
        offered = features.supported_services
        assert offered is not None
        assert set(offered.call_control_serv_list or ()) >= {
            "makeCall", "singleStepTransfer", "groupPickupCall", "parkCall",
        }  # fmt: skip
        assert set(offered.logical_serv_list or ()) >= {"setForwarding", "setDoNotDisturb"}
        assert "setMessageWaitingIndicator" in (offered.phys_dev_serv_list or ())


async def test_services_that_the_switch_has_not() -> None:
    async with wired_cti(link={"without": ["HoldCall", "SingleStepTransferCall"]}) as (_, cti):
        features = await cti.ask(m.GetCSTAFeatures(), m.GetCSTAFeaturesResponse)
        assert features.supported_services is not None
        listed = set(features.supported_services.call_control_serv_list or ())
        assert not listed & {"holdCall", "singleStepTransfer"}
        assert {"retrieveCall", "transferCall"} <= listed
        call = await cti.make_call("4001", "4002")
        with pytest.raises(CstaError, match="operation/serviceNotSupported"):
            await cti.ask(m.HoldCall(call_to_be_held=call), m.HoldCallResponse)


def test_a_service_that_is_none_is_said() -> None:
    with pytest.raises(ValueError, match=r"link\.without: Juggle is no service"):
        from_mapping({"link": {"without": ["HoldCall", "Juggle"]}})

"""Flows 5 to 7 and the recall of 14: consultation, transfer, blind transfer, conference."""

import pytest

from tests.simulator.cti import CstaError, Cti, at, number
from tests.simulator.wired import wired_cti
from tws.protocols.csta import messages as m
from tws.protocols.csta.values import ConnectionID, DeviceID
from tws.simulator.control import hands


async def _talk(cti: Cti, calling: str, called: str) -> ConnectionID:
    call = await cti.make_call(calling, called)
    await cti.answer(call, called)
    return call


async def _consulting(cti: Cti, *, answered: bool = True) -> tuple[ConnectionID, ConnectionID]:
    """4001 talks to 4002, holds, and calls 4003; what was heard until then is thrown away."""
    first = await _talk(cti, "4001", "4002")
    second = await cti.consult(first, "4001", "4003")
    if answered:
        await cti.answer(second, "4003")
    for device in ("4001", "4002", "4003"):
        await cti.seen(device)
    return first, second


async def _transfer(cti: Cti, held: ConnectionID, active: ConnectionID) -> ConnectionID | None:
    request = m.TransferCall(held_call=held, active_call=active)
    return (await cti.ask(request, m.TransferCallResponse)).transferred_call


async def test_consultation_and_transfer() -> None:
    async with wired_cti("4001", "4002", "4003") as (_, cti):
        first = await _talk(cti, "4001", "4002")
        for device in ("4001", "4002"):
            await cti.seen(device)
        second = await cti.consult(first, "4001", "4003")
        await cti.answer(second, "4003")
        assert await cti.seen("4001") == [
            "Held 1/4001 hold consultation",
            "ServiceInitiated 2/4001 initiated consultation",
            "Originated 2/4001 connected consultation",
            "Delivered 2/4003 connected newCall",
            "Established 2/4003 connected newCall",
        ]
        assert await _transfer(cti, first, second) == at(second, "4003")
        assert await cti.seen("4001") == [
            "Transfered 1/4001+2/4001>2/4003,2/4002 null transfer",
        ]
        assert await cti.seen("4002") == [
            "Held 1/4001 connected consultation",
            "Transfered 1/4001+2/4001>2/4003,2/4002 connected transfer",
        ]
        assert await cti.seen("4003") == [
            "Delivered 2/4003 alerting newCall",
            "Established 2/4003 connected newCall",
            "Transfered 1/4001+2/4001>2/4003,2/4002 connected transfer",
        ]
        assert await cti.snapshot("4001") == []
        assert await cti.snapshot("4002") == [("2", ("connected", "connected"))]


@pytest.mark.parametrize(("habit", "call"), [("secondary", "2"), ("primary", "1"), ("new", "3")])
async def test_whose_call_id_remains(habit: str, call: str) -> None:
    async with wired_cti("4001", "4002", "4003", link={"joined_call": habit}) as (_, cti):
        first, second = await _consulting(cti)
        await _transfer(cti, first, second)
        assert [one for one, _ in await cti.snapshot("4002")] == [call]
        assert [one for one, _ in await cti.snapshot("4003")] == [call]
        (transferred,) = await cti.heard("4003")
        assert isinstance(transferred, m.TransferedEvent)
        old = {
            one.endpoint.device_id.text: one.old_connection
            for one in transferred.connections
            if one.endpoint and one.endpoint.device_id
        }
        assert old == {"4002": at(first, "4002"), "4003": at(second, "4003")}


async def test_transfer_while_it_rings() -> None:
    async with wired_cti("4001", "4002", "4003") as (_, cti):
        first, second = await _consulting(cti, answered=False)
        await _transfer(cti, first, second)
        assert await cti.seen("4003") == [
            "Transfered 1/4001+2/4001>2/4003,2/4002 alerting transfer",
        ]
        await cti.seen("4002")
        await cti.answer(second, "4003")
        assert await cti.seen("4002") == ["Established 2/4003 connected newCall"]


async def test_transfer_that_nobody_answers_comes_back() -> None:
    devices = ("4001", "4002", "4003")
    async with wired_cti(*devices, timing={"transfer_recall": 20}) as (pbx, cti):
        first, second = await _consulting(cti, answered=False)
        await _transfer(cti, first, second)
        for device in devices:
            await cti.seen(device)
        pbx.pass_time(20)
        assert await cti.seen("4003") == ["Diverted 2/4003 null recallNoAnswer"]
        assert await cti.seen("4001") == ["Delivered 2/4001 alerting recallNoAnswer"]
        assert await cti.seen("4002") == [
            "Diverted 2/4003 connected recallNoAnswer",
            "Delivered 2/4001 connected recallNoAnswer",
        ]
        await cti.answer(second, "4001")
        assert await cti.seen("4002") == ["Established 2/4001 connected recallNoAnswer"]


async def test_alternate() -> None:
    async with wired_cti("4001", "4002", "4003") as (_, cti):
        first, second = await _consulting(cti)
        request = m.AlternateCall(held_call=first, active_call=second)
        await cti.ask(request, m.AlternateCallResponse)
        assert await cti.seen("4001") == [
            "Held 2/4001 hold alternate",
            "Retrieved 1/4001 connected alternate",
        ]
        assert await cti.snapshot("4001") == [
            ("1", ("connected", "connected")),
            ("2", ("hold", "connected")),
        ]


async def test_reconnect() -> None:
    async with wired_cti("4001", "4002", "4003") as (_, cti):
        first, second = await _consulting(cti)
        request = m.ReconnectCall(active_call=second, held_call=first)
        await cti.ask(request, m.ReconnectCallResponse)
        assert await cti.seen("4001") == [
            "ConnectionCleared 2/4001 null normalClearing",
            "Retrieved 1/4001 connected normal",
        ]
        assert await cti.seen("4003") == [
            "ConnectionCleared 2/4001 connected normalClearing",
            "ConnectionCleared 2/4003 null normalClearing",
        ]


async def test_blind_transfer() -> None:
    async with wired_cti("4001", "4002", "4003") as (_, cti):
        call = await _talk(cti, "4001", "4002")
        for device in ("4001", "4002"):
            await cti.seen(device)
        request = m.SingleStepTransferCall(active_call=call, transferred_to=DeviceID("4003"))
        response = await cti.ask(request, m.SingleStepTransferCallResponse)
        assert response.transferred_call == at(call, "4003")
        await cti.answer(call, "4003")
        assert await cti.seen("4001") == [
            "Transfered 1/4001>1/4002 null singleStepTransfer",
        ]
        assert await cti.seen("4002") == [
            "Transfered 1/4001>1/4002 connected singleStepTransfer",
            "Delivered 1/4003 connected singleStepTransfer",
            "Established 1/4003 connected singleStepTransfer",
        ]
        delivered, established = await cti.heard("4003")
        assert isinstance(delivered, m.DeliveredEvent)
        assert delivered.local_connection_info == "alerting"
        assert delivered.last_redirection_device.number_dialed == DeviceID("4001")
        assert number(delivered.calling_device) == "4002"
        assert number(delivered.called_device) == "4003"
        assert isinstance(established, m.EstablishedEvent)


async def test_blind_transfer_of_an_outside_caller_to_the_outside() -> None:
    async with wired_cti("4001") as (pbx, cti):
        pbx.call_in("0155171889", "4001")
        (delivered,) = await cti.heard("4001")
        assert isinstance(delivered, m.DeliveredEvent)
        await cti.answer(delivered.connection, "4001")
        own = at(delivered.connection, "4001")
        request = m.SingleStepTransferCall(active_call=own, transferred_to=DeviceID("00612345678"))
        await cti.ask(request, m.SingleStepTransferCallResponse)
        pbx.pass_time(30)
        assert [one.device for call in pbx.exchange.pbx.calls.values() for one in
                call.legs.values()] == ["T01", "T02"]  # fmt: skip
        pbx.do(hands.outside_hangs_up, "T01")
        assert not pbx.exchange.pbx.calls


async def test_blind_transfer_to_somebody_busy_comes_back() -> None:
    phones = [{"from": 10, "count": 4, "lines": 2}, {"number": "20", "lines": 1}]
    async with wired_cti("10", "11", phones=phones) as (pbx, cti):
        pbx.do(hands.dial, "13", "20")
        call = await _talk(cti, "10", "11")
        await cti.seen("10"), await cti.seen("11")
        request = m.SingleStepTransferCall(active_call=call, transferred_to=DeviceID("20"))
        await cti.ask(request, m.SingleStepTransferCallResponse)
        assert await cti.seen("10") == [
            "Transfered 2/10>2/11 null singleStepTransfer",
            "Delivered 2/10 alerting recallBusy",
        ]
        with pytest.raises(CstaError, match="invalidDestination"):
            await cti.answer(call, "10")
            request = m.SingleStepTransferCall(active_call=call, transferred_to=DeviceID("99"))
            await cti.ask(request, m.SingleStepTransferCallResponse)


async def test_conference() -> None:
    async with wired_cti("4001", "4002", "4003") as (pbx, cti):
        first, second = await _consulting(cti)
        request = m.ConferenceCall(held_call=first, active_call=second)
        response = await cti.ask(request, m.ConferenceCallResponse)
        assert response.conference_call == at(second, "4001")
        told = "Conferenced 1/4001+2/4001>2/4001,2/4003,2/4002 connected conference"
        for device in ("4001", "4002", "4003"):
            assert await cti.seen(device) == [told]
        (snapshot,) = await cti.snapshot("4002")
        assert snapshot == ("2", ("connected", "connected", "connected"))
        pbx.do(hands.hang_up, "4003")
        assert await cti.seen("4001") == ["ConnectionCleared 2/4003 connected normalClearing"]
        assert await cti.seen("4002") == ["ConnectionCleared 2/4003 connected normalClearing"]
        pbx.do(hands.hang_up, "4001")
        assert await cti.seen("4002") == [
            "ConnectionCleared 2/4001 connected normalClearing",
            "ConnectionCleared 2/4002 null normalClearing",
        ]


async def test_conference_with_a_party_that_still_rings_is_refused() -> None:
    async with wired_cti("4001", "4002", "4003") as (_, cti):
        first, second = await _consulting(cti, answered=False)
        with pytest.raises(CstaError, match="invalidActiveConnectionState"):
            request = m.ConferenceCall(held_call=first, active_call=second)
            await cti.ask(request, m.ConferenceCallResponse)


async def test_conference_is_no_larger_than_the_pbx_can() -> None:
    async with wired_cti("4001", "4002", "4003", conference_size=2) as (_, cti):
        first, second = await _consulting(cti)
        with pytest.raises(CstaError, match="conferenceMemberLimitExceeded"):
            request = m.ConferenceCall(held_call=first, active_call=second)
            await cti.ask(request, m.ConferenceCallResponse)


async def test_single_step_conference() -> None:
    async with wired_cti("4001", "4002", "4003") as (_, cti):
        call = await _talk(cti, "4001", "4002")
        await cti.seen("4001")
        request = m.SingleStepConferenceCall(
            active_call=call, device_to_join=DeviceID("4003"), participation_type="silent"
        )
        response = await cti.ask(request, m.SingleStepConferenceCallResponse)
        assert response.conferenced_call == at(call, "4003")
        await cti.answer(call, "4003")
        assert await cti.seen("4001") == [
            "Delivered 1/4003 connected singleStepConference",
            "Established 1/4003 connected singleStepConference",
            "Conferenced 1/4001>1/4001,1/4002,1/4003 connected singleStepConference",
        ]
        assert await cti.seen("4003") == [
            "Delivered 1/4003 alerting singleStepConference",
            "Established 1/4003 connected singleStepConference",
            "Conferenced 1/4001>1/4001,1/4002,1/4003 connected singleStepConference",
        ]


async def test_a_call_cannot_be_transferred_to_itself() -> None:
    async with wired_cti("4001", "4002") as (_, cti):
        first = await _talk(cti, "4001", "4002")
        second = await cti.consult(first, "4001", "4002")
        with pytest.raises(CstaError, match="invalidActiveConnectionState"):
            await _transfer(cti, first, second)


async def test_two_connections_of_two_phones_do_not_go_together() -> None:
    async with wired_cti("4001", "4002", "4003") as (_, cti):
        first, second = await _consulting(cti)
        with pytest.raises(CstaError, match="notSameDevice"):
            await _transfer(cti, first, at(second, "4003"))


async def test_digits_reach_the_other_party() -> None:
    async with wired_cti("4001") as (pbx, cti):
        call = await _talk(cti, "4001", "4002")
        request = m.GenerateDigits(connection_to_send_digits=call, characters_to_send="12#*9")
        await cti.ask(request, m.GenerateDigitsResponse)
        assert pbx.exchange.pbx.legs("4002")[0].heard == "12#*9"
        with pytest.raises(CstaError, match="charactersToSendNotSupported"):
            request = m.GenerateDigits(connection_to_send_digits=call, characters_to_send="1 2")
            await cti.ask(request, m.GenerateDigitsResponse)

"""Flows 8 to 11 and 14: deflection, forwarding, do not disturb, pickup, park."""

import pytest

from tests.simulator.cti import CstaError, Cti, at, number
from tests.simulator.wired import wired_cti
from tws.protocols.csta import messages as m
from tws.protocols.csta.values import ConnectionID, DeviceID
from tws.simulator.control import hands


async def _forward(
    cti: Cti,
    device: str,
    kind: str,
    to: str | None,
    *,
    on: bool = True,
    rings: int | None = None,
) -> None:
    request = m.SetForwarding(
        device=DeviceID(device),
        forwarding_type=kind,
        activate_forward=on,
        forward_dn=DeviceID(to) if to is not None else None,
        ring_count=rings,
    )
    await cti.ask(request, m.SetForwardingResponse)


async def _deflect(cti: Cti, call: ConnectionID, device: str, to: str) -> None:
    request = m.DeflectCall(call_to_be_diverted=at(call, device), new_destination=(DeviceID(to),))
    await cti.ask(request, m.DeflectCallResponse)


async def test_deflect() -> None:
    async with wired_cti("4001", "4002", "4003") as (_, cti):
        call = await cti.make_call("4001", "4002")
        await cti.seen("4001"), await cti.seen("4002")
        await _deflect(cti, call, "4002", "4003")
        (diverted,) = await cti.heard("4002")
        assert isinstance(diverted, m.DivertedEvent)
        assert (diverted.local_connection_info, diverted.cause) == ("null", "redirected")
        assert number(diverted.device) == "4002"
        assert number(diverted.new_destination) == "4003"
        (delivered,) = await cti.heard("4003")
        assert isinstance(delivered, m.DeliveredEvent)
        assert delivered.cause == "redirected"
        assert delivered.last_redirection_device.number_dialed == DeviceID("4002")
        assert number(delivered.called_device) == "4002"
        assert await cti.seen("4001") == [
            "Diverted 1/4002 connected redirected",
            "Delivered 1/4003 connected redirected",
        ]


@pytest.mark.parametrize("edition", [3, 4, 5, 6])
async def test_every_edition_is_spoken(edition: int) -> None:
    async with wired_cti(link={"edition": edition}) as (pbx, _):
        async with pbx.cti("4001", "4002", edition=edition) as cti:
            call = await cti.make_call("4001", "4002")
            await _deflect(cti, call, "4002", "4003")
            assert (await cti.seen("4001"))[-1] == "Delivered 1/4003 connected redirected"
            heard = await cti.heard("4002")
            assert {one.edition for one in heard} == {edition}
            assert not [one.notes for one in heard if one.notes]


async def test_deflect_to_nowhere_is_refused() -> None:
    async with wired_cti("4002") as (_, cti):
        call = await cti.make_call("4001", "4002")
        for to in ("4002", "4999", "4001"):
            with pytest.raises(CstaError, match="operation/invalidDestination"):
                await _deflect(cti, call, "4002", to)
        await cti.answer(call, "4002")
        with pytest.raises(CstaError, match="invalidConnectionState"):
            await _deflect(cti, call, "4002", "4003")


async def test_immediate_forwarding() -> None:
    async with wired_cti("4001", "4002", "4003") as (_, cti):
        await _forward(cti, "4002", "forwardImmediate", "4003")
        assert await cti.seen("4002") == ["Forwarding forwardImmediate True 4003"]
        await cti.make_call("4001", "4002")
        assert (await cti.seen("4001"))[2:] == [
            "Delivered 1/4003 connected callForwardImmediate",
        ]
        assert await cti.seen("4002") == []
        (delivered,) = await cti.heard("4003")
        assert isinstance(delivered, m.DeliveredEvent)
        assert number(delivered.called_device) == "4002"
        assert delivered.last_redirection_device.number_dialed == DeviceID("4002")
        await _forward(cti, "4002", "forwardImmediate", None, on=False)
        assert await cti.seen("4002") == ["Forwarding forwardImmediate False 4003"]


async def test_forwarding_on_no_answer() -> None:
    async with wired_cti("4001", "4002", "4003") as (pbx, cti):
        await _forward(cti, "4002", "forwardNoAns", "4003", rings=2)
        await cti.make_call("4001", "4002")
        pbx.pass_time(9)
        assert (await cti.seen("4002"))[1:] == ["Delivered 1/4002 alerting newCall"]
        pbx.pass_time(1)
        assert await cti.seen("4002") == ["Diverted 1/4002 null callForwardNoAnswer"]
        assert await cti.seen("4003") == ["Delivered 1/4003 alerting callForwardNoAnswer"]


async def test_forwarding_on_busy() -> None:
    phones = [{"from": 10, "count": 4, "lines": 1}]
    async with wired_cti("10", "11", "12", phones=phones) as (pbx, cti):
        await _forward(cti, "11", "forwardBusy", "12")
        pbx.do(hands.dial, "13", "11")
        await cti.seen("11")
        await cti.make_call("10", "11")
        assert (await cti.seen("10"))[2:] == ["Delivered 2/12 connected callForwardBusy"]
        assert await cti.seen("12") == ["Delivered 2/12 alerting callForwardBusy"]
        assert await cti.seen("11") == []


async def test_forwarding_of_internal_and_of_external_calls() -> None:
    async with wired_cti("4003", "4004") as (pbx, cti):
        await _forward(cti, "4002", "forwardImmInt", "4003")
        await _forward(cti, "4002", "forwardImmExt", "4004")
        await cti.make_call("4001", "4002")
        assert await cti.seen("4003") == ["Delivered 1/4003 alerting callForwardImmediate"]
        pbx.call_in("0155171889", "4002")
        assert await cti.seen("4004") == ["Delivered 2/4004 alerting callForwardImmediate"]
        request = m.GetForwarding(device=DeviceID("4002"))
        listed = (await cti.ask(request, m.GetForwardingResponse)).forwarding_list
        assert [
            (one.forwarding_type, one.forward_status, one.forward_dn and one.forward_dn.text)
            for one in listed
        ] == [("forwardImmInt", True, "4003"), ("forwardImmExt", True, "4004")]


async def test_forwarding_to_the_outside() -> None:
    async with wired_cti("4001") as (_, cti):
        await _forward(cti, "4002", "forwardImmediate", "00612345678")
        await cti.make_call("4001", "4002")
        assert (await cti.seen("4001"))[2:] == [
            "NetworkReached 1/T01 connected callForwardImmediate",
        ]


async def test_forwarding_in_a_circle_fails() -> None:
    async with wired_cti("4001") as (_, cti):
        await _forward(cti, "4002", "forwardImmediate", "4003")
        await _forward(cti, "4003", "forwardImmediate", "4002")
        await cti.make_call("4001", "4002")
        assert (await cti.seen("4001"))[2:] == ["Failed 1/4002 connected blocked"]


async def test_wrong_forwardings_are_refused() -> None:
    async with wired_cti() as (_, cti):
        for to in ("4002", "4999", "7901"):
            with pytest.raises(CstaError, match="invalidForwardingDestination"):
                await _forward(cti, "4002", "forwardImmediate", to)
        with pytest.raises(CstaError, match="invalidForwardingType"):
            await _forward(cti, "4002", "forwardNever", "4003")


async def test_do_not_disturb() -> None:
    async with wired_cti("4001", "4002") as (_, cti):
        request = m.SetDoNotDisturb(device=DeviceID("4002"), do_not_disturb_on=True)
        await cti.ask(request, m.SetDoNotDisturbResponse)
        assert await cti.seen("4002") == ["DoNotDisturb True"]
        await cti.make_call("4001", "4002")
        assert (await cti.seen("4001"))[2:] == ["Failed 1/4002 connected doNotDisturb"]
        assert await cti.seen("4002") == []
        answer = await cti.ask(
            m.GetDoNotDisturb(device=DeviceID("4002")), m.GetDoNotDisturbResponse
        )
        assert answer.do_not_disturb_on


async def test_do_not_disturb_sends_calls_elsewhere() -> None:
    async with wired_cti("4003", "4004") as (pbx, cti):
        await _forward(cti, "4002", "forwardDND", "4003")
        await _forward(cti, "4002", "forwardDNDExt", "4004")
        await cti.make_call("4001", "4002")  # it is not asked for yet: 4002 rings
        assert await cti.seen("4003") == []
        request = m.SetDoNotDisturb(device=DeviceID("4002"), do_not_disturb_on=True)
        await cti.ask(request, m.SetDoNotDisturbResponse)
        await cti.make_call("4005", "4002")
        assert await cti.seen("4003") == ["Delivered 2/4003 alerting doNotDisturb"]
        pbx.call_in("0155171889", "4002")
        (delivered,) = await cti.heard("4004")
        assert isinstance(delivered, m.DeliveredEvent)
        assert delivered.cause == "doNotDisturb"
        assert delivered.last_redirection_device.number_dialed == DeviceID("4002")


async def test_directed_pickup() -> None:
    async with wired_cti("4001", "4002", "4101") as (_, cti):
        call = await cti.make_call("4001", "4002")
        await cti.seen("4001"), await cti.seen("4002")
        request = m.DirectedPickupCall(
            call_to_be_picked_up=at(call, "4002"), requesting_device=DeviceID("4101")
        )
        response = await cti.ask(request, m.DirectedPickupCallResponse)
        assert response.picked_call == at(call, "4101")
        assert await cti.seen("4001") == [
            "Diverted 1/4002 connected callPickup",
            "Established 1/4101 connected callPickup",
        ]
        assert await cti.seen("4002") == ["Diverted 1/4002 null callPickup"]
        (established,) = await cti.heard("4101")
        assert isinstance(established, m.EstablishedEvent)
        assert established.local_connection_info == "connected"
        assert established.last_redirection_device.number_dialed == DeviceID("4002")
        with pytest.raises(CstaError, match="noCallToAnswer"):
            request = m.DirectedPickupCall(
                call_to_be_picked_up=at(call, "4101"), requesting_device=DeviceID("4003")
            )
            await cti.ask(request, m.DirectedPickupCallResponse)


async def test_group_pickup_takes_what_rang_longest() -> None:
    async with wired_cti("4005") as (pbx, cti):
        pbx.do(hands.dial, "4101", "4002")
        pbx.pass_time(1)
        pbx.do(hands.dial, "4102", "4003")
        request = m.GroupPickupCall(new_destination=DeviceID("4005"))
        response = await cti.ask(request, m.GroupPickupCallResponse)
        assert response.picked_call == at(ConnectionID("1"), "4005")
        assert await cti.seen("4005") == ["Established 1/4005 connected callPickup"]
        request = m.GroupPickupCall(new_destination=DeviceID("4103"), pick_group=DeviceID("7801"))
        response = await cti.ask(request, m.GroupPickupCallResponse)
        assert response.picked_call == at(ConnectionID("2"), "4103")
        with pytest.raises(CstaError, match="noCallToAnswer"):
            await cti.ask(
                m.GroupPickupCall(new_destination=DeviceID("4006")), m.GroupPickupCallResponse
            )


async def _parked(cti: Cti) -> ConnectionID:
    call = await cti.make_call("4001", "4002")
    await cti.answer(call, "4002")
    await cti.seen("4001"), await cti.seen("4002")
    response = await cti.ask(m.ParkCall(parking=at(call, "4002")), m.ParkCallResponse)
    assert response.parked_to == at(call, "7901")
    return call


async def test_park_and_fetch() -> None:
    async with wired_cti("4001", "4002", "4003", "7901") as (_, cti):
        call = await _parked(cti)
        assert await cti.seen("4002") == ["Diverted 1/4002 null park"]
        assert await cti.seen("4001") == [
            "Diverted 1/4002 connected park",
            "Queued 1/7901 connected park",
        ]
        assert await cti.seen("7901") == ["Queued 1/7901 queued park"]
        request = m.DirectedPickupCall(
            call_to_be_picked_up=at(call, "7901"), requesting_device=DeviceID("4003")
        )
        await cti.ask(request, m.DirectedPickupCallResponse)
        assert await cti.seen("4003") == ["Established 1/4003 connected callPickup"]
        assert await cti.snapshot("7901") == []


async def test_park_is_fetched_by_dialling_it() -> None:
    async with wired_cti("4001", "4002", "4003") as (_, cti):
        await _parked(cti)
        await cti.make_call("4003", "7901")
        assert await cti.seen("4003") == [
            "ServiceInitiated 2/4003 initiated makeCall",
            "Originated 2/4003 connected newCall",
            "ConnectionCleared 2/4003 null normal",
            "Established 1/4003 connected callPickup",
        ]


async def test_a_parked_call_that_nobody_fetches_comes_back() -> None:
    async with wired_cti("4001", "4002", timing={"park_recall": 60}) as (pbx, cti):
        await _parked(cti)
        pbx.pass_time(60)
        assert (await cti.seen("4002"))[1:] == ["Delivered 1/4002 alerting recall"]
        assert (await cti.seen("4001"))[2:] == [
            "Diverted 1/7901 connected recall",
            "Delivered 1/4002 connected recall",
        ]


async def test_park_places_are_counted() -> None:
    async with wired_cti("4001", "4002", park_places=[]) as (_, cti):
        call = await cti.make_call("4001", "4002")
        await cti.answer(call, "4002")
        with pytest.raises(CstaError, match="resourceBusy"):
            await cti.ask(m.ParkCall(parking=at(call, "4002")), m.ParkCallResponse)

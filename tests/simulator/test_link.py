"""The link itself: sessions, registration, heartbeats, monitors, TLS, every kind of rubbish."""

import asyncio
import random
import ssl
from pathlib import Path

import pytest

from tests.simulator.cti import CstaError, Cti
from tests.simulator.wired import wired, wired_cti
from tws.protocols.csta import EVENT, frame, namespace, write
from tws.protocols.csta import messages as m
from tws.protocols.csta.session import ApplicationInfo
from tws.protocols.csta.system_status import RequestTypes
from tws.protocols.csta.values import DeviceID, Opaque
from tws.simulator.control import hands
from tws.simulator.link.misbehaviour import Garbage, garbage
from tws.simulator.switching import features

_CREDENTIALS = "<l><userName>{user}</userName><password>{password}</password></l>"


def _start(user: str = "", password: str = "", edition: int = 4) -> m.StartApplicationSession:
    given = Opaque.of(
        f"<applicationSpecificInfo>{_CREDENTIALS.format(user=user, password=password)}"
        "</applicationSpecificInfo>"
    )
    return m.StartApplicationSession(
        application_info=ApplicationInfo("tests", given if user else None),
        requested_protocol_versions=(namespace(edition),),
        requested_session_duration=100,
    )


async def _register(cti: Cti) -> None:
    request = m.SystemRegister(request_types=RequestTypes(True, False))
    await cti.ask(request, m.SystemRegisterResponse)


# ---------------------------------------------------------------- sessions


async def test_session_is_granted_renewed_and_ends() -> None:
    link = {"session": "required", "session_duration": 60}
    async with wired_cti(link=link) as (pbx, cti):
        with pytest.raises(CstaError, match="security/generic"):
            await cti.monitor("4001")
        started = await cti.ask(_start(), m.StartApplicationSessionPosResponse)
        assert started.actual_session_duration == 60
        assert started.actual_protocol_version == namespace(4)
        await cti.monitor("4001")
        pbx.pass_time(50)
        renew = m.ResetApplicationSessionTimer(
            session_id=started.session_id, requested_session_duration=100
        )
        await cti.ask(renew, m.ResetApplicationSessionTimerPosResponse)
        pbx.pass_time(50)
        assert len(pbx.exchange.monitors) == 1
        pbx.pass_time(10)
        ended = await cti.asked_for(m.ApplicationSessionTerminated)
        assert isinstance(ended, m.ApplicationSessionTerminated)
        assert ended.session_term_reason.value == "sessionTimerExpired"
        assert len(pbx.exchange.monitors) == 0
        with pytest.raises(CstaError, match="security/generic"):
            await cti.make_call("4001", "4002")


async def test_session_needs_user_and_password_where_set() -> None:
    link = {"session": "required", "user": "tws", "password": "secret"}
    async with wired_cti(link=link) as (_, cti):
        for user, password in (("", ""), ("tws", "wrong"), ("other", "secret")):
            refused = await cti.ask_anything(_start(user, password))
            assert isinstance(refused, m.StartApplicationSessionNegResponse)
            assert refused.error_code.value == "invalidApplicationInfo"
        await cti.ask(_start("tws", "secret"), m.StartApplicationSessionPosResponse)
        await cti.monitor("4001")


async def test_session_of_another_edition_speaks_that_edition() -> None:
    async with wired_cti(link={"edition": 6}) as (_, cti):
        started = await cti.ask(_start(edition=3), m.StartApplicationSessionPosResponse)
        assert started.actual_protocol_version == namespace(3)
        response = await cti.ask_anything(m.RequestSystemStatus())
        assert response.edition == 3


async def test_session_where_the_pbx_has_none() -> None:
    async with wired_cti(link={"session": "none"}) as (_, cti):
        refused = await cti.ask_anything(_start())
        assert isinstance(refused, m.StartApplicationSessionNegResponse)
        await cti.monitor("4001")


async def test_stopping_a_session_stops_its_monitors() -> None:
    async with wired_cti(link={"session": "required"}) as (pbx, cti):
        started = await cti.ask(_start(), m.StartApplicationSessionPosResponse)
        await cti.monitor("4001")
        wrong = await cti.ask_anything(m.StopApplicationSession(session_id="nobody's"))
        assert isinstance(wrong, m.StopApplicationSessionNegResponse)
        assert len(pbx.exchange.monitors) == 1
        stop = m.StopApplicationSession(session_id=started.session_id)
        await cti.ask(stop, m.StopApplicationSessionPosResponse)
        assert len(pbx.exchange.monitors) == 0


# ---------------------------------------------------------------- status


async def test_the_switch_may_speak_first() -> None:
    async with wired_cti(link={"speak_first": True}) as (_, cti):
        status = await cti.asked_for(m.SystemStatus)
        assert isinstance(status, m.SystemStatus)
        assert status.system_status == "normal"


async def test_heartbeats_come_and_must_be_answered() -> None:
    async with wired_cti(link={"heartbeat": 30}) as (pbx, cti):
        pbx.pass_time(100)
        assert not cti.asked
        await _register(cti)
        for _ in range(5):
            pbx.pass_time(30)
            cti.asked.clear()
            await cti.ask(m.RequestSystemStatus(), m.RequestSystemStatusResponse)
        assert not cti.closed.is_set()
        cti.answers_status = False
        pbx.pass_time(100)
        await asyncio.wait_for(cti.closed.wait(), 10)


async def test_a_registration_can_be_cancelled() -> None:
    async with wired_cti(link={"heartbeat": 30}) as (pbx, cti):
        await _register(cti)
        cancel = m.SystemRegisterCancel(sys_stat_register_id="1")
        await cti.ask(cancel, m.SystemRegisterCancelResponse)
        pbx.pass_time(100)
        await cti.ask(m.SystemStatus(), m.SystemStatusResponse)
        assert not cti.asked


# ---------------------------------------------------------------- monitors


async def test_monitors_are_limited_over_all_clients_and_given_back() -> None:
    async with wired_cti("4001", "4002", link={"monitor_limit": 2}) as (pbx, cti):
        async with pbx.cti() as other:
            limit = "systemResourceAvailability/overallMonitorLimitExceeded"
            with pytest.raises(CstaError, match=limit):
                await other.monitor("4003")
            await cti.close()
            await pbx.idle_clients(1)
            await other.monitor("4003")


async def test_a_stopped_monitor_is_silent() -> None:
    async with wired_cti("4001") as (pbx, cti):
        await cti.ask(m.MonitorStop(monitor_cross_ref_id="1"), m.MonitorStopResponse)
        pbx.do(hands.lift, "4001")
        assert await cti.seen("4001") == []


async def test_a_monitor_of_somebody_else_cannot_be_stopped() -> None:
    async with wired_cti("4001") as (pbx, cti), pbx.cti() as other:
        with pytest.raises(CstaError, match="invalidMonitorCrossRefID"):
            await other.ask(m.MonitorStop(monitor_cross_ref_id="1"), m.MonitorStopResponse)
        pbx.do(hands.lift, "4001")
        assert len(await cti.seen("4001")) == 1


async def test_filtered_events_are_not_sent() -> None:
    async with wired_cti() as (pbx, cti):
        wanted = m.MonitorStart(
            monitor_object=m.MonitorObject(device_object=DeviceID("4001")),
            requested_monitor_filter=Opaque.of(
                "<requestedMonitorFilter><callcontrol><originated>true</originated>"
                "<delivered>false</delivered></callcontrol><logicalDeviceFeature>"
                "<doNotDisturb>true</doNotDisturb></logicalDeviceFeature></requestedMonitorFilter>"
            ),
        )
        await cti.monitor("4001", request=wanted)
        await cti.make_call("4001", "4002")
        pbx.do(features.set_do_not_disturb, "4001", True)
        assert [line.split()[0] for line in await cti.seen("4001")] == [
            "ServiceInitiated",
            "Delivered",
        ]


async def test_the_switch_ends_monitors_of_its_own_accord() -> None:
    async with wired_cti("4001") as (pbx, cti):
        for client in pbx.server.clients:
            client.stop_monitors()
        stopped = await cti.asked_for(m.MonitorStop)
        assert isinstance(stopped, m.MonitorStop)
        assert stopped.monitor_cross_ref_id == "1"


# ---------------------------------------------------------------- misbehaviour


async def test_dropped_events_are_followed_by_messages_lost() -> None:
    async with wired_cti("4001") as (pbx, cti):
        await _register(cti)
        pbx.exchange.drop_events(2)
        await cti.make_call("4001", "4002")
        assert await cti.seen("4001") == ["Delivered 1/4002 connected newCall"]
        (status,) = cti.asked
        assert isinstance(status, m.SystemStatus)
        assert status.system_status == "messagesLost"


async def test_late_answers_still_come() -> None:
    async with wired_cti("4001") as (pbx, cti):
        pbx.exchange.misbehaviour.answer_delay = 3
        asking = asyncio.create_task(cti.make_call("4001", "4002"))
        await cti.until("4001", "Delivered")
        assert not asking.done()
        pbx.pass_time(3)
        assert (await asking).call_id == "1"


async def test_events_may_come_before_their_answer() -> None:
    async with wired_cti("4001") as (pbx, cti):
        pbx.exchange.misbehaviour.events_before_answers = True
        await cti.make_call("4001", "4002")
        assert len(cti.waiting_events("4001")) == 3


async def test_a_service_can_be_made_to_fail() -> None:
    async with wired_cti("4001") as (pbx, cti):
        error = "systemResourceAvailability/resourceBusy"
        pbx.exchange.misbehaviour.refuse = {"MakeCall": error}
        with pytest.raises(CstaError, match=error):
            await cti.make_call("4001", "4002")
        pbx.exchange.misbehaviour.refuse_monitors = "operation/invalidDeviceID"
        with pytest.raises(CstaError, match="operation/invalidDeviceID"):
            await cti.monitor("4002")


@pytest.mark.parametrize("kind", list(Garbage))
def test_garbage_is_bytes(kind: Garbage) -> None:
    assert garbage(kind, 4)


# ---------------------------------------------------------------- bad input


async def test_a_stream_without_frames_is_closed_and_the_others_go_on() -> None:
    async with wired_cti("4001") as (pbx, cti):
        for rubbish in (b"GET / HTTP/1.1\r\n\r\n", b"\0\0\0\x03" + b"0001", b"\0\0\0\x10abcd"):
            async with pbx.cti() as bad:
                bad.send_bytes(rubbish + b" " * 40)
                await asyncio.wait_for(bad.closed.wait(), 10)
        assert pbx.exchange.counters["unframed"] == 3
        await cti.make_call("4001", "4002")
        assert len(await cti.seen("4001")) == 3


@pytest.mark.parametrize(
    "body",
    [
        b"not XML",
        b"<MakeCall",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"<" * 2000,
        b"<MakeCall><callingDevice>4001</callingDevice></MakeCall>",
    ],
)
async def test_a_request_that_cannot_be_read_is_answered_with_an_error(body: bytes) -> None:
    async with wired_cti() as (pbx, cti):
        answer = await cti.exchange_bytes(body)
        assert isinstance(answer, m.CSTAErrorCode)
        assert (answer.category, answer.value) == ("operation", "generic")
        assert pbx.exchange.counters["malformed"] == 1
        await cti.make_call("4001", "4002")


async def test_an_unknown_service_is_answered_with_an_error() -> None:
    async with wired_cti() as (_, cti):
        answer = await cti.exchange_bytes(b"<MakeCoffee/>")
        assert isinstance(answer, m.CSTAErrorCode)
        assert answer.value == "serviceNotSupported"


async def test_events_and_answers_from_a_client_are_counted_only() -> None:
    async with wired_cti() as (pbx, cti):
        event = m.DoNotDisturbEvent(monitor_cross_ref_id="1", do_not_disturb_on=True)
        cti.send_bytes(frame(EVENT, write(event, 4)))
        cti.send_bytes(frame(77, write(m.SystemStatusResponse(), 4)))
        cti.send_bytes(frame(EVENT, write(m.RequestSystemStatus(), 4)))
        await cti.make_call("4001", "4002")
        assert pbx.exchange.counters["unknown"] == 2
        assert pbx.exchange.counters["unaskedAnswers"] == 1


async def test_random_bytes_disturb_nobody_else() -> None:
    source = random.Random(7)
    async with wired_cti("4001") as (pbx, cti):
        for _ in range(20):
            async with pbx.cti() as bad:
                good = frame(5, write(m.SnapshotDevice(snapshot_object=DeviceID("4001")), 4))
                spoilt = bytearray(good)
                for _ in range(source.randrange(1, 6)):
                    spoilt[source.randrange(len(spoilt))] = source.randrange(256)
                bad.send_bytes(bytes(spoilt))
        call = await cti.make_call("4001", "4002")
        await cti.answer(call, "4002")
        assert len(await cti.seen("4001")) == 4


async def test_a_client_that_reads_nothing_is_dropped() -> None:
    async with wired(link={"monitor_limit": 1000}) as pbx:
        reader, writer = await asyncio.open_connection("127.0.0.1", pbx.port)
        request = write(m.GetCSTAFeatures(), 4)
        with pytest.raises((ConnectionError, TimeoutError)):
            async with asyncio.timeout(20):
                while True:
                    writer.write(frame(1, request) * 200)
                    await writer.drain()
        writer.transport.abort()
        del reader


# ---------------------------------------------------------------- TLS


async def test_tls() -> None:
    certificate = Path(__file__).parents[1] / "contracts/localhost.pem"
    link = {
        "tls_certificate": str(certificate),
        "tls_key": str(certificate.with_suffix(".key")),
    }
    async with wired(link=link) as pbx:
        trusted = ssl.create_default_context(cafile=str(certificate))
        trusted.check_hostname = False
        async with pbx.cti("4001", tls=trusted) as cti:
            await cti.make_call("4001", "4002")
            assert len(await cti.seen("4001")) == 3


async def test_a_frozen_link_does_everything_later() -> None:
    async with wired_cti("4001") as (pbx, cti):
        pbx.exchange.misbehaviour.frozen = True
        asking = asyncio.create_task(cti.make_call("4001", "4002"))
        pbx.do(hands.dial, "4003", "4001")
        await pbx.received(1)
        assert not asking.done()
        assert not cti.waiting_events("4001")
        pbx.exchange.misbehaviour.frozen = False
        for client in pbx.server.clients:
            client.thaw()
        assert (await asking).call_id == "2"
        assert (await cti.seen("4001"))[0] == "Delivered 1/4001 alerting newCall"


async def test_a_password_makes_the_session_necessary() -> None:
    async with wired_cti(link={"user": "tws", "password": "secret"}) as (_, cti):
        with pytest.raises(CstaError, match="security/generic"):
            await cti.monitor("4001")

"""The driver, its supervisor and a carrier against a PBX in another process, on a socket."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar

import pytest

from tests.simulator.running import Simulator, running_simulator
from tws.links.csta_xml import CstaXml
from tws.net.stream import Stream
from tws.telephony import commands as c
from tws.telephony.commands import Command, CommandId
from tws.telephony.events import CallChanged, Ended, LinkResynchronised
from tws.telephony.model import (
    CallId,
    CallOrigin,
    Connection,
    ConnectionId,
    ConnectionState,
    Device,
    DeviceId,
    Forwarding,
    ForwardingType,
    LinkId,
    LinkState,
    MonitorState,
)
from tws.telephony.requests import Refusal
from tws.telephony.supervisor import Supervisor

PATIENCE = 20.0
ALICE, BRUNO, CHLOE = DeviceId("4001"), DeviceId("4002"), DeviceId("4003")
R = TypeVar("R")


class Desk:
    """A link to the simulator, its three devices, and what became of their calls."""

    def __init__(self, simulator: Simulator, **settings: object) -> None:
        self.pbx = simulator
        self.ended: list[Ended] = []
        self.settled = 0
        "How often all devices had said what calls they have."
        self._changed = asyncio.Event()
        self._numbers = count(1)
        there = {"host": "127.0.0.1", "port": simulator.csta_port, **settings}
        made = CstaXml.Settings(**there)
        self.supervisor = Supervisor(
            LinkId("link"),
            driver=CstaXml.driver(made, 0.0),
            carrier=lambda user: Stream(user, backoff=lambda attempt: 0.05),
            capacity=10,
            epoch=1,
            known={},
            publish=self._publish,
            clock=lambda: datetime.now(UTC),
            new_id=lambda: f"id{next(self._numbers)}",
        )

    def _publish(self, event: object) -> None:
        if isinstance(event, CallChanged):
            self.ended += event.ended
        self.settled += isinstance(event, LinkResynchronised)
        self._changed.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(
                f"{self.supervisor.status}, {self.supervisor.table.calls},"
                f" {self.supervisor.driver.counters}"
            ) from None

    async def ask(self, kind: type[Command[Any]], device: DeviceId, **values: object) -> Any:
        id = CommandId(f"test-{next(self._numbers)}")
        return await self.supervisor.request(kind(id=id, device=device, **values))

    def device(self, device: DeviceId) -> Device:
        return self.supervisor.monitors.devices[device]

    def connections(self, device: DeviceId) -> list[Connection]:
        calls = self.supervisor.table.calls.values()
        return [call.connections[device] for call in calls if device in call.connections]

    async def has(self, device: DeviceId, *states: ConnectionState) -> list[ConnectionId]:
        """The connections of `device`, once their states are these (in any order)."""
        wanted = sorted(states)
        await self.until(lambda: sorted(x.state for x in self.connections(device)) == wanted)
        found = {x.state: x.id for x in self.connections(device)}
        return [found[state] for state in states]

    async def talking(self, first: DeviceId, second: DeviceId) -> ConnectionId:
        """`first` calls `second`, who answers; the connection of `first`."""
        own: ConnectionId = await self.ask(c.MakeCall, first, called=second)
        (ringing,) = await self.has(second, ConnectionState.ALERTING)
        await self.ask(c.AnswerCall, second, connection=ringing)
        await self.has(first, ConnectionState.CONNECTED)
        await self.has(second, ConnectionState.CONNECTED)
        await self.pbx.wait_phone(first, lambda phone: phone.talking_to == {second})
        return own


@contextlib.asynccontextmanager
async def desk(link: dict[str, object] | None = None, **settings: object) -> AsyncIterator[Desk]:
    async with running_simulator(link=link or {}) as simulator:
        it = Desk(simulator, **settings)
        try:
            await it.supervisor.start()
            for device in (ALICE, BRUNO, CHLOE):
                it.supervisor.watch(device)
            await monitored(it)
            yield it
        finally:
            await it.supervisor.stop()


async def monitored(it: Desk) -> None:
    devices = (ALICE, BRUNO, CHLOE)
    await it.until(
        lambda: (
            all(it.device(d).state is MonitorState.MONITORED for d in devices)
            and all(it.device(d).forwardings is not None for d in devices)
        )
    )


HABITS: list[tuple[dict[str, object], dict[str, object]]] = [
    ({"edition": 3}, {"edition": "3", "session": "off"}),
    ({"edition": 4, "joined_call": "new", "speak_first": True}, {"pbx_type": "OpenScape Voice"}),
    ({"edition": 5, "joined_call": "primary", "names": "all"}, {"pbx_type": "MiVoice Office 400"}),
    (
        {"edition": 6, "session": "required", "user": "tws", "password": "pass"},
        {"edition": "6", "user": "tws", "password": "pass"},
    ),
    ({"session": "none", "offered": True, "digits_dialed": True}, {"pbx_type": "A5000"}),
]


@pytest.mark.parametrize(("link", "settings"), HABITS, ids=["ed3", "ed4", "ed5", "ed6", "a5000"])
async def test_a_call_is_consulted_about_and_transferred_whatever_the_habits_of_the_pbx(
    link: dict[str, object], settings: dict[str, object]
) -> None:
    async with desk(link, **settings) as it:
        own = await it.talking(ALICE, BRUNO)
        await it.ask(c.HoldCall, ALICE, connection=own)
        (own,) = await it.has(ALICE, ConnectionState.HOLD)
        await it.ask(c.RetrieveCall, ALICE, connection=own)
        (own,) = await it.has(ALICE, ConnectionState.CONNECTED)
        second = await it.ask(c.ConsultationCall, ALICE, existing=own, consulted="4003")
        (ringing,) = await it.has(CHLOE, ConnectionState.ALERTING)
        assert ringing.call == second.call
        await it.ask(c.AnswerCall, CHLOE, connection=ringing)
        await it.pbx.wait_phone("4001", lambda phone: phone.talking_to == {"4003"})
        held, active = await it.has(ALICE, ConnectionState.HOLD, ConnectionState.CONNECTED)
        await it.ask(c.TransferCall, ALICE, held=held, active=active)
        await it.pbx.wait_phone("4002", lambda phone: phone.talking_to == {"4003"})
        await it.has(ALICE)
        (bruno,) = await it.has(BRUNO, ConnectionState.CONNECTED)
        (chloe,) = await it.has(CHLOE, ConnectionState.CONNECTED)
        assert bruno.call == chloe.call
        await it.ask(c.ClearConnection, BRUNO, connection=bruno)
        await it.has(BRUNO)
        await it.has(CHLOE)
        await it.pbx.wait_phone("4003", lambda phone: phone.idle)
        assert not it.supervisor.table.calls
        unusual = {"malformedMessage", "incompleteEvent", "unreadableElement", "unknownElement"}
        counted = {name.partition(" ")[0] for name in it.supervisor.driver.counters}
        assert not unusual & counted


async def test_what_is_set_at_the_phone_is_told_and_what_we_set_is_done() -> None:
    async with desk() as it:
        wanted = Forwarding(ForwardingType.BUSY, CallOrigin.EXTERNAL, True, "4003")
        await it.ask(c.SetForwarding, ALICE, forwarding=wanted)
        await it.until(lambda: wanted in (it.device(ALICE).forwardings or ()))
        assert wanted in await it.ask(c.GetForwarding, ALICE)
        await it.pbx.do_not_disturb("4001", True)
        await it.until(lambda: it.device(ALICE).do_not_disturb is True)
        await it.ask(c.SetDoNotDisturb, ALICE, on=False)
        await it.until(lambda: it.device(ALICE).do_not_disturb is False)
        await it.until(lambda: it.device(ALICE).voice_mail == "7770")
        await it.pbx.leave_message("4001")
        await it.until(lambda: it.device(ALICE).messages_waiting is True)
        assert it.device(ALICE).voice_mail == "7770"
        await it.pbx.unplug("4001")
        await it.until(lambda: it.device(ALICE).state is MonitorState.OUT_OF_SERVICE)
        await it.pbx.plug("4001")
        await it.until(lambda: it.device(ALICE).state is MonitorState.MONITORED)


async def test_a_refusal_of_the_pbx_reaches_whoever_asked() -> None:
    async with desk() as it:
        unknown = ConnectionId(CallId("999999"), ALICE)
        with pytest.raises(Refusal) as refused:
            await it.ask(c.HoldCall, ALICE, connection=unknown)
        assert refused.value.cause.startswith("invalid")


async def test_after_a_power_cut_calls_of_before_are_over_and_calls_of_now_are_found() -> None:
    async with desk() as it:
        await it.talking(ALICE, BRUNO)
        await it.pbx.kill()
        await it.until(lambda: it.supervisor.status.state is LinkState.DOWN)
        await it.pbx.restart()
        await it.pbx.dial("4002", "4003")
        await it.until(lambda: it.supervisor.status.state is LinkState.UP)
        await monitored(it)
        await it.has(CHLOE, ConnectionState.ALERTING)
        await it.has(ALICE)
        (calling,) = it.connections(BRUNO)
        assert calling.state is ConnectionState.CONNECTED
        await it.pbx.answer("4003")
        await it.has(CHLOE, ConnectionState.CONNECTED)


async def test_calls_found_at_the_start_are_known_with_their_parties() -> None:
    async with running_simulator() as simulator:
        await simulator.dial("4001", "4002")
        await simulator.answer("4002")
        await simulator.wait_phone("4001", lambda phone: phone.talking_to == {"4002"})
        it = Desk(simulator)
        try:
            await it.supervisor.start()
            it.supervisor.watch(ALICE)
            await it.has(ALICE, ConnectionState.CONNECTED)
            (call,) = it.supervisor.table.calls.values()
            assert set(call.connections) == {ALICE, BRUNO}
            assert (call.calling.number, call.called.number) == ("4001", "4002")
        finally:
            await it.supervisor.stop()


async def test_a_wrong_password_needs_mended_settings() -> None:
    async with running_simulator(
        link={"session": "required", "user": "tws", "password": "right"}
    ) as simulator:
        it = Desk(simulator, user="tws", password="wrong")
        try:
            await it.supervisor.start()
            await it.until(lambda: it.supervisor.status.state is LinkState.MISCONFIGURED)
            assert str(it.supervisor.status.why) == (
                "application session refused: invalidApplicationInfo"
            )
        finally:
            await it.supervisor.stop()

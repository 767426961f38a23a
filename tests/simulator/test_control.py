"""The control port: what hands and technicians do, wrong bodies, the stream of changes."""

import httpx
import pytest

from tests.simulator.cti import CstaError, connected
from tests.simulator.running import Refused, running_simulator
from tws.protocols.csta import messages as m


async def test_everything_that_a_hand_does() -> None:
    async with running_simulator() as sim:
        await sim.lift("4001")
        await sim.dial("4001", "4002")
        await sim.answer("4002")
        await sim.hold("4001")
        assert (await sim.phone("4001")).states == ("hold",)
        await sim.retrieve("4001")
        await sim.digits("4001", "12#")
        assert (await sim.phone("4002")).calls[0].heard == "12#"
        await sim.dial("4001", "4003")
        await sim.answer("4003")
        assert (await sim.phone("4001")).states == ("hold", "connected")
        await sim.swap("4001")
        await sim.conference("4001")
        assert (await sim.phone("4001")).talking_to == {"4002", "4003"}
        await sim.hang_up("4003")
        await sim.transfer("4001", "4101")
        await sim.pick_up("4102")
        assert (await sim.phone("4102")).talking_to == {"4002"}
        await sim.park("4102", "7901")
        await sim.pick_up("4103", "7901")
        state = await sim.wait(lambda s: s.phones["4103"].talking_to == {"4002"})
        assert state.phones["4102"].idle
        await sim.hang_up_all()
        await sim.wait(lambda s: s.pbx.calls == 0)


async def test_features_of_a_phone() -> None:
    async with running_simulator() as sim:
        await sim.do_not_disturb("4001", True)
        await sim.forward("4002", "4003", when="noAnswer", origin="external", seconds=5)
        await sim.leave_message("4002")
        await sim.unplug("4004")
        await sim.agent("4009", logged_on=True, ready=False)
        state = await sim.wait(lambda s: not s.phones["4004"].plugged)
        assert state.phones["4001"].do_not_disturb
        (forwarding,) = state.phones["4002"].forwardings
        assert (forwarding.when, forwarding.origin, forwarding.destination) == (
            "noAnswer", "external", "4003",
        )  # fmt: skip
        assert (state.phones["4002"].messages, state.phones["4002"].lamp) == (1, True)
        assert state.phones["4009"].agent is not None
        assert not state.phones["4009"].agent.ready
        with pytest.raises(Refused, match="deviceOutOfService"):
            await sim.lift("4004")
        await sim.plug("4004")
        await sim.forward("4002", None, when="noAnswer", origin="external")
        assert not (await sim.phone("4002")).forwardings[0].active


async def test_the_outside() -> None:
    async with running_simulator(timing={"outside_progress": 0.01}) as sim:
        line = await sim.call_from_outside("0155171889", "4001", name="Paul Martin")
        assert (await sim.phone("4001")).display == ("4001 Alice", "Paul Martin 00155171889")
        await sim.answer("4001")
        await sim.outside_digits(line.number, "5")
        assert (await sim.phone("4001")).calls[0].heard == "5"
        await sim.outside_hangs_up(line.number)
        await sim.wait(lambda s: s.phones["4001"].idle)
        await sim.dial("4001", "0055598")
        await sim.wait(lambda s: [c.state for c in s.lines["T01"].calls] == ["alerting"])
        await sim.outside_answers("T01")
        await sim.wait(lambda s: s.phones["4001"].talking_to == {"0055598"})
        await sim.break_line("T01")
        state = await sim.wait(lambda s: s.phones["4001"].idle)
        assert state.lines["T01"].out_of_order


async def test_the_technician() -> None:
    async with running_simulator() as sim, connected(sim.csta_port) as cti:
        await sim.wait(lambda s: s.pbx.clients == 1)
        await sim.misbehave(refuse={"MonitorStart": "operation/generic"})
        with pytest.raises(CstaError, match="operation/generic"):
            await cti.monitor("4001")
        await sim.misbehave(refuse={})
        await cti.monitor("4001")
        await sim.monitor_limit(1)
        with pytest.raises(CstaError, match="overallMonitorLimitExceeded"):
            await cti.monitor("4002")
        await sim.link("stopMonitors")
        await cti.asked_for(m.MonitorStop)
        await sim.link("halfClose")
        await cti.closed.wait()


WRONG: list[tuple[str, dict[str, object]]] = [
    ("phones/4001/dial", {"number": "Alice"}),
    ("phones/4001/dial", {"number": 4002}),
    ("phones/4001/dial", {"number": "4002", "loud": True}),
    ("phones/4001/dial", {"number": "4" * 65}),
    ("phones/4001/dial", {}),
    ("phones/4001/digits", {"digits": ""}),
    ("phones/4001/forward", {"active": True, "when": "always", "destination": "4002"}),
    ("outside/call", {"number": "0155", "called": "4001", "name": "a\nb"}),
    ("traffic", {"callsPerSecond": -1}),
    ("traffic", {"callsPerSecond": 1e9}),
    ("misbehave", {"refuseMonitors": "whatever"}),
    ("misbehave", {"refuse": {"MakeCall": "nonsense/x"}}),
    ("link/garbage", {"kind": "chocolate"}),
]


async def test_wrong_bodies_are_refused(control: httpx.AsyncClient) -> None:
    for path, body in WRONG:
        response = await control.post(path, json=body)
        assert response.status_code == 422, (path, body, response.text)
        assert response.json()["code"] == "invalid"
        assert response.json()["detail"]


async def test_strange_requests(control: httpx.AsyncClient) -> None:
    assert (await control.post("phones/4001/keys/eat")).status_code == 404
    assert (await control.get("phones/4999")).status_code == 409
    assert (await control.get("phones/%00")).status_code == 422
    assert (await control.post("phones/4001/dial", content=b"{")).status_code == 422
    assert (await control.post("phones/4001/dial", content=b" " * 70_000)).status_code == 422
    foreign = await control.post("hangUpAll", headers={"Origin": "http://elsewhere.example"})
    assert foreign.status_code == 403
    rebound = await control.get("state", headers={"Host": "elsewhere.example"})
    assert rebound.status_code == 403
    own = {"Origin": str(control.base_url).removesuffix("/api/")}
    assert (await control.post("hangUpAll", headers=own)).status_code == 200

"""The simulator as a process: starts, is killed, restarts, refuses a wrong configuration."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from tests.simulator.running import Refused, running_simulator


async def test_two_phones_talk() -> None:
    async with running_simulator() as sim:
        calling = await sim.dial("4001", "4002")
        assert calling.states == ("connected",)
        assert (await sim.phone("4002")).ringing
        await sim.answer("4002")
        state = await sim.wait(lambda s: s.phones["4001"].talking_to == {"4002"})
        assert state.phones["4002"].talking_to == {"4001"}
        await sim.hang_up("4002")
        await sim.wait(lambda s: s.phones["4001"].idle and s.phones["4002"].idle)


async def test_refusals_name_the_error() -> None:
    async with running_simulator() as sim:
        with pytest.raises(Refused, match="stateIncompatibility/noCallToAnswer"):
            await sim.answer("4001")
        with pytest.raises(Refused, match="operation/invalidDeviceID"):
            await sim.lift("9999")


async def test_restart_keeps_ports_and_forgets_calls() -> None:
    async with running_simulator() as sim:
        ports, pid = (sim.csta_port, sim.page_port), sim.pid
        await sim.dial("4001", "4002")
        await sim.restart()
        assert (sim.csta_port, sim.page_port) == ports
        assert sim.pid != pid
        state = await sim.wait(lambda s: s.pbx.calls == 0)
        assert state.phones["4002"].idle
        assert (await sim.dial("4003", "4004")).calls[0].call == "1"


async def test_configuration() -> None:
    phones = [{"number": "10", "name": "Ana"}, {"from": 100, "count": 3, "lines": 1}]
    async with running_simulator(phones=phones, trunks=2, mailbox="") as sim:
        state = await sim.state()
        assert list(state.phones) == ["10", "100", "101", "102"]
        assert list(state.lines) == ["T01", "T02"]
        assert not state.mailboxes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("phons = []", "phons"),
        ("[link]\nedition = 7", "edition"),
        ('[link]\nsession = "maybe"', "none, optional, required"),
        ('phones = [{number = "1"}, {number = "1"}]', "used twice"),
        ("phones = [{number = 12}]", "str expected"),
        ("trunks = ", "Invalid value"),
    ],
)
async def test_wrong_configuration_is_said(tmp_path: Path, text: str, said: str) -> None:
    config = tmp_path / "pbx.toml"
    config.write_text(text)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tws.simulator", "--config", str(config), "--csta-port", "0",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    output, errors = await process.communicate()
    assert process.returncode == 1
    assert not output
    assert said in errors.decode()
    assert "Traceback" not in errors.decode()


@pytest.mark.parametrize(("name", "said"), [("4999=Nobody", "4999"), ("4001", "4001=Alice")])
async def test_a_name_for_no_phone_is_said(name: str, said: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tws.simulator", "--csta-port=0", "--page-port=0", "--name", name,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, error = await process.communicate()
    assert process.returncode != 0
    assert said in error.decode() and "Traceback" not in error.decode()


async def test_it_ends_when_whoever_started_it_is_gone() -> None:
    async with running_simulator() as sim:
        assert sim._process is not None
        process = sim._process
        assert process.stdin is not None
        process.stdin.close()
        assert await process.wait() == 0


async def test_sigterm_ends_it_quietly() -> None:
    async with running_simulator() as sim:
        assert sim._process is not None
        process = sim._process
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
        assert "Traceback" not in sim.log

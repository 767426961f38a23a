"""A site's PBX: the simulator, a process of its own, spoken to over CSTA."""

import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from tests.end_to_end.site import EarsOfCall, Handset, Pbx, at_ear
from tests.simulator.running import Simulator, running_simulator
from tests.simulator.states import LineState, PhoneState, State
from tws.links.csta_xml.profiles import GENERIC
from tws.simulator.settings import PhoneSettings

LINES = PhoneSettings(number="").lines


class SimulatedHandset(Handset):
    def __init__(self, simulator: Simulator, number: str) -> None:
        self.simulator, self.number = simulator, number
        self._lines: list[str] = []
        "Outside lines that keep it busy."

    async def dial(self, number: str) -> None:
        await self.simulator.dial(self.number, number)

    async def rings(self) -> None:
        await self._until(lambda phone: phone.ringing)

    async def answer(self) -> None:
        await self.rings()
        await self.simulator.answer(self.number)

    async def hang_up(self) -> None:
        while not (await self.simulator.phone(self.number)).idle:
            await self.simulator.hang_up(self.number)

    async def talks_with(self, *others: Handset) -> None:
        wanted = frozenset(other.number for other in others)
        await self._until(lambda phone: phone.talking_to == wanted)

    async def hears_nobody(self) -> None:
        await self._until(lambda phone: not phone.idle and not phone.talking_to)

    async def idle(self) -> None:
        await self._until(lambda phone: phone.idle)

    async def got_digits(self, digits: str) -> None:
        await self._until(lambda phone: any(call.heard == digits for call in phone.calls))

    async def hears(self, *others: Handset) -> None:
        wanted = {other.number for other in others}

        def heard(state: State) -> bool:
            phones = (state.phones[n] for n in state.phones[self.number].talking_to)
            return {p.number for p in phones if not any(c.silent for c in p.calls)} == wanted

        await self.simulator.wait(heard)

    async def busy_tone(self) -> None:
        await self._until(lambda phone: any(call.failure for call in phone.calls))

    @property
    def rung(self) -> int:
        return self.simulator.rung[self.number]

    async def be_busy(self) -> None:
        for _ in range(LINES):
            line = await self.simulator.call_from_outside("0199999999", self.number)
            self._lines.append(line.number)

    async def be_free(self) -> None:
        while self._lines:
            await self.simulator.outside_hangs_up(self._lines.pop())

    async def set_do_not_disturb(self, on: bool) -> None:
        await self.simulator.do_not_disturb(self.number, on)

    async def forward(self, to: str | None) -> None:
        await self.simulator.forward(self.number, to)

    async def _until(self, condition: Callable[[PhoneState], bool]) -> None:
        await self.simulator.wait_phone(self.number, condition)


class SimulatedPbx(Pbx):
    name = "simulator"
    dialect = "csta_xml"
    first_numbers = ("4001", "4002", "4003", "4004")
    outside_prefix = "0"

    def __init__(self, simulator: Simulator, pbx_type: str = GENERIC) -> None:
        self.simulator, self.pbx_type = simulator, pbx_type

    @property
    def settings(self) -> dict[str, Any]:
        port = self.simulator.csta_port
        return {"host": "127.0.0.1", "port": port, "pbx_type": self.pbx_type}

    def handset(self, number: str) -> Handset:
        return SimulatedHandset(self.simulator, number)

    async def call_from_outside(self, caller: str, called: str) -> None:
        await self.simulator.call_from_outside(caller, called)

    async def leave_message(self, number: str) -> None:
        await self.simulator.leave_message(number)

    async def kill(self) -> None:
        await self.simulator.kill()

    async def restart(self) -> None:
        await self.simulator.restart()

    async def hang_up_outside(self) -> None:
        await self.simulator.hang_up_all()

    async def live_calls(self) -> list[EarsOfCall]:
        state = await self.simulator.state()
        devices: list[tuple[str, PhoneState | LineState]]
        devices = [*state.phones.items(), *state.lines.items()]
        ears: defaultdict[str, set[str]] = defaultdict(set)
        for number, device in devices:
            for call in device.calls:
                if call.state == "hold":
                    ears[call.call]  # a call all the same
                else:
                    rings = call.state in ("alerting", "initiated")
                    ears[call.call].add(at_ear(number, rings=rings))
        return [frozenset(one) for one in ears.values()]


@contextlib.asynccontextmanager
async def simulated_pbx(
    pbx_type: str = GENERIC, *, without: Sequence[str] = (), **settings: Any
) -> AsyncIterator[SimulatedPbx]:
    """`pbx_type`: what TWS takes it for; `without`: services that it has not; `settings`: more of
    its configuration."""
    async with running_simulator(link={"without": without}, **settings) as simulator:
        yield SimulatedPbx(simulator, pbx_type)

"""A simulator for tests: a real process on free ports, and hands at its phones.

    async with running_simulator(link={"edition": 3}, timing={"no_answer": 1}) as sim:
        await sim.dial("4001", "4002")
        await sim.answer("4002")
        await sim.wait(lambda state: state.phones["4001"].talking_to == {"4002"})

Keyword arguments are the settings of the configuration file (`tws.simulator.settings`); without
any it is the demonstration PBX: phones 4001-4012 and 4101-4106, queue 7000, voice mail 7770.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Self

import httpx
import msgspec

from tests.plain import PLAIN
from tests.simulator.states import LineState, PbxState, PhoneState, State, Told

DEADLINE = 20.0
IDLE = 2.0
"Seconds: a server closes an idle connection after 5, and what is asked at that moment is lost."


class Refused(Exception):
    """The PBX would not do it; `code` is the ECMA-269 error."""

    def __init__(self, category: str, code: str) -> None:
        super().__init__(f"{category}/{code}")
        self.category = category
        self.code = code


class Simulator:
    """One running simulator. The methods are what a person does, at a phone or outside."""

    def __init__(
        self, settings: Mapping[str, object], csta_port: int, page_port: int, folder: Path
    ) -> None:
        self.csta_port = csta_port
        self.page_port = page_port
        self.pid = 0
        self._folder = folder
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self._http: httpx.AsyncClient | None = None
        self._state: State | None = None
        self._watching: asyncio.Task[None] | None = None
        self._changed = asyncio.Condition()
        self.rung: Counter[str] = Counter()
        "How often each phone began to ring."

    # ------------------------------------------------------------ the process

    async def start(self) -> Self:
        """Start it, on the ports it had before if it ran already."""
        config = self._folder / "pbx.toml"
        config.write_text(_toml(self._settings), encoding="utf-8")
        with (self._folder / "simulator.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tws.simulator", "--config", str(config),
                "--csta-port", str(self.csta_port), "--page-port", str(self.page_port),
                "--until-input-ends", stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE, stderr=log, env=_environment(),
            )  # fmt: skip
        self.pid = self._process.pid
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), DEADLINE)
        if not line:
            raise AssertionError(f"the simulator did not start: {self.log}")
        ready = json.loads(line)
        self.csta_port, self.page_port = ready["csta"], ready["page"]
        self._http = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.page_port}/api/",
            timeout=DEADLINE,
            verify=PLAIN,
            limits=httpx.Limits(keepalive_expiry=IDLE),
        )
        self._state = None
        self._watching = asyncio.create_task(self._watch())
        return self

    async def stop(self) -> None:
        """End it politely (SIGTERM)."""
        await self._end(signal.SIGTERM)

    async def kill(self) -> None:
        """End it at once (SIGKILL): its sockets are reset by the system."""
        await self._end(signal.SIGKILL)

    async def restart(self) -> None:
        """Kill it if it runs, start it on the same ports. Its calls are gone, ids begin anew."""
        await self.kill()
        await self.start()

    async def _end(self, how: signal.Signals) -> None:
        if self._watching is not None:
            self._watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watching
            self._watching = None
        if self._http is not None:
            await self._http.aclose()
            self._http = None
        if self._process is not None:
            if self._process.returncode is None:
                os.kill(self._process.pid, how)
            await asyncio.wait_for(self._process.wait(), DEADLINE)
            self._process = None

    @property
    def log(self) -> str:
        """What it wrote on standard error."""
        path = self._folder / "simulator.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    @property
    def page_url(self) -> str:
        return f"http://127.0.0.1:{self.page_port}/"

    # ------------------------------------------------------------ looking

    async def state(self) -> State:
        """Everything, as it is now."""
        return State.of(msgspec.convert(await self._get("state"), Told))

    async def phone(self, number: str) -> PhoneState:
        return msgspec.convert(await self._get(f"phones/{number}"), PhoneState)

    async def wait(
        self, condition: Callable[[State], bool], *, deadline: float = DEADLINE
    ) -> State:
        """Until `condition` holds, following the event stream; AssertionError after `deadline`."""
        async with self._changed:
            try:
                async with asyncio.timeout(deadline):
                    while self._state is None or not condition(self._state):
                        await self._changed.wait()
            except TimeoutError:
                raise AssertionError(f"not within {deadline} s; {_brief(self._state)}") from None
            return self._state

    async def wait_phone(
        self, number: str, condition: Callable[[PhoneState], bool], *, deadline: float = DEADLINE
    ) -> PhoneState:
        """The same for one phone: `await sim.wait_phone("4002", lambda phone: phone.ringing)`."""
        state = await self.wait(lambda s: condition(s.phones[number]), deadline=deadline)
        return state.phones[number]

    async def _watch(self) -> None:
        assert self._http is not None
        with contextlib.suppress(httpx.TransportError):
            async with self._http.stream("GET", "events", timeout=None) as stream:
                async for line in stream.aiter_lines():
                    if line.startswith("data: "):
                        await self._told(msgspec.json.decode(line[6:].encode(), type=Told))

    async def _told(self, told: Told) -> None:
        async with self._changed:
            before = {} if self._state is None else self._state.phones
            for number, phone in told.phones.items():
                self.rung[number] += phone.ringing and not before[number].ringing if before else 0
            self._state = State.of(told) if self._state is None else self._state.after(told)
            self._changed.notify_all()

    # ------------------------------------------------------------ at a phone

    async def lift(self, phone: str) -> PhoneState:
        return await self._press(phone, "lift")

    async def dial(self, phone: str, number: str) -> PhoneState:
        """From an idle phone, at dial tone, or (in a call) to consult somebody."""
        return await self._at_phone(phone, "dial", {"number": number})

    async def answer(self, phone: str) -> PhoneState:
        return await self._press(phone, "answer")

    async def hang_up(self, phone: str) -> PhoneState:
        return await self._press(phone, "hangUp")

    async def hold(self, phone: str) -> PhoneState:
        return await self._press(phone, "hold")

    async def retrieve(self, phone: str) -> PhoneState:
        return await self._press(phone, "retrieve")

    async def swap(self, phone: str) -> PhoneState:
        return await self._press(phone, "swap")

    async def conference(self, phone: str) -> PhoneState:
        return await self._press(phone, "conference")

    async def transfer(self, phone: str, to: str | None = None) -> PhoneState:
        """To a number at once; without one, the held call is joined to the one at the ear."""
        return await self._at_phone(phone, "transfer", {"to": to})

    async def deflect(self, phone: str, to: str) -> PhoneState:
        return await self._at_phone(phone, "deflect", {"to": to})

    async def park(self, phone: str, place: str | None = None) -> PhoneState:
        return await self._at_phone(phone, "park", {"place": place})

    async def pick_up(self, phone: str, at: str | None = None) -> PhoneState:
        return await self._at_phone(phone, "pickUp", {"at": at})

    async def digits(self, phone: str, digits: str) -> PhoneState:
        return await self._at_phone(phone, "digits", {"digits": digits})

    async def unplug(self, phone: str) -> PhoneState:
        return await self._at_phone(phone, "plug", {"on": False})

    async def plug(self, phone: str) -> PhoneState:
        return await self._at_phone(phone, "plug", {"on": True})

    async def do_not_disturb(self, phone: str, on: bool) -> PhoneState:
        return await self._at_phone(phone, "doNotDisturb", {"on": on})

    async def forward(
        self,
        phone: str,
        to: str | None,
        *,
        when: str = "immediate",
        origin: str = "all",
        seconds: float | None = None,
    ) -> PhoneState:
        """`when`: immediate, busy, noAnswer, doNotDisturb; `to` None switches it off."""
        body = {"when": when, "origin": origin, "active": to is not None, "destination": to}
        return await self._at_phone(phone, "forward", {**body, "seconds": seconds})

    async def agent(self, phone: str, *, logged_on: bool, ready: bool = True) -> PhoneState:
        body = {"loggedOn": logged_on, "ready": ready}
        return await self._at_phone(phone, "agent", body)

    async def leave_message(self, phone: str) -> PhoneState:
        return await self._press(phone, "message")

    async def _press(self, phone: str, key: str) -> PhoneState:
        return msgspec.convert(await self._post(f"phones/{phone}/keys/{key}"), PhoneState)

    async def _at_phone(self, phone: str, what: str, body: Mapping[str, object]) -> PhoneState:
        return msgspec.convert(await self._post(f"phones/{phone}/{what}", body), PhoneState)

    # ------------------------------------------------------------ outside

    async def call_from_outside(
        self, number: str, called: str, *, name: str = "", restricted: bool = False
    ) -> LineState:
        """The line that the call came by. The number is shown with the outside prefix."""
        body = {"number": number, "name": name, "restricted": restricted, "called": called}
        return msgspec.convert(await self._post("outside/call", body), LineState)

    async def outside_answers(self, line: str) -> LineState:
        return msgspec.convert(await self._post(f"outside/{line}/answer"), LineState)

    async def outside_hangs_up(self, line: str) -> LineState:
        return msgspec.convert(await self._post(f"outside/{line}/hangUp"), LineState)

    async def outside_digits(self, line: str, digits: str) -> LineState:
        body = {"digits": digits}
        return msgspec.convert(await self._post(f"outside/{line}/digits", body), LineState)

    async def break_line(self, line: str, broken: bool = True) -> LineState:
        body = {"on": broken}
        return msgspec.convert(await self._post(f"outside/{line}/outOfOrder", body), LineState)

    # ------------------------------------------------------------ the machine room

    async def traffic(self, calls_per_second: float) -> PbxState:
        return await self._room("traffic", {"callsPerSecond": calls_per_second})

    async def hang_up_all(self) -> PbxState:
        return await self._room("hangUpAll")

    async def misbehave(self, **habits: object) -> PbxState:
        """drop_events=5, answer_delay=2.0, swallow_answers=True, frozen=True,
        events_before_answers=True, refuse_monitors="systemResourceAvailability/resourceBusy",
        refuse={"MakeCall": "..."}: those given are set.
        """
        return await self._room("misbehave", {_camel(k): v for k, v in habits.items()})

    async def monitor_limit(self, monitors: int) -> PbxState:
        return await self._room("link/limit", {"monitors": monitors})

    async def garbage(self, kind: str) -> PbxState:
        """`kind`: see `tws.simulator.link.misbehaviour.Garbage`."""
        return await self._room("link/garbage", {"kind": kind})

    async def status(self, status: str) -> PbxState:
        """SystemStatus to everybody: `messagesLost`, `disabled`, `normal`..."""
        return await self._room("link/status", {"status": status})

    async def link(self, action: str) -> PbxState:
        """`halfClose close abort endSession stopMonitors`, for every client."""
        return await self._room(f"link/{action}")

    async def _room(self, path: str, body: Mapping[str, object] | None = None) -> PbxState:
        return msgspec.convert(await self._post(path, body), PbxState)

    # ------------------------------------------------------------ HTTP

    async def _get(self, path: str) -> object:
        assert self._http is not None, "the simulator does not run"
        return _answer(await self._http.get(path))

    async def _post(self, path: str, body: Mapping[str, object] | None = None) -> object:
        assert self._http is not None, "the simulator does not run"
        return _answer(await self._http.post(path, json=body if body is not None else {}))


def _environment() -> dict[str, str]:
    """Ours, but bytecode is kept: else each start would compile every library again."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def _answer(response: httpx.Response) -> object:
    body: object = response.json()
    if response.status_code == httpx.codes.CONFLICT and isinstance(body, dict):
        raise Refused(str(body.get("category")), str(body.get("code")))
    assert response.is_success, f"{response.request.url}: {response.status_code} {body}"
    return body


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _brief(state: State | None) -> str:
    if state is None:
        return "nothing was told yet"
    phones = {n: (p.states, sorted(p.talking_to)) for n, p in state.phones.items() if p.calls}
    lines = {n: [c.state for c in line.calls] for n, line in state.lines.items() if line.calls}
    return f"phones {phones}, lines {lines}, {state.pbx.counters}"


def _toml(settings: Mapping[str, object]) -> str:
    return "".join(f"{name} = {_value(value)}\n" for name, value in settings.items())


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k} = {_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return json.dumps(value)


@contextlib.asynccontextmanager
async def running_simulator(
    *, csta_port: int = 0, page_port: int = 0, **settings: object
) -> AsyncIterator[Simulator]:
    """A simulator with these settings, ended afterwards."""
    with tempfile.TemporaryDirectory(prefix="simulator-") as folder:
        simulator = Simulator(settings, csta_port, page_port, Path(folder))
        try:
            yield await simulator.start()
        finally:
            await simulator.kill()

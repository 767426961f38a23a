"""The people of the site, in a process of their own: pages on their live streams, clicks on calls
that ring, reads of the API, sign-ins.

It hears from the PBXs when each step was told, and so knows how late it is on each page: of one's
own calls, and beside the names of colleagues. A click counts until the PBX has done it.
"""

import asyncio
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import httpx
import msgspec
import uvloop

from bench.soak.company import PASSWORD, Seat, Site
from bench.soak.size import Size
from bench.soak.steps import MOVED
from bench.soak.told import orders, say
from bench.soak.viewer import Viewer
from bench.soak.waits import Samples, Waits

EVERY = 5.0
LATE = 30.0
"Seconds after which a page that does not show what it should is stale."
OPENING = 50
"Pages that open at once."
RETRY = 5.0
"Seconds within which a page that lost its connection comes back, at random."
THINKING = (0.5, 3.0)
"Seconds until somebody clicks on what rings."
EXAMPLES = 10
"Of what is missing on a page: they are told."
Shown = tuple[str, str]
"The number of a page's telephone, and a call of it or a user who is on the page."
READS = ("call-log?limit=50", "contacts?q=user", "colleagues")


class Crowd:
    def __init__(self, size: Size, site: Site, ports: list[int]) -> None:
        self._size, self._site, self._ports = size, site, ports
        self._random = Random(11)
        self._own = {seat.number: seat for seat in site.seats}
        self._user_of = {number: user for user, number in site.numbers.items()}
        self._watching: defaultdict[str, list[str]] = defaultdict(list)
        "By user: on whose pages he is, by the numbers of their telephones."
        for seat in site.seats:
            for user in seat.watch:
                self._watching[user].append(seat.number)
        self._legs: dict[str, dict[str, str]] = {}
        "By device: the state of each call, as the PBX has it."
        self._shown: dict[str, str] = {}
        "By user: what colleagues' pages should show."
        self.calls, self.signs = Waits[Shown]("null"), Waits[Shown]("free")
        self.clicks, self.reads, self.logins = Samples(), Samples(), Samples()
        self._clicked: dict[tuple[str, str], float] = {}
        self.counts: Counter[str] = Counter()
        self._viewers: dict[str, Viewer] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._client = httpx.AsyncClient(limits=httpx.Limits(max_connections=50), timeout=30)

    # ------------------------------------------------------------ what pages are told

    def call(self, seat: Seat, leg: str, call: str, state: str) -> None:
        now = time.monotonic()
        self.calls.arrived((seat.number, call), state, now)
        if state == "alerting" and self._random.random() < self._size.clicks:
            self._later(self._random.uniform(*THINKING), lambda: self._answer(seat, leg, call))

    def presence(self, seat: Seat, user: str, state: str) -> None:
        self.signs.arrived((seat.number, user), state, time.monotonic())

    def lost(self, seat: Seat) -> None:
        self.counts["lost"] += 1
        for call in self._legs.get(seat.number, ()):
            self.calls.forget((seat.number, call))
        for user in seat.watch:
            self.signs.forget((seat.number, user))
        self._later(self._random.uniform(0, RETRY), lambda: self._open(seat))

    # ------------------------------------------------------------ what the PBXs told

    async def hear(self, port: int) -> None:
        reader, _ = await asyncio.open_connection("127.0.0.1", port)
        rest = b""
        while data := await reader.read(1 << 16):
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                at, device, call, state = line.decode().split()
                self._heard(float(at), device, call, state)

    def _heard(self, at: float, device: str, call: str, state: str) -> None:
        user = self._user_of.get(device)
        if user is None:
            return
        legs = self._legs.setdefault(device, {})
        if state == MOVED:
            legs.pop(call, None)
            self.calls.forget((device, call))
            return
        changed = legs.get(call) != state
        if state == "null":
            legs.pop(call, None)
        else:
            legs[call] = state
        if not changed:
            return
        if device in self._own:
            self.calls.told((device, call), state, at)
            if state == "connected" and (since := self._clicked.pop((device, call), None)):
                self.clicks.add(at - since)
        states = legs.values()
        shown = "ringing" if "alerting" in states else "busy" if legs else "free"
        if shown != self._shown.get(user, "free"):
            self._shown[user] = shown
            for page in self._watching.get(user, ()):
                self.signs.told((page, user), shown, at)

    # ------------------------------------------------------------ what people do

    def _later(self, seconds: float, do: Callable[[], Awaitable[None]]) -> None:
        async def wait() -> None:
            await asyncio.sleep(seconds)
            try:
                await do()
            except (httpx.HTTPError, OSError, TimeoutError) as error:
                self.counts[f"failed: {type(error).__name__}"] += 1

        task = asyncio.create_task(wait())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _base(self, n: int) -> str:
        return f"http://127.0.0.1:{self._ports[n % len(self._ports)]}/api/v1"

    async def _answer(self, seat: Seat, leg: str, call: str) -> None:
        if self._legs.get(seat.number, {}).get(call) != "alerting":
            return  # they gave up, or somebody lifted the handset
        self._clicked[seat.number, call] = time.monotonic()
        answered = await self._client.post(
            f"{self._base(int(seat.number))}/telephony/answerCall",
            json={"device": seat.device, "connection": leg},
            headers={"Authorization": f"Bearer {seat.key}"},
        )
        self.counts[f"click: {answered.status_code}"] += 1
        if answered.status_code != 200:
            self._clicked.pop((seat.number, call), None)

    async def _read(self) -> None:
        seat = self._random.choice(self._site.seats)
        path = self._random.choice(READS)
        begun = time.monotonic()
        answered = await self._client.get(
            f"{self._base(int(seat.number))}/{path}",
            headers={"Authorization": f"Bearer {seat.key}"},
        )
        self.reads.add(time.monotonic() - begun)
        self.counts[f"read: {answered.status_code}"] += 1

    async def _login(self) -> None:
        n = self._random.randrange(len(self._site.usernames))
        begun = time.monotonic()
        async with httpx.AsyncClient(timeout=30) as client:
            answered = await client.post(
                f"{self._base(n)}/login",
                json={"username": self._site.usernames[n], "password": PASSWORD},
            )
            self.logins.add(time.monotonic() - begun)
            self.counts[f"login: {answered.status_code}"] += 1
            await client.post(f"{self._base(n)}/logout")

    async def _now_and_then(self, rate: float, do: Callable[[], Awaitable[None]]) -> None:
        while rate:
            await asyncio.sleep(self._random.expovariate(rate))
            self._later(0, do)

    # ------------------------------------------------------------ pages

    async def _open(self, seat: Seat) -> None:
        port = self._ports[int(seat.number) % len(self._ports)]
        loop = asyncio.get_running_loop()
        _, viewer = await loop.create_connection(
            lambda: Viewer(port, seat, self, seat.number in self._viewers), "127.0.0.1", port
        )
        async with asyncio.timeout(60):
            await viewer.ready
        self._viewers[seat.number] = viewer

    async def open_all(self) -> float:
        """Seconds until all have their snapshots."""
        begun, gate = time.monotonic(), asyncio.Semaphore(OPENING)

        async def one(seat: Seat) -> None:
            async with gate:
                await self._open(seat)

        async with asyncio.TaskGroup() as opening:
            for seat in self._site.seats:
                opening.create_task(one(seat))
        return time.monotonic() - begun

    # ------------------------------------------------------------ the whole

    async def run(self, facts: int) -> None:
        seconds = await self.open_all()
        over = asyncio.Event()

        def ordered(order: dict[str, Any]) -> None:
            if "stop" in order:
                over.set()

        async def listen() -> None:
            await orders(ordered)
            over.set()

        say(ready=True, opened=seconds)
        beside = [
            asyncio.create_task(listen()),
            asyncio.create_task(self.hear(facts)),
            asyncio.create_task(self._now_and_then(self._size.reads, self._read)),
            asyncio.create_task(self._now_and_then(self._size.logins, self._login)),
            asyncio.create_task(self._report()),
        ]
        await over.wait()
        for task in (*beside, *self._tasks):
            task.cancel()
        say(**self._told())

    async def _report(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            say(**self._told())

    def _told(self) -> dict[str, Any]:
        now = time.monotonic()
        missing = []
        for name, waits in (("calls", self.calls), ("signs", self.signs)):
            waits.look(now, LATE)
            missing += [
                [name, *key, state, waits.shown(key)]
                for key, state in islice(waits.missing(), EXAMPLES)
            ]
        return {
            "own": self.calls.samples.taken(),
            "sign": self.signs.samples.taken(),
            "click": self.clicks.taken(),
            "read": self.reads.taken(),
            "login": self.logins.taken(),
            "frames": sum(viewer.frames for viewer in self._viewers.values()),
            "overtaken": self.calls.overtaken + self.signs.overtaken,
            "late": self.calls.late + self.signs.late,
            "stale": self.calls.stale + self.signs.stale,
            "missing": missing,
            "counts": dict(self.counts),
        }


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    size = msgspec.json.decode((folder / "size.json").read_bytes(), type=Size)
    site = msgspec.json.decode((folder / "site.json").read_bytes(), type=Site)
    facts, *ports = map(int, sys.argv[2:])
    uvloop.run(Crowd(size, site, ports).run(facts))

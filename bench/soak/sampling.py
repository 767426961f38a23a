"""Every few seconds: what the servers hold, what waits in them, and what the pages heard."""

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import httpx

from bench.processes import Process
from bench.soak.processes import Generator, held, tree_cpu

EVERY = 5.0
SHARES = (0.5, 0.95, 0.99)
_LINE = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)$")
Metrics = dict[str, dict[str, float]]
"By name, and by the text of the labels."


def read_metrics(text: str) -> Metrics:
    """What Prometheus would read."""
    found: Metrics = defaultdict(dict)
    for line in text.splitlines():
        if match := _LINE.match(line):
            found[match[1]][match[2] or ""] = float(match[3])
    return found


def quantiles(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """Milliseconds, of a histogram between two readings: the bucket's upper edge, by share."""
    edges = sorted(
        (float(label.split('"')[1]), after[label] - before.get(label, 0.0)) for label in after
    )
    total = edges[-1][1] if edges else 0.0
    if not total:
        return {}
    return {
        f"p{share * 100:g}": 1000 * next(edge for edge, n in edges if n >= share * total)
        for share in SHARES
    }


class Sampler:
    """`disk`: megabytes of the database, by what it is made of; `database`: pid of its
    server. `metrics`: whether the servers tell any."""

    def __init__(
        self,
        servers: Sequence[Process],
        generators: dict[str, Generator],
        disk: Callable[[], dict[str, float]],
        database: int | None = None,
        metrics: bool = True,
    ) -> None:
        self._servers, self._generators = servers, generators
        self._disk, self._database, self._metrics = disk, database, metrics
        self._clients = [
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}", timeout=30)
            for server in servers
        ]
        self._before: list[Metrics] = [{} for _ in servers]
        self._cpu: dict[str, float] = {}
        self._at = time.monotonic()
        self.begun = self._at
        self.unanswered = 0
        "How often a server did not tell in time; its last figures stand for those."
        self.samples: list[dict[str, Any]] = []

    async def run(self, seconds: float, then: Callable[[dict[str, Any]], None]) -> None:
        """Sample for so long; `then` is told each."""
        end = time.monotonic() + seconds
        await self.sample()
        while (left := end - time.monotonic()) > 0.5:
            await asyncio.sleep(min(EVERY, left))
            then(await self.sample())

    async def close(self) -> None:
        for client in self._clients:
            await client.aclose()

    async def sample(self) -> dict[str, Any]:
        now = time.monotonic()
        passed, self._at = now - self._at, now
        made: dict[str, Any] = {"at": now - self.begun, "disk": self._disk()}
        made["servers"] = [await self._server(n, passed) for n in range(len(self._servers))]
        for name, generator in self._generators.items():
            told = dict(generator.last)
            made[name] = {**told, "cpu": self._share(name, generator.cpu(), passed)}
        if self._database is not None:
            made["database"] = {"cpu": self._share("db", tree_cpu(self._database), passed)}
        self.samples.append(made)
        return made

    def _share(self, name: str, seconds: float, passed: float) -> float:
        """Per cent of a core since the last sample."""
        before, self._cpu[name] = self._cpu.get(name, seconds), seconds
        return 100 * (seconds - before) / max(passed, 1e-9)

    async def _server(self, n: int, passed: float) -> dict[str, Any]:
        server, before = self._servers[n], self._before[n]
        used = {**held(server.pid), "cpu": self._share(f"server {n}", server.cpu(), passed)}
        if not self._metrics:
            return {**used, "seconds": server.cpu()}
        begun = time.monotonic()
        try:
            text = (await self._clients[n].get("/metrics")).text
        except httpx.TimeoutException:  # so late is a finding, and no reason to look no more
            self.unanswered += 1
            now = before
        else:
            now = self._before[n] = read_metrics(text)
        answered = 1000 * (time.monotonic() - begun)

        def total(name: str) -> float:
            return sum(now.get(name, {}).values())

        lag = "tws_event_loop_lag_seconds_bucket"
        journal = now.get("tws_journal_legs", {})
        return {
            **used,
            "seconds": server.cpu(),
            "lag": quantiles(before.get(lag, {}), now.get(lag, {})),
            "metrics": answered,
            "bus": total("tws_bus_waiting"),
            "dropped": total("tws_bus_dropped_total"),
            "failures": total("tws_bus_failures_total"),
            "journal": journal.get('what="waiting"', 0.0),
            "written": journal.get('what="written"', 0.0),
            "open": journal.get('what="open"', 0.0),
            "live": total("tws_live_waiting"),
            "pages": total("tws_live_connections"),
            "slow": total("tws_live_slow_total"),
            "frames": total("tws_live_frames_total"),
            "calls": total("tws_link_calls"),
            "devices": total("tws_link_devices"),
            "unexpected": total("tws_link_unexpected_total"),
            "collecting": total("tws_gc_seconds_total"),
            "gc": now.get("tws_gc_collections_total", {}).get('generation="2"', 0.0),
        }

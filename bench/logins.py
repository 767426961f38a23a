"""50 sign-ins a second are attempted: how long a request that needs no password waits meanwhile.

Each attempt is of another name and from another address, so that none is slowed down for being
repeated. The bare limit of the wait: the same requests while nobody signs in; that of the
sign-ins: how many passwords all cores look at (argon2id as here) while they do nothing else.
"""

import asyncio
import os
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from argon2 import PasswordHasher

from bench.company import make_company
from bench.figures import Figure, percentile
from bench.processes import serving
from bench.switch import Switch
from tws.access.passwords import LANES

RATE, SECONDS = 50, 10.0
"Attempts a second."
EVERY = 0.02
"Seconds between two requests that are measured."
TARGET = 50.0
"Milliseconds."
HASHED = 40
"Passwords, bare."


async def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        switch = Switch()
        await switch.start()
        link: dict[str, object] = {"host": "127.0.0.1", "port": switch.port}
        await make_company(Path(name), 10, "csta_xml", link, keys=False)
        async with serving(Path(name), TWS_PROXIES="127.0.0.1") as server:
            base = f"http://127.0.0.1:{server.port}/api/v1"
            limits = httpx.Limits(max_connections=400)
            async with httpx.AsyncClient(base_url=base, limits=limits, timeout=60) as client:
                alone = await _health(client)
                answered: Counter[int] = Counter()
                trying = asyncio.create_task(_attempts(client, answered))
                meanwhile = await _health(client)
                await trying
        await switch.stop()
    least = await asyncio.to_thread(_passwords)
    refused, late = answered[401], answered[429]
    return [
        Figure(
            name=f"health while {RATE} sign-ins/s are attempted: p99",
            unit="ms",
            value=percentile(meanwhile, 0.99),
            bare=percentile(alone, 0.99),
            at_most=TARGET,
            runs=(percentile(meanwhile, 0.5), max(meanwhile)),
            note="runs: p50, worst",
        ),
        Figure(
            name="sign-ins answered, right or wrong",
            unit="/s",
            value=refused / SECONDS,
            bare=least,
            note=f"{late} of {RATE * SECONDS:.0f} were told to come again (429)",
        ),
    ]


def _passwords() -> float:
    """A second, of all cores."""
    hasher, cores = PasswordHasher(parallelism=LANES), os.cpu_count() or 1
    with ThreadPoolExecutor(cores) as pool:
        begun = time.perf_counter()
        list(pool.map(hasher.hash, ["a wrong password"] * HASHED))
        return HASHED / (time.perf_counter() - begun)


async def _health(client: httpx.AsyncClient) -> list[float]:
    """Milliseconds of each request, one after another."""
    taken, end = [], time.monotonic() + SECONDS
    while time.monotonic() < end:
        begun = time.monotonic()
        response = await client.get("/health")
        taken.append((time.monotonic() - begun) * 1000)
        if response.status_code != 200:
            raise RuntimeError(f"health answered {response.status_code}")
        await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - begun)))
    return taken


async def _attempts(client: httpx.AsyncClient, answered: Counter[int]) -> None:
    async with asyncio.TaskGroup() as all_:
        for n in range(int(RATE * SECONDS)):
            all_.create_task(_attempt(client, n, answered))
            await asyncio.sleep(1 / RATE)


async def _attempt(client: httpx.AsyncClient, n: int, answered: Counter[int]) -> None:
    body = {"username": f"nobody{n}", "password": "a wrong password"}
    address = {"X-Forwarded-For": f"10.0.{n // 250}.{n % 250 + 1}"}
    response = await client.post("/login", json=body, headers=address)
    answered[response.status_code] += 1
    unexpected = answered.keys() - {401, 429}
    if unexpected:
        raise RuntimeError(f"sign-in answered {unexpected}")

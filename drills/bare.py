"""The bare limits: what the same takes without TWS, measured in the same run."""

import asyncio
import contextlib
import sys
import time
from collections.abc import Awaitable, Callable

import psycopg
from bench.start import NOTHING
from sqlalchemy import make_url

AGAIN = 0.01


async def process_start() -> float:
    """Seconds until a process that imports the same libraries says so."""
    begun = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", NOTHING, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    await process.stdout.readline()
    taken = time.monotonic() - begun
    process.kill()
    await process.wait()
    return taken


async def connected(host: str, port: int) -> float:
    """When (`time.monotonic()`) a connection is taken, tried all the time."""

    async def once() -> None:
        _, writer = await asyncio.wait_for(asyncio.open_connection(host, port), 1)
        writer.close()

    return await _tried(once)


async def database_takes_changes(url: str, since: float) -> float:
    """Seconds since then until a database of PostgreSQL takes a change, tried all the time."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)

    async def once() -> None:
        connecting = psycopg.AsyncConnection.connect(plain, connect_timeout=2)
        async with await asyncio.wait_for(connecting, 3) as connection:
            await asyncio.wait_for(connection.execute("CREATE TEMPORARY TABLE bare (a int)"), 3)

    return await _tried(once) - since


async def _tried(once: Callable[[], Awaitable[None]]) -> float:
    while True:
        with contextlib.suppress(OSError, TimeoutError, psycopg.Error):
            await once()
            return time.monotonic()
        await asyncio.sleep(AGAIN)

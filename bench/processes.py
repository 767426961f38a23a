"""Processes under measure: started on a free port, stopped, and what they used of the machine."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

PATIENCE = 120.0
MEGABYTE = 1024 * 1024


@dataclass
class Process:
    """A running program; `line` is what it said when it was ready."""

    pid: int
    line: str
    started: float
    "time.monotonic() just before it was started."

    @property
    def port(self) -> int:
        """The number its ready line ends with."""
        return int(self.line.rstrip(".\n").split()[-1])

    def cpu(self) -> float:
        """Seconds of processor time of its threads, to the nanosecond: the clock ticks of `stat`
        are three per cent of what is measured. (Linux: schedstat.)"""
        threads = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9

    def resident(self) -> float:
        return resident(self.pid)


def resident(pid: int) -> float:
    """Megabytes of memory."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / MEGABYTE
    raise RuntimeError(f"process {pid} has no memory: it ended")


@contextlib.asynccontextmanager
async def running(
    arguments: Sequence[str], ready: str, environment: Mapping[str, str] | None = None
) -> AsyncIterator[Process]:
    """`python ARGUMENTS`, from its line that begins with `ready` until the end of the block."""
    started = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        env={
            **os.environ,
            "TWS_LOG_LEVEL": "warning",
            "PYTHONDONTWRITEBYTECODE": "",
            **(environment or {}),
        },
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            while line := (await process.stdout.readline()).decode():
                if line.startswith(ready):
                    break
            else:
                raise RuntimeError(f"{arguments[1]} ended with {await process.wait()}")
        draining = asyncio.create_task(process.stdout.read())
        yield Process(process.pid, line, started)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), 20)
            except TimeoutError:
                process.kill()
                await process.wait()
    await draining


@contextlib.asynccontextmanager
async def serving(
    data: Path, database: str | None = None, **environment: str
) -> AsyncIterator[Process]:
    """`tws serve` on the database in `data`, or at this URL."""
    arguments = ["-m", "tws", "serve", "--host=127.0.0.1", "--port=0", f"--data={data}"]
    if database is not None:
        environment["TWS_DATABASE"] = database
    async with running(arguments, "Listening on port", environment) as process:
        yield process


async def metric(client: httpx.AsyncClient, name: str) -> float:
    """The sum of a metric over its labels."""
    text = (await client.get("/metrics")).text
    lines = [line for line in text.splitlines() if line.startswith((name + "{", name + " "))]
    return sum(float(line.rpartition(" ")[2]) for line in lines)


async def monitored(server: Process, devices: int, *others: Process) -> None:
    """Wait until so many devices are monitored, by all servers together."""
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(asyncio.timeout(PATIENCE))
        clients = [
            await stack.enter_async_context(
                httpx.AsyncClient(base_url=f"http://127.0.0.1:{one.port}")
            )
            for one in (server, *others)
        ]

        async def heard() -> float:
            return sum([await metric(client, "tws_link_devices") for client in clients])

        while await heard() < devices:  # noqa: ASYNC110
            await asyncio.sleep(0.1)  # it is another process: there is no event to wait for

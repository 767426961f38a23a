"""`tws serve` as a process that is killed, stopped, paused and started again."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx

STARTS_WITHIN = 120.0
ASK = 5.0
PAUSE = 0.05
"All in seconds; the last is how often is looked at another process, where no event can come."


class DidNotStart(Exception):
    """It ended instead of listening; what it said."""


class Node:
    """One server of a company's, on its own folder. `environment` says which database it has
    (TWS_DATABASE) and, of several, how they meet (TWS_NATS, TWS_NODE); `prefix`: what starts
    it."""

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        prefix: Sequence[str] = (),
    ) -> None:
        self.folder, self.environment, self.prefix = folder, dict(environment), prefix
        self.port = 0
        self.said: list[str] = []
        "Its log."
        self._process: Process | None = None
        self._reader: asyncio.Task[None] | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> float:
        """Until it listens, on the port it had before; seconds. DidNotStart."""
        self.folder.mkdir(exist_ok=True)
        begun = time.monotonic()
        self._process = await asyncio.create_subprocess_exec(
            *(*self.prefix, sys.executable, "-m", "tws", "serve", "--host=127.0.0.1"),
            *(f"--port={self.port}", f"--data={self.folder}"),
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
            env={
                **os.environ,
                "TWS_LOG_FORMAT": "json",
                "TWS_BACKUP_AT": "off",
                "PYTHONDONTWRITEBYTECODE": "",
                **self.environment,
            },
        )
        listens: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._reader = asyncio.create_task(self._read(self._process, listens))
        self.port = await asyncio.wait_for(listens, STARTS_WITHIN)
        return time.monotonic() - begun

    async def start_until_it_does(self) -> float:
        """As a service manager does, which starts what ended again; seconds."""
        begun = time.monotonic()
        async with asyncio.timeout(STARTS_WITHIN):
            while True:
                try:
                    await self.start()
                    return time.monotonic() - begun
                except DidNotStart:
                    await asyncio.sleep(PAUSE)

    async def _read(self, process: Process, listens: "asyncio.Future[int]") -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            self.said.append(line.decode(errors="replace"))
            if line.startswith(b"Listening on port ") and not listens.done():
                listens.set_result(int(line.split()[-1].rstrip(b".")))
        if not listens.done():
            listens.set_exception(DidNotStart("".join(self.said[-20:])))

    async def kill(self) -> None:
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        await self._end(signal.SIGTERM)

    async def ended(self) -> int:
        """Wait for it to end by itself; how it did."""
        assert self._process is not None and self._reader is not None
        code = await self._process.wait()
        await self._reader
        return code

    async def _end(self, how: signal.Signals) -> None:
        if self._process is None or self._reader is None:
            return
        if self.running:
            self.signal(signal.SIGCONT)
            self.signal(how)
        await self._process.wait()
        await self._reader

    def signal(self, number: signal.Signals) -> None:
        """SIGSTOP pauses it, SIGCONT wakes it."""
        os.kill(self.pid, number)

    # ------------------------------------------------------------ what it counts

    async def metric(self, name: str) -> float:
        """The sum over its labels. httpx.HTTPError while it does not answer."""
        async with httpx.AsyncClient(base_url=self.base, timeout=ASK) as client:
            text = (await client.get("/metrics")).text
        lines = [line for line in text.splitlines() if line.startswith((f"{name}{{", f"{name} "))]
        return sum(float(line.rpartition(" ")[2]) for line in lines)

    async def devices(self) -> float:
        """How many telephones it hears; 0 while it does not answer."""
        try:
            return await self.metric("tws_link_devices")
        except httpx.HTTPError:
            return 0

    def resident(self) -> float:
        """Megabytes of memory."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("it has no memory: it ended")

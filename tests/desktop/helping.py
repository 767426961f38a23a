"""The helper of a desk as a real process, beside a house or a site."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Self

DEADLINE = 20.0


class Helper:
    """One computer: its folder, and the helper that runs on it."""

    def __init__(
        self, folder: Path, start: Sequence[str] = ("-m", "tws.desktop"), **environment: str
    ) -> None:
        """`start`: what Python is told to run."""
        self.folder, self.start, self.environment = folder, start, environment
        self.output: list[str] = []
        self._read_to = 0
        self._process: asyncio.subprocess.Process | None = None
        self._heard = asyncio.Event()
        self._reader: asyncio.Task[None] | None = None

    async def does(self, *arguments: str, given: str = "") -> tuple[int, str]:
        """Run it to its end: exit code and what it said."""
        process = await self._begin(*arguments)
        said, _ = await asyncio.wait_for(process.communicate(given.encode()), DEADLINE)
        assert process.returncode is not None
        return process.returncode, said.decode()

    async def _begin(self, *arguments: str) -> asyncio.subprocess.Process:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name
            not in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "TWS_API_KEY")
        }
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *(*self.start, "--folder", str(self.folder), *arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env={**environment, "LC_ALL": "C.UTF-8", **self.environment},
        )

    async def connect(self, server: str, key: str, *more: str) -> None:
        code, said = await self.does("connect", server, *more, given=f"{key}\n")
        assert code == 0, said

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[Self]:
        self._process = await self._begin("run")
        self._reader = asyncio.create_task(self._read(self._process))
        try:
            await self.says("connected")
            yield self
        finally:
            if self._process.returncode is None:
                self._process.terminate()
            await asyncio.wait_for(self._process.wait(), DEADLINE)
            await self._reader

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            self.output.append(line.decode())
            self._heard.set()
        self._heard.set()

    async def says(self, words: str) -> None:
        """Behind what it was waited for before."""

        def said() -> bool:
            for at in range(self._read_to, len(self.output)):
                if words in self.output[at]:
                    self._read_to = at + 1
                    return True
            return False

        await self._until(said, words)

    async def ended(self) -> int:
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), DEADLINE)

    async def _until(self, condition: Callable[[], bool], what: str) -> None:
        try:
            async with asyncio.timeout(DEADLINE):
                while not condition():
                    self._heard.clear()
                    await self._heard.wait()
        except TimeoutError:
            raise AssertionError(f"{what}: never said; {''.join(self.output)}") from None


def recorder(folder: Path) -> tuple[Path, Path]:
    """A program that tells its arguments, each with a NUL behind it; the pipe where it does."""
    program, told = folder / "recorder", folder / "told"
    os.mkfifo(told)
    program.write_text(f"#!/bin/sh\nprintf '%s\\0' \"$@\" > '{told}'\n")
    program.chmod(0o755)
    return program, told


async def arguments(told: Path) -> list[str]:
    """Those of the next start of a `recorder`."""
    async with asyncio.timeout(DEADLINE):
        content = await asyncio.to_thread(told.read_bytes)
    return content.decode().split("\0")[:-1]

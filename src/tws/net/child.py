"""A child process: lines go in and out, and it ends when it is told to.

Whatever it does with its memory, its time or a library's faults, this process goes on.
"""

import asyncio
import contextlib
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence

from tws.net.encryption import EXCEPT, TLS

LONGEST_LINE = 64 * 1024


class Child:
    """Started by `start`; who started it ends it, by `stop` or by `kill`."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, command: Sequence[str], *, longest_line: int = LONGEST_LINE) -> "Child":
        """OSError where it cannot be. It is in a session of its own: what ends this process from
        its terminal does not end the child before it is told to."""
        return cls(
            await asyncio.create_subprocess_exec(
                *command,
                stdin=PIPE,
                stdout=PIPE,
                limit=longest_line,
                start_new_session=True,
                env=_without_settings(),
            )
        )

    async def give(self, data: bytes) -> None:
        """All that it is given. Where it has ended nothing happens: its end is told by `line`."""
        assert self._process.stdin is not None
        if self._process.stdin.is_closing():
            return  # uvloop refuses to write there
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._process.stdin.write(data)
            await self._process.stdin.drain()
            self._process.stdin.close()

    async def line(self, silence: float | None = None) -> bytes:
        """The next line that it says, empty at its end. TimeoutError after `silence` seconds
        without one, ValueError for one that is too long."""
        assert self._process.stdout is not None
        async with asyncio.timeout(silence):
            return await self._process.stdout.readline()

    async def ended(self) -> int:
        """Waits for its end; the exit code, or minus the signal that ended it."""
        return await self._process.wait()

    async def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()
        await self._process.wait()

    async def kill(self) -> None:
        """End it at once, with what it started itself."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()


def _without_settings() -> dict[str, str]:
    """Our environment without our settings, which hold secrets: what it needs it is told. The
    rule of encryption is for it, too."""
    return {
        name: value
        for name, value in os.environ.items()
        if name in (TLS, EXCEPT) or not name.startswith(("TWS_", "CREDENTIALS_DIRECTORY"))
    }

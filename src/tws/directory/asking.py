"""A source is read by a process of its own: whatever it does with its memory, its time or a
library's faults, calls go on; and it can be ended at any moment.
"""

import asyncio
import contextlib
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager

from tws.directory.connector import Unreachable

LONGEST_LINE = 16 * 1024 * 1024
"Of an answer: remarks name some entries."
SILENCE = 300.0
"Seconds without a word after which a source is given up."


@asynccontextmanager
async def asked(
    command: Sequence[str], question: bytes, silence: float = SILENCE
) -> AsyncIterator[AsyncIterator[bytes]]:
    """The lines that the reader answers which `command` starts; it is killed at the end. The
    iterator raises Unreachable where the reader is silent, or ends: leave it at its last word."""
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, limit=LONGEST_LINE, start_new_session=True
    )
    try:
        async with contextlib.aclosing(_lines(process, question, silence)) as lines:
            yield lines
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # with what it started itself: drivers
        await process.wait()


async def _lines(process: Process, question: bytes, silence: float) -> AsyncGenerator[bytes]:
    assert process.stdin is not None and process.stdout is not None
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # its end is told below
        process.stdin.write(question + b"\n")
        await process.stdin.drain()
        process.stdin.close()
    while line := await _line(process.stdout, silence):
        yield line
    raise Unreachable(f"The reader ended without a word (code {await process.wait()}).")


async def _line(stream: asyncio.StreamReader, silence: float) -> bytes:
    try:
        return await asyncio.wait_for(stream.readline(), silence)
    except TimeoutError:
        raise Unreachable(f"Nothing was read for {silence:.0f} s.") from None

"""A source is read by a process of its own: whatever it does with its memory, its time or a
library's faults, calls go on; and it can be ended at any moment.
"""

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager

from tws.net.child import Child
from tws.sources.errors import Unreachable
from tws.telemetry import within

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
    with within("source"):
        child = await Child.start(command, longest_line=LONGEST_LINE)
        try:
            async with contextlib.aclosing(_lines(child, question, silence)) as lines:
                yield lines
        finally:
            await child.kill()  # with what it started itself: drivers


async def _lines(child: Child, question: bytes, silence: float) -> AsyncGenerator[bytes]:
    await child.give(question + b"\n")
    while line := await _line(child, silence):
        yield line
    raise Unreachable("The reader ended without a word (code {code}).", code=await child.ended())


async def _line(child: Child, silence: float) -> bytes:
    try:
        return await child.line(silence)
    except TimeoutError:
        raise Unreachable("Nothing was read for {seconds} s.", seconds=round(silence)) from None

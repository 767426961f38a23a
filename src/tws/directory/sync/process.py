"""A source is read by a process of its own: whatever it does with its memory, its time or a
library's faults, calls go on; and it can be ended at any moment.
"""

import asyncio
import contextlib
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence

from tws.directory.connector import ConnectorError, Misconfigured, Refused, Unreachable
from tws.directory.sync.messages import Ended, Failed, Progress, Read, encode, read_answer

LONGEST_LINE = 16 * 1024 * 1024
"Of an answer: remarks name some entries."
SILENCE = 300.0
"Seconds without a word of progress after which a source is given up."
PROBLEMS: dict[str, type[ConnectorError]] = {
    "unreachable": Unreachable,
    "refused": Refused,
    "misconfigured": Misconfigured,
}


async def read(
    command: Sequence[str],
    question: Read,
    progress: Callable[[int], None],
    *,
    silence: float = SILENCE,
) -> Ended:
    """Ask the reader that `command` starts. Raises ConnectorError; a cancelled one is killed."""
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, limit=LONGEST_LINE, start_new_session=True
    )
    try:
        return await _conversation(process, question, progress, silence)
    except TimeoutError:
        raise Unreachable(f"Nothing was read for {silence:.0f} s.") from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # with what it started itself: drivers
        await process.wait()


async def _conversation(
    process: Process, question: Read, progress: Callable[[int], None], silence: float
) -> Ended:
    assert process.stdin is not None and process.stdout is not None
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # its end is told below
        process.stdin.write(encode(question) + b"\n")
        await process.stdin.drain()
        process.stdin.close()
    while line := await asyncio.wait_for(process.stdout.readline(), silence):
        match read_answer(line):
            case Progress(read=read):
                progress(read)
            case Ended() as ended:
                return ended
            case Failed(problem=problem, words=words):
                raise PROBLEMS[problem](words)
    raise Unreachable(f"The reader ended without a word (code {await process.wait()}).")

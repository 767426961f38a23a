"""The commands of `tws`, each as a person or a script starts it: a process of its own."""

import asyncio
import os
import pty
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.running import ADMINISTRATOR, COMMAND, PASSWORD

DEADLINE = 60.0
"Seconds a command may take: it imports everything on a machine that does other things too."
FIRST = (f"--username={ADMINISTRATOR}", "--company=SSDEI", "--domain=Paris")


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    error: str


async def tws(
    *arguments: str, typed: str = "", command: Sequence[str] = COMMAND, **environment: str
) -> Ended:
    """Run `tws` to its end, `typed` on its standard input, which is no terminal."""
    process = await asyncio.create_subprocess_exec(
        *command,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **environment},
    )
    try:
        async with asyncio.timeout(DEADLINE):
            out, error = await process.communicate(typed.encode())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), error.decode())


async def initialise(
    data: Path, *more: str, command: Sequence[str] = COMMAND, **environment: str
) -> Ended:
    given = ("initialise", *FIRST, f"--data={data}", *more)
    return await tws(*given, typed=f"{PASSWORD}\n", command=command, **environment)


async def at_a_terminal(answers: Mapping[str, str], *arguments: str, **environment: str) -> str:
    """What `tws` says at a terminal; each answer is typed once its question stands there."""
    ours, theirs = pty.openpty()
    try:
        process = await asyncio.create_subprocess_exec(
            *COMMAND,
            *arguments,
            stdin=theirs,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            env={**os.environ, **environment},
        )
        assert process.stdout is not None
        said = ""
        try:
            async with asyncio.timeout(DEADLINE):
                for question, answer in answers.items():
                    said += (await process.stdout.readuntil(f"{question}".encode())).decode()
                    said += (await process.stdout.readuntil(b": ")).decode()
                    os.write(ours, f"{answer}\n".encode())
                said += (await process.stdout.read()).decode()
                await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    finally:
        os.close(ours)
        os.close(theirs)
    return said

"""The commands of `tws`, each as a person or a script starts it: a process of its own."""

import asyncio
import os
from collections.abc import Sequence
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

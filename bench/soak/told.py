"""How a generator and who started it speak: lines of JSON, on its standard output and input."""

import asyncio
import json
import sys
from collections.abc import Callable
from typing import Any


def say(**words: Any) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


async def orders(do: Callable[[dict[str, Any]], None]) -> None:
    """Each line that comes, until the input ends: whoever started us is gone."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=1 << 20)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        do(json.loads(line))

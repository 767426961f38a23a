"""A file as it comes from outside, block by block, never more of it than is wanted."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

from tws.errors import Invalid


async def arrive(path: Path, content: AsyncIterator[bytes], most: int, words: str) -> None:
    """Into a new file that its owner alone reads. Invalid with `words` once it has more than
    `most` bytes: what is there then is the caller's to take away."""
    size = 0
    with await asyncio.to_thread(open, path, "xb", opener=_private) as file:
        async for block in content:
            size += len(block)
            if size > most:
                raise Invalid(words)
            await asyncio.to_thread(file.write, block)
        await asyncio.to_thread(file.flush)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

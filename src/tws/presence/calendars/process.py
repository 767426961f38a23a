"""Asks the reader process for people's calendars."""

import asyncio
from collections.abc import Callable, Sequence

from tws.presence.calendars.messages import (
    Ended,
    Found,
    PartFailed,
    ReadCalendars,
    encode,
    read_answer,
)
from tws.sources.errors import Unreachable
from tws.sources.failing import Failed
from tws.sources.process import asked

SILENCE = 120.0
"Seconds without a word after which a source is given up: one mailbox may be asked for again."
LONGEST = 900.0
"Seconds that one refreshing may take."


async def read(
    command: Sequence[str],
    question: ReadCalendars,
    found: Callable[[Found | PartFailed], None],
    *,
    silence: float = SILENCE,
    longest: float = LONGEST,
) -> None:
    """Ask the reader that `command` starts. Raises ConnectorError for what concerns everybody that
    is left; a cancelled one is killed."""
    try:
        async with (
            asyncio.timeout(longest),
            asked(command, encode(question), silence) as lines,
        ):
            async for line in lines:
                match read_answer(line):
                    case Found() | PartFailed() as told:
                        found(told)
                    case Ended():
                        return
                    case Failed() as why:
                        raise why.error()
    except TimeoutError:
        raise Unreachable("It was not read within {seconds} s.", seconds=round(longest)) from None

"""Asks the reader process for a source of contacts."""

from collections.abc import Callable, Sequence

from tws.directory.sync.messages import Ended, Progress, Read, encode, read_answer
from tws.sources.failing import Failed
from tws.sources.process import SILENCE, asked


async def read(
    command: Sequence[str],
    question: Read,
    progress: Callable[[int], None],
    *,
    silence: float = SILENCE,
) -> Ended:
    """Ask the reader that `command` starts. Raises ConnectorError; a cancelled one is killed."""
    async with asked(command, encode(question), silence) as lines:
        async for line in lines:
            match read_answer(line):
                case Progress(read=read):
                    progress(read)
                case Ended() as ended:
                    return ended
                case Failed() as why:
                    raise why.error()
    raise AssertionError("the lines of a reader end with an error")

"""Asks the reader process for a source of users."""

from collections.abc import Callable, Sequence

from tws.imports.messages import Ended, Found, ReadUsers, encode, read_answer
from tws.imports.model import Person
from tws.sources.errors import Misconfigured
from tws.sources.failing import Failed
from tws.sources.process import SILENCE, asked

MOST = 100_000
"Entries of one source: a filter that lets more through was not meant."


async def read(
    command: Sequence[str],
    question: ReadUsers,
    progress: Callable[[int], None],
    *,
    silence: float = SILENCE,
) -> list[Person]:
    """All of them. Raises ConnectorError; a cancelled one is killed."""
    people: list[Person] = []
    async with asked(command, encode(question), silence) as lines:
        async for line in lines:
            match read_answer(line):
                case Found(people=found):
                    people += found
                    progress(len(people))
                    if len(people) > MOST:
                        raise Misconfigured("The source has more than {most} entries.", most=MOST)
                case Ended():
                    return people
                case Failed() as why:
                    raise why.error()
    raise AssertionError("the lines of a reader end with an error")

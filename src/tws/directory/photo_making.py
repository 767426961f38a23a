"""Pictures that people give are made small by a process of its own: what a picture costs is known
only once it has been read."""

from collections.abc import Awaitable, Callable, Sequence

import msgspec
from msgspec import Struct

from tws.directory.photos import NoPhoto, Photo
from tws.sentences import Sentence, sentence
from tws.sources.errors import ConnectorError
from tws.sources.failing import Failed
from tws.sources.process import asked

SILENCE = 60.0
"Seconds that one picture may take."
MEMORY = 250
"MiB that the process may take."
CANNOT = sentence("a picture that cannot be read")


class MakePhotos(Struct, frozen=True):
    """The question, on standard input."""

    pictures: list[bytes]
    memory: int = MEMORY


class Made(Struct, frozen=True, tag="made"):
    """What became of the next picture."""

    photo: Photo | None = None
    said: Sentence | None = None
    "Why there is none."


class Ended(Struct, frozen=True, tag="ended"):
    """That were all."""


Told = Made | Ended | Failed
encode = msgspec.json.Encoder().encode
read_question = msgspec.json.Decoder(MakePhotos).decode
read_answer = msgspec.json.Decoder(Told).decode
Make = Callable[[Sequence[bytes]], Awaitable[list[Photo | NoPhoto]]]


async def made(command: Sequence[str], pictures: Sequence[bytes]) -> list[Photo | NoPhoto]:
    """Of each picture, in their order. One on which the process ends takes those behind it with
    it: they are told as unreadable too."""
    found: list[Photo | NoPhoto] = []
    if pictures:
        try:
            async with asked(command, encode(MakePhotos(list(pictures))), SILENCE) as lines:
                async for line in lines:
                    match read_answer(line):
                        case Made(photo=Photo() as photo):
                            found.append(photo)
                        case Made(said=Sentence() as said):
                            found.append(NoPhoto(said))
                        case _:
                            break
        except ConnectorError:
            pass  # it ended, or hangs
    return found + [NoPhoto(CANNOT)] * (len(pictures) - len(found))

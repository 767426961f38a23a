"""The process that replays a trace: one order, one answer."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from tws.maintenance.traces.model import Replay
from tws.net.child import Child
from tws.sentences import NOTHING, Sentence, sentence

PATIENCE = 120.0
"Seconds without an answer after which it is given up."
LONGEST_ANSWER = 64 * 1024 * 1024


class Order(Struct, frozen=True):
    files: tuple[str, ...]


class Replayed(Struct, frozen=True):
    """One of the two."""

    replay: Replay | None = None
    failure: Sentence = NOTHING


def decode_order(line: bytes) -> Order:
    return msgspec.json.decode(line, type=Order)


class Asking:
    def __init__(self, command: Sequence[str]) -> None:
        self._command = command

    async def ask(self, files: Sequence[Path]) -> Replayed:
        child = await Child.start(self._command, longest_line=LONGEST_ANSWER)
        try:
            order = Order(tuple(str(file) for file in files))
            await child.give(msgspec.json.encode(order) + b"\n")
            line = await child.line(PATIENCE)
        except TimeoutError:
            return Replayed(
                failure=sentence("it takes longer than two minutes: use `tws trace replay`.")
            )
        except ValueError:
            return Replayed(
                failure=sentence("it has too many calls for a page: use `tws trace replay`.")
            )
        finally:
            await child.stop()
        if not line:
            return Replayed(failure=sentence("the replay ended without a word."))
        return msgspec.json.decode(line, type=Replayed)

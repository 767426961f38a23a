"""Choices made by an input itself: how its bytes are cut, which settings they are read with.

They are taken from its end, so that what stands in front stays what it is when choices change.
"""

from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")
MOST_PIECES = 8


class Choices:
    """`rest` is what no choice has taken; with nothing left every choice is the first."""

    def __init__(self, data: bytes) -> None:
        self.rest = data

    def number(self, below: int) -> int:
        """Of at most 256 possibilities."""
        if not self.rest:
            return 0
        last = self.rest[-1]
        self.rest = self.rest[:-1]
        return last % below

    def flag(self) -> bool:
        return bool(self.number(2))

    def one(self, among: tuple[T, ...]) -> T:
        return among[self.number(len(among))]

    def text(self) -> str:
        """All that is left."""
        return self.rest.decode(errors="replace")

    def pieces(self) -> Iterator[bytes]:
        """All that is left, cut as the stream of a peer may be."""
        cuts = [self.number(256) for _ in range(self.number(MOST_PIECES))]
        data, at = self.rest, 0
        for cut in cuts:
            end = at + cut * max(1, len(data) // 256)
            yield data[at:end]
            at = end
        yield data[at:]

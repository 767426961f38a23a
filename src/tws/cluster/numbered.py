"""Whether a numbered message is the next one. Pure.

Who tells begins each epoch at a snapshot and counts from it; who listens asks for a new snapshot
where one is missing. The same is done by the live stream of browsers (`web.live`).
"""

from enum import Enum, auto

from msgspec import Struct


class Place(Struct, frozen=True, order=True):
    """Of a message: `n` counts within its epoch. A higher epoch is another teller."""

    epoch: int
    n: int


class Verdict(Enum):
    NEXT = auto()
    OLD = auto()
    "Heard before, or of somebody who has it no more."
    GAP = auto()
    "What is between is not known."


class Listening:
    """`at`: the place of the last that was heard, or of the snapshot."""

    def __init__(self) -> None:
        self.at: Place | None = None

    def hear(self, place: Place) -> Verdict:
        at = self.at
        if at is None or place.epoch > at.epoch:
            return Verdict.GAP
        if place <= at:
            return Verdict.OLD
        if place.n > at.n + 1:
            return Verdict.GAP
        self.at = place
        return Verdict.NEXT

    def lacks(self, place: Place) -> bool:
        """Whether something up to that place was not heard: asked of a beat, which is no step."""
        return self.at is None or self.at < place

    def begin(self, place: Place) -> bool:
        """By a snapshot; False where it is older than what is known."""
        if self.at is not None and place < self.at:
            return False
        self.at = place
        return True

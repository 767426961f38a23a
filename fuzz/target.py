"""What a target is: what reads an input, and what it begins with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

LONGEST = 4096
"Bytes of an input, unless a target says otherwise."


class Mutator(Protocol):
    """Another input, made with knowledge of the format."""

    def __call__(self, data: bytes, most: int, seed: int) -> bytes:
        """At most `most` bytes; the same for the same arguments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One way in for bytes of others."""

    feed: Callable[[bytes], None]
    "Reads one input. The errors that the room promises are caught in it; what it raises is found."
    seeds: tuple[bytes, ...]
    "Inputs to begin with, right ones and wrong ones."
    words: tuple[bytes, ...] = ()
    "Of the format; they are put anywhere."
    mutate: Mutator | None = None
    longest: int = LONGEST
    short: int = 0
    "Bytes of an input of a short run, where `longest` ones would take too long; 0 = as many."
    seconds: float = 20.0
    "What one input may take at most, whatever else the machine does."


class Found(AssertionError):
    """What must hold of an input does not."""


def holds(true: bool, what: str) -> None:
    """Found, whether or not Python looks at assertions."""
    if not true:
        raise Found(what)

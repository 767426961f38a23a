"""What keys are, and what a computer has to offer to hold them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol

Pressed = Callable[[str], None]
"Told the key, as it is written: it must not wait."
Taken = Callable[[str], None]
"The same of one that another program has."
SAME_GESTURE = 800
"Milliseconds within which a second press, or a key that repeats itself, is no other one."


@dataclass(frozen=True, slots=True)
class Combination:
    """`Ctrl+Alt+D`."""

    held: frozenset[str]
    "Of Ctrl, Alt, Shift, Super."
    key: str
    "F1 to F12, A to Z, 0 to 9."


def combination(text: str) -> Combination:
    *held, key = text.split("+")
    return Combination(frozenset(held), key)


class Keys(Protocol):
    def hold(self, keys: Collection[str]) -> None:
        """These from now on, and no others."""

    def selected(self) -> str:
        """The text that is selected; empty where nothing is."""

    def close(self) -> None: ...

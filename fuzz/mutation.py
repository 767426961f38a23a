"""Mutation that knows a format: by its words, its lengths, its brackets. Pure, without atheris.

Bytes changed at random hardly get past the first check of a format with lengths or keywords.
"""

import random
import re
from collections.abc import Callable, Sequence

MOST_CHANGES = 4


class ByTokens:
    """Takes apart what `pattern` tells apart, and moves, repeats, swaps and replaces the parts.

    New parts come from `vocabulary`, which is made of the seeds and the words of the format.
    """

    def __init__(self, pattern: bytes, seeds: Sequence[bytes], words: Sequence[bytes]) -> None:
        self._pattern = re.compile(pattern, re.DOTALL)
        found = {part for seed in seeds for part in self._parts(seed)}
        self._vocabulary = sorted({*found, *words})
        self._seeds = [parts for seed in seeds if (parts := self._parts(seed))]

    def __call__(self, data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        parts = self._parts(data) or list(chance.choice(self._seeds))
        for _ in range(chance.randint(1, MOST_CHANGES)):
            self._change(parts, chance)
        return b"".join(parts)[:most]

    def _parts(self, data: bytes) -> list[bytes]:
        return self._pattern.findall(data)

    def _change(self, parts: list[bytes], chance: random.Random) -> None:
        at = chance.randrange(len(parts) + 1)
        match chance.randrange(6):
            case 0:
                parts.insert(at, chance.choice(self._vocabulary))
            case 1 if at < len(parts):
                parts[at] = chance.choice(self._vocabulary)
            case 2:
                del parts[at : at + chance.randint(1, 3)]
            case 3:  # a stretch again, several times
                end = min(len(parts), at + chance.randint(1, 8))
                parts[at:at] = parts[at:end] * chance.choice((1, 1, 2, 40))
            case 4:  # a stretch of a seed
                other = chance.choice(self._seeds)
                begin = chance.randrange(len(other))
                parts[at:at] = other[begin : begin + chance.randint(1, 20)]
            case _:
                other_at = chance.randrange(len(parts) + 1)
                if at < len(parts) and other_at < len(parts):
                    parts[at], parts[other_at] = parts[other_at], parts[at]


Cut = Callable[[bytes], list[bytes]]
Join = Callable[[list[bytes]], bytes]


class ByUnits:
    """Of a stream of units with lengths: `cut` gives their contents, `join` their right lengths
    back. `inner` changes a content."""

    def __init__(self, cut: Cut, join: Join, inner: Callable[[bytes, int, int], bytes]) -> None:
        self._cut, self._join, self._inner = cut, join, inner

    def __call__(self, data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        units = self._cut(data) or [b""]
        at = chance.randrange(len(units))
        match chance.randrange(5):
            case 0:
                units.insert(chance.randrange(len(units) + 1), units[at])
            case 1 if len(units) > 1:
                del units[at]
            case _:
                units[at] = self._inner(units[at], most, seed)
        return self._join(units)[:most]

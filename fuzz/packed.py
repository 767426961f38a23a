"""Mutation of what is packed by msgpack: values of one are changed, and packed again. Pure."""

import random
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import msgspec

MOST_CHANGES = 3
UNPACKABLE = (msgspec.MsgspecError, UnicodeError, RecursionError, OverflowError, TypeError)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2**63 - 1, -(2**63), 2**64 - 1, 0.5, float("inf"), float("nan")),
    *("", "4001", "\0", "é" * 40, "9" * 300, b"", b"\0\xff", [], {}, [[]], {"": 0}),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-03-02T09:00:00Z"),
)


class ByValues:
    """Takes new values from `seeds`, too, wherever they stand there."""

    def __init__(self, seeds: Sequence[bytes]) -> None:
        self._seeds = list(seeds)
        found = [value for seed in seeds for value in _within(msgspec.msgpack.decode(seed))]
        self._vocabulary = [*VALUES, *found]

    def __call__(self, data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        value = msgspec.msgpack.decode(chance.choice(self._seeds))
        # What is decoded in C shows no edges, so that libFuzzer keeps few of the seeds.
        if chance.random() < 0.5:
            with suppress(*UNPACKABLE):
                value = msgspec.msgpack.decode(data)
        for _ in range(chance.randint(1, MOST_CHANGES)):
            value = self._changed(value, chance)
        try:
            return msgspec.msgpack.encode(value)[:most]
        except UNPACKABLE:
            return data[:most]

    def _changed(self, value: Any, chance: random.Random) -> Any:
        """Deeper down more often than here: there is more."""
        match value:
            case dict() if value and chance.random() < 0.9:
                key = chance.choice(list(value))
                match chance.randrange(6):
                    case 0:
                        return {name: each for name, each in value.items() if name != key}
                    case 1:
                        return value | {str(chance.choice(self._vocabulary))[:40]: None}
                    case _:
                        return value | {key: self._changed(value[key], chance)}
            case list() if value and chance.random() < 0.9:
                at = chance.randrange(len(value))
                match chance.randrange(6):
                    case 0:
                        return value[:at] + value[at + 1 :]
                    case 1:
                        return value + [value[at]] * chance.choice((1, 1, 20))
                    case _:
                        return [*value[:at], self._changed(value[at], chance), *value[at + 1 :]]
            case bytes() if chance.random() < 0.5:
                return value[: chance.randrange(len(value) + 1)] + chance.randbytes(2)
            case _:
                return chance.choice(self._vocabulary)


def _within(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(found for each in inner for found in _within(each))]

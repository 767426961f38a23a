"""Answers in parts: in whatever order they come, they are the answer or none."""

import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.cluster.parts import Gathering, Part, Unreadable, in_parts

contents = st.one_of(st.binary(max_size=200), st.integers(0, 99).map(lambda n: b"device " * n))
sizes = st.integers(1, 40)


def gathered(parts: list[Part]) -> list[bytes]:
    """What is whole, each time that it is."""
    gathering = Gathering()
    return [whole for part in parts if (whole := gathering.take(part)) is not None]


@given(contents, sizes, st.randoms(use_true_random=False))
def test_in_any_order_and_told_twice_it_is_the_same(
    content: bytes, size: int, chance: random.Random
) -> None:
    parts = list(in_parts(content, size))
    assert all(len(part.content) <= size for part in parts)
    twice = parts + chance.sample(parts, len(parts) // 2)
    chance.shuffle(twice)
    found = gathered(twice)
    assert found and set(found) == {content}


@given(contents, sizes, st.data())
def test_while_one_is_missing_there_is_no_answer(
    content: bytes, size: int, data: st.DataObject
) -> None:
    parts = list(in_parts(content, size))
    missing = data.draw(st.sampled_from(parts))
    others = [part for part in parts if part is not missing]
    assert gathered(others + others) == []
    assert gathered([*others, missing]) == [content]


@given(st.tuples(contents, sizes), st.tuples(contents, sizes), st.randoms(use_true_random=False))
def test_two_who_answer_are_not_mixed(
    one: tuple[bytes, int], other: tuple[bytes, int], chance: random.Random
) -> None:
    """As where a link has a new holder, and the one before sleeps no more and does not know."""
    parts = [*in_parts(*one), *in_parts(*other)]
    chance.shuffle(parts)
    assert sorted(gathered(parts)) == sorted([one[0], other[0]])


def test_what_is_damaged_is_no_answer() -> None:
    (part,) = in_parts(b"all that there is", 1000)
    with pytest.raises(Unreadable):
        Gathering().take(Part(0, 1, part.content[:-1], part.answer))


@pytest.mark.parametrize("part", [(0, 0), (1, 1), (-1, 2), (2, 2), (0, -1)])
def test_a_part_that_cannot_be_one_is_no_answer(part: tuple[int, int]) -> None:
    with pytest.raises(Unreadable):
        Gathering().take(Part(*part, zlib.compress(b"all that there is")))


def test_what_would_take_more_memory_than_any_answer_is_not_unpacked() -> None:
    (part,) = in_parts(bytes(100_000), 1000)
    assert len(part.content) < 1000
    assert Gathering(100_000).take(part) == bytes(100_000)
    with pytest.raises(Unreadable, match="more than 99999 bytes"):
        Gathering(99_999).take(part)


def test_parts_that_never_become_an_answer_are_not_kept_without_end() -> None:
    gathering = Gathering(1000)
    for number in range(10):
        assert gathering.take(Part(number, 1000, bytes(100), "one")) is None
        assert gathering.take(Part(number, 1000, bytes(100), "one")) is None, "kept once"
    with pytest.raises(Unreadable, match="more than 1000 bytes"):
        gathering.take(Part(0, 1000, b"1", "another"))

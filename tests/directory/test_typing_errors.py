"""One typing error in a word: what is near, and by what an index finds all that is."""

import re
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.directory.typing_errors import begins_nearly, fragments, nearly, pattern, tolerable

WORDS = st.text(ascii_lowercase, min_size=4, max_size=12)


def distance(a: str, b: str) -> int:
    """Damerau and Levenshtein's, by the table: slow and plain."""
    table = [[max(i, j) for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            here = [table[i - 1][j] + 1, table[i][j - 1] + 1]
            here.append(table[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 2 : i] == b[j - 1] + b[j - 2]:
                here.append(table[i - 2][j - 2] + 1)
            table[i][j] = min(here)
    return table[len(a)][len(b)]


@given(st.text("abc", min_size=1, max_size=8), st.text("abc", max_size=8))
def test_near_is_a_distance_of_one_from_the_word_or_a_beginning(typed: str, word: str) -> None:
    beginnings = [word[:length] for length in range(len(word) + 1)]
    expected = any(distance(typed, beginning) <= 1 for beginning in beginnings)
    assert begins_nearly(word, typed) == expected


@given(WORDS, st.text(ascii_lowercase, max_size=4), st.data())
def test_the_fragments_find_every_word_that_is_near(
    meant: str, more: str, data: st.DataObject
) -> None:
    """`meant` is typed with an error, and begins a longer word."""
    at = data.draw(st.integers(0, len(meant) - 1))
    letter = data.draw(st.sampled_from(ascii_lowercase))
    typed = data.draw(
        st.sampled_from(
            [
                meant[:at] + letter + meant[at:],
                meant[:at] + meant[at + 1 :],
                meant[:at] + letter + meant[at + 1 :],
                meant[:at] + meant[at : at + 2][::-1] + meant[at + 2 :],
            ]
        ).filter(lambda typed: len(typed) >= 4)
    )
    text = f" first {meant}{more} last"
    assert nearly(text, [[typed]])
    assert any(all(part in text for part in choice) for choice in fragments(typed))
    assert re.search(pattern(typed), text)


@given(st.text("abcd", min_size=4, max_size=7), st.text("abcd", max_size=8))
def test_the_pattern_says_the_same(typed: str, word: str) -> None:
    assert (re.search(pattern(typed), f" {word}") is not None) == begins_nearly(word, typed)


@given(WORDS)
def test_fragments_are_long_enough_for_trigrams(typed: str) -> None:
    assert all(len(part) >= 3 for choice in fragments(typed) for part in choice)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ([["paul"]], True),
        ([["pau"]], False),
        ([["pau"], ["martin"]], True),
        ([["4101"]], False),
        ([["paul1"]], False),
        ([["0155", "33155"]], False),
        ([], False),
        ([["martin"]] * 9, False),
        ([["m" * 41]], False),
    ],
)
def test_what_may_be_read_otherwise(text: list[list[str]], expected: bool) -> None:
    assert tolerable(text) == expected


def test_other_words_and_numbers_are_as_typed() -> None:
    text = " martin paul 33155171889"
    assert nearly(text, [["matrin"], ["pau"]])
    assert not nearly(text, [["matrin"], ["pal"]])
    assert nearly(text, [["matrin"], ["5517"]])
    assert not nearly(text, [["matrin"], ["5571"]])

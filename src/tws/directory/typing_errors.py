"""One typing error in a word: what is tolerated when nothing else is found. Pure.

An error is one letter too many, one missing, one wrong, or two neighbours exchanged (a distance of
1 by Damerau and Levenshtein). The beginning of a word is enough, as for what is typed without one.
Words with digits are never read otherwise than they are typed: another number is another person.
"""

from collections.abc import Sequence
from string import ascii_lowercase

LEAST_LETTERS = 4
"Of a word: with fewer, anybody would be near."
MOST_LETTERS = 40
MOST_WORDS = 8

Fragments = Sequence[str]
"Of a folded text, all of which it has; a blank begins a word."


def begins_nearly(word: str, typed: str) -> bool:
    """Whether `word` begins with what `typed` is but for one error, or with `typed`."""
    same = 0
    for ours, theirs in zip(typed, word, strict=False):
        if ours != theirs:
            break
        same += 1
    ours, theirs = typed[same:], word[same:]
    if not ours:
        return True
    return (
        theirs.startswith(ours[1:])
        or theirs.startswith(ours, 1)
        or (theirs != "" and theirs.startswith(ours[1:], 1))
        or (len(ours) > 1 and theirs.startswith(ours[1] + ours[0] + ours[2:]))
    )


def can_be_wrong(group: Sequence[str]) -> bool:
    """Whether this is a word (not a number in its forms) long enough to be read with an error."""
    return len(group) == 1 and group[0].isalpha() and len(group[0]) >= LEAST_LETTERS


def tolerable(wanted: Sequence[Sequence[str]]) -> bool:
    """Whether there is anything in what was typed that may be read otherwise."""
    words = [group[0] for group in wanted if can_be_wrong(group)]
    return 0 < len(words) <= len(wanted) <= MOST_WORDS and max(map(len, words)) <= MOST_LETTERS


def nearly(text: str, wanted: Sequence[Sequence[str]]) -> bool:
    """Whether folded `text` has one of each group, words of some length with one error each."""
    words = text.split()
    return all(
        any(begins_nearly(word, group[0]) for word in words)
        if can_be_wrong(group)
        else any(word in text for word in group)
        for group in wanted
    )


def fragments(typed: str) -> list[Fragments]:
    """What a folded text with a word near `typed` has: all of one of these. An error is in one
    place: what stands before and after it is as typed. None is shorter than three characters, so
    that indexes of trigrams find them."""
    if len(typed) > LEAST_LETTERS:
        last = len(typed) - 3
        around = ([" " + typed[:at], typed[at + 1 :]] for at in range(2, last))
        swapped = ([" " + _swapped(typed, at)] for at in range(1, last))
        return [[typed[2:]], [" " + typed[:last]], *around, *swapped]
    first, end = " " + typed[0], typed[2:]
    return [
        [typed[1:]],
        [" " + typed[:2]],
        [first + end],
        *([first + letter + end] for letter in ascii_lowercase),
        *([" " + _swapped(typed, at)] for at in (0, 1)),
    ]


def pattern(typed: str) -> str:
    """A regular expression for the beginning of a word near `typed`, in a folded text."""
    places = range(len(typed))
    forms = [typed[:at] + ".?" + typed[at + 1 :] for at in places]
    forms += [typed[:at] + "." + typed[at:] for at in places]
    forms += [_swapped(typed, at) for at in places[:-1]]
    return f" ({'|'.join(forms)})"


def _swapped(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

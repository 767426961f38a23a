"""Words beside a number: `01 44 11 22 44 (sauf lundi)`, `Standard : 4092`.

They are set aside, never made digits of. What could be meant otherwise (`1-800-FLOWERS`, two
numbers with words between them, words glued to a number) is left as it was: it is no number to
dial (decision 0055).
"""

import re
from collections.abc import Sequence

_BRACKETS = re.compile(r"\(([^()]*[^\W\d_][^()]*)\)")
"With a letter in them."
_MOST_DIGITS = 3
"In brackets with words: `(bât. 3)`, not another number."
_WHOLE = 8
"Digits of a number that words may stand beside without a sign between them."
_DIALLED = re.compile(r"(?:\+|[*#]+)?\(?\+?\d(?:.*\d)?[*#]*\)?")
_LETTER = re.compile(r"[^\W\d_]")
_STRANGE = re.compile(r"[^\w .,;:'’!?°&/()-]|_|//")
"What stands in addresses and not in a remark."
_SPELT = re.compile(r"\b[A-Z]{3,}\b")
"Digits may be meant by its letters."


def without_brackets(text: str) -> tuple[str, Sequence[str]]:
    """`text` (digits and brackets in ASCII) without the words in brackets, and those."""
    said = [_said(words) for words in _BRACKETS.findall(text) if not _is_more(words)]
    return (_BRACKETS.sub(_blank, text), said) if said else (text, ())


def without_words(text: str) -> tuple[str, Sequence[str]]:
    """The number in `text`, and the words before and behind it; all of `text` and none where they
    cannot be told apart."""
    if not _LETTER.search(text):
        return text, ()
    found = _DIALLED.search(text)
    if found is None or _LETTER.search(found[0]):
        return text, ()
    before, behind = text[: found.start()], text[found.end() :]
    if _STRANGE.search(before + behind):
        return text, ()
    if (before and before[-1] not in " :.") or (behind and behind[0] not in " ,:"):
        return text, ()
    if sum(c.isdigit() for c in found[0]) < _WHOLE and not _is_set_off(before, behind):
        return text, ()
    return found[0], [_said(words) for words in (before, behind) if _LETTER.search(words)]


def _is_more(words: str) -> bool:
    return sum(c.isdigit() for c in words) > _MOST_DIGITS


def _blank(brackets: re.Match[str]) -> str:
    return brackets[0] if _is_more(brackets[1]) else " "


def _is_set_off(before: str, behind: str) -> bool:
    """Whether a sign tells words from a number that is so short."""
    if _SPELT.search(behind):
        return False  # it may be the number, spelt
    led = not before.strip() or before.rstrip()[-1] in ":-"
    return led and (not behind.strip() or behind.lstrip()[0] in ":,-")


def _said(words: str) -> str:
    return " ".join(words.split()).strip(" .,;:-/&")

"""What people type or paste as a phone number, and what PBXs send: to its dialling characters.

Keeps digits (any script's, as ASCII), `*`, `#`, one leading `+` and the parentheses that a rule of
the dial plan may look for; blanks, dots, dashes and marks of writing direction go. A `tel:` link,
an extension ("poste 12"), words beside a number and several numbers in one field are recognised.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from tws.errors import Invalid, invalid
from tws.numbering.remarks import without_brackets, without_words
from tws.sentences import Sentence, sentence

LONGEST = 64
"Characters of one number as typed."
SHOWN = 20
"Characters of it that are said back."

_LINK = re.compile(r"(?:tel|callto|t[eé]l(?:[eé]phone)?|phone)\s*[.:]+\s*(?://)?", re.IGNORECASE)
_EXTENSION = re.compile(
    r"[\s,;.]*(?:\(\s*)?"
    r"(?:(?<![^\W\d])(?:poste|post|pst|p|extension|ext|x|int|dw)[\s.:=]*(?:n[°o]\s*)?|,+\s*)"
    r"(?P<extension>\d{1,8})#?\s*\)?\s*$",
    re.IGNORECASE,
)
_BEHIND_HASH = re.compile(r"(?<=[\d)])\s*#(?P<extension>\d{1,8})#?\s*$")
"Another way to write one; of a feature code it is a part."
_TRUNK = re.compile(r"(?<=\d)(?:\(0\))+0?")
"`+33 (0) 01...`: the same 0 twice."
_ENDINGS = re.compile(
    r"(?P<first>[^/]*\d)(?P<ends>(?:/\d{1,4})+|(?:\s*/\s*\d{1,2})+)(?P<rest>[^\d/]*)"
)
"`01-44-11-22-41/42`: what the second number has otherwise."
_LONG = 9
"Digits of a number of which another may be told by its ending."
_BETWEEN = re.compile(r"\s*([;|&\n\r]|,\s|\b(?:ou|or|et|and|und)\b)\s*", re.IGNORECASE)
_SIGN = re.compile(r"\s*(?:[/,]|\s-\s)\s*")
"What stands between numbers, and in one."
_SLASH = re.compile(r"\s+/\s*|/\s+")
"With a blank beside it."
_WHOLE = 8
"Digits on both sides of a sign that make two numbers of it, not an area code and a number."
_GROUP = 2
"Digits of a part that is no number of its own: `01 / 55 / 17 / 18 / 89`."
_AREA = re.compile(r"(?:\+|\(?0)(?:\D*\d){0,6}\D*")
"What may be an area code, to which the number behind a slash belongs: `+49 30 / 1234567`."
_ORDINARY = re.compile(r"\+?[0-9](?:[ .]?[0-9])*")
"What nearly every number in a directory looks like: nothing in it has to be recognised."
_SIGNS = frozenset(".,-/'_~:·•−")
_BRACKETS = str.maketrans("[]{}", "()()")


@dataclass(frozen=True, slots=True)
class Typed:
    """One number as people wrote it."""

    number: str
    "Digits, `*`, `#`, a leading `+`, and parentheses: what the dial plan's rules look at."
    extension: str = ""
    "Digits to dial once connected; they are no part of the number."
    remark: str = ""
    "Words beside it."

    @property
    def bare(self) -> str:
        """Without its parentheses."""
        return self.number.replace("(", "").replace(")", "")


@lru_cache(maxsize=20_000)
def read_typed(text: str) -> Typed:
    """The one number in `text`.

    Invalid (field `number`), in words: nothing to dial, more than 64 characters, letters or signs
    that no number has, several numbers.
    """
    if len(text) <= LONGEST and _ORDINARY.fullmatch(text):
        return Typed(text.replace(" ", "").replace(".", ""))
    text = _plain(text)
    if not text:
        raise _invalid(sentence("Type a number."))
    if len(text) > LONGEST:
        long = sentence(
            "This is too long for a phone number: {count} characters.", count=len(text)
        )
        raise _invalid(long)
    if len(numbers := split_numbers(text)) > 1:
        several = " · ".join(numbers)
        raise _invalid(
            sentence("These are several numbers, choose one: {several}", several=several)
        )
    text, extension = _without_extension(_without_link(text))
    text, inside = without_brackets(text)
    if not extension:
        text, extension = _without_extension(text)
    text, beside = without_words(text)
    return Typed(_kept(text), extension, ", ".join((*beside, *inside)))


def split_numbers(text: str) -> list[str]:
    """The numbers written in one field, each as it was written."""
    if _ORDINARY.fullmatch(text):
        return [text]
    text = _plain(text)
    if _LINK.match(text):
        return [text]
    numbers: list[str] = []
    for joint, part in _parts(text):
        # Words belong to the number beside them; what follows a comma may be its extension.
        worded = numbers and 0 in (_digits(part), _digits(numbers[-1]))
        if worded or (numbers and _EXTENSION.match(part)):
            numbers[-1] += joint + part
        else:
            numbers.append(part)
    return [number for written in numbers for number in _ended(_whole(written))]


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """What is written between signs and words that stand between numbers, and by what each part is
    joined to the one before."""
    joint = ""
    for at, part in enumerate(_BETWEEN.split(text)):
        if at % 2:
            joint = f" {part} " if part.isalpha() else " "
            continue
        for one in _apart(part):
            if one:
                yield joint, one
                joint = " "


def _apart(part: str) -> Iterator[str]:
    ended = _ended(part)
    sides = _SLASH.split(part)
    if len(ended) > 1:
        yield from ended
        return
    for side in [part] if _is_one(sides) else sides:
        signed = _SIGN.split(side)
        whole = all(_digits(one) >= _WHOLE for one in signed)
        yield from signed if whole else [side]


def _whole(number: str) -> str:
    """Without a bracket whose other one belongs to another number."""
    if number.count("(") > number.count(")"):
        return number.rstrip(" (")
    return number.rstrip(" )") if number.count(")") > number.count("(") else number


def _ended(text: str) -> list[str]:
    """A number, and those that differ from it in their ending."""
    found = _ENDINGS.fullmatch(text)
    if found is None or _digits(found["first"]) < _LONG:
        return [text]
    first, rest = found["first"], found["rest"]
    ends = ("".join(c for c in end if c.isdigit()) for end in found["ends"].split("/")[1:])
    return [first + rest, *(_with_ending(first, end) + rest for end in ends)]


def _with_ending(number: str, end: str) -> str:
    """With other last digits, and the signs between them as they are."""
    kept, digits = list(number), list(end)
    for at in range(len(kept) - 1, -1, -1):
        if kept[at].isdigit():
            if not digits:
                break
            kept[at] = digits.pop()
    return "".join(kept)


def _is_one(sides: list[str]) -> bool:
    """Whether what stands between slashes with blanks is one number."""
    if all(_digits(side) <= _GROUP for side in sides):
        return True
    first, *others = sides
    return len(others) == 1 and bool(_AREA.fullmatch(first)) and others[0][:1] in "123456789"


@lru_cache(maxsize=20_000)
def clean(number: str) -> str:
    """What may be dialled of a number that a PBX gives: digits, `*`, `#`, A-D, a leading `+`.

    Empty where it is no number but a name (a trunk, `anonymous`, a SIP address of letters).
    """
    text = _plain(number)
    for scheme in ("sip:", "sips:"):
        if text.lower().startswith(scheme):
            text = text[len(scheme) :].partition("@")[0]
    text = _without_link(text)
    if any(c.isalpha() and c not in "ABCD" for c in text):
        return ""
    kept = "".join(c for c in text if c in "0123456789*#+ABCD")
    sign = "+" if kept.startswith("+") else ""
    return sign + kept.replace("+", "")


def _invalid(what: Sentence) -> Invalid:
    return invalid(what, field="number")


def _plain(text: str) -> str:
    """Plain instead of compatibility forms, digits as ASCII, no invisible characters."""
    kept = []
    for c in unicodedata.normalize("NFKC", text):
        category = unicodedata.category(c)
        if category == "Nd":
            kept.append(str(unicodedata.digit(c)))
        elif category == "Pd":
            kept.append("-")
        elif category.startswith("Z"):
            kept.append(" ")
        elif category == "Cc":
            kept.append("\n" if c in "\n\r" else " ")
        elif category != "Cf":
            kept.append(c)
    return "".join(kept).translate(_BRACKETS).strip()


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)


def _without_link(text: str) -> str:
    """A `tel:` link (RFC 3966) as people write numbers; of its parameters only `ext` counts."""
    link = _LINK.match(text)
    if link is None:
        return text
    number, *parameters = unquote(text[link.end() :]).split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "ext" and value.isdigit():
            return f"{number} ext {value}"
    return number


def _without_extension(text: str) -> tuple[str, str]:
    found = _EXTENSION.search(text)
    if found is None and not text.startswith(("*", "#")):
        found = _BEHIND_HASH.search(text)
    if found is None or not _digits(text[: found.start()]):
        return text, ""
    return text[: found.start()], found["extension"]


def _kept(text: str) -> str:
    letters = [c for c in text if c.isalpha()]
    if letters:
        shown = "".join(letters)[:SHOWN]
        raise _invalid(sentence("A phone number has no letters: {letters}", letters=shown))
    strange = [c for c in text if c not in "0123456789+*#()" and c not in _SIGNS and c != " "]
    if strange:
        shown = "".join(dict.fromkeys(strange))[:SHOWN]
        raise _invalid(sentence("A phone number has no such sign: {signs}", signs=shown))
    if not _digits(text):
        raise _invalid(sentence("There is no digit in this number."))
    kept = "".join(c for c in text if c in "0123456789+*#()")
    kept = re.sub(r"^\((?!0\))([^)]*)\)?", r"\1", kept)  # a group in front says nothing to a rule
    sign = "+" if kept.startswith("+") else ""
    return _TRUNK.sub("(0)", sign + kept.replace("+", ""))

"""How texts are searched: accent- and case-blind, by words, beginnings of words first."""

import unicodedata
from collections.abc import Iterable, Sequence

from tws.errors import Invalid
from tws.numbering import DialPlan, read_typed, written

Groups = Sequence[Sequence[str]]
"What is looked for: of each group of folded words one must be there."
LEAST_PART = 3
"Characters of a part of a word that is looked for within words."
LEAST_FRAGMENT = 3
"Digits of a number that are looked for as one string, whatever stands between them."
NAMED, BEGINNING, WITHIN = range(3)
"Ranks: all begin words, the name with one of them; all begin words; all stand there."

_APART = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
"Letters that no decomposition takes apart."
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


class _Plain(dict[int, str | None]):
    """What becomes of each character, looked up once: marks go, what is neither letter nor digit
    separates."""

    def __missing__(self, code: int) -> str | None:
        c = chr(code)
        self[code] = None if unicodedata.combining(c) else c if c.isalnum() else " "
        return self[code]


_PLAIN = _Plain()


def words(text: str) -> list[str]:
    """The words of `text`, folded: letters and digits only, so none holds a wildcard of SQL."""
    if text.isascii():  # most are: nothing to take apart
        return text.translate(_ASCII).split()
    # Twice: taking apart can show capitals, and folding can show what can be taken apart.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.casefold()).translate(_APART)
    return text.translate(_PLAIN).split()


def folded(texts: Iterable[str]) -> str:
    """Searchable text: every word after a blank, so that ` wor` finds the beginnings of words."""
    return "".join([f" {word}" for word in words(" ".join(texts))])


def groups(text: str, plan: DialPlan | None) -> list[list[str]]:
    """What is looked for: of each group of folded words one must be there.

    Numbers are stored in their E.164 form where it is known: a part of one is looked for as it is
    typed, and as it stands in that form.
    """
    text = _without_extension(text)
    digits = "".join(c for c in text.replace("(0)", "") if c.isdecimal())
    if len(digits) < LEAST_FRAGMENT or any(c.isalpha() for c in text):
        return [[word] for word in words(text)]
    forms = [digits]
    if plan is not None:
        if plan.international and digits.startswith(plan.international):
            forms.append(digits[len(plan.international) :])
        elif plan.national and digits.startswith(plan.national):
            forms.append(plan.country + digits[len(plan.national) :])
        reading = written(text, plan)
        if reading is not None:
            forms.append(reading.digits)
    return [[form for form in dict.fromkeys(forms) if form]]


def _without_extension(text: str) -> str:
    """The number of `01 55 17 18 89 poste 12`; all else as it is."""
    if text.isalpha() or not any(c.isdecimal() for c in text):
        return text
    try:
        typed = read_typed(text)
    except Invalid:
        return text
    return typed.number if typed.extension and not typed.remark else text


def rank(text: str, sort: str, wanted: Sequence[Sequence[str]]) -> int | None:
    """How well folded `text`, sorted by `sort`, has one of each group; None = not all."""
    # Written out: it is asked of each user of a company, and generators are dear.
    beginning = True
    for group in wanted:
        within = False
        for word in group:
            if word in text:
                within = True
                if f" {word}" in text:
                    break
        else:
            if not within:
                return None
            beginning = False
    if not beginning:
        return WITHIN
    for group in wanted:
        for word in group:
            if sort.startswith(f" {word}"):
                return NAMED
    return BEGINNING if wanted else NAMED

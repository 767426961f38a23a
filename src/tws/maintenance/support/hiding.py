"""Hides people in what is given out: numbers keep their shape, names and addresses go. Pure.

`+33155171889` becomes `+33•••••••89`: that it is a number of France, and how long, is often what
matters. What is known to be no number of anybody stays: ids, moments, addresses of machines.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

DOT = "•"
KEPT_BEFORE, KEPT_AFTER = 2, 2
"Digits of a number that stay, behind its + or in front; and at its end."
SHORTEST = 6
"Digits of a number in a text; shorter ones are of anything."
_WORD = re.compile(r"\w+")
_WHOLE = re.compile(
    r"(?P<stays>"
    r"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b"
    r"|\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?"
    r"|\b(?:\d{1,3}\.){3}\d{1,3}\b"
    r")"
    r"|(?P<address>[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;]+)"
    r"|(?P<number>(?<![\w.])\+?\(?\d(?:[ .()/-]{0,2}\d){5,})"
)


def shape(number: str) -> str:
    """`4001` -> `••01`, `+33155171889` -> `+33•••••••89`."""
    digits = sum(letter.isdigit() for letter in number)
    before = KEPT_BEFORE if digits >= SHORTEST else 0
    after = KEPT_AFTER if digits > KEPT_AFTER else 0
    hidden, seen = [], 0
    for letter in number:
        if letter.isdigit():
            seen += 1
            stays = seen <= before or seen > digits - after
            hidden.append(letter if stays else DOT)
        else:
            hidden.append(DOT if letter.isalpha() else letter)
    return "".join(hidden)


class Hiding:
    """`names`: what names somebody, wherever its words stand: users, what they are called, the
    numbers of their telephones. There may be a hundred thousand of them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._words: set[str] = set()
        for name in names:
            # Of an e-mail address: the domain is the company's.
            words = _WORD.findall(name.casefold().partition("@")[0])
            # Of several words, such as `Le Goff`, the shortest ones are of anything.
            shortest = 2 if len(words) == 1 else 3
            self._words.update(word for word in words if len(word) >= shortest)

    def names(self, text: str) -> str:
        """Without the names; numbers stay."""
        return _WORD.sub(self._known, text)

    def _known(self, word: re.Match[str]) -> str:
        return shape(word[0]) if word[0].casefold() in self._words else word[0]

    def text(self, text: str) -> str:
        """Without names, numbers and e-mail addresses."""
        return self.names(_WHOLE.sub(_hidden, text))

    def value(self, value: Any) -> Any:
        """The same within whatever JSON can say; figures stay."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {str(name): self.value(inner) for name, inner in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(inner) for inner in value]
        if value is None or isinstance(value, bool | int | float):
            return value
        return self.text(str(value))


def _hidden(found: re.Match[str]) -> str:
    if found["stays"] is not None:
        return found["stays"]
    if found["address"] is not None:
        return DOT * 3 + "@" + found["address"].partition("@")[2]
    return shape(found["number"])

"""The number in a text that somebody selected. Pure."""

import re

_NUMBER = re.compile(r"[+(]?[0-9*#](?:[0-9*#()./\-\u00a0\u2009\u202f\u2010-\u2013 \t]*[0-9*#])?")
LONGEST_TEXT, LONGEST = 2000, 64


def number_in(text: str) -> str | None:
    """As it is written; of several the one with most digits, the first of these. None: there is
    none. The server's dial plan reads it."""
    found = [one[0] for one in _NUMBER.finditer(text[:LONGEST_TEXT]) if len(one[0]) <= LONGEST]
    return max(found, key=_digits, default=None)


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)

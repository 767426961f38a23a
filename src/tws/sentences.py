"""What is said to people: an English template and what it is filled with.

Pages look the template up in their language; everybody else reads the English. The words of a
library or of a server stay as they are, as a parameter. Never holds a secret.
"""

import re
from collections.abc import Mapping
from typing import Union

from msgspec import Struct

Parameter = Union[str, int, "Sentence"]
_PLACE = re.compile(r"\{(\w+)\}")


class Sentence(Struct, frozen=True):
    """`{name}` in the template stands for a parameter; other braces for themselves."""

    template: str
    parameters: dict[str, Parameter] = {}

    def __str__(self) -> str:
        """In English."""

        def filled(place: re.Match[str]) -> str:
            return str(self.parameters.get(place[1], place[0]))

        return _PLACE.sub(filled, self.template)


def translated(of: Sentence, known: Mapping[str, str]) -> str:
    """`known`: by the English template. What is not there stays English."""
    parameters: dict[str, Parameter] = {
        name: translated(value, known) if isinstance(value, Sentence) else value
        for name, value in of.parameters.items()
    }
    return str(Sentence(known.get(of.template, of.template), parameters))


NOTHING = Sentence("")
Words = str | Sentence
"What is said: a sentence of ours, or somebody else's words as they are."


def sentence(template: str, /, **parameters: Parameter) -> Sentence:
    return Sentence(template, parameters)


def said(words: str | Sentence) -> Sentence:
    """Also of words that came without a template: a report of an earlier version, a library's."""
    return Sentence("{words}", {"words": words}) if isinstance(words, str) else words

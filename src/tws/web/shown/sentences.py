"""Sentences as values: in English, and what pages say them by in other languages."""

from typing import Annotated, Any

import msgspec

from tws.sentences import Sentence
from tws.web.shown.values import Value

Template = Annotated[
    str, msgspec.Meta(description="The English with `{name}` for each parameter; may be empty.")
]
Parameters = Annotated[
    dict[str, Any],
    msgspec.Meta(description="By name: a text, a number, or a `template` with its `parameters`."),
]


class SentenceValue(Value):
    """What pages say in their language, should they know the template."""

    template: Template
    parameters: Parameters


class SaidValue(SentenceValue):
    """The same with its words in English."""

    words: str


def said_value(of: Sentence) -> SaidValue:
    return SaidValue(words=str(of), **parts(of))


def sentence_value(of: str | Sentence) -> SentenceValue | None:
    """None for what is the same in all languages."""
    return None if isinstance(of, str) else SentenceValue(**parts(of))


def parts(of: Sentence) -> dict[str, Any]:
    """Of a value that has its words by another name."""
    return {"template": of.template, "parameters": of.parameters}

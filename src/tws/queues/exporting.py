"""Abandoned calls as a table for spreadsheets, in the reader's language. Pure."""

from tws.languages import in_language
from tws.sentences import sentence

HEAD = (
    sentence("Came in"),
    sentence("Hung up"),
    sentence("Waited (s)"),
    sentence("Caller’s number"),
    sentence("Caller’s name"),
    sentence("Called back"),
    sentence("Called back by"),
)


def head(culture: str) -> list[str]:
    """`culture`: `fr`, or another one for English."""
    return [in_language(one, culture) for one in HEAD]

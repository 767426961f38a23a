"""The first entries of a source and what becomes of them, for whoever writes its mapping."""

from collections.abc import Mapping
from itertools import islice

from msgspec import Struct

from tws.directory.cards import Ignored, Note, card
from tws.directory.connector import DirectoryConnector
from tws.directory.mapping import SourceField
from tws.directory.sync.columns import held
from tws.sentences import NOTHING
from tws.sources.values import Value

LONGEST = 200
"Characters shown of a value."


class Sample(Struct, frozen=True, kw_only=True):
    """One entry."""

    entry: dict[str, str]
    "By the source's own names."
    name: str = ""
    numbers: list[str] = []
    emails: list[str] = []
    ignored: str = ""
    "Why it would be left out; empty = it would not."
    notes: list[Note] = []


def sample(
    connector: DirectoryConnector,
    mapping: Mapping[str, SourceField],
    mailbox: str | None,
    number: int,
) -> list[Sample]:
    """Raises ConnectorError. Of a mailbox only the shape is shown: what is in it is its owner's
    alone."""
    odd: list[Note] = []
    "Of the columns; said with each entry, for it is true of each."
    entries = held(connector, mailbox, mapping, lambda what, said: odd.append(Note(what, said)))
    found = []
    for entry in islice(entries, number):
        shown = {name: _shown(value) for name, value in entry.values.items()}
        if entry.picture is not None:
            shown[entry.picture.field] = "(picture)"
        made = card(entry, mapping)
        if isinstance(made, Ignored):
            found.append(Sample(entry=shown, ignored=made.why, notes=list(odd)))
        else:
            found.append(
                Sample(
                    entry=shown,
                    name=f"{made.first_name} {made.last_name}".strip() or made.organisation,
                    numbers=[number.number for number in made.numbers],
                    emails=list(made.emails),
                    notes=[*odd, *made.notes],
                )
            )
    return found if mailbox is None else [_masked(one) for one in found]


def _masked(seen: Sample) -> Sample:
    return Sample(
        entry={name: _shape(text) for name, text in seen.entry.items()},
        name=_shape(seen.name),
        numbers=[_shape(number) for number in seen.numbers],
        emails=[_shape(email) for email in seen.emails],
        ignored=seen.ignored.partition(":")[0],
        notes=[Note(note.what, NOTHING) for note in seen.notes],
    )


def _shape(text: str) -> str:
    return "".join("•" if c.isalnum() else c for c in text)


def _shown(value: Value) -> str:
    if isinstance(value, bytes):
        return f"({len(value)} bytes)"
    text = value if isinstance(value, str) else ", ".join(value)
    return text[:LONGEST]

"""vCards of a file as contacts of TWS. Pure."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tws.directory.cards import Ignored, SourceCard, card
from tws.directory.connector import Entry
from tws.directory.mapping import mapping
from tws.directory.vcard_fields import SUGGESTED, fields
from tws.errors import Invalid
from tws.protocols.vcard import Unreadable, cards, utf8
from tws.sentences import Sentence, sentence

LARGEST_FILE = 5 * 1024 * 1024
MOST_CARDS = 1000
"Written in one transaction: all of them, or none."
MAPPING = mapping(SUGGESTED)


KEPT = frozenset(name.partition(".")[0] for name in (*SUGGESTED.values(), "FN"))
"Properties of which something is kept."
SAY_NOTHING = frozenset({"REV", "SOURCE", "KIND", "XML", "CLIENTPIDMAP", "MAILER", "SORT-STRING"})
"Those that nobody misses; nor those of one program, `X-...`."


@dataclass(frozen=True, slots=True)
class Left:
    """A card that was not imported."""

    place: int
    "In the file, from 1."
    why: Sentence


@dataclass(slots=True)
class Imported:
    created: int = 0
    updated: int = 0
    ignored: list[Left] = field(default_factory=list)
    photos_left: int = 0
    "Pictures that could not be read: their cards were imported without them."
    not_kept: Sequence[str] = ()
    "Properties of cards for which a contact of TWS has no place: `ADR`, `NOTE`..."


@dataclass(frozen=True, slots=True)
class Content:
    """What a file has."""

    cards: Sequence[SourceCard]
    left: Sequence[Left]
    not_kept: Sequence[str]


def read(content: bytes) -> Content:
    """The cards of a file by their identifiers, and what cannot be kept of it; Invalid for a file
    that is too large, or holds no card."""
    if len(content) > LARGEST_FILE:
        raise Invalid(f"A file has at most {LARGEST_FILE >> 20} MB.", field="content")
    found: dict[str, SourceCard] = {}
    left: list[Left] = []
    not_kept: set[str] = set()
    place = 0
    for place, one in enumerate(cards(utf8(io.BytesIO(content))), 1):
        if place > MOST_CARDS:
            raise Invalid(f"A file has at most {MOST_CARDS} cards.", field="content")
        if isinstance(one, Unreadable):
            left.append(Left(place, sentence("line {line}: {why}", line=one.line, why=one.why)))
            continue
        values = fields(one)
        if not values:
            empty = sentence("nothing in it is kept: it is empty, or a group")
            left.append(Left(place, empty))
            continue
        made = card(Entry(values), MAPPING)
        if isinstance(made, Ignored):
            left.append(Left(place, sentence(made.why.words)))
        elif made.identifier in found:
            twice = sentence("another card of this file has the same UID")
            left.append(Left(place, twice))
        else:
            found[made.identifier] = made
            not_kept |= _missed(values)
    if place == 0:
        raise Invalid("There is no vCard in this file.", field="content")
    return Content(list(found.values()), left, sorted(not_kept))


def _missed(values: Iterable[str]) -> set[str]:
    names = {name.partition(".")[0] for name in values}
    return {name for name in names - KEPT - SAY_NOTHING if not name.startswith("X-")}

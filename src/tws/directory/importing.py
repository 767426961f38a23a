"""vCards of a file as contacts of TWS. Pure."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from tws.directory.cards import (
    LONGEST_EMAIL,
    LONGEST_PRIVATE,
    PRIVATE,
    Ignored,
    SourceCard,
    card,
)
from tws.directory.connector import Entry
from tws.directory.fields import MOST_EMAILS
from tws.directory.mapping import mapping
from tws.directory.own_fields import lines, source_of
from tws.directory.vcard_fields import SUGGESTED, fields
from tws.errors import Invalid
from tws.organisation.model import Directory
from tws.protocols.vcard import Unreadable, cards, utf8
from tws.sentences import Sentence, sentence
from tws.sources.values import Value

LARGEST_FILE = 5 * 1024 * 1024
MOST_CARDS = 1000
"Written in one transaction: all of them, or none."
MAPPING = mapping(SUGGESTED)


_CONTROL = re.compile(r"[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
"Not those that end a line."
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
    "Properties of cards for which a contact of TWS has no place: `BDAY`, a second `ADR`..."


@dataclass(frozen=True, slots=True)
class Content:
    """What a file has."""

    cards: Sequence[SourceCard]
    left: Sequence[Left]
    not_kept: Sequence[str]


def read(content: bytes, directory: Directory) -> Content:
    """The cards of a file for a directory of TWS's own, by their identifiers, and what cannot be
    kept of it; Invalid for a file that is too large, or holds no card."""
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
            kept, missed = _with_all(made, values, directory)
            found[made.identifier] = kept
            not_kept |= missed
    if place == 0:
        raise Invalid("There is no vCard in this file.", field="content")
    return Content(list(found.values()), left, sorted(not_kept))


def _with_all(
    made: SourceCard, values: Mapping[str, Value], directory: Directory
) -> tuple[SourceCard, set[str]]:
    """With all its addresses and the directory's own fields; and the properties that have no
    place. A field may have several lines; of several postal addresses it holds the first."""
    names = {name.partition(".")[0] for name in values}
    missed = {name for name in names - KEPT - SAY_NOTHING if not name.startswith("X-")}
    cut: set[str] = set()
    emails: dict[str, str] = {}
    for email in _texts(values, "EMAIL"):
        emails.setdefault(email.casefold(), email)
    fitting = [one for one in emails.values() if len(one) <= LONGEST_EMAIL][:MOST_EMAILS]
    if len(fitting) < len(emails):
        cut.add("EMAIL")
    private: list[str] = []
    for internal in PRIVATE:
        sources = source_of(directory, internal)
        source = next((name for name in sources if name in values), sources[-1])
        base = source.partition(".")[0]
        texts = _texts(values, source)
        whole = texts[0] if texts and base == "ADR" else "\n".join(texts)
        private.append(whole[:LONGEST_PRIVATE])
        missed.discard(base)
        if len(whole) > LONGEST_PRIVATE or (base == "ADR" and len(texts) > 1):
            cut.add(base)
    kept = replace(made, emails=tuple(fitting), private=tuple(private))
    return kept, missed | cut


def _texts(values: Mapping[str, Value], name: str) -> list[str]:
    """Each once, as a form would have them."""
    value = values.get(name, ())
    written = value if isinstance(value, tuple) else (value,)
    texts = (lines(_CONTROL.sub(" ", one)) for one in written if isinstance(one, str))
    return list(dict.fromkeys(filter(None, texts)))

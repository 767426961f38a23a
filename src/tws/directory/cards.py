"""A source's entry as a card of ours, and why it may be none. Pure.

Nothing of an entry stops a synchronisation: what cannot be kept is left out and said in `notes`,
and an entry of which nothing can be shown is `Ignored` with its reason.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from tws.directory.connector import Entry
from tws.directory.mapping import SourceField, hashed
from tws.directory.model import NumberKind, sparse
from tws.errors import Invalid
from tws.numbering import LONGEST as LONGEST_NUMBER
from tws.numbering import read_typed, split_numbers
from tws.sentences import Sentence, sentence
from tws.sources.values import Value

IDENTIFIER = "identifier"
PHOTO = "photo"
NUMBERS = "numbers"
"All of them together, in a note."
TEXTS: Mapping[str, int] = {
    "last_name": 100,
    "first_name": 100,
    "organisation": 100,
    "website": 500,
}
"Single texts of a card, and how many characters are kept."
EMAILS = ("email1", "email2", "email3")
PRIVATE = tuple(f"private{n}" for n in range(10))
"The ten fields of a directory's own, with labels of its own."
ADDRESSES = ("organisation", *PRIVATE)
"Fields that may be a postal address (option `a`)."
NO_PRIVATE = ("",) * len(PRIVATE)
NAMES = ("last_name", "first_name", "organisation")
"What a card must have one of, or an address."
_DIGIT = re.compile(r"\d")
LONGEST_EMAIL, LONGEST_PRIVATE, LONGEST_IDENTIFIER = 254, 2000, 200
LONGEST_CALLED = 40
"Characters of an identifier by which people may know something."
LARGEST_PHOTO = 10 * 1024 * 1024
LONGEST_ADDRESS = 1000
MOST_NUMBERS = 20
RED = {kind: f"{kind.value}_red" for kind in NumberKind}
"The field beside each number that says whether it is on the red list (8.2.4)."
ON_RED_LIST = frozenset({"1", "true", "yes", "y", "lr", "rf"})

FIELDS: tuple[str, ...] = (
    IDENTIFIER,
    *TEXTS,
    PHOTO,
    *(name for kind in NumberKind for name in (kind.value, RED[kind])),
    *EMAILS,
    *PRIVATE,
)
"All internal fields that a source's field may be mapped to."


class CardNumber(Struct, frozen=True):
    kind: NumberKind
    number: str
    "As the source has it."
    red: bool = False
    "Only the name may be shown."


class Note(Struct, frozen=True):
    """What of an entry could not be kept."""

    what: str
    "The internal field."
    said: Sentence


class SourceCard(Struct, frozen=True, kw_only=True):
    """One contact of a source. What is not mapped, or not there, is empty."""

    identifier: str
    last_name: str = ""
    first_name: str = ""
    organisation: str = ""
    website: str = ""
    emails: tuple[str, ...] = ()
    email_places: tuple[int, ...] = ()
    "Of which field each is (`EMAILS`); empty = of the first ones."
    numbers: tuple[CardNumber, ...] = ()
    private: tuple[str, ...] = NO_PRIVATE
    photo: bytes | None = None
    photo_address: str = ""
    "Of a picture that lies elsewhere."
    notes: tuple[Note, ...] = ()
    "What could not be kept."


class Reason(StrEnum):
    """Why an entry is left out."""

    NAMELESS = "nameless"
    NO_IDENTIFIER = "noIdentifier"
    TWICE = "twice"

    @property
    def words(self) -> str:
        """In English, for an administrator."""
        return _WORDS[self]


_WORDS: Mapping[str, str] = {
    Reason.NAMELESS: "no name, no company and no e-mail address",
    Reason.NO_IDENTIFIER: "no identifier",
    Reason.TWICE: "an identifier that another entry has too",
}


class Ignored(Struct, frozen=True):
    """An entry of which no card can be made."""

    why: Reason


def card(entry: Entry, mapping: Mapping[str, SourceField]) -> SourceCard | Ignored:
    """`mapping`: internal field -> source field."""
    notes: list[Note] = []
    texts = {
        field: _cut(field, text_of(entry, mapping[field]), longest, notes)
        for field, longest in TEXTS.items()
        if field in mapping
    }
    emails: dict[str, int] = {}
    for place, field in enumerate(EMAILS):
        if address := _cut(field, text_of(entry, mapping.get(field)), LONGEST_EMAIL, notes):
            emails.setdefault(address, place)
    if not emails and not any(texts.get(name) for name in NAMES):
        return Ignored(Reason.NAMELESS)
    identifier = identified(entry, mapping)
    if identifier is None:
        return Ignored(Reason.NO_IDENTIFIER)
    photo, photo_address = _photo(entry, mapping.get(PHOTO), notes)
    return SourceCard(
        identifier=identifier,
        **texts,
        emails=tuple(emails),
        email_places=sparse(emails.values()),
        numbers=_numbers(entry, mapping, notes),
        private=_private(entry, mapping, notes),
        photo=photo,
        photo_address=photo_address,
        notes=tuple(notes),
    )


def _private(
    entry: Entry, mapping: Mapping[str, SourceField], notes: list[Note]
) -> tuple[str, ...]:
    if mapping.keys().isdisjoint(PRIVATE):
        return NO_PRIVATE
    return tuple(
        _cut(field, text_of(entry, mapping.get(field)), LONGEST_PRIVATE, notes)
        for field in PRIVATE
    )


def identified(entry: Entry, mapping: Mapping[str, SourceField]) -> str | None:
    """By what the entry is known again the next time; None where its field is empty. Where no
    field is mapped it is all that the entry says: a change makes it another."""
    source = mapping.get(IDENTIFIER)
    if source is None:
        return hashed(repr(sorted(entry.values.items())))
    identifier = text_of(entry, source)
    return hashed(identifier) if len(identifier) > LONGEST_IDENTIFIER else identifier or None


def called(entry: Entry, mapping: Mapping[str, SourceField]) -> str:
    """How whoever looks after the source finds it there: by its identifier, not hashed; by its
    name where that is long or there is none. Empty where it has neither."""
    source = mapping.get(IDENTIFIER)
    identifier = "" if source is None else text_of(entry, SourceField(source.name))
    if 0 < len(identifier) <= LONGEST_CALLED:
        return identifier
    named = (text_of(entry, mapping.get(field)) for field in ("first_name", "last_name"))
    other = (text_of(entry, mapping.get(field)) for field in ("organisation", *EMAILS))
    return " ".join(filter(None, named)) or next(filter(None, other), "")


def text_of(entry: Entry, source: SourceField | None) -> str:
    """The first text of a field, its white space made single blanks, after the options."""
    if source is None:
        return ""
    value = entry.values.get(source.name)
    if not value:
        return ""
    text = _plain(value if isinstance(value, str) else texts_of(value)[0])
    return source.of(text) if source.steps else text


def texts_of(value: Value | None) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, bytes):
        return (value.decode(errors="replace"),)
    return (value,) if isinstance(value, str) else value


def _plain(text: str) -> str:
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    parts = text.split()
    return parts[0] if len(parts) == 1 else " ".join(parts)


def _cut(field: str, text: str, longest: int, notes: list[Note]) -> str:
    if len(text) > longest:
        kept = sentence("{count} characters, {most} are kept", count=len(text), most=longest)
        notes.append(Note(field, kept))
    return text[:longest]


def _numbers(
    entry: Entry, mapping: Mapping[str, SourceField], notes: list[Note]
) -> tuple[CardNumber, ...]:
    numbers: list[CardNumber] = []
    for kind in NumberKind:
        source = mapping.get(kind.value)
        if source is None:
            continue
        red = text_of(entry, mapping.get(RED[kind])).lower() in ON_RED_LIST
        for text in texts_of(entry.values.get(source.name)):
            if len(text) > MOST_NUMBERS * LONGEST_NUMBER:
                notes.append(Note(kind.value, _too_long(text)))
                continue
            for part in split_numbers(text):
                number = source.of(_plain(part))
                if len(number) > LONGEST_NUMBER:
                    notes.append(Note(kind.value, _too_long(number)))
                elif number and _DIGIT.search(number):
                    numbers.append(CardNumber(kind, number, red))
                    _note_unread(kind, number, notes)
                elif number:
                    no_digit = sentence("no digit in {number}", number=repr(number))
                    notes.append(Note(kind.value, no_digit))
    if len(numbers) > MOST_NUMBERS:
        kept = sentence("{count} numbers, {most} are kept", count=len(numbers), most=MOST_NUMBERS)
        notes.append(Note(NUMBERS, kept))
    return tuple(numbers[:MOST_NUMBERS])


def _note_unread(kind: NumberKind, number: str, notes: list[Note]) -> None:
    """It is shown as it is; whoever looks after the source can write it so that it is found."""
    try:
        read_typed(number)
    except Invalid as error:
        why = error.said
        said = sentence("{number} is neither called nor recognised: {why}", number=number, why=why)
        notes.append(Note(kind.value, said))


def _too_long(text: str) -> Sentence:
    return sentence("{count} characters are no phone number", count=len(text))


def _photo(
    entry: Entry, source: SourceField | None, notes: list[Note]
) -> tuple[bytes | None, str]:
    """The picture itself, or the address of one."""
    value = entry.values.get(source.name) if source is not None else None
    if isinstance(value, tuple):
        value = value[0]
    if isinstance(value, bytes):
        if len(value) <= LARGEST_PHOTO:
            return value, ""
        large = sentence("{count} bytes, {most} at most", count=len(value), most=LARGEST_PHOTO)
        notes.append(Note(PHOTO, large))
    elif value:
        address = text_of(entry, source)
        if address.lower().startswith(("http://", "https://")) and len(address) <= LONGEST_ADDRESS:
            return None, address
        notes.append(Note(PHOTO, sentence("neither a picture nor an address of one")))
    return None, ""

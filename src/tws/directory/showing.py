"""What somebody sees of a person: the contacts of merged directories as one card, without the
fields that their directories hide, and the numbers that the red list allows. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from tws.directory.cards import PRIVATE
from tws.directory.indexing import shown_emails
from tws.directory.lines import LineOf, red_lines
from tws.directory.mapping import SourceField, hidden, mapping
from tws.directory.merging import FIELDS, merged, persons
from tws.directory.model import Contact, ContactId, Match, NumberKind
from tws.directory.own_fields import holds_own, labels_of, property_of
from tws.directory.red_list import shown, without_red
from tws.organisation.actor import Actor
from tws.organisation.model import Directory

VIP = "[VIP]"
"The label that marks important people (8.2.3)."
NOT_VIP = frozenset({"", "0", "false", "no", "non", "n", "off"})
"What sources write into a field for important people that says that they are not."
Directories = Mapping[str | None, Directory]
"In the order in which they count."


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a part of a card comes from."""

    directory: str
    "Its name."
    synchronised: datetime | None
    "When; None = TWS's own."


@dataclass(frozen=True, slots=True)
class PrivateField:
    label: str
    text: str
    address: bool
    "A postal address: shown with a link to a map."
    own: bool = False
    "Of a directory that TWS keeps itself: a label as TWS gave it is said in any language."
    property: str = ""
    "Of a vCard, where one holds it."


@dataclass(frozen=True, slots=True)
class Card:
    contact: Contact
    fields: tuple[PrivateField, ...] = ()
    vip: str | None = None
    "What the source says of an important person; None = of anybody else."
    origins: Mapping[str, Origin] = field(default_factory=dict)
    "By part: `last_name`, `number:0`, `email:1`, `field:LABEL`..."
    ids: tuple[ContactId, ...] = ()
    "Of the contacts that it was made of."
    near: bool = False
    "Found with a typing error: it has one letter otherwise than what was looked for."
    place: bool = False
    "Its organisation is a postal address: shown with a link to a map."
    photo: ContactId | None = None
    "The contact whose photo it shows."


def cards(
    contacts: Iterable[Contact],
    directories: Directories,
    actor: Actor,
    line: LineOf,
    *,
    near: bool = False,
) -> list[Card]:
    """Contacts in the order in which they count; each person where its first contact stood.
    `line`: which one a number reaches.
    `near`: all were found with a typing error."""
    alone: list[list[Contact]] = []
    merging: list[Contact] = []
    for contact in contacts:
        if merges(contact, directories):
            merging.append(contact)
        alone.append([contact])
    groups = {group[0].id: group for group in persons(merging)}
    inside = {one.id for group in groups.values() for one in group[1:]}
    return [
        card(groups.get(first.id, [first]), directories, actor, line, near=near)
        for (first,) in alone
        if first.id not in inside
    ]


def card(
    parts: Sequence[Contact],
    directories: Directories,
    actor: Actor,
    line: LineOf,
    *,
    near: bool = False,
) -> Card:
    """Of one person. The directory that counts first gives what a card has once."""
    alone = len(parts) == 1
    red = red_lines(parts, line, None if alone else actor.user)
    seen = [without_hidden(part, directories) for part in ordered(parts, directories)]
    whole = merged(seen, lambda contact: labels(contact, directories), line, red)
    sources = {part.id: _origin(part.directory, directories) for part in seen}
    origins = {where: sources[id] for where, id in whole.origins.items()}
    known = _private_fields(seen, directories) if whole.fields else {}
    vip = whole.fields.get(VIP, "")
    return Card(
        contact=(shown if alone else without_red)(whole.contact, actor),
        fields=tuple(
            replace(known[label], text=text)
            for label, text in whole.fields.items()
            if label != VIP
        ),
        vip=None if vip.strip().lower() in NOT_VIP else vip,
        origins=origins,
        ids=tuple(part.id for part in seen),
        near=near,
        place=any(
            part.id == whole.origins.get("organisation") and _is_place(part, directories)
            for part in seen
        ),
        photo=whole.origins.get("photo"),
    )


def ordered(parts: Sequence[Contact], directories: Directories) -> Sequence[Contact]:
    """Contacts of one person in the order in which they count."""
    if len(parts) == 1:
        return parts
    places = {id: place for place, id in enumerate(directories)}
    return sorted(parts, key=lambda part: places.get(part.directory, len(places)))


def merges(contact: Contact, directories: Directories) -> bool:
    directory = directories.get(contact.directory)
    return directory is not None and directory.merge and bool(contact.emails)


def _origin(id: str | None, directories: Directories) -> Origin:
    directory = directories.get(id)
    if directory is None:
        return Origin("", None)
    return Origin(directory.name, directory.synchronised)


def labels(contact: Contact, directories: Directories) -> list[str]:
    """Of the private fields, in their order; one without a label has its own name."""
    return labels_of(directories.get(contact.directory))


def private_texts(match: Match, directories: Directories) -> list[tuple[str, str]]:
    """What the directories have of a caller besides, each with its label; nothing of one on the
    red list."""
    found: dict[str, str] = {}
    for part in () if match.red else (match.parts or (match.contact,)):
        shown = without_hidden(part, directories)
        for label, text in zip(labels(part, directories), shown.private, strict=False):
            if text and label != VIP:
                found.setdefault(label, text)
    return list(found.items())


def _private_fields(parts: Sequence[Contact], directories: Directories) -> dict[str, PrivateField]:
    """By their labels, without texts: each as it is where its text comes from, and an address
    where any of their directories says so."""
    found: dict[str, PrivateField] = {}
    addresses: set[str] = set()
    for part in parts:
        directory, fields = directories.get(part.directory), _fields(part, directories)
        named = dict(zip(PRIVATE, labels_of(directory), strict=True))
        addresses |= {named[name] for name in PRIVATE if name in fields and fields[name].address}
        for (name, label), text in zip(named.items(), part.private, strict=False):
            if text and label not in found:
                found[label] = _private_field(directory, name, label)
    return {
        label: replace(one, address=True, property=one.property or "ADR")
        if label in addresses
        else one
        for label, one in found.items()
    }


def _private_field(directory: Directory | None, name: str, label: str) -> PrivateField:
    if directory is None or not holds_own(directory):
        return PrivateField(label, "", address=False)
    return PrivateField(label, "", address=False, own=True, property=property_of(directory, name))


def _is_place(contact: Contact, directories: Directories) -> bool:
    source = _fields(contact, directories).get("organisation")
    return source is not None and source.address


def without_hidden(contact: Contact, directories: Directories) -> Contact:
    """Without what its directory's mapping hides (option `i`)."""
    names = hidden(_fields(contact, directories))
    if not names:
        return contact
    kinds = {kind for kind in NumberKind if kind.value in names}
    texts: dict[str, Any] = {name: "" for name in FIELDS if name in names}
    return replace(
        contact,
        **texts,
        numbers=tuple(number for number in contact.numbers if number.kind not in kinds),
        private=tuple(
            "" if f"private{n}" in names else text for n, text in enumerate(contact.private)
        ),
        emails=shown_emails(contact, names),
        email_places=(),
    )


def _fields(contact: Contact, directories: Directories) -> Mapping[str, SourceField]:
    directory = directories.get(contact.directory)
    return {} if directory is None else _read(tuple(directory.mapping.items()))


@lru_cache(maxsize=1024)
def _read(written: tuple[tuple[str, str], ...]) -> Mapping[str, SourceField]:
    return mapping(dict(written))

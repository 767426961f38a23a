"""Several contacts of one person as one card: those that have an e-mail address in common.

(Specification 8.2.2.) Addresses are compared case-blind, any of a contact's counts, and
who shares one with somebody who shares one with a third is one person with the third too. Of each
field the first contact that has it wins; numbers and addresses are put together: the same number
written in two ways is there once, and on the red list where one contact has it there. A card of a
user stays theirs, whichever contact names them: their state and calendar hang on it. Pure.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tws.directory.lines import Line, LineOf, as_written, red_lines
from tws.directory.model import Contact, ContactId, ContactNumber, NumberKind

FIELDS = ("first_name", "last_name", "organisation", "website", "photo")
"Of which a card has one."
NAMES = frozenset({"first_name", "last_name"})
"Which are taken from one contact: a first name of one and a last name of another is nobody."


@dataclass(frozen=True, slots=True)
class Merged:
    """A person's card, and where each part of it comes from."""

    contact: Contact
    "With the id and the rights of the first of `parts`."
    parts: tuple[Contact, ...]
    "In the order in which they count; one where nothing was merged."
    origins: Mapping[str, ContactId]
    """Of each field that is filled: the contact it is from. Numbers as `number:N`, addresses as
    `email:N`, private fields as `field:LABEL`."""
    fields: Mapping[str, str]
    "Private fields by the label that their directory gives them."


def addresses(contact: Contact) -> frozenset[str]:
    """By what a contact is known to be the same person as another."""
    return frozenset(email.casefold() for email in contact.emails)


def persons(contacts: Iterable[Contact]) -> list[list[Contact]]:
    """Contacts put together by their addresses, each person where its first one stood."""
    groups: list[list[Contact] | None] = []
    at: dict[str, int] = {}
    for contact in contacts:
        own = addresses(contact)
        joined = sorted({at[address] for address in own if address in at})
        place = joined[0] if joined else len(groups)
        if not joined:
            groups.append([])
        together = groups[place]
        assert together is not None
        for other in joined[1:]:
            moved = groups[other] or []
            groups[other] = None
            together += moved
            at.update((address, place) for one in moved for address in addresses(one))
        together.append(contact)
        at.update((address, place) for address in own)
    return [group for group in groups if group]


def merged(
    parts: Sequence[Contact],
    labels: Callable[[Contact], Sequence[str]] = lambda contact: (),
    line: LineOf = as_written,
    red: frozenset[str] | None = None,
) -> Merged:
    """One card of the contacts of one person, which come in the order in which they count.

    `labels`: of the private fields of a contact's directory, which mean nothing in another.
    `red`: the lines on the red list; None = those that `parts` have there.
    """
    first = parts[0]
    if len(parts) == 1 and _has_nothing_twice(first, line):
        return _alone(first, labels)
    if red is None:
        red = red_lines(parts, line, None)
    origins: dict[str, ContactId] = {}
    values: dict[str, str] = {}
    for name in FIELDS:
        source = _named(parts) if name in NAMES else _with(parts, name)
        values[name] = getattr(source, name) if source is not None else ""
        if source is not None and values[name]:
            origins[name] = source.id
    emails: dict[str, str] = {}
    numbers: dict[tuple[NumberKind, Line], ContactNumber] = {}
    private: dict[str, str] = {}
    for part in parts:
        for email in part.emails:
            if emails.setdefault(email.casefold(), email) is email:
                origins.setdefault(f"email:{len(emails) - 1}", part.id)
        for number in part.numbers:
            key = number.kind, line(part, number)
            if key not in numbers:
                origins[f"number:{len(numbers)}"] = part.id
                numbers[key] = replace(number, red=key[1].digits in red)
        for label, text in zip(labels(part), part.private, strict=False) if part.private else ():
            if text and label not in private:
                private[label] = text
                origins[f"field:{label}"] = part.id
    contact = replace(
        first,
        **values,  # type: ignore[arg-type]  # all of them texts
        user=next((part.user for part in parts if part.user is not None), None),
        emails=tuple(emails.values()),
        numbers=tuple(numbers.values()),
    )
    return Merged(contact, tuple(parts), origins, private)


def _alone(contact: Contact, labels: Callable[[Contact], Sequence[str]]) -> Merged:
    """Most are: with nobody to put together."""
    private: dict[str, str] = {}
    if any(contact.private):
        for label, text in zip(labels(contact), contact.private, strict=False):
            if text:
                private.setdefault(label, text)
    filled = [name for name in FIELDS if getattr(contact, name)]
    filled += [f"email:{n}" for n in range(len(contact.emails))]
    filled += [f"number:{n}" for n in range(len(contact.numbers))]
    filled += [f"field:{label}" for label in private]
    return Merged(contact, (contact,), dict.fromkeys(filled, contact.id), private)


def _has_nothing_twice(contact: Contact, line: LineOf) -> bool:
    return len(addresses(contact)) == len(contact.emails) and (
        len(contact.numbers) < 2
        or len({line(contact, one).digits for one in contact.numbers}) == len(contact.numbers)
    )


def _named(parts: Sequence[Contact]) -> Contact | None:
    return next((part for part in parts if part.first_name or part.last_name), None)


def _with(parts: Sequence[Contact], field: str) -> Contact | None:
    return next((part for part in parts if getattr(part, field)), None)

"""By what a contact is found and sorted: told once for those that people write and those that a
source brings. Pure.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tws.directory.cards import EMAILS
from tws.directory.model import NumberKind
from tws.directory.text import folded
from tws.numbering import DialPlan, Reading, written

LONGEST_SORT = 1000


class _Number(Protocol):
    @property
    def kind(self) -> NumberKind: ...
    @property
    def red(self) -> bool: ...


class _Card(Protocol):
    """A contact, or what a source has of one."""

    @property
    def first_name(self) -> str: ...
    @property
    def last_name(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def emails(self) -> Sequence[str]: ...
    @property
    def email_places(self) -> Sequence[int]: ...
    @property
    def numbers(self) -> Sequence[_Number]: ...


@dataclass(frozen=True, slots=True)
class Index:
    folded: str
    sort: str


def index(
    card: _Card,
    readings: Sequence[Reading | None],
    *,
    own: bool,
    hidden: Collection[str] = (),
) -> Index:
    """What is not shown is not found: `hidden` are the fields that a directory's mapping hides,
    and numbers on the red list, under whatever kind, only the owner of a contact that is
    somebody's `own` sees."""
    first, last, organisation = (
        "" if name in hidden else getattr(card, name)
        for name in ("first_name", "last_name", "organisation")
    )
    read = list(zip(card.numbers, readings, strict=True))
    red = {reading.digits for number, reading in read if reading and number.red and not own}
    shown = [
        reading
        for number, reading in read
        if number.kind.value not in hidden and reading and reading.digits not in red
    ]
    return Index(
        searched([first, last, organisation], shown_emails(card, hidden), shown),
        sort_key(last, first, organisation),
    )


def shown_emails(card: _Card, hidden: Collection[str]) -> tuple[str, ...]:
    """Without those of fields that are not shown."""
    gone = {place for place, name in enumerate(EMAILS) if name in hidden}
    places = placed(card.emails, card.email_places)
    found = zip(card.emails, places, strict=True)
    return tuple(email for email, place in found if place not in gone)


def placed(emails: Sequence[str], places: Sequence[int]) -> Sequence[int]:
    """The field of each address; of those written by people the first ones."""
    return places if len(places) == len(emails) else range(len(emails))


def readings(numbers: Iterable[str], plan: DialPlan | None) -> tuple[Reading | None, ...]:
    """How the dial plan reads each number; None = it is none."""
    return tuple(written(number, plan) if plan else None for number in numbers)


def searched(
    names: Sequence[str], emails: Sequence[str], numbers: Iterable[Reading | None]
) -> str:
    """The folded text that searches look into: names, addresses, and numbers as they compare."""
    return folded([*names, *emails, *(number.digits for number in numbers if number)])


def private_text(texts: Sequence[str]) -> str | None:
    """What private fields are found by; None where they are empty."""
    return folded(texts) or None if any(texts) else None


def sort_key(last_name: str, first_name: str, organisation: str) -> str:
    return folded([last_name, first_name, organisation])[:LONGEST_SORT]

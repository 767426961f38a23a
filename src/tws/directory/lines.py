"""Which line a number of a contact reaches: however it is written, the same one is known again.
Pure.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from tws.directory.model import Contact, ContactNumber
from tws.errors import Invalid
from tws.numbering import DialPlan, read_typed, written
from tws.organisation.actor import UserId

Plan = Callable[[Contact], DialPlan | None]
"Which dial plan reads the numbers of a contact."


class Line(NamedTuple):
    digits: str
    "As the dial plan compares it."
    extension: str = ""
    "Dialled once connected: the line is the same, what is reached is not."


LineOf = Callable[[Contact, ContactNumber], Line]


def as_written(contact: Contact, number: ContactNumber) -> Line:
    """Without a dial plan."""
    return Line(number.bare)


def read_by(plan: Plan) -> LineOf:
    def line(contact: Contact, number: ContactNumber) -> Line:
        try:
            typed = read_typed(number.number)
        except Invalid:
            return Line(number.bare)
        own = plan(contact)
        reading = written(number.number, own) if own is not None else None
        return Line(typed.bare if reading is None else reading.digits, typed.extension)

    return line


def red_lines(parts: Iterable[Contact], line: LineOf, viewer: UserId | None) -> frozenset[str]:
    """The lines that a person's contacts keep from `viewer`: one that a contact has on the red
    list is on it in all, under whatever kind. Not those that the viewer's own contacts have: he
    wrote them down himself."""
    red: set[str] = set()
    own: set[str] = set()
    for part in parts:
        if viewer is not None and part.owner == viewer:
            own.update(line(part, number).digits for number in part.numbers)
        else:
            red.update(line(part, number).digits for number in part.numbers if number.red)
    return frozenset(red - own)


def reddened(contact: Contact, red: frozenset[str], line: LineOf) -> Contact:
    """With all its numbers of these lines on the red list."""
    numbers = (
        replace(number, red=number.red or line(contact, number).digits in red)
        for number in contact.numbers
    )
    return replace(contact, numbers=tuple(numbers))

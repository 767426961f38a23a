"""Who is found by a number that their card does not show: a contact has it, and another of the
same person has it on the red list. Pure.
"""

from collections.abc import Callable, Sequence

from tws.directory.indexing import Index, index, readings
from tws.directory.lines import LineOf, Plan, red_lines, reddened
from tws.directory.mapping import hidden, mapping
from tws.directory.merging import persons
from tws.directory.model import Contact
from tws.directory.rights import Seen
from tws.directory.showing import merges


def without_withheld(
    found: Sequence[Contact],
    others: Sequence[Contact],
    seen: Seen,
    line: LineOf,
    holds: Callable[[Contact], bool],
) -> list[Contact]:
    """`found`, and `others` of the same persons, less persons of whom no contact `holds` what is
    looked for once all have on the red list what one has."""
    everybody = [*found, *others]
    if not any(number.red for contact in everybody for number in contact.numbers):
        return everybody
    asked = {contact.id for contact in found}
    gone: set[str] = set()
    for parts in persons([one for one in everybody if merges(one, seen.by_id)]):
        red = red_lines(parts, line, seen.user) if len(parts) > 1 else frozenset[str]()
        if not red or any(holds(reddened(one, red, line)) for one in parts if one.id in asked):
            continue
        gone.update(one.id for one in parts)
    return [one for one in everybody if one.id not in gone]


def found_by(contact: Contact, seen: Seen, plan: Plan) -> Index:
    """By what searches find it."""
    directory = seen.by_id.get(contact.directory)
    fields = hidden(mapping(directory.mapping)) if directory is not None else frozenset[str]()
    read = readings((number.number for number in contact.numbers), plan(contact))
    return index(contact, read, own=contact.owner is not None, hidden=fields)

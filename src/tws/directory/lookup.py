"""The reverse lookup: whose number is this?

Directories are ordered by their priority (specification 8.1), of equal ones private ones come
first. Of one directory a person's own number comes before one that is shared, an exact E.164
match before one of the last digits, then the name. The order never depends on which directory
answers first.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from tws.directory import store
from tws.directory.lines import LineOf, red_lines
from tws.directory.merging import merged, persons
from tws.directory.model import SHARED, Contact, ContactNumber, How, Match
from tws.directory.rights import Seen
from tws.directory.showing import merges, ordered, without_hidden
from tws.directory.users import UserDirectory
from tws.numbering import Reading, same
from tws.organisation.model import Domain
from tws.storage import Storage


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom a number is looked up: a user of a domain, or the domain's administrator."""

    domain: Domain
    "By whose dial plan the number is read."
    seen: Seen


@dataclass(frozen=True, slots=True)
class _Hit:
    """A number of a contact that is the one looked up."""

    contact: Contact
    written: ContactNumber
    how: How


SamePersons = Callable[[Seen, Sequence[Contact]], Awaitable[Sequence[Contact]]]


class Lookup:
    def __init__(
        self, storage: Storage, users: UserDirectory, same_persons: SamePersons, line: LineOf
    ) -> None:
        """`same_persons`: what other directories have of some contacts' persons; `line`: which
        one a number reaches."""
        self._storage, self._users, self._same_persons = storage, users, same_persons
        self._line = line

    async def everywhere(self, scope: Scope, number: Reading) -> Match | None:
        """StorageUnavailable while the database is away."""
        seen, length = scope.seen, scope.domain.inverse_length
        found = await store.with_number(self._storage, seen, number, length)
        hits = [
            _hit(one.contact, one.number, number, one.reading)
            for one in found
            if same(number, one.reading, length)
        ]
        hits += self._of_users(scope, number)
        merging = [hit.contact for hit in hits if merges(hit.contact, seen.by_id)]
        others = await self._same_persons(seen, merging) if merging else ()
        whole = {one.id: group for group in persons([*merging, *others]) for one in group}
        return _first(
            seen, [_match(seen, self._line, hit, whole.get(hit.contact.id)) for hit in hits]
        )

    def among_users(self, scope: Scope, number: Reading) -> Match | None:
        """In the TWS user directory only, which needs no database."""
        hits = self._of_users(scope, number)
        return _first(scope.seen, [_match(scope.seen, self._line, hit) for hit in hits])

    def _of_users(self, scope: Scope, number: Reading) -> list[_Hit]:
        domain = scope.domain
        found = self._users.with_number(domain.company, domain.id, number, domain.inverse_length)
        return [
            _hit(contact, written, number, reading)
            for contact, written, reading in found
            if contact.directory in scope.seen.order
        ]


def _hit(contact: Contact, written: ContactNumber, number: Reading, reading: Reading) -> _Hit:
    exact = number.e164 is not None and reading.e164 is not None
    how = How.INTERNAL if number.internal else How.E164 if exact else How.LAST_DIGITS
    return _Hit(contact, written, how)


def _match(seen: Seen, line: LineOf, hit: _Hit, person: Sequence[Contact] | None = None) -> Match:
    """As the person's card has it, without what directories hide."""
    parts = tuple(ordered(person or (hit.contact,), seen.by_id))
    shown = {part.id: without_hidden(part, seen.by_id) for part in parts}
    red = red_lines(parts, line, seen.user)
    hidden = hit.written not in shown[hit.contact.id].numbers
    return Match(
        contact=merged(list(shown.values()), line=line, red=red).contact,
        kind=hit.written.kind,
        number="" if hidden else hit.written.number,
        how=hit.how,
        red=line(hit.contact, hit.written).digits in red,
        parts=parts,
    )


def _first(seen: Seen, matches: list[Match]) -> Match | None:
    """The best one, with the others; each contact once."""
    matches = [match for match in matches if match.name]  # of some everything is hidden
    if len(matches) == 1:
        return matches[0]
    ordered = sorted(matches, key=lambda match: _rank(seen, match))
    once: dict[str, Match] = {}
    for match in ordered:
        once.setdefault(match.contact.id, match)
    if not once:
        return None
    first, *others = once.values()
    return replace(first, others=tuple(others))


def _rank(seen: Seen, match: Match) -> tuple[int, bool, bool, str, str]:
    return (
        seen.order[match.contact.directory],
        match.kind in SHARED,
        match.how is How.LAST_DIGITS,
        store.sort_of(match.contact),
        match.contact.id,
    )

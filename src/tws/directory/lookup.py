"""The reverse lookup: whose number is this?

Directories are ordered by their priority (specification 8.1), of equal ones private ones come
first. Of one directory a person's own number comes before one that is shared, an exact E.164
match before one of the last digits, then the name. The order never depends on which directory
answers first.
"""

from dataclasses import dataclass, replace

from tws.directory import store
from tws.directory.model import SHARED, Contact, ContactNumber, How, Match
from tws.directory.rights import Seen
from tws.directory.showing import without_hidden
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


class Lookup:
    def __init__(self, storage: Storage, users: UserDirectory) -> None:
        self._storage, self._users = storage, users

    async def everywhere(self, scope: Scope, number: Reading) -> Match | None:
        """StorageUnavailable while the database is away."""
        length = scope.domain.inverse_length
        found = await store.with_number(self._storage, scope.seen, number, length)
        matches = [
            _match(scope.seen, one.contact, one.number, number, one.reading)
            for one in found
            if same(number, one.reading, length)
        ]
        return _first(scope.seen, matches + self._of_users(scope, number))

    def among_users(self, scope: Scope, number: Reading) -> Match | None:
        """In the TWS user directory only, which needs no database."""
        return _first(scope.seen, self._of_users(scope, number))

    def _of_users(self, scope: Scope, number: Reading) -> list[Match]:
        domain = scope.domain
        found = self._users.with_number(domain.company, domain.id, number, domain.inverse_length)
        return [
            _match(scope.seen, contact, written, number, reading)
            for contact, written, reading in found
            if contact.directory in scope.seen.order
        ]


def _match(
    seen: Seen, contact: Contact, written: ContactNumber, number: Reading, reading: Reading
) -> Match:
    """Without what the contact's directory hides."""
    exact = number.e164 is not None and reading.e164 is not None
    how = How.INTERNAL if number.internal else How.E164 if exact else How.LAST_DIGITS
    shown = without_hidden(contact, seen.by_id)
    hidden = written not in shown.numbers
    return Match(
        contact=shown, kind=written.kind, number="" if hidden else written.number, how=how
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

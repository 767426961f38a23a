"""Searches: in the database and among users, several contacts of one person together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from tws.directory import store
from tws.directory.criteria import Check, Wanted
from tws.directory.lines import Plan, read_by
from tws.directory.merging import addresses
from tws.directory.model import Contact, ContactId
from tws.directory.rights import Seen
from tws.directory.showing import merges
from tws.directory.text import Groups, rank
from tws.directory.typing_errors import nearly, tolerable
from tws.directory.users import Entry, UserDirectory
from tws.directory.withheld import found_by, without_withheld
from tws.organisation.actor import DirectoryId, UserId
from tws.storage import Connection, Storage

Hits = list[tuple[int, str, Contact]]
"Rank, sort key, contact."


@dataclass(frozen=True, slots=True)
class Results:
    contacts: Sequence[Contact]
    "Best first; behind them what else is known of the same persons."
    tolerated: bool
    "None had the words as they were typed: these have one letter otherwise."


class Search:
    def __init__(self, storage: Storage, users: UserDirectory, plan: Plan) -> None:
        """`plan`: by which a contact's numbers are read."""
        self._storage, self._users = storage, users
        self._plan, self._line = plan, read_by(plan)

    async def contacts(self, seen: Seen, wanted: Groups, limit: int) -> Results:
        """The first `limit` with one of each group of words. Where that finds nobody, each word
        may have one typing error."""
        users = self._users_in(seen)

        def look(db: Connection) -> Results:
            hits = store.search(db, seen, wanted, limit)
            named = _with_words(users, wanted)
            hits += _among(named, lambda entry: rank(entry.folded, entry.sort, wanted))
            tolerated = not hits and tolerable(wanted)
            if tolerated:
                hits = store.search_nearly(db, seen, wanted, limit)
                hits += _among(users, lambda entry: 0 if nearly(entry.folded, wanted) else None)
            found = _first(hits, seen, limit)

            def holds(contact: Contact) -> bool:
                by = found_by(contact, seen, self._plan)
                if tolerated:
                    return nearly(by.folded, wanted)
                return rank(by.folded, by.sort, wanted) is not None

            return Results(self._whole(db, seen, found, users, holds), tolerated)

        return await self._storage.read(look)

    async def by_field(
        self,
        seen: Seen,
        directories: Sequence[DirectoryId],
        wanted: Wanted,
        check: Check,
        limit: int,
    ) -> Results:
        """The first `limit` of `directories` that have what is wanted where it is wanted."""
        users = self._users_in(seen)
        entries = [entry for entry in users if entry.contact.directory in directories]

        def look(db: Connection) -> Results:
            hits = store.search_by_field(db, seen, directories, wanted, check, limit)
            hits += _among(entries, lambda entry: 0 if check(entry.contact) else None)
            found = _first(hits, seen, limit)
            return Results(self._whole(db, seen, found, users, check), False)

        return await self._storage.read(look)

    async def same_persons(self, seen: Seen, found: Sequence[Contact]) -> list[Contact]:
        """What else the directories that are merged have under the addresses of these."""
        if not _shared(seen, found):
            return []
        users = self._users_in(seen)
        return await self._storage.read(lambda db: _same_persons(db, seen, found, users))

    async def with_ids(self, seen: Seen, ids: Sequence[ContactId]) -> list[Contact]:
        """Those of these contacts that are seen, in their order; behind them what else is known
        of the same persons."""
        users = self._users_in(seen)
        of_users = {
            contact.id: contact
            for id in ids
            if (contact := self._users.enabled(seen.company, UserId(id))) is not None
            and contact.directory in seen.order
        }

        def look(db: Connection) -> list[Contact]:
            asked = [id for id in ids if id not in of_users]
            known = of_users | {one.id: one for one in store.with_ids(db, seen, asked)}
            found = [known[id] for id in ids if id in known]
            return [*found, *_same_persons(db, seen, found, users)]

        return await self._storage.read(look)

    def _whole(
        self,
        db: Connection,
        seen: Seen,
        found: Sequence[Contact],
        users: Sequence[Entry],
        holds: Callable[[Contact], bool],
    ) -> list[Contact]:
        """With what else is known of the same persons, who may then not be found after all."""
        others = _same_persons(db, seen, found, users)
        return without_withheld(found, others, seen, self._line, holds)

    def _users_in(self, seen: Seen) -> Sequence[Entry]:
        """As they are now: the database is asked in another thread."""
        lists = self._users.lists(seen.company)
        found = [there for directory, there in lists.items() if directory in seen.order]
        return found[0] if len(found) == 1 else [entry for those in found for entry in those]


def _first(hits: Hits, seen: Seen, limit: int) -> list[Contact]:
    best = nsmallest(
        limit, hits, key=lambda hit: (hit[0], hit[1], seen.order[hit[2].directory], hit[2].id)
    )
    return [contact for _, _, contact in best]


def _same_persons(
    db: Connection, seen: Seen, found: Sequence[Contact], users: Sequence[Entry]
) -> list[Contact]:
    wanted = _shared(seen, found)
    if not wanted:
        return []
    ids = [directory.id for directory in seen.directories if directory.merge]
    others = store.with_addresses(db, seen, ids, sorted(wanted))
    others += [
        entry.contact
        for entry in users
        if any(email.casefold() in wanted for email in entry.contact.emails)
        and entry.contact.directory in ids
    ]
    known = {one.id for one in found}
    return [one for one in others if one.id not in known]


def _shared(seen: Seen, found: Sequence[Contact]) -> set[str]:
    """Addresses by which others may be the same persons."""
    return {address for one in found if merges(one, seen.by_id) for address in addresses(one)}


def _with_words(users: Sequence[Entry], wanted: Groups) -> Sequence[Entry]:
    """Those that can have all that is wanted: a look at each of many must be a short one."""
    for group in wanted:
        if len(group) == 1:
            word = group[0]
            users = [entry for entry in users if word in entry.folded]
    return users


def _among(users: Sequence[Entry], ranked: Callable[[Entry], int | None]) -> Hits:
    return [
        (how_well, entry.sort, entry.contact)
        for entry in users
        if (how_well := ranked(entry)) is not None
    ]

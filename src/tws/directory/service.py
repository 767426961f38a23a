"""What people and programs look for in contacts. Private ones are their owner's alone; public
ones and the TWS user directory are the company's."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from tws.bus import Bus
from tws.directory import store
from tws.directory.answers import Answers
from tws.directory.criteria import Check, Criteria, may_have, offered, wanted
from tws.directory.lines import read_by
from tws.directory.lookup import Lookup, Scope
from tws.directory.model import Contact, ContactId, Match
from tws.directory.own_contacts import OwnContacts
from tws.directory.photos import Photo
from tws.directory.photos import photo as small_photo
from tws.directory.red_list import match_shown
from tws.directory.reindexing import Reindexing
from tws.directory.rights import Seen, seen_by_shared, seen_by_user
from tws.directory.searching import Search
from tws.directory.showing import Card, card, cards
from tws.directory.sight import Sight
from tws.directory.text import groups
from tws.directory.users import UserDirectory
from tws.errors import NotFound
from tws.numbering import heard, plan_of, split_numbers, written
from tws.organisation.actor import Actor, CompanyId, IntercomGroupId, QueueId, UserId
from tws.organisation.model import Directory, Domain
from tws.organisation.parameters.catalogue.caller import AUTHORIZED_ADVANCED_SEARCH
from tws.organisation.photographs import photograph_of
from tws.organisation.registry import Registry
from tws.organisation.shared_device import IntercomGroup, Queue
from tws.schedule import Schedule
from tws.storage import Storage, StorageUnavailable

MOST_RESULTS = 100
Whose = UserId | QueueId | IntercomGroupId
"For whom a number is looked up while a call lives."


class DirectoryService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
    ) -> None:
        self._storage, self._registry = storage, registry
        self._users = UserDirectory(registry, bus)
        self._sight = Sight(registry)
        plan = self._sight.plan_of_contact
        self._line = read_by(plan)
        self._search = Search(storage, self._users, plan)
        self._lookup = Lookup(storage, self._users, self._search.same_persons, self._line)
        self._answers = Answers(bus)
        self.own = OwnContacts(storage, registry, self._sight, self._users, clock)
        self._reindexing = Reindexing(storage, registry, bus, schedule)

    def load(self) -> None:
        """Renew what an interrupted change of a dial plan, or a new version of TWS, left to do."""
        self._reindexing.load()

    # ------------------------------------------------------------ looking for

    async def search(
        self,
        actor: Actor,
        text: str,
        limit: int = 20,
        *,
        company: CompanyId | None = None,
        criteria: Criteria | None = None,
    ) -> list[Card]:
        """Cards with all words of `text`, in any order, or with that part of a number; people
        whose name begins with one come first, then those where all begin words, then by name. An
        empty text finds everybody. Where that finds nobody, each word may have one typing error.
        `criteria` must hold besides, as what the actor may see of a contact says; NotAllowed to
        those who may not search so."""
        where = self._sight.company(actor, company)
        limit = max(1, min(limit, MOST_RESULTS))
        seen = self._sight.of(actor, where)
        if criteria is not None and criteria.given:
            return await self._by_field(actor, seen, criteria, text, limit)
        words = groups(text, self._sight.plan(where, actor.domain))
        if text.strip() and not words:
            return []
        results = await self._search.contacts(seen, words, limit)
        return cards(results.contacts, seen.by_id, actor, self._line, near=results.tolerated)

    async def _by_field(
        self, actor: Actor, seen: Seen, criteria: Criteria, text: str, limit: int
    ) -> list[Card]:
        self._sight.allow(
            actor, AUTHORIZED_ADVANCED_SEARCH, "You are not authorised to search by field."
        )
        looked_for = wanted(criteria, text, self._sight.plan(seen.company, actor.domain))
        if looked_for is None:
            return []
        check = Check(looked_for, seen.by_id, actor, self._sight.plan_of_contact)
        where = may_have(seen.directories, looked_for)
        results = await self._search.by_field(seen, where, looked_for, check, limit)
        return cards(results.contacts, seen.by_id, actor, self._line)

    def directories(
        self, actor: Actor, *, company: CompanyId | None = None
    ) -> list[tuple[Directory, list[str]]]:
        """Those that the actor may look into, and the labels of the private fields by which
        their contacts can be found; in the order in which they count."""
        seen = self._sight.of(actor, self._sight.company(actor, company))
        return [(directory, offered(directory)) for directory in seen.directories]

    async def get(self, actor: Actor, id: ContactId) -> Card:
        """With what other directories that are merged know of the same person. NotFound also for
        what is another user's or company's."""
        contact = await self._get(actor, id)
        seen = self._sight.of(actor, contact.company)
        parts = [contact, *await self._search.same_persons(seen, [contact])]
        return card(parts, seen.by_id, actor, self._line)

    async def with_ids(self, actor: Actor, ids: Sequence[ContactId]) -> list[Card]:
        """Those of these contacts that the actor sees, in their order, each person once."""
        seen = self._sight.of(actor, self._sight.company(actor, None))
        found = await self._search.with_ids(seen, list(dict.fromkeys(ids)))
        return cards(found, seen.by_id, actor, self._line)

    async def seen(self, actor: Actor, ids: Sequence[ContactId]) -> frozenset[ContactId]:
        """Which of these contacts the actor sees."""
        found = await self.with_ids(actor, ids) if ids else []
        return frozenset(id for card in found for id in card.ids)

    def company_of(self, actor: Actor) -> CompanyId:
        """Of a user who may use contacts; NotAllowed else."""
        return self._sight.company(actor, None)

    async def photo(self, actor: Actor, id: ContactId) -> Photo:
        """Of the card that `get` shows; NotFound also where it has none."""
        shown = (await self.get(actor, id)).photo
        found: Photo | None = None
        async with self._storage.reading() as reader:
            if shown is not None and UserId(shown) in self._registry.users:
                jpeg = await photograph_of(reader, UserId(shown))
                found = None if jpeg is None else small_photo(jpeg)
            elif shown is not None:
                found = await store.photo(reader, shown)
        if found is None:
            raise NotFound("This contact has no photo.")
        return found

    async def photos(self, shown: Sequence[Card]) -> dict[ContactId, bytes]:
        """Those of cards that somebody was shown, by the ids of their contacts."""
        wanted = {one.contact.id: one.photo for one in shown if one.photo is not None}
        async with self._storage.reading() as reader:
            found: dict[str, bytes | None] = {}
            found.update(await store.photos(reader, list(wanted.values())))
            for id in wanted.values():
                if UserId(id) in self._registry.users:
                    found[id] = await photograph_of(reader, UserId(id))
        return {card: jpeg for card, id in wanted.items() if (jpeg := found.get(id)) is not None}

    def card_of(self, actor: Actor, *parts: Contact) -> Card:
        """Of these contacts of one person alone."""
        seen = self._sight.of(actor, parts[0].company)
        return card(parts, seen.by_id, actor, self._line)

    async def _get(self, actor: Actor, id: ContactId) -> Contact:
        if contact := self._users.contact(UserId(id)):
            return self._sight.contact(actor, contact)
        async with self._storage.reading() as reader:
            return self._sight.contact(actor, await store.get(reader, id))

    async def reverse(
        self, actor: Actor, number: str, *, company: CompanyId | None = None
    ) -> Match | None:
        """Whose number this is, as people write it or as a PBX reports it; None = nobody's, and
        what several have."""
        where = self._sight.company(actor, company)
        domain = self._sight.domain(where, actor.domain)
        plan = plan_of(domain)
        reading = written(number, plan)
        if reading is None and len(split_numbers(number)) == 1:
            reading = heard(number, plan)
        if reading is None:
            return None
        scope = Scope(domain, self._sight.of(actor, where))
        match = await self._lookup.everywhere(scope, reading)
        return None if match is None else match_shown(match, actor)

    async def reverse_for_user(self, user: UserId, number: str) -> Match | None:
        """Whose number a PBX reports to a device of `user`. While the database is away only the
        TWS user directory is asked."""
        row = self._registry.users.get(user)
        domain = self._registry.domains.get(row.domain) if row else None
        if domain is None:
            return None
        seen = partial(seen_by_user, self._registry, domain.company, user)
        return await self._reverse(user, domain, seen, number)

    async def reverse_for_shared(self, holder: Queue | IntercomGroup, number: str) -> Match | None:
        """The same of a device of a call queue, or of people of an intercom group, by the
        directories that are granted to itself."""
        domain = self._registry.domains.get(holder.domain)
        if domain is None:
            return None
        seen = partial(seen_by_shared, self._registry, holder)
        return await self._reverse(holder.id, domain, seen, number)

    async def _reverse(
        self, whose: Whose, domain: Domain, seen: Callable[[], Seen], number: str
    ) -> Match | None:
        if (known := self._answers.known((whose, number))) is not None:
            return known[0]
        reading = heard(number, plan_of(domain))
        if reading is None:
            return None
        moment = self._answers.moment(domain.company)
        scope = Scope(domain, seen())
        try:
            match = await self._lookup.everywhere(scope, reading)
        except StorageUnavailable:
            return self._lookup.among_users(scope, reading)
        self._answers.keep((whose, number), domain.company, moment, match)
        return match

    def known_for(self, whose: Whose, number: str) -> tuple[Match | None] | None:
        """What `reverse_for_user` or `reverse_for_shared` would answer, in a tuple, where that is
        known without asking the database; else None."""
        return self._answers.known((whose, number))

"""What people and programs do with contacts. Private ones are their owner's alone; public ones and
the TWS user directory are the company's."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Unpack

from tws.bus import Bus
from tws.directory import store
from tws.directory.answers import Answers
from tws.directory.criteria import Check, Criteria, may_have, offered, wanted
from tws.directory.events import ContactChanged
from tws.directory.fields import Fields, checked, filled, named
from tws.directory.lookup import Lookup, Scope
from tws.directory.mapping import hidden, mapping
from tws.directory.model import Contact, ContactId, Match, Source
from tws.directory.photos import Photo
from tws.directory.photos import photo as small_photo
from tws.directory.red_list import match_shown
from tws.directory.rights import Seen, seen_by_administrators, seen_by_user
from tws.directory.searching import Search
from tws.directory.showing import Card, card, cards
from tws.directory.text import groups
from tws.directory.users import UserDirectory
from tws.errors import Conflict, Invalid, NotAllowed, NotFound
from tws.numbering import DialPlan, heard, plan_of, written
from tws.organisation.actor import Actor, CompanyId, DirectoryId, DomainId, UserId
from tws.organisation.events import DirectoryChanged, DomainChanged
from tws.organisation.model import BuiltIn, Directory, Domain
from tws.organisation.parameters import Parameters
from tws.organisation.permission import IN_CALLER, may_use
from tws.organisation.photographs import photograph_of
from tws.organisation.registry import Registry
from tws.schedule import Retry, Schedule
from tws.storage import Storage, StorageUnavailable, new_id

MOST_RESULTS = 100
ADVANCED = "AuthorizedAdvancedSearch"
FAVORITE = "AuthorizeContactFavorite"
READ_AGAIN = 200
"Contacts in one transaction when a dial plan changed: short, so that others can write."
AGAIN = Retry(5.0, 5.0)


class DirectoryService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
    ) -> None:
        self._storage, self._registry, self._clock = storage, registry, clock
        self._users = UserDirectory(registry, bus)
        self._search = Search(storage, self._users)
        self._lookup = Lookup(storage, self._users, self._search.same_persons)
        self._answers = Answers(bus)
        self._parameters = Parameters(registry)
        self._schedule = schedule
        self._reading = asyncio.Lock()
        "One domain at a time: others want to write too."
        bus.follow(DomainChanged, self._domain_changed)
        bus.follow(DirectoryChanged, self._directory_changed)

    async def load(self) -> None:
        """Renew what an interrupted change of a dial plan, or a new version of TWS, left to do."""
        for domain in self._registry.domains:
            self._numbers_to_read(domain)

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
        where = self._company(actor, company)
        limit = max(1, min(limit, MOST_RESULTS))
        seen = self._sight(actor, where)
        if criteria is not None and criteria.given:
            return await self._by_field(actor, seen, criteria, text, limit)
        words = groups(text, self._plan(where, actor.domain))
        if text.strip() and not words:
            return []
        results = await self._search.contacts(seen, words, limit)
        return cards(results.contacts, seen.by_id, actor, near=results.tolerated)

    async def _by_field(
        self, actor: Actor, seen: Seen, criteria: Criteria, text: str, limit: int
    ) -> list[Card]:
        self._may(actor, ADVANCED, "You are not authorised to search by field.")
        looked_for = wanted(criteria, text, self._plan(seen.company, actor.domain))
        if looked_for is None:
            return []
        check = Check(looked_for, seen.by_id, actor, self._plan_of_contact)
        where = may_have(seen.directories, looked_for)
        results = await self._search.by_field(seen, where, looked_for, check, limit)
        return cards(results.contacts, seen.by_id, actor)

    def directories(
        self, actor: Actor, *, company: CompanyId | None = None
    ) -> list[tuple[Directory, list[str]]]:
        """Those that the actor may look into, and the labels of the private fields by which
        their contacts can be found; in the order in which they count."""
        seen = self._sight(actor, self._company(actor, company))
        return [(directory, offered(directory)) for directory in seen.directories]

    async def get(self, actor: Actor, id: ContactId) -> Card:
        """With what other directories that are merged know of the same person. NotFound also for
        what is another user's or company's."""
        contact = await self._get(actor, id)
        seen = self._sight(actor, contact.company)
        return card(
            [contact, *await self._search.same_persons(seen, [contact])], seen.by_id, actor
        )

    async def with_ids(self, actor: Actor, ids: Sequence[ContactId]) -> list[Card]:
        """Those of these contacts that the actor sees, in their order, each person once."""
        seen = self._sight(actor, self._company(actor, None))
        found = await self._search.with_ids(seen, list(dict.fromkeys(ids)))
        return cards(found, seen.by_id, actor)

    def company_of(self, actor: Actor) -> CompanyId:
        """Of a user who may use contacts; NotAllowed else."""
        return self._company(actor, None)

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
        return card(parts, self._sight(actor, parts[0].company).by_id, actor)

    async def _get(self, actor: Actor, id: ContactId) -> Contact:
        if contact := self._users.contact(UserId(id)):
            return self._seen(actor, contact)
        async with self._storage.reading() as reader:
            return self._seen(actor, await store.get(reader, id))

    async def reverse(
        self, actor: Actor, number: str, *, company: CompanyId | None = None
    ) -> Match | None:
        """Whose number this is, as people write it or as a PBX reports it; None = nobody's."""
        where = self._company(actor, company)
        domain = self._domain(where, actor.domain)
        plan = plan_of(domain)
        reading = written(number, plan) or heard(number, plan)
        if reading is None:
            return None
        scope = Scope(domain, self._sight(actor, where))
        match = await self._lookup.everywhere(scope, reading)
        return None if match is None else match_shown(match, actor)

    async def reverse_for_user(self, user: UserId, number: str) -> Match | None:
        """Whose number a PBX reports to a device of `user`. While the database is away only the
        TWS user directory is asked."""
        if (known := self._answers.known((user, number))) is not None:
            return known[0]
        row = self._registry.users.get(user)
        domain = self._registry.domains.get(row.domain) if row else None
        reading = heard(number, plan_of(domain)) if domain else None
        if domain is None or reading is None:
            return None
        moment = self._answers.moment(domain.company)
        scope = Scope(domain, seen_by_user(self._registry, domain.company, user))
        try:
            match = await self._lookup.everywhere(scope, reading)
        except StorageUnavailable:
            return self._lookup.among_users(scope, reading)
        self._answers.keep((user, number), domain.company, moment, match)
        return match

    def known_for_user(self, user: UserId, number: str) -> tuple[Match | None] | None:
        """What `reverse_for_user` would answer, in a tuple, where that is known without asking
        the database; else None."""
        return self._answers.known((user, number))

    # ------------------------------------------------------------ changing

    async def create(
        self,
        actor: Actor,
        private: bool,
        *,
        company: CompanyId | None = None,
        **fields: Unpack[Fields],
    ) -> Contact:
        """A private contact of the actor, or a public one of the company."""
        directory = self.kept(actor, private=private, company=company, writing=True)
        contact = Contact(
            id=ContactId(new_id()),
            version=1,
            company=directory.company,
            source=Source.PRIVATE if private else Source.PUBLIC,
            directory=directory.id,
            domain=directory.domain,
            owner=actor.user if private else None,
            creator=None if private else actor.user,
        )
        return await self._write(actor, None, contact, fields, "contact.create")

    def kept(
        self,
        actor: Actor,
        *,
        private: bool,
        company: CompanyId | None = None,
        domain: DomainId | None = None,
        writing: bool = False,
    ) -> Directory:
        """The directory of TWS's own that the actor's private contacts, or the company's public
        ones, are in: of the actor's domain; for administrators of `domain`, or the company's
        first."""
        where = self._company(actor, company)
        if private and actor.user is None:
            raise Invalid("Only a user has private contacts.", field="private")
        if private and writing:
            self._may(actor, FAVORITE, "You are not authorised to write down private contacts.")
        if domain is not None:
            row = self._registry.domains.get(domain)
            if row is None or row.company != where or actor.domain not in (None, domain):
                raise NotFound("No such domain.")
        place = self._domain(where, domain or actor.domain)
        directory = self._registry.built_in(
            place.id, BuiltIn.PRIVATE if private else BuiltIn.PUBLIC
        )
        if directory is None or directory.id not in self._sight(actor, where).order:
            raise NotAllowed(
                "You are not authorised to use this directory.", why="directoryNotGranted"
            )
        return directory

    async def update(
        self, actor: Actor, id: ContactId, version: int, **fields: Unpack[Fields]
    ) -> Contact:
        """Conflict (`version` = the present one) when somebody changed it meanwhile."""
        before = await self._changeable(actor, id)
        return await self._write(actor, before, before, fields, "contact.update", version)

    async def delete(self, actor: Actor, id: ContactId, version: int) -> None:
        await self._changeable(actor, id)
        async with self._storage.transaction() as tx:
            before = _current(self._seen(actor, await store.get(tx, id, lock=True)), version)
            await store.remove(tx, [id])
            await tx.audit(actor, "contact.delete", id, before, None, company=before.company)
            tx.publish(ContactChanged(before, None))

    async def _write(
        self,
        actor: Actor,
        known: Contact | None,
        contact: Contact,
        fields: Fields,
        action: str,
        version: int = 0,
    ) -> Contact:
        fields = checked(fields)
        async with self._storage.transaction() as tx:
            before = None
            if known is not None:
                before = self._seen(actor, await store.get(tx, known.id, lock=True))
                contact = replace(_current(before, version), version=version + 1)
            after = named(filled(contact, fields))
            plan = self._plan(after.company, after.domain)
            await store.write(tx, before, after, plan, self._clock())
            await tx.audit(actor, action, after.id, before, after, company=after.company)
            tx.publish(ContactChanged(before, after))
        return after

    async def _changeable(self, actor: Actor, id: ContactId) -> Contact:
        contact = await self._get(actor, id)
        if contact.source is Source.USERS:
            raise NotAllowed(
                "Users are changed by an administrator, in the administration.",
                why="changedElsewhere",
            )
        directory = self._registry.directories.get(contact.directory or DirectoryId(""))
        if directory is None or directory.built_in is None:
            raise NotAllowed(
                "This contact comes from another directory, and is changed there.",
                why="changedElsewhere",
            )
        if contact.source is Source.PUBLIC and actor.user not in (None, contact.creator):
            raise NotAllowed(
                "A public contact is changed by who wrote it, or an administrator.",
                why="ownersOnly",
            )
        return contact

    # ------------------------------------------------------------ whose

    def _company(self, actor: Actor, company: CompanyId | None) -> CompanyId:
        if actor.user is not None:
            if actor.company is None or company not in (None, actor.company):
                raise NotFound("No such company.")
            may_use(actor, *IN_CALLER)
            return actor.company
        if company is None:
            raise Invalid("Say in which company.", field="company")
        if company not in self._registry.companies or not actor.manages(company):
            raise NotFound("No such company.")
        return company

    def _sight(self, actor: Actor, company: CompanyId) -> Seen:
        if actor.user is not None:
            return seen_by_user(self._registry, company, actor.user)
        return seen_by_administrators(self._registry, company)

    def _seen(self, actor: Actor, contact: Contact | None) -> Contact:
        missing = NotFound("No such contact.")
        if contact is None or contact.directory not in self._sight(actor, contact.company).order:
            raise missing
        if actor.user is None:
            if contact.owner is not None or not actor.manages(contact.company):
                raise missing
        elif contact.company != actor.company or contact.owner not in (None, actor.user):
            raise missing
        return contact

    def _domain(self, company: CompanyId, domain: DomainId | None) -> Domain:
        """The actor's domain; for administrators the company's first."""
        if domain is not None and domain in self._registry.domains:
            return self._registry.domains[domain]
        domains = [d for d in self._registry.domains.values() if d.company == company]
        if not domains:
            raise Invalid("This company has no domain yet, so no dial plan.", field="company")
        return min(domains, key=lambda d: d.id)

    def _may(self, actor: Actor, parameter: str, refusal: str) -> None:
        if actor.user is not None and not self._parameters.effective(actor.user, parameter):
            raise NotAllowed(refusal, why="parameterForbids", parameters={"parameter": parameter})

    def _plan_of_contact(self, contact: Contact) -> DialPlan | None:
        domain = None if contact.domain is None else self._registry.domains.get(contact.domain)
        return None if domain is None else plan_of(domain)

    def _plan(self, company: CompanyId, domain: DomainId | None) -> DialPlan:
        return plan_of(self._domain(company, domain))

    # ------------------------------------------------------------ kept true

    def _domain_changed(self, event: DomainChanged) -> None:
        before, after = event.before, event.after
        if before is not None and after is not None and plan_of(before) != plan_of(after):
            self._numbers_to_read(after.id)

    def _directory_changed(self, event: DirectoryChanged) -> None:
        """What is hidden from now on must not be found either."""
        before, after = event.before, event.after
        if before is None or after is None:
            return
        if hidden(mapping(before.mapping)) != hidden(mapping(after.mapping)):
            self._numbers_to_read(after.domain)

    def _numbers_to_read(self, domain: DomainId) -> None:
        read = partial(self._read_again, domain)
        self._schedule.once("read numbers", read, key=domain, retry=AGAIN)

    async def _read_again(self, id: DomainId) -> None:
        """Let the domain's contacts be found by its dial plan, and by what their directories
        show; some at a time."""
        async with self._reading:
            known = [d.id for d in self._registry.directories.values() if d.domain == id]
            for directory in (*known, None):
                while await self._some_read_again(id, directory):
                    pass

    async def _some_read_again(self, id: DomainId, directory: DirectoryId | None) -> bool:
        """Whether there were some."""
        domain = self._registry.domains.get(id)
        if domain is None:
            return False
        plan, row = plan_of(domain), self._registry.directories.get(directory or DirectoryId(""))
        not_shown = frozenset() if row is None else hidden(mapping(row.mapping))
        async with self._storage.transaction() as tx:
            key = store.plan_key(plan, not_shown)
            contacts = await store.read_otherwise(tx, domain.id, directory, key, READ_AGAIN)
            if contacts:
                await store.read_again(tx, contacts, plan, not_shown)
        if contacts:
            self._answers.forget(domain.company)
        return bool(contacts)


def _current(contact: Contact, version: int) -> Contact:
    if contact.version != version:
        raise Conflict("Somebody changed this contact meanwhile.", version=contact.version)
    return contact

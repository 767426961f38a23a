"""Lists that users make of contacts. One is its owner's alone, or public in the owner's domain;
who may not see a contact does not see it in a list either."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypedDict, Unpack

from tws.bus import Bus
from tws.directory import store
from tws.directory.events import ContactListChanged
from tws.directory.kinds import CONTACT_LIST
from tws.directory.model import ContactId, ContactList, ListId
from tws.directory.service import DirectoryService
from tws.directory.showing import Card
from tws.directory.text import folded
from tws.errors import Invalid, NotAllowed, NotFound
from tws.organisation import words
from tws.organisation.actor import Actor, DomainId, UserId
from tws.organisation.events import UserChanged
from tws.organisation.parameters.catalogue.caller import AUTHORIZE_PUBLIC_LIST
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import forbidden_by, users_only
from tws.organisation.registry import Registry
from tws.records import changing
from tws.rereading import RowsMissed
from tws.storage import Reader, Storage, Transaction, new_id

MOST_LISTS = 100
"Of one user."
MOST_MEMBERS = 1000
"Of one list."


class ListFields(TypedDict, total=False):
    """What people change of a list."""

    name: str
    position: int
    public: bool


class ListService:
    def __init__(
        self, storage: Storage, registry: Registry, bus: Bus, directory: DirectoryService
    ) -> None:
        self._storage, self._registry, self._directory = storage, registry, directory
        self._parameters = Parameters(registry)
        self._start = new_id()
        self._changes: dict[UserId | DomainId, str] = {}
        "The last change of a user's lists, and of the public ones of a domain."
        bus.follow(ContactListChanged, self._changed)
        bus.follow(UserChanged, self._user_changed)
        bus.follow(RowsMissed, lambda _: self._missed())

    def changes(self, user: UserId) -> str:
        """Another text after each change of the lists that a user sees."""
        row = self._registry.users.get(user)
        public = self._changes.get(row.domain, "") if row is not None else ""
        return f"{self._changes.get(user, self._start)} {public}".strip()

    def _missed(self) -> None:
        """Anything may be other."""
        self._start = new_id()
        self._changes.clear()

    # ------------------------------------------------------------ reading

    async def all(self, actor: Actor) -> list[ContactList]:
        """The actor's own in their order, then the public ones of the domain by name."""
        company, user = self._directory.company_of(actor), _user(actor)
        async with self._storage.reading() as reader:
            found = await store.lists_for(reader, company, user)
        seen = [one for one in found if self._sees(actor, one)]
        return sorted(seen, key=lambda one: _order(one, user))

    async def contacts(self, actor: Actor, id: ListId) -> list[Card]:
        """Those in a list that the actor may see, in its order."""
        self._directory.company_of(actor)
        async with self._storage.reading() as reader:
            self._seen(actor, await store.get_list(reader, id))
            members = await store.members(reader, id)
        return await self._directory.with_ids(actor, members)

    # ------------------------------------------------------------ changing

    async def create(self, actor: Actor, **fields: Unpack[ListFields]) -> ContactList:
        company, owner = self._directory.company_of(actor), _user(actor)
        made = ContactList(
            id=ListId(new_id()), version=1, company=company, owner=owner, name="", position=0
        )
        made = self._filled(actor, made, fields)
        words.name(made.name)
        async with self._storage.transaction() as tx:
            if await store.lists_of(tx, owner) >= MOST_LISTS:
                raise Invalid(f"You have {MOST_LISTS} lists, which is the most.", field="name")
            await changing.create(tx, actor, CONTACT_LIST, made)
        return made

    async def update(
        self, actor: Actor, id: ListId, version: int, **fields: Unpack[ListFields]
    ) -> ContactList:
        """Conflict (`version` = the present one) when somebody changed it meanwhile."""
        async with self._storage.transaction() as tx:
            before = changing.current(await self._own(tx, actor, id), version)
            after = self._filled(actor, before, fields)
            return await changing.write(tx, actor, CONTACT_LIST, before, after)

    async def delete(self, actor: Actor, id: ListId, version: int) -> None:
        async with self._storage.transaction() as tx:
            before = changing.current(await self._own(tx, actor, id), version)
            await changing.remove(tx, actor, CONTACT_LIST, before)

    async def add(self, actor: Actor, id: ListId, contacts: Sequence[ContactId]) -> ContactList:
        """At its end; who is in it already stays where they are. NotFound for a contact that the
        actor does not see."""
        self._directory.company_of(actor)
        async with self._storage.reading() as reader:
            before = self._owned(actor, await store.get_list(reader, id))
        seen = await self._directory.with_ids(actor, contacts)
        known = {id for card in seen for id in card.ids}
        if not known.issuperset(contacts):
            raise NotFound("No such contact.")
        async with self._storage.transaction() as tx:
            before = await self._own(tx, actor, id)
            members = await store.members(tx, id)
            after = list(dict.fromkeys([*members, *contacts]))
            if len(after) > MOST_MEMBERS:
                raise Invalid(f"A list has at most {MOST_MEMBERS} contacts.", field="contacts")
            return await self._write(tx, actor, before, members, after)

    async def remove(self, actor: Actor, id: ListId, contact: ContactId) -> ContactList:
        """Whoever is on that contact's card goes; NotFound where nobody of them is in it."""
        shown = await self.contacts(actor, id)
        gone = {contact}.union(*(card.ids for card in shown if contact in card.ids))
        async with self._storage.transaction() as tx:
            before = await self._own(tx, actor, id)
            members = await store.members(tx, id)
            after = [one for one in members if one not in gone]
            if len(after) == len(members):
                raise NotFound("No such contact.")
            return await self._write(tx, actor, before, members, after)

    async def order(
        self, actor: Actor, id: ListId, version: int, contacts: Sequence[ContactId]
    ) -> ContactList:
        """Those that are named come first, in this order."""
        shown = await self.contacts(actor, id)
        places = {one: place for place, one in enumerate(contacts)}
        for card in shown:
            if card.contact.id in places:
                places |= dict.fromkeys(card.ids, places[card.contact.id])
        async with self._storage.transaction() as tx:
            before = changing.current(await self._own(tx, actor, id), version)
            members = await store.members(tx, id)
            after = sorted(members, key=lambda one: places.get(one, len(places)))
            return await self._write(tx, actor, before, members, after)

    async def _write(
        self,
        tx: Transaction,
        actor: Actor,
        before: ContactList,
        members: Sequence[ContactId],
        after: Sequence[ContactId],
    ) -> ContactList:
        if list(members) == list(after):
            return before
        changed = CONTACT_LIST.next_version(before)
        await store.write_members(tx, before.id, after)
        await store.lists.update(tx, changed)
        await tx.audit(
            actor,
            "contact list filled",
            before.id,
            {"contacts": list(members)},
            {"contacts": list(after)},
            company=before.company,
        )
        tx.publish(ContactListChanged(before, changed))
        return changed

    def _filled(self, actor: Actor, one: ContactList, fields: ListFields) -> ContactList:
        if fields.get("public") and not one.public:
            user = _user(actor)
            if not self._parameters.effective(user, AUTHORIZE_PUBLIC_LIST):
                raise forbidden_by(
                    AUTHORIZE_PUBLIC_LIST, "You are not authorised to make a list public."
                )
        return replace(
            one,
            name=words.name(fields["name"]) if "name" in fields else one.name,
            position=fields.get("position", one.position),
            public=fields.get("public", one.public),
        )

    # ------------------------------------------------------------ whose

    def _sees(self, actor: Actor, one: ContactList) -> bool:
        if one.owner == actor.user:
            return True
        owner = self._registry.users.get(one.owner)
        return one.public and owner is not None and owner.domain == actor.domain

    def _seen(self, actor: Actor, one: ContactList | None) -> ContactList:
        if one is None or not self._sees(actor, one):
            raise NotFound("No such list.")
        return one

    def _owned(self, actor: Actor, one: ContactList | None) -> ContactList:
        seen = self._seen(actor, one)
        if seen.owner != actor.user:
            raise NotAllowed("A list is changed by who made it.", why="ownersOnly")
        return seen

    async def _own(self, reader: Reader, actor: Actor, id: ListId) -> ContactList:
        self._directory.company_of(actor)
        return self._owned(actor, await store.get_list(reader, id, lock=True))

    # ------------------------------------------------------------ told to pages

    def _changed(self, event: ContactListChanged) -> None:
        for one in (event.before, event.after):
            if one is None:
                continue
            self._changes[one.owner] = new_id()
            owner = self._registry.users.get(one.owner)
            if one.public and owner is not None:
                self._changes[owner.domain] = new_id()

    def _user_changed(self, event: UserChanged) -> None:
        """With a user go their lists, the public ones too; with another domain they are seen
        elsewhere."""
        before, after = event.before, event.after
        if before is None or (after is not None and after.domain == before.domain):
            return
        for domain in {before.domain, *([] if after is None else [after.domain])}:
            self._changes[domain] = new_id()
        if after is None:
            self._changes.pop(before.id, None)


def _user(actor: Actor) -> UserId:
    return users_only(actor, "Only a user has lists.")


def _order(one: ContactList, user: UserId) -> tuple[bool, int, str, str]:
    own = one.owner == user
    return not own, one.position if own else 0, folded([one.name]), one.id

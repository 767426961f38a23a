"""Contacts that TWS keeps itself: users' private ones, and the public ones of a company."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Unpack

from tws.directory import kinds, store
from tws.directory.fields import Fields, checked, filled, named
from tws.directory.model import Contact, ContactId, Source
from tws.directory.sight import Sight
from tws.directory.users import UserDirectory
from tws.errors import Invalid, NotAllowed, NotFound
from tws.organisation.actor import Actor, CompanyId, DirectoryId, DomainId, UserId
from tws.organisation.model import BuiltIn, Directory
from tws.organisation.parameters.catalogue.caller import AUTHORIZE_CONTACT_FAVORITE
from tws.organisation.registry import Registry
from tws.records import changing
from tws.storage import Storage, Transaction, new_id


class OwnContacts:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        sight: Sight,
        users: UserDirectory,
        clock: Callable[[], datetime],
    ) -> None:
        self._storage, self._registry, self._sight, self._users = storage, registry, sight, users
        self._kind = kinds.contacts(lambda one: sight.plan(one.company, one.domain), clock)

    async def create(
        self,
        actor: Actor,
        private: bool,
        *,
        company: CompanyId | None = None,
        **fields: Unpack[Fields],
    ) -> Contact:
        """A private contact of the actor, or a public one of the company."""
        directory = self.directory(actor, private=private, company=company, writing=True)
        empty = Contact(
            id=ContactId(new_id()),
            version=1,
            company=directory.company,
            source=Source.PRIVATE if private else Source.PUBLIC,
            directory=directory.id,
            domain=directory.domain,
            owner=actor.user if private else None,
            creator=None if private else actor.user,
        )
        made = named(filled(empty, checked(fields), directory))
        async with self._storage.transaction() as tx:
            await changing.create(tx, actor, self._kind, made)
        return made

    async def update(
        self, actor: Actor, id: ContactId, version: int, **fields: Unpack[Fields]
    ) -> Contact:
        """Conflict (`version` = the present one) when somebody changed it meanwhile."""
        async with self._changeable(actor, id, version) as (tx, before):
            new = checked(fields, before.numbers)
            directory = self._registry.directories[before.directory or DirectoryId("")]
            after = named(filled(before, new, directory))
            return await changing.write(tx, actor, self._kind, before, after)

    async def delete(self, actor: Actor, id: ContactId, version: int) -> None:
        async with self._changeable(actor, id, version) as (tx, before):
            await changing.remove(tx, actor, self._kind, before)

    def directory(
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
        where = self._sight.company(actor, company)
        if private and actor.user is None:
            raise Invalid("Only a user has private contacts.", field="private")
        if private and writing:
            words = "You are not authorised to write down private contacts."
            self._sight.allow(actor, AUTHORIZE_CONTACT_FAVORITE, words)
        if domain is not None:
            row = self._registry.domains.get(domain)
            if row is None or row.company != where or actor.domain not in (None, domain):
                raise NotFound("No such domain.")
        place = self._sight.domain(where, domain or actor.domain)
        directory = self._registry.built_in(
            place.id, BuiltIn.PRIVATE if private else BuiltIn.PUBLIC
        )
        if directory is None or directory.id not in self._sight.of(actor, where).order:
            raise NotAllowed(
                "You are not authorised to use this directory.", why="directoryNotGranted"
            )
        return directory

    @asynccontextmanager
    async def _changeable(
        self, actor: Actor, id: ContactId, version: int
    ) -> AsyncIterator[tuple[Transaction, Contact]]:
        if (user := self._users.contact(UserId(id))) is not None:
            self._may_change(actor, self._sight.contact(actor, user))
        async with self._storage.transaction() as tx:
            seen = self._sight.contact(actor, await store.get(tx, id, lock=True))
            self._may_change(actor, seen)
            yield tx, changing.current(seen, version)

    def _may_change(self, actor: Actor, contact: Contact) -> None:
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

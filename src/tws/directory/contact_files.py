"""Contacts into files, and out of files of vCards."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import structs

from tws.directory import store
from tws.directory.cards import SourceCard
from tws.directory.events import ContactsMerged
from tws.directory.importing import Imported, read
from tws.directory.lists import ListService
from tws.directory.model import ContactId, ListId
from tws.directory.photo_making import Make
from tws.directory.photos import Photo
from tws.directory.prepared import Staged, prepared
from tws.directory.service import DirectoryService
from tws.directory.showing import Card
from tws.errors import Invalid, NotAllowed
from tws.numbering import DialPlan, plan_of
from tws.organisation.actor import Actor, CompanyId, DomainId
from tws.organisation.permission import users_only
from tws.organisation.registry import Registry
from tws.storage import Storage

OURS = "urn:uuid:"
"Before the id of a contact that we exported."
MOST_EXPORTED = 20_000
MOST_PHOTOGRAPHED = 2_000
"With their photos: about 20 MB."


class ContactFileService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        directory: DirectoryService,
        lists: ListService,
        make: Make,
        clock: Callable[[], datetime],
    ) -> None:
        self._storage, self._registry, self._clock = storage, registry, clock
        self._directory, self._lists, self._make = directory, lists, make

    async def export(
        self,
        actor: Actor,
        *,
        contact: ContactId | None = None,
        list: ListId | None = None,
        company: CompanyId | None = None,
        domain: DomainId | None = None,
    ) -> list[Card]:
        """One contact, those of a list, or all that a user keeps privately; for administrators
        all that the company keeps publicly. As the actor may see them."""
        if contact is not None:
            return [await self._directory.get(actor, contact)]
        if list is not None:
            users_only(actor, "Only a user has lists.")
            return await self._lists.contacts(actor, list)
        target = self._directory.own.directory(
            actor, private=actor.user is not None, company=company, domain=domain
        )
        async with self._storage.reading() as reader:
            found = await store.kept(reader, target.id, actor.user, MOST_EXPORTED + 1)
        if len(found) > MOST_EXPORTED:
            raise Invalid(f"At most {MOST_EXPORTED} contacts are exported at once.")
        return [self._directory.card_of(actor, one) for one in found]

    async def photos(self, cards: Sequence[Card]) -> dict[ContactId, bytes]:
        """Of cards to be exported, by the ids of their contacts; Invalid where they are too
        many."""
        if len(cards) > MOST_PHOTOGRAPHED:
            raise Invalid(f"At most {MOST_PHOTOGRAPHED} contacts are exported with their photos.")
        return await self._directory.photos(cards)

    async def import_vcards(
        self,
        actor: Actor,
        content: bytes,
        *,
        private: bool,
        company: CompanyId | None = None,
        domain: DomainId | None = None,
    ) -> Imported:
        """All cards of the file, or none. Who has the UID of a card that was imported before, or
        exported from here, is changed."""
        if not private and actor.user is not None:
            raise NotAllowed(
                "Public contacts are imported by an administrator.", why="administratorsOnly"
            )
        target = self._directory.own.directory(
            actor, private=private, company=company, domain=domain, writing=True
        )
        plan = plan_of(self._registry.domains[target.domain])
        owner = actor.user if private else None
        file = await asyncio.to_thread(read, content, target)
        found, left = file.cards, file.left
        # Two users may import the same card.
        keys = {one.identifier: f"{owner or ''} {one.identifier}".strip() for one in found}
        ours = {ContactId(one[len(OURS) :]): key for one, key in keys.items() if _is_ours(one)}
        done = Imported(ignored=list(left), not_kept=file.not_kept)
        photos = await self._photos(found, done)
        async with self._storage.transaction() as tx:
            for id, key in (await store.called(tx, target.id, owner, ours)).items():
                keys[OURS + id] = key
            # One that we exported, and the file it came from, may be in one file.
            once = {keys[one.identifier]: one for one in reversed(found)}
            batch = [
                _staged(one, key, plan, owner, photos.get(one.identifier))
                for key, one in once.items()
            ]
            done.updated = await store.known_by(tx, target.id, list(once))
            done.created = len(batch) - done.updated
            if batch:
                await store.bring(tx, target, batch, store.plan_key(plan), self._clock())
            counts = {"created": done.created, "updated": done.updated, "ignored": len(left)}
            await tx.audit(
                actor, "contacts imported", target.id, None, counts, company=target.company
            )
            tx.publish(ContactsMerged(target.company, target.id))
        return done

    async def _photos(self, cards: Sequence[SourceCard], done: Imported) -> dict[str, Photo]:
        """By identifier: what pictures that are in the file itself become."""
        with_one = [one for one in cards if one.photo]
        made = await self._make([one.photo for one in with_one if one.photo])
        found = {
            one.identifier: photo
            for one, photo in zip(with_one, made, strict=True)
            if isinstance(photo, Photo)
        }
        done.photos_left = len(with_one) - len(found)
        return found


def _is_ours(identifier: str) -> bool:
    return identifier.startswith(OURS)


def _staged(
    card: SourceCard, key: str, plan: DialPlan, owner: str | None, photo: Photo | None
) -> Staged:
    """A card that has no picture says nothing of the one that is there."""
    made = prepared(structs.replace(card, identifier=key, photo=None), plan, owner)
    made = structs.replace(made, photo=photo, photo_stays=photo is None)
    return Staged(hash=hashlib.sha256(repr(card).encode()).digest(), prepared=made)

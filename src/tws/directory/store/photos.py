"""Photos of contacts, in SQL."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select

from tws.directory.photos import Photo
from tws.directory.store.tables import contact_photo
from tws.storage import Reader, Transaction
from tws.storage.upserting import upsert

ASKED = 500
"Contacts in one question."


async def photo(reader: Reader, contact: str) -> Photo | None:
    p = contact_photo.c
    query = select(p.hash, p.type, p.bytes).where(p.contact == contact)
    row = (await reader.execute(query)).first()
    return None if row is None else Photo(row.hash, row.type, row.bytes)


async def photos(reader: Reader, contacts: Sequence[str]) -> dict[str, bytes]:
    """Of those that have one, by the ids of their contacts."""
    p, found = contact_photo.c, dict[str, bytes]()
    for first in range(0, len(contacts), ASKED):
        some = contacts[first : first + ASKED]
        query = select(p.contact, p.bytes).where(p.contact.in_(some))
        found.update((row.contact, row.bytes) for row in await reader.execute(query))
    return found


async def write_photos(tx: Transaction, photos: Mapping[str, Photo | None]) -> None:
    """Of contacts by their ids; None = there is none any more."""
    gone = [contact for contact, photo in photos.items() if photo is None]
    if gone:
        await tx.execute(delete(contact_photo).where(contact_photo.c.contact.in_(gone)))
    rows = [
        {"contact": contact, "hash": photo.hash, "type": photo.type, "bytes": photo.bytes}
        for contact, photo in photos.items()
        if photo is not None
    ]
    if rows:
        await tx.execute(upsert(contact_photo, rows, ["contact"]))

"""Contacts that TWS keeps itself, as they come from files and go into them, in SQL."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select, update

from tws.directory.model import Contact, ContactId
from tws.directory.store.rows import CARD, contact_of
from tws.directory.store.tables import contact
from tws.organisation.actor import DirectoryId, UserId
from tws.storage import Reader, Transaction


async def kept(
    reader: Reader, directory: DirectoryId, owner: UserId | None, limit: int
) -> list[Contact]:
    """Of a directory, those of an owner, or those that have none; by name."""
    c = contact.c
    query = select(*CARD).where(c.directory == directory, c.owner == owner)
    query = query.order_by(c.sort, c.id).limit(limit)
    return [contact_of(row) for row in await reader.execute(query)]


async def called(
    tx: Transaction,
    directory: DirectoryId,
    owner: UserId | None,
    identifiers: Mapping[ContactId, str],
) -> dict[ContactId, str]:
    """By what these contacts are known to files; those that none named yet by these identifiers
    from now on."""
    c = contact.c
    query = select(c.id, c.external).where(
        c.id.in_(list(identifiers)), c.directory == directory, c.owner == owner
    )
    known: dict[ContactId, str] = {}
    for id, external in (await tx.execute(query)).all():
        known[id] = external or identifiers[id]
        if external is None:
            await tx.execute(update(contact).where(c.id == id).values(external=known[id]))
    return known


async def known_by(reader: Reader, directory: DirectoryId, identifiers: Sequence[str]) -> int:
    c = contact.c
    query = select(func.count()).where(c.directory == directory, c.external.in_(identifiers))
    return int((await reader.execute(query)).scalar_one())

"""Many contacts of one directory at once, in SQL: what a synchronisation brings and takes away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select, text

from tws.directory.indexing import private_text
from tws.directory.photos import Photo
from tws.directory.prepared import Prepared, Staged
from tws.directory.store.contacts import last_search_row, remove, remove_details
from tws.directory.store.indexes import indexed_by_hand
from tws.directory.store.photos import write_photos
from tws.directory.store.rows import email_rows, number_rows, write_details
from tws.directory.store.tables import contact
from tws.organisation.model import Directory
from tws.storage import Reader, Transaction, new_id
from tws.storage.among import Among
from tws.storage.upserting import Upsert

_THERE = select(
    contact.c.external,
    contact.c.id,
    contact.c.version,
    contact.c.search_row,
    contact.c.folded,
    contact.c.private_folded,
    contact.c.photo,
).where(contact.c.directory == bindparam("directory"), Among(contact.c.external, "externals"))


async def known(
    reader: Reader, directory: str, after: str, limit: int
) -> list[tuple[str, bytes | None]]:
    """What the source of a directory called its contacts, and what it said of them; those behind
    `after`, in order."""
    c = contact.c
    query = (
        select(c.external, c.raw_hash)
        .where(c.directory == directory, c.external > after)
        .order_by(c.external)
        .limit(limit)
    )
    return [(external, hash) for external, hash in await reader.execute(query)]


async def bring(
    tx: Transaction,
    directory: Directory,
    batch: Sequence[Staged],
    plan: str,
    at: datetime,
    *,
    new: bool = False,
) -> None:
    """Create or change the contacts of `batch`: who is known by its identifier stays the same
    contact. Brought twice is brought once. `new`: the directory has none of them."""
    there = {} if new else await _there(tx, directory, batch)
    search_row = await last_search_row(tx)
    rows, numbers, emails = [], [], []
    photos: dict[str, Photo | None] = {}
    async with indexed_by_hand(tx) as indexing:
        for one in batch:
            before = there.get(one.prepared.card.identifier)
            if before is None and search_row is not None:
                search_row += 1
            at_row = before.search_row if before is not None else search_row
            id = before.id if before is not None else new_id()
            hash = _photo(one.prepared, before)
            card, private = one.prepared.card, private_text(one.prepared.card.private)
            rows.append(_row(directory, one, id, before, at_row, private, hash, plan, at))
            if hash != (before.photo if before is not None else ""):
                photos[id] = one.prepared.photo
            numbers += number_rows(id, directory.company, card.numbers, one.prepared.readings)
            emails += email_rows(id, directory.company, card.emails, card.email_places)
            if before is not None:
                indexing.forget(before.search_row, before.folded, before.private_folded)
            indexing.learn(at_row, one.prepared.folded, private)
        if there:
            await remove_details(tx, [row.id for row in there.values()])
        await tx.execute(Upsert(contact, contact.c.keys(), rows, ["id"]))
        await write_details(tx, numbers, emails)
        await write_photos(tx, photos)


async def _there(tx: Transaction, directory: Directory, batch: Sequence[Staged]) -> dict[str, Any]:
    externals = [one.prepared.card.identifier for one in batch]
    asked = {"directory": directory.id, "externals": externals}
    return {row.external: row for row in await tx.execute(_THERE, asked)}


def _row(
    directory: Directory,
    one: Staged,
    id: str,
    before: Any,
    search_row: int | None,
    private: str | None,
    photo: str,
    plan: str,
    at: datetime,
) -> tuple[object, ...]:
    """In the order of the table's columns."""
    card = one.prepared.card
    return (
        id,
        before.version + 1 if before is not None else 1,
        directory.company,
        directory.domain,
        one.prepared.owner,
        None,
        card.first_name,
        card.last_name,
        card.organisation,
        card.emails[0] if card.emails else "",
        one.prepared.sort,
        one.prepared.folded,
        search_row,
        directory.id,
        card.identifier,
        one.hash,
        card.website,
        list(card.private) if any(card.private) else None,
        private,
        photo,
        plan,
        at,
    )


def _photo(prepared: Prepared, before: Any) -> str:
    """Its hash, also of one that stays."""
    if prepared.photo is not None:
        return prepared.photo.hash
    return before.photo if prepared.photo_stays and before is not None else ""


async def settle(tx: Transaction) -> None:
    """After much has come: let PostgreSQL know it at once, not when its vacuum comes by. Till then
    it looks for contacts as if there were none, and through a list of what its index has not yet
    taken in. Nobody who reads or writes waits for it."""
    if tx.dialect == "postgresql":
        await tx.execute(text("ANALYZE contact, contact_number, contact_email"))
        for index in ("search_parts", "search_private"):
            await tx.execute(text(f"SELECT gin_clean_pending_list('{index}'::regclass)"))


async def take_away(tx: Transaction, directory: str, externals: Sequence[str]) -> None:
    c = contact.c
    await _remove(tx, and_(c.directory == directory, c.external.in_(externals)))


async def empty(tx: Transaction, directory: str, limit: int) -> int:
    """Take away so many contacts of a directory that nobody sees; how many there were."""
    return await _remove(tx, contact.c.directory == directory, limit)


async def _remove(tx: Transaction, which: ColumnElement[bool], limit: int | None = None) -> int:
    c = contact.c
    query = select(c.id, c.search_row, c.folded, c.private_folded).where(which)
    rows = (await tx.execute(query.limit(limit))).all()
    async with indexed_by_hand(tx) as indexing:
        for row in rows:
            indexing.forget(row.search_row, row.folded, row.private_folded)
        await remove(tx, [row.id for row in rows])
    return len(rows)


async def directories(reader: Reader) -> list[str]:
    """Those that have contacts. One look into the index for each."""
    found: list[str] = []
    query = select(func.min(contact.c.directory))
    while True:
        later = query.where(contact.c.directory > found[-1]) if found else query
        if (next_one := (await reader.execute(later)).scalar()) is None:
            return found
        found.append(next_one)

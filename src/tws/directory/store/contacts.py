"""One contact, in SQL; and contacts whose numbers are to be read by another dial plan."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from tws.directory.indexing import index, private_text, readings, sort_key
from tws.directory.model import Contact
from tws.directory.store.lists import forget_members
from tws.directory.store.rows import (
    CARD,
    NumberRow,
    contact_of,
    email_rows,
    number_rows,
    row_of,
    write_details,
)
from tws.directory.store.tables import contact, contact_email, contact_number, contact_photo
from tws.numbering import DialPlan
from tws.numbering.reading import Reading
from tws.organisation.actor import DirectoryId, DomainId
from tws.storage import Reader, Transaction

READING = 6
"Counted up when what searches look into is made otherwise, so that it is made again."


async def get(reader: Reader, id: str, *, lock: bool = False) -> Contact | None:
    """`lock`: nobody else changes it until the transaction ends."""
    query = select(*CARD).where(contact.c.id == id)
    if lock:
        query = query.with_for_update()
    found = [contact_of(row) for row in await reader.execute(query)]
    return found[0] if found else None


class OwnContactRows:
    """Contacts that TWS keeps itself: each with what it is found by."""

    def __init__(
        self, plan: Callable[[Contact], DialPlan | None], clock: Callable[[], datetime]
    ) -> None:
        """`plan`: by which a contact's numbers are read."""
        self._plan, self._clock = plan, clock

    async def insert(self, tx: Transaction, row: Contact) -> None:
        last = await last_search_row(tx)
        place = None if last is None else last + 1
        await tx.execute(insert(contact), {**self._row(row), "search_row": place})
        await self._write_details(tx, row)

    async def update(self, tx: Transaction, row: Contact) -> None:
        await tx.execute(update(contact).where(contact.c.id == row.id).values(self._row(row)))
        await remove_details(tx, [row.id])
        await self._write_details(tx, row)

    async def delete(self, tx: Transaction, row: Contact) -> None:
        await remove(tx, [row.id])

    def _row(self, row: Contact) -> dict[str, object]:
        plan = self._plan(row)
        found_by = index(row, self._readings(row), own=row.owner is not None)
        return row_of(row, found_by, plan_key(plan), self._clock())

    def _readings(self, row: Contact) -> tuple[Reading | None, ...]:
        return readings((number.number for number in row.numbers), self._plan(row))

    async def _write_details(self, tx: Transaction, row: Contact) -> None:
        await write_details(
            tx,
            number_rows(row.id, row.company, row.numbers, self._readings(row)),
            email_rows(row.id, row.company, row.emails, row.email_places),
        )


async def last_search_row(tx: Transaction) -> int | None:
    """The highest so far; None where contacts have none."""
    if tx.dialect != "sqlite":
        return None
    return int((await tx.execute(select(func.max(contact.c.search_row)))).scalar() or 0)


async def remove(tx: Transaction, ids: Sequence[str]) -> None:
    await remove_details(tx, ids)
    await forget_members(tx, ids)
    await tx.execute(delete(contact_photo).where(contact_photo.c.contact.in_(ids)))
    await tx.execute(delete(contact).where(contact.c.id.in_(ids)))


async def remove_details(tx: Transaction, ids: Sequence[str]) -> None:
    for table in (contact_number, contact_email):
        await tx.execute(delete(table).where(table.c.contact.in_(ids)))


def sort_of(of: Contact) -> str:
    return sort_key(of.last_name, of.first_name, of.organisation)


# ---------------------------------------------------------------- when a dial plan changed


def plan_key(plan: DialPlan | None, hidden: Collection[str] = ()) -> str:
    """Tells apart by what contacts are found: dial plans, the fields that a directory hides, and
    the ways in which versions of TWS read numbers."""
    made_by = f"{READING} {plan!r} {sorted(hidden)}"
    return hashlib.sha256(made_by.encode()).hexdigest()[:16]


async def read_otherwise(
    reader: Reader, domain: DomainId, directory: DirectoryId | None, key: str, limit: int
) -> list[Contact]:
    """Contacts of a directory of a domain that are found otherwise than `key` says."""
    c = contact.c
    query = (
        select(*CARD)
        .where(c.domain == domain, c.directory == directory, c.plan != key)
        .order_by(c.id)
        .limit(limit)
        .with_for_update(of=contact)
    )
    return [contact_of(row) for row in await reader.execute(query)]


async def read_again(
    tx: Transaction,
    contacts: Sequence[Contact],
    plan: DialPlan,
    hidden: Collection[str],
) -> None:
    """Store how `plan` reads the numbers of `contacts`, and by what they are found; to people
    nothing changed. `hidden`: fields that their directory does not show."""
    ids = [one.id for one in contacts]
    await tx.execute(delete(contact_number).where(contact_number.c.contact.in_(ids)))
    rows: list[NumberRow] = []
    for one in contacts:
        read = readings((number.number for number in one.numbers), plan)
        rows += number_rows(one.id, one.company, one.numbers, read)
        found_by = index(one, read, own=one.owner is not None, hidden=hidden)
        values = {
            "folded": found_by.folded,
            "sort": found_by.sort,
            "private_folded": private_text(one.private),
            "plan": plan_key(plan, hidden),
        }
        await tx.execute(update(contact).where(contact.c.id == one.id).values(values))
    await write_details(tx, rows, [])

"""Between contacts and their rows."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from tws.directory.cards import CardNumber
from tws.directory.indexing import Index, private_text
from tws.directory.model import Contact, ContactNumber, NumberKind, Source
from tws.directory.store.tables import contact, contact_email, contact_number
from tws.numbering import Reading
from tws.storage import Transaction
from tws.storage.among import Among
from tws.storage.upserting import Upsert

NumberRow = tuple[str, int, str, str, str, str | None, str, bool, bool]
EmailRow = tuple[str, int, str, str, str]
"In the order of their tables' columns."
_c, _n, _e = contact.c, contact_number.c, contact_email.c
CARD = (
    _c.id,
    _c.version,
    _c.company,
    _c.owner,
    _c.directory,
    _c.domain,
    _c.creator,
    _c.first_name,
    _c.last_name,
    _c.organisation,
    _c.email,
    _c.website,
    _c.private,
    _c.photo,
)
"What a contact is made of: the other columns find it."
_WITH_IDS = select(*CARD).where(Among(_c.id, "ids"))
_NUMBERS = (
    select(_n.contact, _n.kind, _n.number, _n.red)
    .where(Among(_n.contact, "ids"))
    .order_by(_n.contact, _n.position)
)
_EMAILS = (
    select(_e.contact, _e.email).where(Among(_e.contact, "ids")).order_by(_e.contact, _e.position)
)
"Made once: each call of each telephone asks them."


def contacts_of(db: Connection, rows: Iterable[Row[*tuple[Any, ...]]]) -> list[Contact]:
    """The contacts of rows that begin with `CARD`, in their order."""
    rows = list(rows)
    numbers: dict[str, list[ContactNumber]] = {row[0]: [] for row in rows}
    emails: dict[str, list[str]] = {row[0]: [] for row in rows if row.email}
    if numbers:
        for id, kind, number, red in db.execute(_NUMBERS, {"ids": list(numbers)}):
            numbers[id].append(ContactNumber(NumberKind(kind), number, red))
    if emails:
        for id, email in db.execute(_EMAILS, {"ids": list(emails)}):
            emails[id].append(email)
    return [_contact(row, numbers[row[0]], emails.get(row[0], ())) for row in rows]


def contacts_with_ids(db: Connection, ids: Sequence[str]) -> list[Contact]:
    """In their order; all of them are there."""
    rows = {row[0]: row for row in db.execute(_WITH_IDS, {"ids": ids})}
    return contacts_of(db, [rows[id] for id in ids])


def names_of(row: Row[*tuple[Any, ...]]) -> Contact:
    """The contact of a row that begins with `CARD`, without its numbers and addresses."""
    return _contact(row, (), ())


def _contact(
    row: Row[*tuple[Any, ...]], numbers: Sequence[ContactNumber], emails: Sequence[str]
) -> Contact:
    id, version, company, owner, directory, domain, creator, *texts = row[: len(CARD)]
    first_name, last_name, organisation, _, website, private, photo = texts
    return Contact(
        id=id,
        version=version,
        company=company,
        source=Source.PUBLIC if owner is None else Source.PRIVATE,
        directory=directory,
        domain=domain,
        owner=owner,
        creator=creator,
        first_name=first_name,
        last_name=last_name,
        organisation=organisation,
        emails=tuple(emails),
        website=website,
        private=tuple(private or ()),
        numbers=tuple(numbers),
        photo=photo,
    )


def row_of(of: Contact, found_by: Index, plan: str, at: datetime) -> dict[str, object]:
    """All of `contact` but what only a source knows, and the search row."""
    return {
        "id": of.id,
        "version": of.version,
        "company": of.company,
        "domain": of.domain,
        "directory": of.directory,
        "owner": of.owner,
        "creator": of.creator,
        "first_name": of.first_name,
        "last_name": of.last_name,
        "organisation": of.organisation,
        "email": of.email,
        "website": of.website,
        "private": list(of.private) if any(of.private) else None,
        "private_folded": private_text(of.private),
        "photo": of.photo,
        "sort": found_by.sort,
        "folded": found_by.folded,
        "plan": plan,
        "changed": at,
    }


def number_rows(
    contact: str,
    company: str,
    numbers: Sequence[ContactNumber | CardNumber],
    readings: Sequence[Reading | None],
) -> list[NumberRow]:
    return [
        (
            contact,
            position,
            company,
            number.kind.value,
            number.number,
            reading.e164 if reading else None,
            reading.digits[::-1] if reading else "",
            reading.internal if reading else False,
            number.red,
        )
        for position, (number, reading) in enumerate(zip(numbers, readings, strict=True))
    ]


def email_rows(contact: str, company: str, emails: Sequence[str]) -> list[EmailRow]:
    return [
        (contact, position, company, email, email.casefold())
        for position, email in enumerate(emails)
    ]


async def write_details(
    tx: Transaction, numbers: Sequence[NumberRow], emails: Sequence[EmailRow]
) -> None:
    keys = ("contact", "position")
    if numbers:
        await tx.execute(Upsert(contact_number, _n.keys(), numbers, keys))
    if emails:
        await tx.execute(Upsert(contact_email, _e.keys(), emails, keys))

"""Between contacts and their rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from tws.directory.cards import CardNumber
from tws.directory.indexing import Index, placed, private_text
from tws.directory.model import Contact, ContactNumber, NumberKind, Source, sparse
from tws.directory.store.tables import contact, contact_email, contact_number
from tws.numbering import Reading
from tws.storage import Transaction
from tws.storage.among import Among
from tws.storage.packing import Packed, nested
from tws.storage.upserting import Upsert

NumberRow = tuple[str, int, str, str, str, str | None, str, bool, bool]
EmailRow = tuple[str, int, str, str, str]
"In the order of their tables' columns."
_c, _n, _e = contact.c, contact_number.c, contact_email.c
NAMES = (
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
    _c.website,
    _c.private,
    _c.photo,
)
CARD = (
    *NAMES,
    nested((_n.position, _n.kind, _n.number, _n.red), _n.contact == _c.id).label("numbers"),
    nested((_e.position, _e.email), _e.contact == _c.id).label("emails"),
)
"What a contact is made of: the other columns find it."
CardRow = Sequence[Any]
"Its first values are those of `CARD`."
_WITH_IDS = Packed(select(*CARD).where(Among(_c.id, "ids")))


def contacts_with_ids(db: Connection, ids: Sequence[str]) -> list[Contact]:
    """In their order; all of them are there."""
    rows = {row[0]: row for row in _WITH_IDS.rows(db, {"ids": ids})} if ids else {}
    return [contact_of(rows[id]) for id in ids]


def contact_of(row: CardRow) -> Contact:
    numbers, emails = row[len(NAMES) : len(CARD)]
    return _contact(
        row,
        tuple(
            [
                ContactNumber(NumberKind(kind), number, bool(red))
                for _, kind, number, red in sorted(numbers)
            ]
        ),
        sorted(emails),
    )


def names_of(row: CardRow) -> Contact:
    """The contact of a row that begins with `NAMES`."""
    return _contact(row, (), [])


def _contact(
    row: CardRow, numbers: tuple[ContactNumber, ...], emails: Sequence[tuple[int, str]]
) -> Contact:
    id, version, company, owner, directory, domain, creator, *texts = row[: len(NAMES)]
    first_name, last_name, organisation, website, private, photo = texts
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
        emails=tuple([email for _, email in emails]),
        email_places=sparse([place for place, _ in emails]),
        website=website,
        private=tuple(private or ()),
        numbers=numbers,
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


def email_rows(
    contact: str, company: str, emails: Sequence[str], places: Sequence[int]
) -> list[EmailRow]:
    return [
        (contact, position, company, email, email.casefold())
        for position, email in zip(placed(emails, places), emails, strict=True)
    ]


async def write_details(
    tx: Transaction, numbers: Sequence[NumberRow], emails: Sequence[EmailRow]
) -> None:
    keys = ("contact", "position")
    if numbers:
        await tx.execute(Upsert(contact_number, _n.keys(), numbers, keys))
    if emails:
        await tx.execute(Upsert(contact_email, _e.keys(), emails, keys))

"""Between contacts and their rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from tws.directory.indexing import private_text
from tws.directory.model import Contact, ContactNumber, NumberKind, Source
from tws.directory.store.tables import contact_email, contact_number
from tws.numbering import Reading
from tws.storage import Transaction
from tws.storage.padding import padded
from tws.storage.upserting import Upsert

Rows = list[dict[str, object]]
_n, _e = contact_number.c, contact_email.c
_NUMBERS = (
    select(_n.contact, _n.kind, _n.number, _n.red)
    .where(_n.contact.in_(bindparam("ids", expanding=True)))
    .order_by(_n.contact, _n.position)
)
_EMAILS = (
    select(_e.contact, _e.email)
    .where(_e.contact.in_(bindparam("ids", expanding=True)))
    .order_by(_e.contact, _e.position)
)
"Made once: each call of each telephone asks them."


def contacts_of(db: Connection, rows: Iterable[Mapping[Any, Any]]) -> list[Contact]:
    """The contacts of these rows of `contact`, in their order."""
    rows = list(rows)
    numbers: dict[str, list[ContactNumber]] = {row["id"]: [] for row in rows}
    emails: dict[str, list[str]] = {row["id"]: [] for row in rows}
    if numbers:
        for id, kind, number, red in db.execute(_NUMBERS, {"ids": padded(numbers)}):
            numbers[id].append(ContactNumber(NumberKind(kind), number, red))
    if with_address := {row["id"] for row in rows if row["email"]}:
        for id, email in db.execute(_EMAILS, {"ids": padded(with_address)}):
            emails[id].append(email)
    return [_contact(row, numbers[row["id"]], emails[row["id"]]) for row in rows]


def names_of(row: Mapping[Any, Any]) -> Contact:
    """The contact of a row of `contact`, without its numbers and addresses."""
    return _contact(row, (), ())


def _contact(
    row: Mapping[Any, Any], numbers: Sequence[ContactNumber], emails: Sequence[str]
) -> Contact:
    return Contact(
        id=row["id"],
        version=row["version"],
        company=row["company"],
        source=Source.PUBLIC if row["owner"] is None else Source.PRIVATE,
        directory=row["directory"],
        domain=row["domain"],
        owner=row["owner"],
        creator=row["creator"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        organisation=row["organisation"],
        emails=tuple(emails),
        website=row["website"],
        private=tuple(row["private"] or ()),
        numbers=tuple(numbers),
        photo=row["photo"],
    )


def row_of(of: Contact, folded: str, sort: str, plan: str, at: datetime) -> dict[str, object]:
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
        "sort": sort,
        "folded": folded,
        "plan": plan,
        "changed": at,
    }


def number_rows(of: Contact, readings: Sequence[Reading | None]) -> Rows:
    return [
        {
            "contact": of.id,
            "position": position,
            "company": of.company,
            "kind": number.kind.value,
            "number": number.number,
            "e164": reading.e164 if reading else None,
            "reversed": reading.digits[::-1] if reading else "",
            "internal": reading.internal if reading else False,
            "red": number.red,
        }
        for position, (number, reading) in enumerate(zip(of.numbers, readings, strict=True))
    ]


def email_rows(of: Contact) -> Rows:
    return [
        {
            "contact": of.id,
            "position": position,
            "company": of.company,
            "email": email,
            "folded": email.casefold(),
        }
        for position, email in enumerate(of.emails)
    ]


async def write_details(tx: Transaction, numbers: Rows, emails: Rows) -> None:
    for table, rows in ((contact_number, numbers), (contact_email, emails)):
        if rows:
            await tx.execute(Upsert(table, rows, ["contact", "position"]))

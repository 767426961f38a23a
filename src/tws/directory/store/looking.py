"""Looking for contacts by a number, by an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    bindparam,
    case,
    or_,
    select,
    union_all,
)

from tws.directory.model import SHARED, Contact, ContactNumber
from tws.directory.rights import Seen
from tws.directory.store.rows import contacts_of
from tws.directory.store.tables import contact, contact_email, contact_number
from tws.numbering import Reading
from tws.storage.padding import padded

MOST_MATCHES = 50
"Contacts that one number is said to belong to."


MOST_IDS = 500
"In one question."
MOST_SAME = 200
"Contacts that are looked at as the same persons."


@dataclass(frozen=True, slots=True)
class Found:
    """A contact's number with the reading that was stored for it."""

    contact: Contact
    number: ContactNumber
    reading: Reading


def visible(seen: Seen, c: Any) -> ColumnElement[bool]:
    """What is in the directories that are seen, and of private ones the user's own; by these
    columns."""
    owned: ColumnElement[bool] = c.owner.is_(None)
    if seen.user is not None:
        owned = or_(owned, c.owner == seen.user)
    return and_(c.company == seen.company, c.directory.in_(seen.ids), owned)


def with_addresses(
    db: Connection, seen: Seen, directories: Sequence[str], addresses: Sequence[str]
) -> list[Contact]:
    """Of these directories, the contacts with one of these folded e-mail addresses."""
    e = contact_email.c
    having = select(e.contact).where(e.company == seen.company, e.folded.in_(addresses))
    query = (
        select(contact)
        .where(
            contact.c.id.in_(having),
            contact.c.directory.in_(directories),
            visible(seen, contact.c),
        )
        .order_by(contact.c.sort, contact.c.id)
        .limit(MOST_SAME)
    )
    return contacts_of(db, db.execute(query).mappings())


def with_ids(db: Connection, seen: Seen, ids: Sequence[str]) -> list[Contact]:
    """Those of these contacts that are seen, in their order."""
    rows: dict[str, Any] = {}
    for first in range(0, len(ids), MOST_IDS):
        some = ids[first : first + MOST_IDS]
        query = select(contact).where(contact.c.id.in_(some), visible(seen, contact.c))
        rows |= {row["id"]: row for row in db.execute(query).mappings()}
    return contacts_of(db, [rows[id] for id in ids if id in rows])


def with_number(db: Connection, seen: Seen, number: Reading, inverse_length: int) -> list[Found]:
    """The numbers that may be the same line: the caller compares them once more.

    Private contacts first, people's own numbers before shared ones, then by name.
    """
    backwards = number.digits[::-1]
    tail = number.tail(inverse_length)
    low = high = backwards
    if tail is not None:
        low = backwards[:inverse_length]
        high = low + ":"  # after every digit
    values = {
        "company": seen.company,
        "user": seen.user,
        "directories": padded(seen.ids),
        "e164": number.e164,
        "low": low,
        "high": high,
        "unknown": number.e164 is None,
    }
    rows = db.execute(WITH_NUMBER, values).mappings().all()
    contacts = contacts_of(db, rows)
    return [
        Found(
            found,
            found.numbers[row["position"]],
            Reading(row["reversed"][::-1], row["e164"], row["internal"]),
        )
        for row, found in zip(rows, contacts, strict=True)
    ]


def _with_number() -> Select[*tuple[Any, ...]]:
    """Built once: each call of each telephone asks it. Two searches, each by an index of its own:
    in one condition with OR, SQLite reads all numbers of the company."""
    c = contact_number.c
    company, user = bindparam("company", type_=String), bindparam("user", type_=String)
    numbers = select(contact_number).where(c.company == company)
    known = numbers.where(c.e164 == bindparam("e164"))
    ending = numbers.where(
        c.reversed.between(bindparam("low"), bindparam("high")),
        or_(c.e164.is_(None), bindparam("unknown", type_=Boolean)),
    )
    found = union_all(known, ending).subquery()
    shared = found.c.kind.in_([kind.value for kind in SHARED])
    return (
        select(contact, found.c.position, found.c.e164, found.c.reversed, found.c.internal)
        .join_from(found, contact, contact.c.id == found.c.contact)
        .where(
            contact.c.company == company,
            contact.c.directory.in_(bindparam("directories", expanding=True)),
            or_(contact.c.owner.is_(None), contact.c.owner == user),
        )
        .order_by(
            case((contact.c.owner.is_(None), 1), else_=0),
            case((shared, 1), else_=0),
            contact.c.sort,
            contact.c.id,
            found.c.position,
        )
        .limit(MOST_MATCHES)
    )


WITH_NUMBER = _with_number()

"""Looking for contacts by a number, by an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
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
    literal_column,
    or_,
    select,
    union_all,
)

from tws.directory.model import SHARED, Contact, ContactNumber
from tws.directory.rights import Seen
from tws.directory.store.rows import CARD, contact_of
from tws.directory.store.tables import contact, contact_email, contact_number
from tws.numbering import Reading
from tws.storage import Storage
from tws.storage.among import Among, Unsought
from tws.storage.packing import Packed

MOST_MATCHES = 50
"Contacts that one number is said to belong to."


MOST_SAME = 200
"Contacts that are looked at as the same persons."


@dataclass(frozen=True, slots=True)
class Found:
    """A contact's number with the reading that was stored for it."""

    contact: Contact
    number: ContactNumber
    reading: Reading


SEEN = SimpleNamespace(
    company=bindparam("company", type_=String), user=bindparam("user", type_=String)
)
"Who looks: parameters."


def visible_as(c: Any) -> ColumnElement[bool]:
    """What is in the directories that are seen, and of private ones the user's own; by these
    columns. Its parameters are `visible`."""
    owned = or_(c.owner.is_(None), c.owner == SEEN.user)
    return and_(c.company == SEEN.company, Among(Unsought(c.directory), "directories"), owned)


FOUND = SimpleNamespace(
    **{name: Unsought(contact.c[name]) for name in ("company", "directory", "owner", "sort")}
)
"The columns of contacts that are found otherwise."


def visible(seen: Seen) -> dict[str, object]:
    return {"company": seen.company, "user": seen.user, "directories": seen.ids}


_WITH_ADDRESSES = Packed(
    select(*CARD)
    .where(
        contact.c.id.in_(
            select(contact_email.c.contact).where(
                contact_email.c.company == SEEN.company, Among(contact_email.c.folded, "addresses")
            )
        ),
        Among(Unsought(contact.c.directory), "merged"),
        visible_as(FOUND),
    )
    .order_by(FOUND.sort, contact.c.id)
    .limit(MOST_SAME)
)
_WITH_IDS = Packed(select(*CARD).where(Among(contact.c.id, "ids"), visible_as(FOUND)))


def with_addresses(
    db: Connection, seen: Seen, directories: Sequence[str], addresses: Sequence[str]
) -> list[Contact]:
    """Of these directories, the contacts with one of these folded e-mail addresses."""
    values = visible(seen) | {"addresses": addresses, "merged": directories}
    return [contact_of(row) for row in _WITH_ADDRESSES.rows(db, values)]


def with_ids(db: Connection, seen: Seen, ids: Sequence[str]) -> list[Contact]:
    """Those of these contacts that are seen, in their order."""
    found = _WITH_IDS.rows(db, visible(seen) | {"ids": ids})
    rows = {row[0]: row for row in found}
    return [contact_of(rows[id]) for id in ids if id in rows]


async def with_number(
    storage: Storage, seen: Seen, number: Reading, inverse_length: int
) -> list[Found]:
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
        **visible(seen),
        "e164": number.e164,
        "low": low,
        "high": high,
        "unknown": number.e164 is None,
    }
    rows = await storage.ask(WITH_NUMBER, values)
    found = []
    for row in rows:
        one = contact_of(row)
        position, e164, reversed_digits, internal = row[len(CARD) :]
        reading = Reading(reversed_digits[::-1], e164, bool(internal))
        found.append(Found(one, one.numbers[position], reading))
    return found


def _with_number() -> Select[*tuple[Any, ...]]:
    """Built once: each call of each telephone asks it. Two searches, each by an index of its own:
    in one condition with OR, SQLite reads all numbers of the company."""
    c = contact_number.c
    numbers = select(contact_number).where(c.company == SEEN.company)
    known = numbers.where(c.e164 == bindparam("e164"))
    ending = numbers.where(
        c.reversed.between(bindparam("low"), bindparam("high")),
        or_(c.e164.is_(None), bindparam("unknown", type_=Boolean)),
    )
    found = union_all(known, ending).subquery()
    shared = or_(*(found.c.kind == literal_column(f"'{kind.value}'") for kind in SHARED))
    return (
        select(*CARD, found.c.position, found.c.e164, found.c.reversed, found.c.internal)
        .join_from(found, contact, contact.c.id == found.c.contact)
        .where(visible_as(contact.c))
        .order_by(
            case((contact.c.owner.is_(None), 1), else_=0),
            case((shared, 1), else_=0),
            contact.c.sort,
            contact.c.id,
            found.c.position,
        )
        .limit(MOST_MATCHES)
    )


WITH_NUMBER = Packed(_with_number())

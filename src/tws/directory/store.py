"""The contacts' rows in SQL."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Select,
    String,
    Table,
    Text,
    and_,
    bindparam,
    case,
    delete,
    false,
    func,
    insert,
    literal_column,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.types import TypeEngine

from tws.directory.finding import ranks
from tws.directory.model import SHARED, Contact, ContactId, ContactNumber, NumberKind, Source
from tws.directory.rights import Seen
from tws.directory.text import folded
from tws.numbering import DialPlan, Reading, written
from tws.organisation.actor import DomainId
from tws.storage import Json, Reader, Transaction, UtcTime, metadata
from tws.storage.padding import padded


# Compared byte by byte on both databases, as Python does.
def _bytewise(length: int) -> TypeEngine[str]:
    return String(length).with_variant(String(length, collation="C"), "postgresql")


contact = Table(
    "contact",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("company", String(36), ForeignKey("company.id", ondelete="CASCADE"), nullable=False),
    Column("domain", String(36), ForeignKey("domain.id", ondelete="SET NULL"), index=True),
    # Whose private contact it is; it goes with its user.
    Column("owner", String(36), ForeignKey("user_account.id", ondelete="CASCADE"), index=True),
    Column("creator", String(36)),
    Column("first_name", String(100), nullable=False),
    Column("last_name", String(100), nullable=False),
    Column("organisation", String(100), nullable=False),
    Column("email", String(254), nullable=False),
    Column("sort", _bytewise(1000), nullable=False),
    Column("folded", Text, nullable=False),
    # By what SQLite's indexes of words know it (see `finding`).
    Column("search_row", BigInteger),
    # No foreign key: 150,000 rows would go in one transaction with their directory.
    Column("directory", String(36)),
    # By what its source knows it, and what its source had then.
    Column("external", String(250)),
    Column("raw_hash", LargeBinary),
    Column("website", String(500), nullable=False, server_default=""),
    Column("private", Json),
    # Of the dial plan that read its numbers.
    Column("plan", String(16), nullable=False),
    Column("changed", UtcTime, nullable=False),
    Index(None, "company", "sort", "id"),
    Index("uq_contact_search_row", "search_row", unique=True),
    Index("uq_contact_external", "directory", "external", unique=True),
)

contact_number = Table(
    "contact_number",
    metadata,
    Column("contact", String(36), ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("company", String(36), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("number", String(64), nullable=False),
    # How it is compared: the E.164 form where known, the digits from the last to the first.
    Column("e164", String(20)),
    Column("reversed", _bytewise(64), nullable=False),
    Column("internal", Boolean, nullable=False),
    Column("red", Boolean, nullable=False, server_default=false()),
    Index(None, "company", "e164"),
    Index(None, "company", "reversed"),
)

contact_email = Table(
    "contact_email",
    metadata,
    Column("contact", String(36), ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("company", String(36), nullable=False),
    Column("email", String(254), nullable=False),
    # By what people are known to be the same (8.2.2).
    Column("folded", String(254), nullable=False),
    Index(None, "company", "folded"),
)

READING = 2
"Counted up when numbers are read in another way, so that stored readings are renewed."
FOUND = SimpleNamespace(
    **{
        name: literal_column(f"+contact.{name}")
        for name in ("company", "directory", "owner", "sort")
    }
)
"The columns as SQLite has no index for them: those found by their words are not to be looked for."
MOST_MATCHES = 50
"Contacts that one number is said to belong to."


@dataclass(frozen=True, slots=True)
class Found:
    """A contact's number with the reading that was stored for it."""

    contact: Contact
    number: ContactNumber
    reading: Reading


def _visible(seen: Seen, c: Any) -> ColumnElement[bool]:
    """What is in the directories that are seen, and of private ones the user's own; by these
    columns."""
    owned: ColumnElement[bool] = c.owner.is_(None)
    if seen.user is not None:
        owned = or_(owned, c.owner == seen.user)
    return and_(c.company == seen.company, c.directory.in_(seen.ids), owned)


# ---------------------------------------------------------------- one contact


async def get(reader: Reader, id: str, *, lock: bool = False) -> Contact | None:
    """`lock`: nobody else changes it until the transaction ends."""
    query = select(contact).where(contact.c.id == id)
    if lock:
        query = query.with_for_update()
    return next(iter(await _contacts(reader, (await reader.execute(query)).mappings())), None)


async def write(
    tx: Transaction, before: Contact | None, after: Contact, plan: DialPlan | None, at: datetime
) -> None:
    readings = _readings(after, plan)
    row = {
        "version": after.version,
        "company": after.company,
        "domain": after.domain,
        "directory": after.directory,
        "owner": after.owner,
        "creator": after.creator,
        "first_name": after.first_name,
        "last_name": after.last_name,
        "organisation": after.organisation,
        "email": after.email,
        "sort": sort_key(after),
        "folded": _folded(after, readings),
        "plan": plan_key(plan),
        "changed": at,
    }
    if before is None:
        search_row = await _next_search_row(tx)
        await tx.execute(insert(contact), {"id": after.id, "search_row": search_row, **row})
    else:
        await tx.execute(update(contact).where(contact.c.id == after.id).values(row))
        await tx.execute(delete(contact_number).where(contact_number.c.contact == after.id))
    await _write_numbers(tx, [(after, readings)])


async def _next_search_row(tx: Transaction) -> int | None:
    if tx.dialect != "sqlite":
        return None
    return int((await tx.execute(select(func.max(contact.c.search_row)))).scalar() or 0) + 1


async def remove(tx: Transaction, id: ContactId) -> None:
    await tx.execute(delete(contact_number).where(contact_number.c.contact == id))
    await tx.execute(delete(contact).where(contact.c.id == id))


def sort_key(of: Contact) -> str:
    return folded([of.last_name, of.first_name, of.organisation])[:1000]


# ---------------------------------------------------------------- looking for


async def search(
    reader: Reader, seen: Seen, wanted: Sequence[Sequence[str]], limit: int
) -> list[tuple[int, str, Contact]]:
    """Contacts with one of each group of folded words: rank (0 = all begin words), sort key, and
    the contact."""
    found: list[tuple[int, Mapping[Any, Any]]] = []
    number = 0
    async for rank in ranks(reader, wanted):
        c = FOUND if rank.few else contact.c
        query = (
            select(contact).where(_visible(seen, c), rank.condition).order_by(c.sort, contact.c.id)
        )
        rows = (await reader.execute(query.limit(limit - len(found)))).mappings()
        found += [(number, row) for row in rows]
        number += 1
        if len(found) >= limit:
            break
    contacts = await _contacts(reader, [row for _, row in found])
    return [(rank, row["sort"], c) for (rank, row), c in zip(found, contacts, strict=True)]


async def with_number(
    reader: Reader, seen: Seen, number: Reading, inverse_length: int
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
        "company": seen.company,
        "user": seen.user,
        "directories": padded(seen.ids),
        "e164": number.e164,
        "low": low,
        "high": high,
        "unknown": number.e164 is None,
    }
    rows = (await reader.execute(WITH_NUMBER, values)).mappings().all()
    contacts = await _contacts(reader, rows)
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


# ---------------------------------------------------------------- when a dial plan changed


def plan_key(plan: DialPlan | None) -> str:
    """Tells plans apart, and the ways in which versions of TWS read numbers."""
    return hashlib.sha256(f"{READING} {plan!r}".encode()).hexdigest()[:16]


async def read_otherwise(
    reader: Reader, domain: DomainId, plan: DialPlan, limit: int
) -> list[Contact]:
    """Contacts of a domain whose numbers were read by another plan than `plan`."""
    query = (
        select(contact)
        .where(contact.c.domain == domain, contact.c.plan != plan_key(plan))
        .order_by(contact.c.id)
        .limit(limit)
        .with_for_update()
    )
    return await _contacts(reader, (await reader.execute(query)).mappings())


async def read_again(tx: Transaction, contacts: Sequence[Contact], plan: DialPlan) -> None:
    """Store how `plan` reads the numbers of `contacts`; to people nothing changed."""
    read = [(one, _readings(one, plan)) for one in contacts]
    ids = [one.id for one in contacts]
    await tx.execute(delete(contact_number).where(contact_number.c.contact.in_(ids)))
    await _write_numbers(tx, read)
    for one, readings in read:
        values = {"folded": _folded(one, readings), "plan": plan_key(plan)}
        await tx.execute(update(contact).where(contact.c.id == one.id).values(values))


# ---------------------------------------------------------------- rows


async def _contacts(reader: Reader, rows: Iterable[Mapping[Any, Any]]) -> list[Contact]:
    rows = list(rows)
    numbers: dict[str, list[ContactNumber]] = {row["id"]: [] for row in rows}
    if numbers:
        query = (
            select(
                contact_number.c.contact,
                contact_number.c.kind,
                contact_number.c.number,
                contact_number.c.red,
            )
            .where(contact_number.c.contact.in_(list(numbers)))
            .order_by(contact_number.c.contact, contact_number.c.position)
        )
        for id, kind, number, red in await reader.execute(query):
            numbers[id].append(ContactNumber(NumberKind(kind), number, red))
    return [_contact(row, numbers[row["id"]]) for row in rows]


def _contact(row: Mapping[Any, Any], numbers: Sequence[ContactNumber]) -> Contact:
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
        emails=(row["email"],) if row["email"] else (),
        numbers=tuple(numbers),
    )


def _readings(of: Contact, plan: DialPlan | None) -> list[Reading | None]:
    return [written(number.number, plan) if plan else None for number in of.numbers]


def _folded(of: Contact, readings: Sequence[Reading | None]) -> str:
    texts = [of.first_name, of.last_name, of.organisation, of.email]
    texts += [reading.digits for reading in readings if reading]
    return folded(texts)


async def _write_numbers(
    tx: Transaction, contacts: Sequence[tuple[Contact, Sequence[Reading | None]]]
) -> None:
    rows = [
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
        for of, readings in contacts
        for position, (number, reading) in enumerate(zip(of.numbers, readings, strict=True))
    ]
    if rows:
        await tx.execute(insert(contact_number), rows)

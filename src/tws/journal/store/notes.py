"""Notes in SQL."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    delete,
    func,
    or_,
    select,
)

from tws.directory.text import folded
from tws.journal.model import Leg
from tws.journal.note import Note
from tws.journal.retention import Logged, LogType
from tws.journal.store.notices import notice
from tws.journal.store.rows import leg_of
from tws.journal.store.tables import leg
from tws.organisation.actor import CompanyId, DomainId, UserId
from tws.storage import Reader, Transaction, UtcTime, metadata
from tws.storage.among import Among
from tws.storage.belonging import row_of
from tws.storage.rows import Rows
from tws.telephony.model import LegId

note = Table(
    "journal_note",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("company", String(36), nullable=False),
    Column("domain", String(36), nullable=False, info=row_of("domain")),
    # It goes with its author.
    Column(
        "author", String(36), ForeignKey("user_account.id", ondelete="CASCADE"), nullable=False
    ),
    Column("text", Text, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("created", UtcTime, nullable=False),
    # No foreign keys: the call leaves the log, the contact its directory.
    Column("call", String(36)),
    Column("thread", Text),
    Column("contact", String(36)),
    Column("number", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("red", Boolean, nullable=False),
    Column("folded", Text, nullable=False),
    Column("named", Text, nullable=False),
    Index(None, "author", "created", "id"),
    Index(None, "company", "domain", "created", "id"),
    Index(None, "company", "number"),
    Index(None, "company", "contact"),
    Index(None, "company", "thread"),
)
_c = note.c
notes = Rows(
    note,
    Note,
    derived={"folded": lambda one: folded((one.text,)), "named": lambda one: folded((one.name,))},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Whose notes are read: one's own, and the public ones of one's domain."""

    company: CompanyId
    domain: DomainId
    user: UserId

    def condition(self) -> ColumnElement[bool]:
        public = and_(_c.public, _c.domain == self.domain)
        return and_(_c.company == self.company, or_(_c.author == self.user, public))


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedNotes:
    """Which of them. `contacts` and `numbers`: about one of these; None = about whatever."""

    reading: Reading
    about: tuple[Collection[str], Collection[str]] | None = None
    words: Sequence[Sequence[str]] = ()
    mine: bool = False
    since: datetime | None = None
    before: tuple[datetime, str] | None = None
    limit: int = 50


async def notes_of(reader: Reader, wanted: WantedNotes) -> list[Note]:
    """Newest first."""
    where = [wanted.reading.condition()]
    if wanted.about is not None:
        contacts, numbers = wanted.about
        where.append(or_(_c.contact.in_(contacts), _c.number.in_(numbers)))
    where += [or_(*(_has(word, wanted.reading.user) for word in group)) for group in wanted.words]
    if wanted.mine:
        where.append(_c.author == wanted.reading.user)
    if wanted.since is not None:
        where.append(_c.created >= wanted.since)
    if wanted.before is not None:
        at, id = wanted.before
        where += [_c.created <= at, or_(_c.created < at, _c.id < id)]
    columns = [column for column in note.columns if column not in (_c.folded, _c.named)]
    query = select(*columns).where(*where).order_by(_c.created.desc(), _c.id.desc())
    rows = await reader.execute(query.limit(wanted.limit))
    return [Note(**row) for row in rows.mappings()]


def _has(word: str, user: UserId) -> ColumnElement[bool]:
    """By the name of whom it is about it is found by its author alone: others may not know him."""
    return or_(_c.folded.contains(word), and_(_c.author == user, _c.named.contains(word)))


async def leg_with(reader: Reader, company: CompanyId, id: LegId) -> Leg | None:
    """What a note is about."""
    rows = await reader.execute(select(leg).where(leg.c.id == id, leg.c.company == company))
    row = rows.mappings().first()
    return None if row is None else leg_of(row)


async def said_of(reader: Reader, reading: Reading, since: datetime | None) -> int:
    """How many public notes of others are about calls of the user, since then."""
    threads = select(leg.c.thread).where(
        leg.c.company == reading.company, leg.c.user == reading.user
    )
    where = [reading.condition(), _c.author != reading.user, _c.thread.in_(threads)]
    if since is not None:
        where.append(_c.created > since)
    query = select(func.count()).select_from(note).where(*where)
    return int((await reader.execute(query)).scalar_one())


async def noting_users(reader: Reader, company: CompanyId) -> list[UserId]:
    """Who has notes, or was told of voice messages."""
    authors = select(_c.author).where(_c.company == company)
    told = select(notice.c.user).where(notice.c.company == company)
    return [UserId(user) for user in (await reader.execute(authors.union(told))).scalars()]


async def noted(reader: Reader, user: UserId) -> list[Logged]:
    """Newest first."""
    query = select(_c.id, _c.created).where(_c.author == user)
    rows = await reader.execute(query.order_by(_c.created.desc(), _c.id.desc()))
    return [Logged(row.id, LogType.NOTE, row.created) for row in rows]


async def forget_notes(tx: Transaction, ids: Collection[str]) -> None:
    await tx.execute(delete(note).where(Among(_c.id, "ids")), {"ids": list(ids)})

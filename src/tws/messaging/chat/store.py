"""What is kept of conversations, in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    RowMapping,
    Select,
    String,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)

from tws.messaging.chat.model import (
    ChatFile,
    ChatMessage,
    Delivery,
    FileId,
    MessageId,
    ReadMark,
)
from tws.messaging.chat.unread import Unseen
from tws.messaging.party import Party, PartyKind
from tws.organisation.actor import CompanyId, UserId
from tws.storage import Member, Reader, Transaction, UtcTime, metadata
from tws.storage.belonging import row_of
from tws.storage.upserting import upsert

PIECE = 64 * 1024
"Bytes: whoever reads many rows at a time reads so much of a file with each."
ONE = (PartyKind.USER.value, PartyKind.EXTERNAL.value)
"Parties that are one person."
TOGETHER = 500
"Messages deleted in one transaction."

# No foreign keys: what is kept belongs to no change of the users' rows.
message = Table(
    "chat_message",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company", String(36), nullable=False),
    Column("sender_kind", String(8), nullable=False),
    Column("sender", String(64), nullable=False, info=row_of("user_account")),
    Column("recipient_kind", String(8), nullable=False),
    Column("recipient", String(64), nullable=False, info=row_of("user_account")),
    Column("sent", UtcTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("file", String(36)),
    Column("key", String(64)),
    Column("delivery", Member(Delivery, 9)),
    Index(None, "sender", "recipient", "id"),
    Index(None, "recipient", "sender", "id"),
    Index(None, "company", "sent"),
    Index(None, "file"),
    Index("uq_chat_message_sender_key", "sender", "key", unique=True),
)

file = Table(
    "chat_file",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company", String(36), nullable=False),
    Column("sender", String(64), nullable=False, info=row_of("user_account")),
    Column("recipient", String(64), nullable=False, info=row_of("user_account")),
    Column("name", String(200), nullable=False),
    Column("type", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Index(None, "sender"),
    Index(None, "recipient"),
)

piece = Table(
    "chat_piece",
    metadata,
    Column("file", String(36), primary_key=True, info=row_of("chat_file")),
    Column("number", Integer, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
)
"Of the content of a file."

read = Table(
    "chat_read",
    metadata,
    Column("user", String(36), primary_key=True, info=row_of("user_account")),
    Column("other", String(36), primary_key=True, info=row_of("user_account")),
    Column("company", String(36), nullable=False),
    Column("upto", String(36), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "other"),
)

WITH_FILE = select(message, file.c.name, file.c.type, file.c.size).join_from(
    message, file, message.c.file == file.c.id, isouter=True
)


def _message(row: RowMapping) -> ChatMessage:
    sent = None
    if row["file"] is not None and row["name"] is not None:
        sent = ChatFile(
            id=FileId(row["file"]), name=row["name"], type=row["type"], size=row["size"]
        )
    return ChatMessage(
        id=MessageId(row["id"]),
        company=CompanyId(row["company"]),
        sender=Party(PartyKind(row["sender_kind"]), row["sender"]),
        recipient=Party(PartyKind(row["recipient_kind"]), row["recipient"]),
        sent=row["sent"],
        text=row["text"],
        file=sent,
        kept=True,
        key=row["key"],
        delivery=row["delivery"],
    )


# ---------------------------------------------------------------- written


async def write(tx: Transaction, one: ChatMessage, content: bytes = b"") -> None:
    """RowClash where the sender wrote one of that key before."""
    row: dict[str, Any] = {
        "id": one.id,
        "company": one.company,
        "sender_kind": one.sender.kind.value,
        "sender": one.sender.id,
        "recipient_kind": one.recipient.kind.value,
        "recipient": one.recipient.id,
        "sent": one.sent,
        "text": one.text,
        "file": None if one.file is None else one.file.id,
        "key": one.key,
        "delivery": one.delivery,
    }
    await tx.execute(insert(message), row)
    if one.file is None:
        return
    whose = {name: row[name] for name in ("company", "sender", "recipient")}
    named = {"id": one.file.id, "name": one.file.name, "type": one.file.type}
    await tx.execute(insert(file), {**whose, **named, "size": one.file.size})
    for number, start in enumerate(range(0, len(content), PIECE)):
        part = {"file": one.file.id, "number": number, "bytes": content[start : start + PIECE]}
        await tx.execute(insert(piece), part)


async def write_delivery(
    tx: Transaction, id: MessageId, to: Delivery, of: Collection[Delivery]
) -> None:
    """Where it is one `of` these."""
    c = message.c
    where = update(message).where(c.id == id, c.delivery.in_(of))
    await tx.execute(where.values(delivery=to))


async def write_mark(tx: Transaction, mark: ReadMark) -> None:
    row = {name: getattr(mark, name) for name in ReadMark.__struct_fields__}
    await tx.execute(upsert(read, [row], ["user", "other"]))


# ---------------------------------------------------------------- read


async def sent(reader: Reader, sender: str, key: str) -> ChatMessage | None:
    """The message of that key."""
    query = WITH_FILE.where(message.c.sender == sender, message.c.key == key)
    row = (await reader.execute(query)).mappings().first()
    return None if row is None else _message(row)


async def found(reader: Reader, id: MessageId) -> ChatMessage | None:
    row = (await reader.execute(WITH_FILE.where(message.c.id == id))).mappings().first()
    return None if row is None else _message(row)


async def waiting(reader: Reader, user: UserId) -> list[ChatMessage]:
    """What he wrote and no network has taken yet, oldest first."""
    c = message.c
    query = WITH_FILE.where(c.sender == user, c.delivery == Delivery.WAITING).order_by(c.id)
    return [_message(row) for row in (await reader.execute(query)).mappings()]


async def between(
    reader: Reader, one: UserId, other: str, before: MessageId | None, limit: int
) -> list[ChatMessage]:
    """Newest first."""
    c = message.c
    query = WITH_FILE.where(
        or_(
            and_(c.sender == one, c.recipient == other),
            and_(c.sender == other, c.recipient == one),
        )
    )
    if before is not None:
        query = query.where(c.id < before)
    rows = await reader.execute(query.order_by(c.id.desc()).limit(limit))
    return [_message(row) for row in rows.mappings()]


def _latest() -> Select[*tuple[Any, ...]]:
    """Built once: each page that is opened asks it."""
    c = message.c
    user: BindParameter[str] = bindparam("user")
    users = [c.sender_kind.in_(ONE), c.recipient_kind.in_(ONE)]
    both = union_all(
        select(c.recipient.label("other"), c.id).where(c.sender == user, *users),
        select(c.sender.label("other"), c.id).where(c.recipient == user, *users),
    ).subquery()
    newest = select(func.max(both.c.id)).group_by(both.c.other)
    return WITH_FILE.where(c.id.in_(newest)).order_by(c.id.desc())


LATEST = _latest()


def latest(db: Connection, user: UserId) -> list[ChatMessage]:
    """The last of each conversation."""
    return [_message(row) for row in db.execute(LATEST, {"user": user}).mappings()]


async def mark(reader: Reader, user: str, other: str) -> ReadMark | None:
    query = select(read).where(read.c.user == user, read.c.other == other)
    row = (await reader.execute(query)).mappings().first()
    return None if row is None else ReadMark(**row)


async def unseen(reader: Reader) -> list[tuple[UserId, str, Unseen]]:
    """Of everybody: who is to read it, and who wrote it."""
    c = message.c
    seen = and_(read.c.user == c.recipient, read.c.other == c.sender)
    query = (
        select(c.recipient, c.sender, func.count(), read.c.upto, func.max(c.id))
        .join_from(message, read, seen, isouter=True)
        .where(c.recipient_kind == PartyKind.USER.value)
        .where(or_(read.c.upto.is_(None), c.id > read.c.upto))
        .group_by(c.recipient, c.sender, read.c.upto)
    )
    found = (await reader.execute(query)).all()
    return [
        (UserId(to), by, Unseen(count, upto or "", MessageId(newest)))
        for to, by, count, upto, newest in found
    ]


async def written(
    reader: Reader, sender: str, recipient: UserId, after: str, upto: MessageId
) -> int:
    """How many messages, `upto` that one."""
    c = message.c
    query = select(func.count()).select_from(message)
    query = query.where(c.sender == sender, c.recipient == recipient, c.id > after, c.id <= upto)
    return int((await reader.execute(query)).scalar_one())


async def file_of(reader: Reader, id: FileId) -> ChatMessage | None:
    """The message with that file."""
    row = (await reader.execute(WITH_FILE.where(message.c.file == id))).mappings().first()
    return None if row is None else _message(row)


async def content(reader: Reader, id: FileId) -> bytes:
    query = select(piece.c.bytes).where(piece.c.file == id).order_by(piece.c.number)
    return b"".join((await reader.execute(query)).scalars())


async def parties(reader: Reader) -> set[str]:
    """Of whom anything is kept; conference calls are none."""
    c = message.c
    who = union_all(
        select(c.sender).where(c.sender_kind.in_(ONE)),
        select(c.recipient).where(c.recipient_kind.in_(ONE)),
        select(read.c.user),
        select(read.c.other),
    ).subquery()
    return set((await reader.execute(select(who.c[0]).distinct())).scalars())


# ---------------------------------------------------------------- taken away


async def older(reader: Reader, company: CompanyId, than: datetime) -> list[ChatMessage]:
    """Some of them."""
    c = message.c
    query = WITH_FILE.where(c.company == company, c.sent < than).order_by(c.sent).limit(TOGETHER)
    return [_message(row) for row in (await reader.execute(query)).mappings()]


async def of_party(reader: Reader, user: str) -> list[ChatMessage]:
    """Some of what it wrote, or was written."""
    c = message.c
    query = WITH_FILE.where(or_(c.sender == user, c.recipient == user)).limit(TOGETHER)
    return [_message(row) for row in (await reader.execute(query)).mappings()]


async def remove(tx: Transaction, some: Sequence[ChatMessage]) -> None:
    files = [one.file.id for one in some if one.file is not None]
    await _delete(tx, piece.c.file, files)
    await _delete(tx, file.c.id, files)
    await _delete(tx, message.c.id, [one.id for one in some])


async def forget_marks(tx: Transaction, user: str) -> None:
    await tx.execute(delete(read).where(or_(read.c.user == user, read.c.other == user)))


async def _delete(tx: Transaction, column: Column[str], ids: Collection[str]) -> None:
    if ids:
        await tx.execute(delete(column.table).where(column.in_(ids)))

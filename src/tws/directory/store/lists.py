"""Lists of contacts, in SQL."""

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    delete,
    func,
    insert,
    or_,
    select,
    true,
)

from tws.directory.model import ContactId, ContactList, ListId
from tws.organisation.actor import CompanyId, UserId
from tws.storage import Reader, Transaction, metadata
from tws.storage.rows import Rows

contact_list = Table(
    "contact_list",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("company", String(36), nullable=False, index=True),
    # It goes with its owner.
    Column(
        "owner",
        String(36),
        ForeignKey("user_account.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("name", String(100), nullable=False),
    Column("position", Integer, nullable=False),
    Column("public", Boolean, nullable=False),
)

contact_list_member = Table(
    "contact_list_member",
    metadata,
    Column(
        "list", String(36), ForeignKey("contact_list.id", ondelete="CASCADE"), primary_key=True
    ),
    # A contact's, or a user's.
    Column("contact", String(36), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)
_l, _m = contact_list.c, contact_list_member.c
lists = Rows(contact_list, ContactList)


async def lists_for(reader: Reader, company: CompanyId, user: UserId) -> list[ContactList]:
    """The user's own, and what is public in the whole company."""
    query = select(contact_list).where(
        _l.company == company, or_(_l.owner == user, _l.public == true())
    )
    return [ContactList(**row) for row in (await reader.execute(query)).mappings()]


async def get_list(reader: Reader, id: str, *, lock: bool = False) -> ContactList | None:
    """`lock`: nobody else changes it until the transaction ends."""
    query = select(contact_list).where(_l.id == id)
    row = (await reader.execute(query.with_for_update() if lock else query)).mappings().first()
    return None if row is None else ContactList(**row)


async def lists_of(reader: Reader, owner: UserId) -> int:
    query = select(func.count()).select_from(contact_list).where(_l.owner == owner)
    return int((await reader.execute(query)).scalar_one())


async def members(reader: Reader, id: ListId) -> list[ContactId]:
    """In their order; some of them may be no more."""
    query = select(_m.contact).where(_m.list == id).order_by(_m.position, _m.contact)
    return list((await reader.execute(query)).scalars())


async def write_members(tx: Transaction, id: ListId, contacts: Sequence[ContactId]) -> None:
    await tx.execute(delete(contact_list_member).where(_m.list == id))
    rows = [
        {"list": id, "contact": contact, "position": position}
        for position, contact in enumerate(contacts)
    ]
    if rows:
        await tx.execute(insert(contact_list_member), rows)


async def forget_members(tx: Transaction, contacts: Iterable[str]) -> None:
    """Contacts that are no more, out of all lists."""
    await tx.execute(delete(contact_list_member).where(_m.contact.in_(list(contacts))))

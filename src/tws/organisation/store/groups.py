"""Groups and their members."""

from collections.abc import Iterable

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
    delete,
    insert,
    select,
    update,
)

from tws.organisation.actor import UserId
from tws.organisation.model import Group
from tws.organisation.store.columns import (
    NAME,
    id_column,
    key_column,
    reference,
    text_column,
    version_column,
)
from tws.storage import Transaction, metadata
from tws.storage.among import Among
from tws.storage.rows import IdSet, Rows

group = Table(
    "user_group",
    metadata,
    id_column(),
    version_column(),
    reference("company", "company"),
    reference("domain", "domain"),
    text_column("name"),
    key_column("name_key"),
    Column("rank", Integer, nullable=False),
    Column("external_key", String(255), nullable=False, server_default=""),
    # No foreign key: a connection goes, what it brought stays.
    Column("brought_by", String(36)),
    UniqueConstraint("domain", "name_key"),
)

member = Table(
    "group_member",
    metadata,
    Column("group", String(36), ForeignKey("user_group.id"), primary_key=True),
    Column("user", String(36), ForeignKey("user_account.id"), primary_key=True, index=True),
)

groups = Rows(group, Group, NAME, IdSet("members", member.c.group, member.c.user))


async def add_members(tx: Transaction, group: str, users: Iterable[UserId]) -> None:
    await tx.execute(insert(member), [{"group": group, "user": id} for id in users])


async def drop_members(tx: Transaction, group: str, users: Iterable[UserId]) -> None:
    query = delete(member).where(member.c.group == group, Among(member.c.user, "users"))
    await tx.execute(query, {"users": list(users)})


async def count_version(tx: Transaction, of: Group) -> None:
    """Of a group whose members alone changed."""
    await tx.execute(update(group).where(group.c.id == of.id).values(version=of.version))


async def groups_with(tx: Transaction, users: Iterable[UserId]) -> list[str]:
    """Those that have one of these users."""
    query = select(member.c.group).where(Among(member.c.user, "users")).distinct()
    rows = await tx.execute(query.order_by(member.c.group), {"users": list(users)})
    return list(rows.scalars())

"""Administrators and the companies that they manage."""

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, UniqueConstraint, func, select

from tws.organisation.model import Administrator
from tws.organisation.store.columns import (
    USERNAME,
    id_column,
    key_column,
    text_column,
    version_column,
)
from tws.storage import Reader, Values, metadata
from tws.storage.rows import IdSet, Rows

administrator = Table(
    "administrator",
    metadata,
    id_column(),
    version_column(),
    text_column("username"),
    key_column("username_key"),
    Column("super_user", Boolean, nullable=False),
    Column("email", String(254), nullable=False),
    Column("culture", String(16), nullable=False),
    Column("muted", Values(str), nullable=False),
    UniqueConstraint("username_key"),
)

administrator_company = Table(
    "administrator_company",
    metadata,
    Column("administrator", String(36), ForeignKey("administrator.id"), primary_key=True),
    Column("company", String(36), ForeignKey("company.id"), primary_key=True, index=True),
)

administrators = Rows(
    administrator,
    Administrator,
    USERNAME,
    IdSet("companies", administrator_company.c.administrator, administrator_company.c.company),
)


async def other_super_users(reader: Reader, id: str) -> int:
    query = select(func.count()).where(administrator.c.super_user, administrator.c.id != id)
    return int((await reader.execute(query)).scalar_one())

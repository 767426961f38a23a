"""Subscriptions, and the key in whose name we push, in SQL."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
)

from tws.push.model import Subscription
from tws.storage import Reader, Transaction, UtcTime, metadata
from tws.storage.belonging import secret
from tws.storage.sealed_columns import sealed

subscription = Table(
    "push_subscription",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("company", String(36), ForeignKey("company.id", ondelete="CASCADE"), nullable=False),
    Column("user", String(36), ForeignKey("user_account.id", ondelete="CASCADE"), nullable=False),
    Column("session", String(36), ForeignKey("session.id", ondelete="CASCADE"), nullable=False),
    Column("place", String(64), nullable=False, info=secret),
    Column("sealed", Text, nullable=False, info=sealed("target")),
    Column("created", UtcTime, nullable=False),
    Index(None, "company"),
    Index(None, "user"),
    Index(None, "session", unique=True),
    Index(None, "place", unique=True),
)

key = Table(
    "push_key",
    metadata,
    # One row: browsers subscribe to whoever has this key, and to nobody else.
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sealed", Text, nullable=False, info=sealed("private", row="push_key")),
    Column("created", UtcTime, nullable=False),
)
ONLY = 1


async def subscriptions(reader: Reader) -> list[Subscription]:
    found = await reader.execute(select(subscription).order_by(subscription.c.id))
    return [Subscription(**row) for row in found.mappings()]


async def insert_subscription(tx: Transaction, row: Subscription) -> None:
    await tx.execute(insert(subscription), asdict(row))


async def delete_subscriptions(tx: Transaction, ids: Collection[str]) -> None:
    await tx.execute(delete(subscription).where(subscription.c.id.in_(ids)))


async def delete_all(tx: Transaction) -> None:
    await tx.execute(delete(subscription))


async def sealed_key(reader: Reader) -> str | None:
    return (await reader.execute(select(key.c.sealed).where(key.c.id == ONLY))).scalar()


async def delete_key(tx: Transaction) -> None:
    await tx.execute(delete(key))


async def insert_key(tx: Transaction, sealed: str, created: datetime) -> None:
    await tx.execute(insert(key), {"id": ONLY, "sealed": sealed, "created": created})

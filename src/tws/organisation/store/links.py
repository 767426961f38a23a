"""Links to PBXs, and who owns them."""

from collections.abc import Iterable

from sqlalchemy import Boolean, Column, Integer, Table, UniqueConstraint, select, update

from tws.organisation.model import Link
from tws.organisation.store.columns import (
    NAME,
    id_column,
    key_column,
    reference,
    text_column,
    version_column,
)
from tws.storage import Json, Transaction, metadata
from tws.storage.among import Among
from tws.storage.rows import Rows
from tws.storage.sealed_columns import sealed_settings

link = Table(
    "link",
    metadata,
    id_column(),
    version_column(),
    reference("company", "company"),
    reference("domain", "domain"),
    text_column("name"),
    key_column("name_key"),
    text_column("dialect", 50),
    Column("capacity", Integer, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("settings", Json, nullable=False, info=sealed_settings),
    Column("epoch", Integer, nullable=False),
    UniqueConstraint("domain", "name_key"),
)

links = Rows(link, Link, NAME)
_EPOCHS = select(link.c.id, link.c.epoch).where(Among(link.c.id, "ids")).with_for_update(read=True)


async def next_epoch(tx: Transaction, id: str) -> int | None:
    """Count one more owner of a link; None when there is no such link."""
    query = update(link).where(link.c.id == id).values(epoch=link.c.epoch + 1)
    return (await tx.execute(query.returning(link.c.epoch))).scalar()


async def epochs_of(tx: Transaction, ids: Iterable[str]) -> dict[str, int]:
    """Of those that there are; nobody changes them until the transaction ends."""
    rows = await tx.execute(_EPOCHS, {"ids": list(ids)})
    return {row.id: row.epoch for row in rows}

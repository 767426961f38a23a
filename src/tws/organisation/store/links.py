"""Links to PBXs, and who owns them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
    delete,
    select,
    update,
)

from tws.organisation.model import Link
from tws.organisation.store.columns import (
    NAME,
    id_column,
    key_column,
    reference,
    text_column,
    version_column,
)
from tws.storage import Json, Transaction, UtcTime, metadata, upsert
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

owned = Table(
    "link_owned",
    metadata,
    Column("link", String(36), ForeignKey("link.id", ondelete="CASCADE"), primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("since", UtcTime, nullable=False),
)
"When each owner of a link began, of the last weeks."
REMEMBERED = timedelta(days=30)
"Longer than any owner sleeps, or keeps what it could not write."

links = Rows(link, Link, NAME)
_EPOCHS = select(link.c.id, link.c.epoch).where(Among(link.c.id, "ids")).with_for_update(read=True)


async def next_epoch(tx: Transaction, id: str, now: datetime) -> int | None:
    """Count one more owner of a link; None when there is no such link."""
    query = update(link).where(link.c.id == id).values(epoch=link.c.epoch + 1)
    epoch: int | None = (await tx.execute(query.returning(link.c.epoch))).scalar()
    if epoch is not None:
        old = owned.c.since < now - REMEMBERED
        await tx.execute(delete(owned).where(owned.c.link == id, old))
        row = {"link": id, "epoch": epoch, "since": now}
        await tx.execute(upsert(owned, [row], ["link", "epoch"]))
    return epoch


async def epochs_of(tx: Transaction, ids: Iterable[str]) -> dict[str, int]:
    """Of those that there are; nobody changes them until the transaction ends."""
    rows = await tx.execute(_EPOCHS, {"ids": list(ids)})
    return {row.id: row.epoch for row in rows}


async def owned_after(tx: Transaction, id: str, epoch: int) -> datetime | None:
    """When the first owner after that one began; None where there was none, or long ago."""
    query = select(owned.c.since).where(owned.c.link == id, owned.c.epoch > epoch)
    return (await tx.execute(query.order_by(owned.c.epoch).limit(1))).scalar()

"""Who owns a link, as who writes for one must know: each owner's epoch is above those of all
before (the fence)."""

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar

from tws.organisation import store
from tws.storage import Transaction

LinkRow = TypeVar("LinkRow", bound=str)


async def epochs_of(tx: Transaction, links: Collection[LinkRow]) -> dict[LinkRow, int]:
    """The epochs of those links that there are, which stay what they are until the transaction
    ends."""
    epochs = await store.epochs_of(tx, links)
    return {link: epochs[link] for link in links if link in epochs}


async def owned_after(tx: Transaction, link: str, epoch: int) -> datetime | None:
    """When the first owner after that one began."""
    return await store.owned_after(tx, link, epoch)

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


async def begun_after(
    tx: Transaction, owners: Collection[tuple[LinkRow, int]]
) -> dict[tuple[LinkRow, int], datetime]:
    """Of owners that others came after: when the first of those began."""
    since = await store.owned_since(tx, {link for link, _ in owners})
    found = {}
    for link, epoch in owners:
        after = (at for of, at in since.get(link, ()) if of > epoch)
        if (began := next(after, None)) is not None:
            found[link, epoch] = began
    return found

"""Changing rows while other processes do: a clash that only the database saw is a Conflict."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tws.errors import Conflict
from tws.storage import RowClash, Storage, Transaction


@asynccontextmanager
async def transaction(storage: Storage) -> AsyncIterator[Transaction]:
    """What only the database saw: a name taken, or a row gone, in another process's
    transaction."""
    try:
        async with storage.transaction() as tx:
            yield tx
    except RowClash as error:
        raise Conflict(
            "It clashes with a change made at the same moment: look again, then repeat yours."
        ) from error

"""Changing rows while other processes do: a clash that only the database saw is a Conflict."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tws.organisation import store
from tws.storage import Storage, Transaction


@asynccontextmanager
async def transaction(storage: Storage) -> AsyncIterator[Transaction]:
    """For rows of the organisation, and for rows of other rooms that belong to those."""
    with store.clashes():
        async with storage.transaction() as tx:
            yield tx

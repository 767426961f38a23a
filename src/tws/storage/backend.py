"""What the two databases have in common: how `Storage` uses either of them."""

from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine


class Backend(Protocol):
    writer: AsyncEngine
    reader: AsyncEngine

    def prepare(self) -> None:
        """Before the first connection: make the file and its folder. StorageUnavailable where
        that can't be."""

    def claim(self) -> AbstractAsyncContextManager[None]:
        """Held by the process that serves this database; InUse while another one does. Nothing
        where the epochs of links alone keep servers apart."""

    def check(self) -> None:
        """Before each use: StorageUnavailable when it is known to be away without asking it."""

    def turn(self) -> AbstractAsyncContextManager[object]:
        """Held by a writing transaction from before its BEGIN until its events are published."""

    def translated(self) -> AbstractContextManager[None]:
        """Around each use of the driver: its errors that mean "away" become StorageUnavailable."""

    async def abandon(self, connection: AsyncConnection) -> None:
        """After a commit that failed: leave no transaction behind on the connection."""

    def migrating(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection in a transaction that no other migration runs beside; committed at the
        end."""

    async def dispose(self) -> None:
        """Close all connections."""

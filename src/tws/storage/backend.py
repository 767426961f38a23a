"""What the two databases have in common: how `Storage` uses either of them."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from tws.storage.connection import OpenConnection
from tws.storage.packing import Packed, Rows
from tws.storage.slow import SlowStatements

T = TypeVar("T")


class Backend(Protocol):
    slow: SlowStatements
    "What took long, but for single lookups: each of their statements is known."

    @property
    def connections(self) -> Mapping[str, int]:
        """By kind of use (`tws.storage.counts`), how many there are at most."""

    def prepare(self) -> None:
        """Before the first connection: make the file and its folder. StorageUnavailable where
        that can't be."""

    def claim(self, *, shared: bool) -> AbstractAsyncContextManager[None]:
        """Held by the process that serves this database; InUse while another one does, or one
        that does not share it."""

    def turn(self) -> AbstractAsyncContextManager[object]:
        """Held by a writing transaction from before its BEGIN until its events are published."""

    def translated(self) -> AbstractContextManager[None]:
        """Around each use of the driver: its errors that mean "away" become StorageUnavailable."""

    async def connect(self, *, writing: bool) -> OpenConnection:
        """In a transaction that has begun; one that only reads sees one moment. StorageUnavailable
        when the database is away."""

    async def read(self, work: Callable[[Connection], T]) -> T:
        """All that `work` does, on a connection that only reads."""

    async def ask(self, question: Packed, values: Mapping[str, Any]) -> Rows:
        """The rows of one statement."""

    async def checkpoint(self) -> None:
        """Put what the log of the database has into its files, while others write: who changes
        many rows spares them doing it in their own transactions."""

    steps: bool
    "Whether migrations may run one by one while another server serves; else all at once."

    def alone(self) -> AbstractAsyncContextManager[None]:
        """While no other process migrates. StorageUnavailable when one does for too long."""

    def changing(self, wait: float | None = None) -> AbstractAsyncContextManager[OpenConnection]:
        """Inside `alone`: a connection in a transaction that may change tables; committed at the
        end. TableBusy where a table is not free within `wait` seconds, which is how long its
        writers may have to wait behind this one; None = there are none."""

    def migrating(self) -> AbstractAsyncContextManager[OpenConnection]:
        """`changing`, inside `alone`."""

    def outside(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """Where there are `steps`: a connection that commits each statement."""

    async def dispose(self) -> None:
        """Close all connections."""

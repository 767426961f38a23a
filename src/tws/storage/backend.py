"""What the two databases have in common: how `Storage` uses either of them."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

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

    def claim(self) -> AbstractAsyncContextManager[None]:
        """Held by the process that serves this database; InUse while another one does. Nothing
        where the epochs of links alone keep servers apart."""

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

    def migrating(self) -> AbstractAsyncContextManager[OpenConnection]:
        """A connection in a transaction that no other migration runs beside; committed at the
        end."""

    async def dispose(self) -> None:
        """Close all connections."""

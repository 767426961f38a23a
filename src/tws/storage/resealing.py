"""Seals every secret of the database with the newest key, while others read and write.

A few rows in each transaction, and what is sealed so already is left alone: whoever is cut short
leaves rows of both kinds, which all open, and goes on where it was. A row's version stays: to
people nothing was changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Select, Table, Text, cast, or_, select, update

from tws.storage.database import Storage
from tws.storage.sealed_columns import SEALED, anew, sealed_tables
from tws.storage.secrets import SecretLost, Secrets, is_sealed, sealed_by

LOOKED_AT = 500
"Rows at a time."
SEALED_AT_ONCE = 20
"Rows of a transaction: nobody waits for long behind it."
Columns = tuple[Column[Any], ...]


@dataclass(frozen=True, slots=True)
class Seals:
    """Of a row: how many are of an older key, and how many no key opens."""

    old: int = 0
    lost: int = 0


class Resealing:
    def __init__(self, storage: Storage, secrets: Secrets, told: Callable[[int], None]) -> None:
        """`told`: how many rows are sealed anew so far, after each transaction."""
        self._storage, self._secrets, self._told = storage, secrets, told
        self.rows = 0
        "That were sealed anew."

    async def run(self) -> int:
        """How many secrets no key opens, which stay as they are. StorageUnavailable, SecretLost
        for the keys themselves."""
        while True:
            before, lost = self.rows, 0
            for table, columns in sealed_tables():
                lost += await self._table(table, columns)
            if self.rows == before:  # nobody sealed one with the older key meanwhile
                return lost

    async def _table(self, table: Table, columns: Columns) -> int:
        lost, last = 0, None
        while True:
            query = _rows(table, columns).where(_holding(columns))
            query = query.order_by(table.c.id).limit(LOOKED_AT)
            if last is not None:
                query = query.where(table.c.id > last)
            async with self._storage.reading() as reader:
                rows = (await reader.execute(query)).all()
            if not rows:
                return lost
            last = rows[-1].id
            seals = {row.id: self._seals(row, columns) for row in rows}
            lost += sum(of.lost for of in seals.values())
            old = [id for id, of in seals.items() if of.old]
            for start in range(0, len(old), SEALED_AT_ONCE):
                await self._seal(table, columns, old[start : start + SEALED_AT_ONCE])

    async def _seal(self, table: Table, columns: Columns, ids: list[Any]) -> None:
        query = _rows(table, columns).where(table.c.id.in_(ids)).with_for_update()
        async with self._storage.transaction() as tx:
            for row in (await tx.execute(query)).all():
                values = {column.name: self._anew(row, column) for column in columns}
                await tx.execute(update(table).where(table.c.id == row.id).values(values))
        self.rows += len(ids)
        self._told(self.rows)

    def _anew(self, row: Any, column: Column[Any]) -> Any:
        return anew(row, column, self._newly)

    def _newly(self, value: object, row: str, field: str) -> object:
        if not is_sealed(value) or self._secrets.current(value):
            return value
        try:
            return self._secrets.seal(self._secrets.open(value, row, field), row, field)
        except SecretLost:
            return value

    def _seals(self, row: Any, columns: Columns) -> Seals:
        old = lost = 0

        def look(value: object, id: str, field: str) -> object:
            nonlocal old, lost
            if is_sealed(value) and not self._secrets.current(value):
                try:
                    self._secrets.open(value, id, field)
                    old += 1
                except SecretLost:
                    lost += 1
            return value

        for column in columns:
            anew(row, column, look)
        return Seals(old, lost)


def _rows(table: Table, columns: Columns) -> Select[Any]:
    """With what each secret is sealed as."""
    named = [column.info[SEALED].named_by for column in columns]
    return select(table.c.id, *columns, *(table.c[name] for name in named if name is not None))


def _holding(columns: Columns) -> Any:
    return or_(*(cast(column, Text).contains("sealed:") for column in columns))


async def keys_in_use(storage: Storage) -> frozenset[str | None]:
    """The ids of the keys by which secrets of the database are sealed; None = one without a
    name."""
    found: set[str | None] = set()

    def look(value: object, row: str, field: str) -> object:
        if isinstance(value, str) and is_sealed(value):
            found.add(sealed_by(value))
        return value

    async with storage.reading() as reader:
        for table, columns in sealed_tables():
            for row in await reader.execute(_rows(table, columns).where(_holding(columns))):
                for column in columns:
                    anew(row, column, look)
    return frozenset(found)

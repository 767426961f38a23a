"""The rows of a table as immutable values, read and written whole.

A room gives its tables and classes; `version` counts a row's changes, for who changes what they
have seen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Column, RowMapping, Table, bindparam, delete, func, insert, select, update

from tws.storage.among import Among
from tws.storage.transactions import Reader, Transaction


class Entity(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def version(self) -> int: ...


Row = TypeVar("Row", bound=Entity)


@dataclass(frozen=True)
class IdSet:
    """A set of ids that belongs to a row, in a table of its own: (owner, item)."""

    field: str
    owner: Column[str]
    item: Column[str]

    async def all(self, reader: Reader) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for owner, item in await reader.execute(select(self.owner, self.item)):
            found.setdefault(owner, []).append(item)
        return found

    async def of(self, reader: Reader, owner: str) -> frozenset[str]:
        query = select(self.item).where(self.owner == owner)
        return frozenset((await reader.execute(query)).scalars())

    async def write(self, tx: Transaction, owner: str, wanted: Set[str]) -> None:
        present = await self.of(tx, owner)
        table = self.item.table
        for item in sorted(present - wanted):
            await tx.execute(delete(table).where(self.owner == owner, self.item == item))
        rows = [
            {self.owner.name: owner, self.item.name: item} for item in sorted(wanted - present)
        ]
        if rows:
            await tx.execute(insert(table), rows)


class Rows(Generic[Row]):
    """The rows of one table."""

    def __init__(
        self,
        table: Table,
        make: Callable[..., Row],
        derived: Mapping[str, Callable[[Any], object]] = MappingProxyType({}),
        items: IdSet | None = None,
    ) -> None:
        """`derived`: columns that are no field of the value, but written from it."""
        self._table, self._make, self._derived, self._items = table, make, derived, items
        self._columns = [c.name for c in table.c if c.name not in derived]

    async def all(self, reader: Reader) -> list[Row]:
        """Oldest first."""
        items = await self._items.all(reader) if self._items else {}
        found = await reader.execute(select(self._table).order_by(self._table.c.id))
        return [self._read(row, items.get(row["id"], ())) for row in found.mappings()]

    async def find(self, tx: Transaction, id: str) -> Row | None:
        """The row, which nobody else changes until the transaction ends."""
        query = select(self._table).where(self._table.c.id == id).with_for_update()
        row = (await tx.execute(query)).mappings().first()
        if row is None:
            return None
        return self._read(row, await self._items.of(tx, id) if self._items else ())

    async def insert(self, tx: Transaction, row: Row) -> None:
        await tx.execute(insert(self._table), self._written(row))
        await self._write_items(tx, row)

    async def update(self, tx: Transaction, row: Row) -> None:
        query = update(self._table).where(self._table.c.id == row.id)
        await tx.execute(query.values(self._written(row)))
        await self._write_items(tx, row)

    async def delete(self, tx: Transaction, row: Row) -> None:
        if self._items:
            await self._items.write(tx, row.id, frozenset())
        await tx.execute(delete(self._table).where(self._table.c.id == row.id))

    # ------------------------------------------------------------ many, without sets of ids

    async def locked(self, tx: Transaction, ids: Iterable[str]) -> dict[str, Row]:
        """Those of these that there are, which nobody else changes until the transaction ends."""
        query = select(self._table).where(Among(self._table.c.id, "ids")).with_for_update()
        found = await tx.execute(query, {"ids": list(ids)})
        return {row["id"]: self._read(row, ()) for row in found.mappings()}

    async def insert_all(self, tx: Transaction, rows: Sequence[Row]) -> None:
        if rows:
            await tx.execute(insert(self._table), [self._written(row) for row in rows])

    async def update_all(self, tx: Transaction, rows: Sequence[Row]) -> None:
        """In this order."""
        if rows:
            query = update(self._table).where(self._table.c.id == bindparam("row"))
            written = [self._written(row) for row in rows]
            others = [name for name in written[0] if name != "id"]
            values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in others}
            # By the table's columns and these names, so that both are not the same parameter.
            given = [
                {"row": one["id"], **{f"to_{name}": one[name] for name in others}}
                for one in written
            ]
            await tx.execute(query.values(values), given)

    async def delete_all(self, tx: Transaction, rows: Sequence[Row]) -> None:
        if rows:
            query = delete(self._table).where(Among(self._table.c.id, "ids"))
            await tx.execute(query, {"ids": [row.id for row in rows]})

    def _read(self, row: RowMapping, items: Iterable[str]) -> Row:
        columns = {name: row[name] for name in self._columns}
        if self._items:
            columns[self._items.field] = frozenset(items)
        return self._make(**columns)

    def _written(self, row: Row) -> dict[str, object]:
        columns = {name: getattr(row, name) for name in self._columns}
        return columns | {name: made(row) for name, made in self._derived.items()}

    async def _write_items(self, tx: Transaction, row: Row) -> None:
        if self._items:
            await self._items.write(tx, row.id, getattr(row, self._items.field))


async def count(reader: Reader, column: Column[Any], value: str) -> int:
    """How many rows have `value` there."""
    query = select(func.count()).select_from(column.table).where(column == value)
    return int((await reader.execute(query)).scalar_one())


async def ids(
    reader: Reader, column: Column[Any], value: str, wanted: Column[str] | None = None
) -> list[str]:
    """Of the rows that have `value` there: their ids, or what they have in `wanted`."""
    of = column.table.c.id if wanted is None else wanted
    return list((await reader.execute(select(of).where(column == value).order_by(of))).scalars())


async def number_of(reader: Reader, table: Table) -> int:
    return int((await reader.execute(select(func.count()).select_from(table))).scalar_one())

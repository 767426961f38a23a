"""How rows are changed and the change is told.

A change runs in one transaction: the row as it is there now is locked and compared with the
version that the actor has seen, written, told to the audit log, and published after the commit.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column

from tws.errors import Conflict, missing
from tws.records.kind import Kind, StoredKind
from tws.records.transactions import transaction
from tws.storage import Storage, Transaction
from tws.storage.audit import Author
from tws.storage.rows import Row, count, ids


class ChangingRows:
    """What a service inherits that changes rows. Who may is its own business."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def _transaction(self) -> AbstractAsyncContextManager[Transaction]:
        return transaction(self._storage)

    async def _create(self, actor: Author, kind: Kind[Row], make: Callable[[], Row]) -> Row:
        """`make` checks and builds the row when its turn has come, so that names are taken
        once."""
        async with self._transaction() as tx:
            row = make()
            await create(tx, actor, kind, row)
        return row

    async def _update(
        self, actor: Author, kind: Kind[Row], id: str, version: int, change: Callable[[Row], Row]
    ) -> Row:
        """The changed row; the same one when nothing would change."""
        async with self._transaction() as tx:
            before = await present(tx, kind, id, version)
            return await write(tx, actor, kind, before, change(before))


async def create(tx: Transaction, actor: Author, kind: StoredKind[Row], row: Row) -> None:
    """Write a new row, tell the audit log, and publish it after the commit."""
    await kind.rows.insert(tx, row)
    await _tell(tx, actor, kind, "created", None, row)


async def write(
    tx: Transaction, actor: Author, kind: StoredKind[Row], before: Row, after: Row
) -> Row:
    """`after` as it is written, with the next version; `before` where nothing would change."""
    if after == before:
        return before
    after = kind.next_version(after)
    await kind.rows.update(tx, after)
    await _tell(tx, actor, kind, "changed", before, after)
    return after


async def remove(tx: Transaction, actor: Author, kind: StoredKind[Row], row: Row) -> None:
    await kind.rows.delete(tx, row)
    await _tell(tx, actor, kind, "deleted", row, None)


async def create_many(
    tx: Transaction, actor: Author, kind: Kind[Row], rows: Sequence[Row]
) -> None:
    """The same as `create` of each."""
    await kind.rows.insert_all(tx, rows)
    for row in rows:
        await _tell(tx, actor, kind, "created", None, row)


async def write_many(
    tx: Transaction, actor: Author, kind: Kind[Row], changes: Sequence[tuple[Row, Row]]
) -> None:
    """The same as `write` of each (before, after), in their order; all of them change."""
    written = [(before, kind.next_version(after)) for before, after in changes]
    await kind.rows.update_all(tx, [after for _, after in written])
    for before, after in written:
        await _tell(tx, actor, kind, "changed", before, after)


async def remove_many(
    tx: Transaction, actor: Author, kind: Kind[Row], rows: Sequence[Row]
) -> None:
    await kind.rows.delete_all(tx, rows)
    for row in rows:
        await _tell(tx, actor, kind, "deleted", row, None)


async def present_many(tx: Transaction, kind: Kind[Row], seen: Iterable[Row]) -> None:
    """Lock these; Conflict when one of them is not as it was seen."""
    versions = {row.id: row.version for row in seen}
    there = await kind.rows.locked(tx, versions)
    for id, version in versions.items():
        if id not in there:
            raise missing(kind.name)
        current(there[id], version)


async def remove_all(
    tx: Transaction, actor: Author, kind: Kind[Row], column: Column[Any], value: str
) -> None:
    """The rows that have `value` there, because what it names goes."""
    for id in await ids(tx, column, value):
        row = await kind.rows.find(tx, id)
        if row is not None:
            await remove(tx, actor, kind, row)


async def present(tx: Transaction, kind: Kind[Row], id: str, version: int) -> Row:
    """The row as it is now, locked; Conflict when it is not the version that was seen."""
    row = await kind.rows.find(tx, id)
    if row is None:
        raise missing(kind.name)
    return current(row, version)


def current(row: Row, version: int) -> Row:
    """Conflict when it is not the version that was seen."""
    refuse_other_version(row.version, version)
    return row


def refuse_other_version(now: int, seen: int) -> None:
    """Conflict when it is not the version that was seen."""
    if now != seen:
        raise Conflict(
            "It was changed meanwhile: look at it again, then repeat your change.",
            version=now,
        )


async def refuse_if_used(
    tx: Transaction,
    what: str,
    id: str,
    uses: Mapping[str, Column[Any]],
    counted: Mapping[str, int] = MappingProxyType({}),
) -> None:
    """`uses`: what may still use it (in the plural, `_` for blanks), and the column that would
    name it; `counted`: how often something else does."""
    found = {word: await count(tx, column, id) for word, column in uses.items()} | {**counted}
    found = {word: n for word, n in found.items() if n}
    if found:
        words = ", ".join(f"{n} {word if n > 1 else word[:-1]}" for word, n in found.items())
        words = words.replace("_", " ")
        parameters = {"name": what, "count": sum(found.values())}
        raise Conflict(
            f"{what} is still in use: {words}.", why="inUse", parameters=parameters, **found
        )


async def _tell(
    tx: Transaction,
    actor: Author,
    kind: StoredKind[Row],
    what: str,
    before: Row | None,
    after: Row | None,
) -> None:
    row = before if before is not None else after
    assert row is not None
    tx.publish(kind.changed(before, after))
    said = [None if one is None else kind.said(one) for one in (before, after)]
    await tx.audit(actor, f"{kind.name_of(row)} {what}", row.id, *said, company=kind.company(row))

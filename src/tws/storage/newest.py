"""Rows of which everything has several, one for each time that something was done: the newest
counts, and only so many are kept. Their tables have an `id` and when it was `started`."""

from typing import Any

from sqlalchemy import Column, Select, delete, func, select

from tws.storage.transactions import Transaction


def newest_first(of: Column[str], id: str, limit: int) -> Select[Any]:
    """`of`: the column that says whose a row is."""
    c = of.table.c
    rows = select(of.table).where(of == id)
    return rows.order_by(c.started.desc(), c.id.desc()).limit(limit)


def newest_of_each(of: Column[str]) -> Select[Any]:
    newest = select(of, func.max(of.table.c.started).label("started")).group_by(of).subquery()
    same = (of == newest.c[of.name]) & (of.table.c.started == newest.c.started)
    return select(of.table).join(newest, same)


async def forget_older(tx: Transaction, of: Column[str], id: str, kept: int) -> None:
    """All but so many of the newest."""
    started = of.table.c.started
    newest = select(started).where(of == id).order_by(started.desc())
    oldest = (await tx.execute(newest.offset(kept).limit(1))).scalar()
    if oldest is not None:
        await tx.execute(delete(of.table).where(of == id, started <= oldest))

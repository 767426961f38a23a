"""SQLite's indexes of words, written by hand for many contacts at once (see migration 0008)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from tws.storage import Transaction
from tws.storage.upserting import Many

INDEXES = ("search_parts", "search_words")
PRIVATE = "search_private"
"Of private fields (see migration 0011)."
Words = list[tuple[int, str]]
"The search row and the folded text of each contact."


@asynccontextmanager
async def indexed_by_hand(tx: Transaction) -> AsyncIterator["Indexing"]:
    """Within it contacts are written without their words; these follow at its end."""
    by_hand = Indexing()
    if tx.dialect != "sqlite":
        yield by_hand
        return
    await tx.execute(text("INSERT INTO search_by_hand VALUES (1)"))
    yield by_hand
    for index in INDEXES:
        await _all(tx, _forget(index), by_hand.gone)
        await _all(tx, _learn(index), by_hand.come)
    await _all(tx, _forget(PRIVATE, "private_folded"), by_hand.private_gone)
    await _all(tx, _learn(PRIVATE, "private_folded"), by_hand.private_come)
    await tx.execute(text("DELETE FROM search_by_hand"))


class Indexing:
    """The words that go and come."""

    def __init__(self) -> None:
        self.gone: Words = []
        self.come: Words = []
        self.private_gone: Words = []
        self.private_come: Words = []

    def forget(self, row: int | None, folded: str, private: str | None) -> None:
        """What the contact of that search row was found by; exactly as it was written."""
        if row is not None:
            self.gone.append((row, folded))
            if private is not None:
                self.private_gone.append((row, private))

    def learn(self, row: int | None, folded: str, private: str | None) -> None:
        if row is not None:
            self.come.append((row, folded))
            if private is not None:
                self.private_come.append((row, private))


def _forget(index: str, column: str = "folded") -> str:
    return f"INSERT INTO {index} ({index}, rowid, {column}) VALUES ('delete', ?, ?)"  # noqa: S608


def _learn(index: str, column: str = "folded") -> str:
    return f"INSERT INTO {index} (rowid, {column}) VALUES (?, ?)"  # noqa: S608


async def _all(tx: Transaction, statement: str, words: Words) -> None:
    if words:
        await tx.execute(Many(statement, words))

"""Rows for a file: read page by page, so that no reader stays open while somebody downloads."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

PAGE = 500
"Rows that are read at a time."
MOST_EXPORTED = 100_000
Row = TypeVar("Row")
Key = TypeVar("Key")


async def exported(
    page: Callable[[Key | None, int], Awaitable[list[Row]]], key: Callable[[Row], Key]
) -> AsyncIterator[Row]:
    """As many as a file holds. `page` gives so many rows behind a key; None = the first ones."""
    before, left = None, MOST_EXPORTED
    while left > 0:
        rows = await page(before, min(PAGE, left))
        for row in rows:
            yield row
        if len(rows) < PAGE:
            return
        left -= len(rows)
        before = key(rows[-1])

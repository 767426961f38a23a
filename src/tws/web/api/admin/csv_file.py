"""A list as a file for spreadsheets, written while it is read."""

from collections.abc import AsyncIterator, Callable, Iterable
from typing import TypeVar

from fastapi.responses import StreamingResponse

from tws.spreadsheets import csv_line
from tws.web.answers import Described, refusals

Row = TypeVar("Row")


def csv_answers(*errors: str) -> Described:
    """What such an operation answers."""
    content = {"text/csv": {"schema": {"type": "string"}}}
    return {200: {"description": "A file.", "content": content}, **refusals(*errors)}


async def csv_file(
    name: str,
    columns: Iterable[str],
    rows: AsyncIterator[Row],
    cells: Callable[[Row], Iterable[str]],
    *,
    mark: str = "",
) -> StreamingResponse:
    """Who may not read the rows is told so before the file begins. `mark`: what it begins with."""
    first = await anext(rows, None)

    async def lines() -> AsyncIterator[str]:
        yield mark + csv_line(columns)
        if first is not None:
            yield csv_line(cells(first))
        async for row in rows:
            yield csv_line(cells(row))

    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(lines(), media_type="text/csv; charset=utf-8", headers=named)

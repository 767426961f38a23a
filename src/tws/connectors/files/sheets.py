"""The rows of an Excel sheet; runs in a process of its own (`tws.connectors.processes.child`), for
a small file may ask for any amount of memory."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import python_calamine as calamine

from tws.connectors.processes.child import Request
from tws.sources.errors import Misconfigured


def read(request: Request) -> Iterator[Sequence[object]]:
    """The first row that has anything: names. A title above them, one cell merged over several
    columns, is no row; a cell merged over several rows stands in each of them."""
    name = Path(request.file).name
    try:
        # By what is inside: people rename files, and from_path goes by the name.
        with (
            Path(request.file).open("rb") as file,
            calamine.CalamineWorkbook.from_filelike(file) as book,
        ):
            sheet = book.get_sheet_by_name(_found(book, request.source, name))
            yield from _rows(sheet, name)
    except calamine.PasswordError as error:
        raise Misconfigured(
            "{file} is protected by a password: save it without.", file=name
        ) from error
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise Misconfigured("{file} is no Excel file, or a damaged one.", file=name) from error


def _found(book: calamine.CalamineWorkbook, wanted: str, file: str) -> str:
    """The first sheet where none is named; case is as little looked at as Excel does."""
    names = [each.name for each in book.sheets_metadata if _has_cells(each)]
    for name in names:
        if not wanted or name.strip().casefold() == wanted.strip().casefold():
            return name
    if not names:
        raise Misconfigured("{file} has no sheet.", file=file)
    there = ", ".join(names[:10])
    raise Misconfigured(
        "{file} has no sheet {sheet}. There are: {there}.", file=file, sheet=wanted, there=there
    )


def _has_cells(sheet: calamine.SheetMetadata) -> bool:
    return sheet.typ == calamine.SheetTypeEnum.WorkSheet


def _rows(sheet: calamine.CalamineSheet, file: str) -> Iterator[Sequence[object]]:
    first_row, first_column = sheet.start or (0, 0)
    merged = {begin: end for begin, end in sheet.merged_cell_ranges or []}
    names: list[object] | None = None
    tall: dict[int, tuple[int, object]] = {}  # column: until which row, what stands there
    for y, row in enumerate(sheet.iter_rows(), first_row):
        cells: list[object] = list(row)
        if names is None:
            filled = [x for x, cell in enumerate(cells) if cell != ""]
            if not filled or (len(filled) == 1 and _is_title(merged, y, filled[0] + first_column)):
                continue
            names = _names(cells, sheet.name, file)
            yield names
            continue
        for x, cell in enumerate(cells):
            end = merged.get((y, x + first_column))
            if end is not None and end[0] > y:
                tall[x] = (end[0], cell)
            elif x in tall:
                until, above = tall[x]
                cells[x] = above if y <= until and cell == "" else cell
        yield cells
    if names is None:
        raise Misconfigured("{file}: the sheet {sheet} is empty.", file=file, sheet=sheet.name)


def _is_title(merged: dict[tuple[int, int], tuple[int, int]], row: int, column: int) -> bool:
    return merged.get((row, column), (row, column))[1] > column


def _names(cells: list[object], sheet: str, file: str) -> list[object]:
    """Misconfigured where these are a contact's data."""
    for cell in cells:
        if not isinstance(cell, str) or cell.strip(" +.-/()").replace(" ", "").isdecimal():
            raise Misconfigured(
                "{file}: the first line of the sheet {sheet} must have the names of the "
                "columns, and {cell} is none.",
                file=file,
                sheet=sheet,
                cell=str(cell),
            )
    return cells

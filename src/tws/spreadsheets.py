"""Files that people open in a spreadsheet: what it would reckon is given an apostrophe in front,
which is taken off again where we read the file back."""

import csv
import io
from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"Beginnings by which a spreadsheet takes a text for a formula."


def guarded(cell: str) -> str:
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def unguarded(cell: str) -> str:
    """As it was before `guarded`."""
    guards = cell.startswith("'") and cell.lstrip("'").startswith(FORMULA)
    return cell[1:] if guards else cell


def csv_line(cells: Iterable[str]) -> str:
    """RFC 4180, each cell guarded."""
    line = io.StringIO()
    csv.writer(line).writerow([guarded(cell) for cell in cells])
    return line.getvalue()

"""Files that people open in a spreadsheet: what it would reckon is given an apostrophe in front,
which is taken off again where we read the file back."""

import csv
import io
import re
from collections.abc import Iterable

_FORMULA = r"(?='*[=+\-@\t\r])"
"Before what a spreadsheet takes for a formula."
_REACHED, _GUARDED = re.compile(rf"(^|[;\n\r]){_FORMULA}"), re.compile(rf"(^|[;\n\r])'{_FORMULA}")


def guarded(cell: str) -> str:
    """Also behind a semicolon or the end of a line, where a spreadsheet that separates cells by
    semicolons sees the next one begin."""
    return _REACHED.sub(r"\1'", cell)


def unguarded(cell: str) -> str:
    """As it was before `guarded`."""
    return _GUARDED.sub(r"\1", cell) if "'" in cell else cell


def csv_line(cells: Iterable[str]) -> str:
    """RFC 4180, each cell guarded."""
    line = io.StringIO()
    csv.writer(line).writerow([guarded(cell) for cell in cells])
    return line.getvalue()

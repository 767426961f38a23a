"""Cells of sheets and tables as values of entries. Pure."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite

from tws.sources.values import Value

EXACT = 1e15
"Whole numbers below it are the same in a spreadsheet's floating point."


def value(cell: object) -> Value:
    """What is shown of a cell; empty where there is nothing to show. Numbers as people write
    them: a spreadsheet keeps 0155171889 as 155171889.0."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bytes | bytearray | memoryview):
        return bytes(cell)
    if isinstance(cell, list | tuple | set | frozenset):
        return tuple(filter(None, (_text(each) for each in cell)))
    return _text(cell)


def row(names: tuple[str, ...], values: tuple[Value | list[str], ...]) -> Mapping[str, Value]:
    """The fields that have a name and something in them; of two with one name, the first."""
    fields: dict[str, Value] = {}
    for name, each in zip(names, values, strict=False):
        if name and each and name not in fields:
            fields[name] = tuple(each) if isinstance(each, list) else each
    return fields


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, Decimal):
        whole = cell.is_finite() and cell == cell.to_integral_value()
        return format(cell.to_integral_value() if whole else cell, "f")
    if isinstance(cell, datetime):
        if cell.time() == time() and cell.tzinfo is None:
            return cell.date().isoformat()
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, Mapping):
        return json.dumps(cell, ensure_ascii=False, default=str)
    if isinstance(cell, bytes):
        return cell.decode(errors="replace").strip()
    return str(cell).strip()


def _number(cell: float) -> str:
    if not isfinite(cell):
        return ""
    return str(int(cell)) if cell.is_integer() and abs(cell) < EXACT else repr(cell)

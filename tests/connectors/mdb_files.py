"""Writes small Access databases (Jet 4), after the description of the format that mdbtools keeps.

There is no Access here to make one: these have what a reader looks at, and nothing that only
Access needs (indexes, permissions, forms).
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

PAGE = 4096
BOOL, INTEGER, DOUBLE, DATE, TEXT, OLE, MEMO = 1, 4, 7, 8, 10, 11, 12
SIZES = {BOOL: 0, INTEGER: 4, DOUBLE: 8, DATE: 8}
"Of what stands at a fixed place; a BOOL is a bit of the row's mask."
ZERO_DAY = datetime.fromisoformat("1899-12-30")
Cell = str | int | float | bool | datetime | None


@dataclass(frozen=True)
class Table:
    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Cell]]


def written(path: Path, *tables: Table) -> None:
    """Pages 0 and 1 are the file's own, 2 is the catalog, 3 says which pages are whose."""
    places: list[tuple[int, Table]] = []
    at = 4
    for table in tables:
        places.append((at, table))
        at += 1 + len(_data_pages(table, at))
    columns = [("Id", INTEGER), ("Name", TEXT), ("Type", INTEGER), ("Flags", INTEGER)]
    rows = [(first, table.name, 1, 0, None) for first, table in places]
    catalog = Table("MSysObjects", [*columns, ("LvProp", OLE)], rows)
    pages: dict[int, bytes] = {0: _definition(), 1: _page(b"\x05\x01")}
    maps: list[bytes] = []
    for first, table in [(2, catalog), *places]:
        data = _data_pages(table, first)
        begin = at if table is catalog else first + 1
        pages[first] = _table_page(table, len(maps))
        pages |= dict(enumerate(data, begin))
        maps += [_usage(range(begin, begin + len(data))), _usage(range(0))]
    pages[3] = _rows_page(maps, 0)
    path.write_bytes(b"".join(pages[n] for n in range(len(pages))))


def _page(data: bytes) -> bytes:
    assert len(data) <= PAGE
    return data.ljust(PAGE, b"\0")


def _definition() -> bytes:
    """Its middle is enciphered with a key that everybody knows; it is all zeroes."""
    state, j = list(range(256)), 0
    key = b"\xc7\xda\x39\x6b"
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    stream, i, j = bytearray(), 0, 0
    for _ in range(128):
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        stream.append(state[(state[i] + state[j]) % 256])
    return _page(b"\0\1\0\0Standard Jet DB\0" + struct.pack("<I", 1) + stream)


def _table_page(table: Table, usage: int) -> bytes:
    fixed, variable, columns, names = 0, 0, b"", b""
    for n, (name, kind) in enumerate(table.columns):
        at_fixed = kind in SIZES
        columns += struct.pack(
            "<BIHHHHHBBIHH",
            kind,
            0,
            n,
            0 if at_fixed else variable,
            n,
            0,
            0,
            0x03 if at_fixed else 0x02,
            0,
            0,
            fixed if at_fixed else 0,
            SIZES.get(kind, 0 if kind in (OLE, MEMO) else 510),
        )
        fixed += SIZES.get(kind, 0)
        variable += not at_fixed
        text = name.encode("utf-16-le")
        names += struct.pack("<H", len(text)) + text
    count = len(table.columns)
    head = struct.pack("<BBHI", 2, 1, 0, 0)
    head += struct.pack("<III", len(columns + names), 0, len(table.rows)) + b"\0" * 20
    head += struct.pack("<BHHHII", 0x4E, count, variable, count, 0, 0)
    head += struct.pack("<II", 3 << 8 | usage, 3 << 8 | usage + 1)
    return _page(head + columns + names + b"\xff\xff")


def _usage(pages: range) -> bytes:
    bits = bytearray(64)
    for page in pages:
        bits[page // 8] |= 1 << page % 8
    return struct.pack("<BI", 0, 0) + bits


def _data_pages(table: Table, owner: int) -> list[bytes]:
    pages, rows, size = list[bytes](), list[bytes](), 14
    for row in table.rows:
        data = _row(table, row)
        if size + len(data) + 2 > PAGE:
            pages.append(_rows_page(rows, owner))
            rows, size = [], 14
        rows.append(data)
        size += len(data) + 2
    return [*pages, _rows_page(rows, owner)]


def _rows_page(rows: Sequence[bytes], owner: int) -> bytes:
    """The first row stands at the end of the page."""
    offsets, at = b"", PAGE
    for row in rows:
        at -= len(row)
        offsets += struct.pack("<H", at)
    head = struct.pack("<BBHIIH", 1, 1, 0, owner, 0, len(rows)) + offsets
    body = b"".join(reversed(rows))
    return head.ljust(PAGE - len(body), b"\0") + body


def _row(table: Table, row: Sequence[Cell]) -> bytes:
    fixed, mask, pieces = b"", 0, list[bytes]()
    for n, ((_, kind), cell) in enumerate(zip(table.columns, row, strict=True)):
        mask |= (bool(cell) if kind == BOOL else cell is not None) << n
        if kind in SIZES:
            fixed += _fixed(kind, cell)
        else:
            pieces.append(b"" if cell is None else _variable(kind, str(cell)))
    data, offsets = struct.pack("<H", len(table.columns)) + fixed, list[int]()
    for piece in pieces:
        offsets.append(len(data))
        data += piece
    table_of = [len(data), *reversed(offsets)]
    data += struct.pack(f"<{len(table_of)}H", *table_of) + struct.pack("<H", len(pieces))
    return data + mask.to_bytes((len(table.columns) + 7) // 8, "little")


def _fixed(kind: int, cell: Cell) -> bytes:
    if kind == BOOL:
        return b""
    if kind == INTEGER:
        return struct.pack("<i", cell or 0)
    if isinstance(cell, datetime):
        cell = (cell - ZERO_DAY).total_seconds() / 86400
    return struct.pack("<d", cell or 0)


def _variable(kind: int, text: str) -> bytes:
    data = text.encode("utf-16-le")
    return struct.pack("<IQ", len(data) | 0x80 << 24, 0) + data if kind == MEMO else data

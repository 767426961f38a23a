"""Rules as a CSV or JSON file, to be kept, changed elsewhere, and taken back.

CSV: a header line (priority, name, pattern, value, longerOnly; the guide's French titles and `;`
are understood too), UTF-8 with or without its mark, else Windows-1252. A cell that a spreadsheet
would take for a formula is written with an apostrophe in front, which is taken off again.
"""

import csv
import io
from collections.abc import Sequence

import msgspec

from tws.errors import Invalid
from tws.organisation.model import DialRule
from tws.spreadsheets import guarded, unguarded
from tws.undecodable import UNDECODABLE

LARGEST = 1_000_000
"Bytes of a file."
COLUMNS = ("priority", "name", "pattern", "value", "longerOnly")
_TITLES = {
    "priority": "priority",
    "priorite": "priority",
    "prix": "priority",
    "name": "name",
    "nom": "name",
    "pattern": "pattern",
    "modele": "pattern",
    "value": "value",
    "valeur": "value",
    "longeronly": "longerOnly",
}
_YES = frozenset({"1", "true", "yes", "y", "oui", "o", "vrai", "x"})


def to_csv(rules: Sequence[DialRule]) -> bytes:
    """UTF-8 with its mark, so that spreadsheets read accents."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for rule in rules:
        cells = (rule.name, rule.pattern, rule.value)
        writer.writerow((rule.priority, *map(guarded, cells), int(rule.longer_only)))
    return text.getvalue().encode("utf-8-sig")


def to_json(rules: Sequence[DialRule]) -> bytes:
    rows = [
        dict(
            zip(
                COLUMNS,
                (rule.priority, rule.name, rule.pattern, rule.value, rule.longer_only),
                strict=True,
            )
        )
        for rule in rules
    ]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2) + b"\n"


def read_sheet(data: bytes) -> tuple[DialRule, ...]:
    """The rules in a CSV or JSON file. Invalid, in words, with the line."""
    if len(data) > LARGEST:
        raise _invalid(f"This file is too large: {LARGEST // 1000} kB at most.")
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{"):
        return _from_json(data.removeprefix(b"\xef\xbb\xbf"))
    return _from_csv(_decoded(data))


def _from_json(data: bytes) -> tuple[DialRule, ...]:
    try:
        rows = msgspec.json.decode(data, type=list[_Row])
    except UNDECODABLE as error:
        raise _invalid(f"This is no list of rules in JSON: {error}") from None
    return tuple(
        DialRule(row.priority, row.name, row.pattern, row.value, row.longer_only) for row in rows
    )


class _Row(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    priority: int
    pattern: str
    value: str
    name: str = ""
    longer_only: bool = False


def _from_csv(text: str) -> tuple[DialRule, ...]:
    delimiter = ";" if text.partition("\n")[0].count(";") > 1 else ","
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _invalid(f"This file is no CSV: {error}") from None
    if not lines:
        raise _invalid("This file is empty.")
    header = [_TITLES.get(_plain(title), "") for title in lines[0]]
    missing = {"priority", "pattern", "value"} - set(header)
    if missing:
        raise _invalid(f"The first line names no column {' nor '.join(sorted(missing))}.")
    rules = []
    for number, line in enumerate(lines[1:], start=2):
        if any(cell.strip() for cell in line):
            rules.append(_rule(dict(zip(header, line, strict=False)), number))
    return tuple(rules)


def _rule(cells: dict[str, str], line: int) -> DialRule:
    text = cells.get("priority", "").strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise _invalid(f"Line {line}: {text!r} is no priority.", line=line)
    return DialRule(
        int(text),
        unguarded(cells.get("name", "").strip()),
        unguarded(cells.get("pattern", "").strip()),
        unguarded(cells.get("value", "").strip()),
        cells.get("longerOnly", "").strip().casefold() in _YES,
    )


def _plain(title: str) -> str:
    return "".join(c for c in title.casefold().replace("é", "e").replace("è", "e") if c.isalpha())


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _invalid(message: str, **details: object) -> Invalid:
    return Invalid(message, field="file", **details)

"""Traces of links as they are given out: whole, or thinned to what happened when."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tws.maintenance.traces.folder import FILE, lines_of

MOST = 20
"Files."
LARGEST = 64 * 1024 * 1024
"Bytes of all files as they lie on the disk."
STAYS = frozenset({"at", "now", "what", "command", "part", "tws", "dialect", "began", "until"})
"Fields in which nothing is said of people."


def files(root: Path) -> list[Path]:
    """The newest ones that fit, oldest first."""
    found = [path for path in root.glob("*/*.jsonl.gz") if FILE.fullmatch(path.name)]
    found.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    kept, size = [], 0
    for path in found[:MOST]:
        size += path.stat().st_size
        if size > LARGEST:
            break
        kept.append(path)
    return kept[::-1]


def thinned(path: Path) -> Iterator[Mapping[str, Any]]:
    """Each line with its time and kind; of its texts how long they are."""
    for line in lines_of([path]):
        try:
            read = json.loads(line)
        except ValueError:
            continue  # cut off by the end
        yield {name: value if name in STAYS else _thin(value) for name, value in read.items()}


def _thin(value: Any) -> Any:
    if isinstance(value, str):
        return f"({len(value)} characters)"
    if isinstance(value, dict):
        return {"fields": len(value)}
    if isinstance(value, list):
        return f"({len(value)} values)"
    return value

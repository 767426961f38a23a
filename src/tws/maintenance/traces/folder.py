"""The files of traces: a folder for each company, `ID.PART.jsonl.gz`."""

import gzip
import re
import shutil
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tws.maintenance.traces.lines import Header, NotATrace, header_of

ID = re.compile(r"\d{8}T\d{6}-[0-9a-zA-Z-]{1,40}")
FILE = re.compile(rf"({ID.pattern})\.(\d{{1,6}})\.jsonl\.gz")
LONGEST_LINE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A trace that is on disk, as its files tell."""

    id: str
    header: Header
    parts: int
    size: int
    "Bytes on disk, of all its files."
    written: datetime
    "When its last file was written last."


def part_path(folder: Path, id: str, part: int) -> Path:
    return folder / f"{id}.{part}.jsonl.gz"


def parts_of(folder: Path, id: str) -> list[Path]:
    """Oldest first."""
    found = [
        (int(name[2]), path)
        for path in folder.glob(f"{id}.*.jsonl.gz")
        if (name := FILE.fullmatch(path.name)) and name[1] == id and not path.is_symlink()
    ]
    return [path for _, path in sorted(found)]


def listed(root: Path, companies: Collection[str], zone: datetime) -> list[Stored]:
    """Newest first; what cannot be read is left out. `zone`: any moment, for its time zone."""
    found = []
    for company in companies:
        folder = root / company
        names = {
            name[1] for path in folder.glob("*.jsonl.gz") if (name := FILE.fullmatch(path.name))
        }
        for id in names:
            if (one := stored(folder, id, zone)) is not None:
                found.append(one)
    return sorted(found, key=lambda one: one.id, reverse=True)


def stored(folder: Path, id: str, zone: datetime) -> Stored | None:
    try:
        paths = parts_of(folder, id)
        if not paths:
            return None
        with gzip.open(paths[0]) as file:
            header = header_of(file.readline(LONGEST_LINE))
        stats = [path.stat() for path in paths]
    except (OSError, EOFError, zlib.error, NotATrace):
        return None
    return Stored(
        id=id,
        header=header,
        parts=len(paths),
        size=sum(stat.st_size for stat in stats),
        written=datetime.fromtimestamp(max(stat.st_mtime for stat in stats), zone.tzinfo),
    )


def lines_of(paths: Collection[Path]) -> Iterator[bytes]:
    """Of all files in order; a file that was cut off ends where it was cut."""
    for path in paths:
        with gzip.open(path) as file:
            try:
                while text := file.readline(LONGEST_LINE):
                    yield text
            except (EOFError, zlib.error):
                continue


def delete(folder: Path, id: str) -> int:
    """How many files."""
    paths = parts_of(folder, id)
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)


def delete_company(root: Path, company: str) -> None:
    shutil.rmtree(root / company, ignore_errors=True)


def delete_older(root: Path, now: datetime, days: Mapping[str, int], kept: Collection[str]) -> int:
    """Files written last more than so many days ago, by company; those of companies that are not
    named go all, those of the traces `kept` stay. How many went."""
    count = 0
    for path in root.glob("*/*.jsonl.gz"):
        name = FILE.fullmatch(path.name)
        before = now - timedelta(days=days.get(path.parent.name, 0))
        if name and name[1] not in kept and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
            count += 1
    return count

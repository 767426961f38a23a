"""Making a backup, while the server goes on or before it starts.

Memory holds a batch of rows and a block of a file, whatever there is. On SQLite it blocks the
loop: beside a server it is a process of its own (`tws.backup_maker`), which also spares calls the
time that rows take of the interpreter.
"""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tws import __version__
from tws.errors import Unavailable
from tws.maintenance.backups.archive import Writer, writing
from tws.maintenance.backups.model import FORMAT, About, Manifest, Progress, Rows, Why
from tws.storage.copying.dumping import Snapshot, snapshot
from tws.storage.key_ring import key_id, written
from tws.storage.secrets import SecretLost, Secrets

SUFFIX = ".twsbackup"
PART = 4 * 1024 * 1024
"Bytes of rows that are a member of their own, at least."
ROWS, FILES, KEY = "rows", "files", "secret.key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to make; told to the process as JSON."""

    database: str
    files: str
    "Folder of the companies' files."
    to: str
    "Where the backup will be; a folder: under a name with the date."
    why: Why
    passphrase: str | None
    keys: Sequence[bytes]
    "Which the secrets of the database are sealed with, the newest first."

    @classmethod
    def of(
        cls,
        secrets: Secrets,
        *,
        database: str,
        files: Path,
        to: Path,
        why: Why,
        passphrase: str | None,
    ) -> "Order":
        """Unavailable where the key of the secrets cannot be read."""
        try:
            keys = secrets.keys()
        except SecretLost as error:
            raise Unavailable(str(error)) from error
        return cls(
            database=database,
            files=str(files),
            to=str(to),
            why=why,
            passphrase=passphrase,
            keys=keys,
        )


def dated(folder: Path, at: datetime) -> Path:
    """A name in it that is free; the folder is made where there is none."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = f"tws-{at.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    path, number = folder / f"{stem}{SUFFIX}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{SUFFIX}"
    return path


async def make(order: Order, told: Callable[[Progress], None]) -> Path:
    """StorageError for the database, Unavailable for the place of the backup."""
    async with snapshot(order.database) as found:
        taken = datetime.now(UTC)
        path = Path(order.to)
        about = About(
            format=FORMAT,
            tws=__version__,
            schema=found.revision,
            database=found.database,
            taken=taken,
            why=order.why,
        )
        try:
            if path.suffix != SUFFIX:
                path = dated(path, taken)
            with writing(path, about, order.passphrase) as writer:
                await _fill(writer, about, order, found, told)
        except OSError as error:
            raise Unavailable(
                f"The backup {path} cannot be written: {error.strerror or error}."
            ) from error
    return path


async def _fill(
    writer: Writer, about: About, order: Order, found: Snapshot, told: Callable[[Progress], None]
) -> None:
    counts = [await found.count(table) for table in found.tables]
    done, total = 0, sum(counts)
    tables: dict[str, Rows] = {}

    def tell(rows: int) -> None:
        told(Progress(done=done + rows, total=total))

    for table in found.tables:
        tell(0)
        parts = _Parts(writer, table.name, tell)
        await found.lines(table, parts.take)
        parts.write()
        done += parts.rows
        tables[table.name] = Rows(columns=table.columns, rows=parts.rows)
    tell(0)
    _add_files(writer, Path(order.files))
    inside = bool(order.keys) and order.passphrase is not None
    if inside:
        writer.add(KEY, written(order.keys))
    writer.end(
        Manifest(
            about=about,
            tables=tables,
            sequences=found.sequences,
            key=key_id(order.keys[0]) if order.keys else None,
            older_keys=tuple(key_id(key) for key in order.keys[1:]),
            key_inside=inside,
        )
    )


class _Parts:
    """The rows of a table, in members of the file."""

    def __init__(self, writer: Writer, table: str, told: Callable[[int], None]) -> None:
        """`told`: how many are in the file."""
        self._writer, self._table, self._told = writer, table, told
        self._lines, self._number, self.rows = bytearray(), 0, 0

    def take(self, lines: bytes, count: int) -> None:
        self._lines += lines
        self.rows += count
        if len(self._lines) >= PART:
            self.write()

    def write(self) -> None:
        """What waits."""
        if self._lines:
            self._number += 1
            self._writer.add(f"{ROWS}/{self._table}/{self._number:06d}.jsonl", bytes(self._lines))
            self._lines.clear()
            self._told(self.rows)


def _add_files(writer: Writer, folder: Path) -> None:
    """Each as it was when it was opened: they are replaced as a whole, never written over."""
    for path in _whole(folder):
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError:
            continue  # deleted meanwhile
        with open(handle, "rb") as file:
            about = os.fstat(file.fileno())
            if stat.S_ISREG(about.st_mode):
                name = path.relative_to(folder).as_posix()
                writer.add_file(f"{FILES}/{name}", file, about.st_size)


def _whole(folder: Path) -> Iterator[Path]:
    """Not those that are just arriving."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield path

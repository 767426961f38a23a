"""Legs that are not in the database yet, in files: until it is back, or for the next moment.

`journal.spool` holds what could not be written while the database was away. `journal.ahead` holds
what is on its way into the database: the system keeps it if this process is killed meanwhile.

One line for each version of a leg: its check sum, a blank, the leg as JSON. Lines are only ever
appended, and are on the disk when `append` returns. A line that a crash cut short, or that
anything else damaged, is counted and passed over; all others are read.
"""

import asyncio
import os
import threading
import zlib
from collections.abc import AsyncIterator, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec
import structlog

from tws.journal.model import Leg
from tws.storage.whole_file import on_disk, write_whole

BATCH = 500
"Lines read at once."
MOST_AHEAD = 1 << 20
"Bytes noted ahead before the file is begun anew, where it is never empty."
log = structlog.get_logger(__name__)
_decoder = msgspec.json.Decoder(Leg)


class Spool:
    """`folder` is this process's alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "journal.spool"
        self._reading = folder / "journal.spool.reading"
        self._ahead_file = folder / "journal.ahead"
        self._ahead: BinaryIO | None = None
        self._noted = 0
        self._files = threading.Lock()
        """Held by a thread that appends, and by one that sets aside what there is: what is
        appended to a file that is being thrown away would be lost."""
        self.damaged = 0

    def empty(self) -> bool:
        left_ahead = self._ahead is None and _holds_something(self._ahead_file)
        return not self._file.exists() and not self._reading.exists() and not left_ahead

    def size(self) -> int:
        """Bytes in the files."""
        return sum(_size(file) for file in (self._file, self._reading, self._ahead_file))

    def note(self, legs: Iterable[Leg]) -> None:
        """Remember legs until `written`, through a kill of this process. Takes microseconds: the
        system is not asked to put them on the disk. OSError when it will not have them."""
        if self._ahead is None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._ahead = self._ahead_file.open("ab", buffering=0)
            os.chmod(self._ahead.fileno(), 0o600)
        self._noted += self._ahead.write(b"".join([_line(leg) for leg in legs]))

    def written(self, left: Sequence[Leg]) -> None:
        """All that was noted is in the database, or in the other file, but for what is `left`."""
        if self._ahead is None or not self._noted:
            return
        if not left:
            self._ahead.truncate(0)
            self._noted = 0
        elif self._noted > MOST_AHEAD:
            # There was no quiet moment for long: begin a new file, whole before it counts.
            write_whole(self._ahead_file, b"".join(_line(leg) for leg in left))
            self.close()
            self.note(())
            self._noted = self._ahead_file.stat().st_size

    def close(self) -> None:
        if self._ahead is not None:
            self._ahead.close()
            self._ahead = None

    async def append(self, legs: Iterable[Leg]) -> None:
        """OSError when the disk is full, or the folder cannot be written."""
        await asyncio.to_thread(self._append, list(legs))

    async def read(self) -> AsyncIterator[list[Leg]]:
        """Everything, oldest first, some at a time. What is appended meanwhile is for the next
        reading; call `done` once all of it is written."""
        await asyncio.to_thread(self._begin_reading)
        position = 0
        while True:
            legs, position = await asyncio.to_thread(self._read, position)
            if not legs:
                return
            yield legs

    async def done(self) -> None:
        await asyncio.to_thread(self._reading.unlink, missing_ok=True)

    def _append(self, legs: list[Leg]) -> None:
        with self._files:
            self._append_alone(legs)

    def _append_alone(self, legs: list[Leg]) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = not self._file.exists()
        with self._file.open("ab") as file:
            os.chmod(file.fileno(), 0o600)
            if _cut_short(self._file):
                file.write(b"\n")
            file.writelines(_line(leg) for leg in legs)
            file.flush()
            os.fsync(file.fileno())
        if new:
            on_disk(self._folder)

    def _begin_reading(self) -> None:
        """Set aside what there is, behind what an interrupted reading left."""
        with self._files:
            if self._ahead is None and _holds_something(self._ahead_file):
                self._take_over(self._ahead_file, self._file)
            if self._file.exists():
                self._take_over(self._file, self._reading)

    def _take_over(self, file: Path, into: Path) -> None:
        """Append a file to another, and be rid of it."""
        if not into.exists():
            file.rename(into)
        else:
            with into.open("ab") as target, file.open("rb") as source:
                if _cut_short(into):
                    target.write(b"\n")
                while block := source.read(1 << 20):
                    target.write(block)
                target.flush()
                os.fsync(target.fileno())
            file.unlink()
        on_disk(self._folder)

    def _read(self, position: int) -> tuple[list[Leg], int]:
        if not self._reading.exists():
            return [], position
        with self._reading.open("rb") as file:
            file.seek(position)
            legs = self._legs(file)
            return legs, file.tell()

    def _legs(self, file: BinaryIO) -> list[Leg]:
        legs: list[Leg] = []
        while len(legs) < BATCH and (line := file.readline()):
            if not line.strip():
                continue
            try:
                legs.append(_leg(line))
            except ValueError as error:
                self.damaged += 1
                log.error("damaged line in the journal's spool", error=str(error))
        return legs


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _holds_something(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _cut_short(path: Path) -> bool:
    """Whether the last line has no end: what is appended must not be glued to it."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _line(leg: Leg) -> bytes:
    text = msgspec.json.encode(leg)
    return b"%08x %b\n" % (zlib.crc32(text), text)


def _leg(line: bytes) -> Leg:
    check, _, text = line.rstrip(b"\n").partition(b" ")
    if check != b"%08x" % zlib.crc32(text):
        raise ValueError("the check sum is wrong")
    return _decoder.decode(text)

"""One trace that is being written: records go into a bounded queue, a thread writes them."""

import gzip
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from msgspec.structs import replace

from tws.maintenance.traces import folder
from tws.maintenance.traces.lines import Dropped, Header, header_line, line, shown
from tws.sentences import Sentence, sentence
from tws.telephony.link import Pdu
from tws.telephony.tracing import Record, devices_of

MOST_RECORDS = 20_000
MOST_CHARACTERS = 32 * 1024 * 1024
"That wait to be written: what comes then is counted and left out."
TAIL = 200
"Newest records that a page may look at."
ALL = "*"
FLUSHED_EVERY = 256
"Records, for who reads the file meanwhile; and whenever nothing waits."


class Recording:
    """A `Tap`. Written from `start` until `stop` has returned."""

    def __init__(
        self, where: Path, id: str, header: Header, *, part_size: int, parts: int
    ) -> None:
        """`part_size`: bytes on disk of one file; `parts`: how many of them are kept."""
        self.id, self.header = id, header
        self.records = self.dropped = 0
        self.failure: Sentence | None = None
        "Why nothing more is written."
        self._where, self._part_size, self._parts = where, part_size, parts
        self._queue: SimpleQueue[Record | Dropped | None] = SimpleQueue()
        # Each is counted by one thread alone; what waits is the difference.
        self._given = self._taken = self._given_size = self._taken_size = 0
        self._lost = 0
        self._tail: deque[tuple[int, Record]] = deque(maxlen=TAIL)
        self._number = header.part
        self._thread = threading.Thread(target=self._write, name="trace", daemon=True)
        self._ended = False

    def start(self) -> None:
        """OSError where it cannot be written."""
        self._where.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = self._open()
        self._thread.start()

    def stop(self) -> None:
        """Blocks until all is written. May be called twice."""
        if not self._ended:
            self._ended = True
            self._queue.put(None)
        self._thread.join()

    # ---------------------------------------------------------------- the event loop's thread

    def note(self, record: Record) -> None:
        if self._ended or not self._wanted(record):
            return
        size = _size(record)
        full = (
            self._given - self._taken >= MOST_RECORDS
            or self._given_size - self._taken_size + size > MOST_CHARACTERS
        )
        if full or self.failure is not None:
            self._lost += 1
            self.dropped += 1
            return
        if self._lost:
            self._queue.put(Dropped(self._lost))
            self._lost = 0
        self.records += 1
        self._given += 1
        self._given_size += size
        self._tail.append((self.records, record))
        self._queue.put(record)

    def tail(self, after: int) -> Sequence[tuple[int, dict[str, Any]]]:
        """The newest records behind that number, oldest first."""
        return [(number, shown(record)) for number, record in self._tail if number > after]

    def _wanted(self, record: Record) -> bool:
        if self.header.device == ALL:
            return True
        devices = devices_of(record.what)
        return devices is None or self.header.device in devices

    # ---------------------------------------------------------------- the writing thread

    def _write(self) -> None:
        try:
            self._write_parts()
        except OSError as error:
            why = error.strerror or str(error)
            self.failure = sentence("the file cannot be written: {why}", why=why)
            while not self._queue.empty():  # nobody puts anything more there
                self._queue.get()

    def _write_parts(self) -> None:
        while True:
            with self._file:
                full = self._fill(self._file)
            if not full:
                return
            self._number += 1
            self._file = self._open()
            for old in folder.parts_of(self._where, self.id)[: -self._parts]:
                old.unlink(missing_ok=True)

    def _open(self) -> gzip.GzipFile:
        """With its header, so that it can be read from now on."""
        file = gzip.GzipFile(self._path(), "wb", compresslevel=6)
        file.write(header_line(replace(self.header, part=self._number)))
        file.flush()
        return file

    def _path(self) -> Path:
        return folder.part_path(self._where, self.id, self._number)

    def _fill(self, file: gzip.GzipFile) -> bool:
        """Until the file is full, or nothing more comes: then False."""
        written = 0
        while (record := self._queue.get()) is not None:
            file.write(line(record))
            if isinstance(record, Record):
                self._taken += 1
                self._taken_size += _size(record)
            written += 1
            if written % FLUSHED_EVERY == 0 or self._queue.empty():
                file.flush()
                if self._path().stat().st_size >= self._part_size:
                    return True
        if self._lost:
            file.write(line(Dropped(self._lost)))
        return False


def _size(record: Record) -> int:
    """About what it takes in memory beside a few hundred bytes."""
    return len(record.what.text) if isinstance(record.what, Pdu) else 0

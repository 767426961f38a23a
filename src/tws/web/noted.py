"""Requests that went to a PBX under an Idempotency-Key, in a file that outlives this process.

`keys.log` has one line for each: its check sum, the time, the key's name, the request's digest (or
`-`: nothing was asked after all). Lines are only appended, and the system keeps them if this
process is killed; it is not asked to put them on the disk. When the first is too old to matter the
file becomes `keys.log.before`, in place of the one of that name. A line cut short is passed over.
"""

import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import structlog

KEPT_FOR = 600.0 + 150.0
"Seconds. A key holds ten minutes from its answer, and the PBX has two to answer."
NOTHING_ASKED = "-"
log = structlog.get_logger(__name__)


class Noted:
    """`now`: UTC in seconds, which may jump. `clock`: seconds that never go back. `folder` is this
    process's alone."""

    def __init__(self, folder: Path, now: Callable[[], float], clock: Callable[[], float]) -> None:
        self._file, self._before = folder / "keys.log", folder / "keys.log.before"
        self._now, self._clock = now, clock
        self._known: dict[str, tuple[str, float]] = {}
        "Noted by an earlier process: the digest, and until when it counts."
        self._begun: float | None = None
        "When the first line of the file was written."
        self._cut_short = False
        self._failing = False
        self._read()

    def request(self, name: str) -> str | None:
        """The digest of what an earlier process may have asked under this key."""
        if (found := self._known.get(name)) is None:
            return None
        request, until = found
        if until <= self._clock():
            del self._known[name]
            return None
        return request

    def note(self, name: str, request: str) -> None:
        """Before the PBX is asked. Takes microseconds. A disk that is full is logged, no more: a
        telephone that cannot call is worse than a key forgotten by a kill."""
        try:
            self._append(f"{self._now():.3f} {name} {request}".encode())
        except OSError as error:
            if not self._failing:
                log.error("keys are not noted: a kill now would forget them", error=str(error))
            self._failing = True
        else:
            self._failing = False

    def forget(self, name: str) -> None:
        """The PBX was not asked after all."""
        self.note(name, NOTHING_ASKED)

    # ------------------------------------------------------------ the files

    def _append(self, text: bytes) -> None:
        now = self._clock()
        if self._begun is not None and now - self._begun >= KEPT_FOR:
            self._file.replace(self._before)
            self._begun = None
            self._cut_short = False
        line = (b"\n" if self._cut_short else b"") + _line(text)
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            written = os.write(file, line)
        finally:
            os.close(file)
        if self._begun is None:
            self._begun = now
        self._cut_short = written < len(line)
        if self._cut_short:
            raise OSError("only a part of the line could be written")

    def _read(self) -> None:
        for file in (self._before, self._file):
            try:
                lines = file.read_bytes().splitlines(keepends=True)
            except FileNotFoundError:
                continue
            except OSError as error:
                log.error("noted keys cannot be read", file=file.name, error=str(error))
                continue
            read = list(self._ages(lines))
            if len(read) < len(lines):
                log.warning("damaged lines of keys", file=file.name, count=len(lines) - len(read))
            for age, name, request in read:
                self._take(age, name, request)
            if file == self._file and lines:
                self._begun = self._clock() - (read[0][0] if read else 0.0)
                self._cut_short = not lines[-1].endswith(b"\n")

    def _ages(self, lines: list[bytes]) -> Iterator[tuple[float, str, str]]:
        """Seconds since each was noted, never less than none: the time may have been put back."""
        now = self._now()
        for line in lines:
            check, _, text = line.rstrip(b"\n").partition(b" ")
            if check == b"%08x" % zlib.crc32(text):
                at, name, request = text.decode().split(" ")
                yield max(0.0, now - float(at)), name, request

    def _take(self, age: float, name: str, request: str) -> None:
        if request == NOTHING_ASKED:
            self._known.pop(name, None)
        elif age < KEPT_FOR:
            self._known[name] = request, self._clock() + KEPT_FOR - age


def _line(text: bytes) -> bytes:
    return b"%08x %b\n" % (zlib.crc32(text), text)

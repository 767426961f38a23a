"""Processes that read for a connector, and what they send: nothing outlives the reading."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO

import msgspec

from tws.connectors.processes import child
from tws.connectors.processes.child import Failed, Message, Request, Rows
from tws.connectors.processes.values import row
from tws.directory.connector import Entry, Header
from tws.sentences import Sentence
from tws.sources.errors import Misconfigured, Unreachable

KEPT = (
    "PATH",
    "LANG",
    "LC_ALL",
    "LD_LIBRARY_PATH",
    "ODBCINI",
    "ODBCINSTINI",
    "ODBCSYSINI",
    "PYTHONPATH",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "TNS_ADMIN",
)
"Of our environment: a driver is not to see the others, which hold secrets of ours."
_DECODER = msgspec.msgpack.Decoder(Message)


class Output(RawIOBase):
    """What a process writes. Reading raises Unreachable after `silence` seconds without any."""

    def __init__(self, pipe: BinaryIO, what: str | Sentence, silence: float) -> None:
        self._pipe, self._what, self._silence = pipe, what, silence
        self._poll = select.poll()
        self._poll.register(pipe.fileno(), select.POLLIN)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if not self._poll.poll(self._silence * 1000):
            raise Unreachable(
                "{what} said nothing for {seconds} seconds.",
                what=self._what,
                seconds=f"{self._silence:g}",
            )
        return os.readv(self._pipe.fileno(), [buffer])

    def exactly(self, size: int) -> bytes:
        """EOFError where it ends before."""
        data = bytearray(size)
        rest = memoryview(data)
        while rest:
            got = self.readinto(rest)
            if not got:
                raise EOFError
            rest = rest[got:]
        return bytes(data)


@contextmanager
def running(
    command: Sequence[str], given: bytes = b"", folder: Path = Path("/")
) -> Iterator[tuple["subprocess.Popen[bytes]", BinaryIO]]:
    """The process, in `folder`, and its standard output. It is ended with the block."""
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    process = subprocess.Popen(  # noqa: S603  no shell; the callers' commands are fixed
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env=environment,
        cwd=folder if folder.is_dir() else "/",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        try:
            process.stdin.write(given)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it has ended, and its output says why
        yield process, process.stdout  # type: ignore[misc]
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stdin.close()


def entries(
    name: str, request: Request, what: str | Sentence, header: Header, folder: Path = Path("/")
) -> Iterator[Entry]:
    """What the reader of that name finds, running in `folder`. `what`: the source, in words; its
    columns are told to `header`. Raises ConnectorError."""
    header.begin()
    # A driver that keeps its own time is to speak first: it knows better what it waits for.
    silence = request.timeout + 5
    command = [sys.executable, "-P", "-m", child.__name__, name]
    with running(command, msgspec.msgpack.encode(request), folder) as (process, pipe):
        names: tuple[str, ...] | None = None
        for message in _messages(process, Output(pipe, what, silence), what):
            rows = message.rows
            if names is None:
                names, rows = tuple(str(each) for each in rows[0]), rows[1:]
                header.columns = names
            for each in rows:
                if fields := row(names, each):
                    yield Entry(fields)


def _messages(
    process: "subprocess.Popen[bytes]", output: Output, what: str | Sentence
) -> Iterator[Rows]:
    while True:
        try:
            length = int.from_bytes(output.exactly(4))
            message = _DECODER.decode(output.exactly(length))
        except EOFError as error:
            process.wait()
            raise _ended(process.returncode, what) from error
        if isinstance(message, Failed):
            raise child.ERRORS[message.kind](message.said)
        if not isinstance(message, Rows):
            return
        yield message


def _ended(code: int, what: str | Sentence) -> Misconfigured | Unreachable:
    """By a signal: a library that found no memory, or a file that it falls over."""
    if code < 0:
        return Misconfigured(
            "{what} is damaged, or too large. {why}", what=what, why=child.too_large()
        )
    return Unreachable("The reader of {what} ended too early.", what=what)

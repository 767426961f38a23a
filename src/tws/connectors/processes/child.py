"""A process of its own that reads one source: `python -m tws.connectors.processes.child NAME`.

Drivers of databases and readers of spreadsheets are foreign code: they may wait for ever, take all
memory, or end the process that they run in. Here that harms nobody, the memory is bounded, and a
reading that is cancelled is simply ended. What is to be read comes in by the standard input, for
it holds passwords; rows go out by the standard output, each message with its length in front.
"""

import os
import resource
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Literal, Protocol

import msgspec
from msgspec import Struct

from tws.connectors.processes.values import value
from tws.register import NotInstalled, Register
from tws.sentences import Sentence, sentence
from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable
from tws.sources.values import Value

MEMORY = 250 * 1024 * 1024
ROWS, BYTES = 500, 1 << 20
"Of one message, whichever is reached first."
Kind = Literal["unreachable", "refused", "misconfigured"]
Tls = Literal["preferred", "required", "verified"]
ERRORS: Mapping[Kind, type[ConnectorError]] = {
    "unreachable": Unreachable,
    "refused": Refused,
    "misconfigured": Misconfigured,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be read, and where; each reader takes what it needs of it."""

    source: str
    "A statement that was looked at, a table, or a sheet."
    file: str = ""
    host: str = ""
    port: int = 0
    database: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    tls: Tls = "preferred"
    connection: str = field(default="", repr=False)
    "Of ODBC."
    options: Mapping[str, str] = field(default_factory=dict)
    timeout: int = 60
    "Seconds that the other side may be silent."


class Rows(Struct, frozen=True, tag=True):
    """The very first row of all has the names of the columns."""

    rows: list[tuple[Any, ...]]
    "Values; several texts arrive as a list."


class Failed(Struct, frozen=True, tag=True):
    kind: Kind
    said: Sentence


class End(Struct, frozen=True, tag=True):
    """That was everything."""


Message = Rows | Failed | End


class Read(Protocol):
    def __call__(self, request: Request) -> Iterator[Sequence[object]]:
        """The names of the columns, then each row. Raises ConnectorError."""


READERS: Register[Read] = Register(
    {
        "excel": "tws.connectors.files.sheets:read",
        "postgresql": "tws.connectors.databases.postgresql:read [sql]",
        "mariadb": "tws.connectors.databases.mariadb:read [sql]",
        "sql_server": "tws.connectors.databases.sql_server:read [sql]",
        "oracle": "tws.connectors.databases.oracle:read [sql]",
        "odbc": "tws.connectors.databases.unixodbc:read [odbc]",
    }
)


def main(name: str, asked: BinaryIO, out: BinaryIO) -> None:
    def fell(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        """A fault of ours or of a driver; its words may hold what nobody should read."""
        while at is not None and at.tb_next is not None:
            at = at.tb_next
        where = "" if at is None else f", {Path(at.tb_frame.f_code.co_filename).name}"
        if issubclass(kind, MemoryError):
            _send(out, Failed("misconfigured", too_large()))
        else:
            what = kind.__name__ + where
            _send(out, Failed("unreachable", sentence("The reader failed ({what}).", what=what)))

    sys.excepthook = fell
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    request = msgspec.msgpack.decode(asked.read(), type=Request)
    try:
        for message in _messages(READERS.load(name)(request)):
            _send(out, message)
        _send(out, End())
    except NotInstalled as why:
        _send(out, Failed("misconfigured", why.said))
    except ConnectorError as why:
        kind = next(kind for kind, error in ERRORS.items() if isinstance(why, error))
        _send(out, Failed(kind, why.said))


def too_large() -> Sentence:
    return sentence(
        "Reading it needs more than {most} MB of memory: it has to be made smaller.",
        most=MEMORY >> 20,
    )


def _messages(rows: Iterator[Sequence[object]]) -> Iterator[Rows]:
    batch: list[tuple[Value, ...]] = []
    size = 0
    for row in rows:
        batch.append(tuple(map(value, row)))
        size += sum(map(len, batch[-1]))
        if len(batch) >= ROWS or size >= BYTES:
            yield Rows(batch)
            batch, size = [], 0
    if batch:
        yield Rows(batch)


def _send(out: BinaryIO, message: Message) -> None:
    data = msgspec.msgpack.encode(message)
    out.write(len(data).to_bytes(4) + data)
    out.flush()


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a driver prints is no answer
    main(sys.argv[1], sys.stdin.buffer, answers)

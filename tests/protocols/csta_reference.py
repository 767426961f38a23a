"""The reference material that lies beside a workshop's copy of this repository: schemas, samples,
and what real switches and their clients said. Without it the tests that need it are skipped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tws.protocols.csta import J2Framer

REFERENCE = Path(__file__).parents[3] / "shared" / "protocols" / "csta"
TRACES = REFERENCE / "traces"
INDEX = TRACES / "INDEX.md"

needs_reference = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="no CSTA schemas and recordings in ../shared/protocols/csta"
)

_LOG_LINE = re.compile(rb"^\d\d\.\d\d\.\d{4} .*;[\w:]+;\s*$", re.MULTILINE)
"In the log of a client: when, and which way; the message follows, after its invoke id."


@dataclass(frozen=True)
class Recording:
    """One message, as it was on the wire."""

    file: Path
    body: bytes
    framed: bytes | None = None
    "With its header, where that was recorded too."

    def __str__(self) -> str:
        return self.file.name


def files(folder: str, ending: str) -> list[Path]:
    return sorted((REFERENCE / folder).glob(f"*.{ending}"))


def traces() -> list[Path]:
    return [path for path in sorted(TRACES.glob("*")) if path != INDEX]


def recordings(path: Path) -> list[Recording]:
    """Every message in a file of traces, whatever its format. Raises ValueError on a new one."""
    data = path.read_bytes()
    match "".join(path.suffixes):
        case ".xml":
            return [Recording(path, data)]
        case ".frame":
            return [Recording(path, one.body, data) for one in J2Framer().receive(data)]
        case ".sip.txt":
            return [Recording(path, re.split(rb"\r?\n\r?\n", data, maxsplit=1)[1])]
        case ".txt":
            return [Recording(path, body) for body in _logged(data)]
        case other:
            raise ValueError(f"{path.name}: nobody reads {other} yet")


def _logged(log: bytes) -> Iterator[bytes]:
    _, *messages = _LOG_LINE.split(log)
    for message in messages:
        yield re.sub(rb"^\s*\d{4}\s*", b"", message).rstrip()

"""The reference material, where it is present in `../shared/protocols/csta`: schemas, samples, and
what real switches and their clients said. Where it is not, the tests that need it are skipped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from tws.protocols.csta import J2Framer, edition_of, namespace

REFERENCE = Path(__file__).parents[3] / "shared" / "protocols" / "csta"
TRACES = REFERENCE / "traces"
INDEX = TRACES / "INDEX.md"
SCHEMAS = {3: "csta-ed3-reconstructed.xsd", 6: "csta-ed6-reconstructed.xsd"}
"Of ECMA-323, by edition."
SESSION_SCHEMA = "appl_session-reconstructed.xsd"
NEIGHBOURS = {3: (3,), 4: (6, 3), 5: (6,), 6: (6,)}
"""What each edition is judged by: what 4 and 5 have is in 6 too, save for what 4 has as in 3."""

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


@cache
def schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(REFERENCE / "xsd" / name))


def complaint(body: bytes) -> str | None:
    """What the schema of its edition has against a message; nothing where there is no schema."""
    if not REFERENCE.is_dir():
        return None
    root = etree.fromstring(body)
    uri = etree.QName(root).namespace
    edition = edition_of(uri)
    if edition is None:
        return _complaint(root, SESSION_SCHEMA)
    found: str | None = None
    for neighbour in NEIGHBOURS[edition]:
        known = body.replace(namespace(edition).encode(), namespace(neighbour).encode())
        if (found := _complaint(etree.fromstring(known), SCHEMAS[neighbour])) is None:
            break
    return found


def _complaint(root: etree._Element, name: str) -> str | None:
    validator = schema(name)
    return None if validator.validate(root) else str(validator.error_log.last_error)


def check(body: bytes) -> None:
    """Fails on a message of ours that is not as the schema of its edition has it."""
    wrong = complaint(body)
    assert wrong is None, f"{wrong}: {body.decode()}"

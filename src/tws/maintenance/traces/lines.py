"""Records of a trace as lines of JSON, and back.

Each line has `at` (UTC, microseconds), `now` (the monotonic clock, seconds) and `what`. A message
is `sent` or `received`: `peer`, `devices`, `pdu` (its text), and what its framing puts around it.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from tws.sentences import Parameter, Sentence
from tws.telephony import tracing
from tws.telephony.commands import USER_COMMANDS
from tws.telephony.events import CallChanged
from tws.telephony.link import Pdu, Peer
from tws.telephony.model import DeviceId
from tws.telephony.tracing import Record
from tws.undecodable import UNDECODABLE

FORMAT = 1
_NAMES: Mapping[type[Any], str] = {
    tracing.Begun: "begun",
    tracing.Started: "started",
    tracing.Ended: "ended",
    tracing.Watched: "watched",
    tracing.Connected: "connected",
    tracing.Disconnected: "disconnected",
    tracing.Heard: "heard",
    tracing.Ticked: "ticked",
    CallChanged: "call",
}
_TYPES = {name: kind for kind, name in _NAMES.items()}
UNREADABLE = (
    *UNDECODABLE,
    *(KeyError, TypeError, ValueError, AttributeError, OverflowError),
)
"What comes of a line that says anything."
_COMMANDS = {command.__name__: command for command in USER_COMMANDS}


class NotATrace(Exception):
    """What these lines are not, or which of them cannot be read."""

    def __init__(self, template: str, /, **parameters: Parameter) -> None:
        self.said = Sentence(template, parameters)
        super().__init__(str(self.said))


class Header(Struct, frozen=True, kw_only=True):
    """The first line of each file of a trace."""

    trace: int = FORMAT
    part: int
    "Files of one trace, from 1."
    tws: str
    "Its version."
    link: str
    name: str
    dialect: str
    company: str
    domain: str
    settings: dict[str, Any]
    "Those of the link, without secrets."
    device: str
    "`*` = all."
    began: datetime
    until: datetime
    "When it ends by itself."
    by: str
    "Who switched it on."


class Dropped(Struct, frozen=True):
    """So many records are missing here: the disk was slower than the link."""

    count: int


def header_line(header: Header) -> bytes:
    return msgspec.json.encode(header) + b"\n"


def header_of(line: bytes) -> Header:
    try:
        header = msgspec.json.decode(line, type=Header)
    except UNDECODABLE as error:
        raise NotATrace("this is no trace of TWS: {why}", why=str(error)) from error
    if header.trace > FORMAT:
        raise NotATrace("this trace is of a newer TWS")
    return header


def line(record: Record | Dropped) -> bytes:
    """With a line feed."""
    if isinstance(record, Dropped):
        return msgspec.json.encode({"what": "dropped", "count": record.count}) + b"\n"
    return msgspec.json.encode(shown(record)) + b"\n"


def shown(record: Record) -> dict[str, Any]:
    found: dict[str, Any] = {"at": record.at, "now": round(record.now, 6)}
    match record.what:
        case Pdu(sent, peer, devices, text, head, tail):
            found |= {"what": "sent" if sent else "received", "peer": peer, "devices": devices}
            found |= {"pdu": text}
            found |= {"head": head.decode("latin-1")} if head else {}
            found |= {"tail": tail.decode("latin-1")} if tail else {}
        case tracing.Asked(command):
            found |= {"what": "asked", "command": type(command).__name__, "of": command}
        case what:
            found |= {"what": _NAMES[type(what)], "of": what}
    return found


def records(lines: Iterator[bytes]) -> Iterator[Record | Dropped]:
    """NotATrace at what cannot be read; a line that was cut off by the end is left out."""
    for number, text in enumerate(lines, 2):
        if not text.endswith(b"\n"):
            return
        try:
            read = msgspec.json.decode(text)
            if read.get("trace"):
                continue  # of the next file
            yield _record(read)
        except UNREADABLE as error:
            raise NotATrace(
                "line {number} cannot be read: {why}", number=number, why=str(error)
            ) from error


def _record(read: dict[str, Any]) -> Record | Dropped:
    if read["what"] == "dropped":
        return Dropped(int(read["count"]))
    at = datetime.fromisoformat(read["at"])
    return Record(at, float(read["now"]), _what(read))


def _what(read: dict[str, Any]) -> tracing.What:
    match read["what"]:
        case "sent" | "received" as way:
            return Pdu(
                way == "sent",
                Peer(read["peer"]),
                tuple(DeviceId(device) for device in read["devices"]),
                read["pdu"],
                read.get("head", "").encode("latin-1"),
                read.get("tail", "").encode("latin-1"),
            )
        case "asked":
            return tracing.Asked(msgspec.convert(read["of"], _COMMANDS[read["command"]]))
        case name:
            what: tracing.What = msgspec.convert(read["of"], _TYPES[name])
            return what

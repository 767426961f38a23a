"""CSTA in XML: what a switch sends, from framing to the driver (ECMA-323)."""

from pathlib import Path

from tests.links.csta_switch import PBX, monitored
from tests.protocols.csta_examples import full

from fuzz.choices import Choices
from fuzz.driving import Driving, driven
from fuzz.mutation import ByTokens, ByUnits
from fuzz.target import Target, holds
from tws.protocols.csta import (
    EDITIONS,
    EVENT,
    J2Framer,
    Malformed,
    NulFramer,
    Unknown,
    Unwritable,
    frame,
    read,
    write,
)
from tws.protocols.csta.framing import HEADER
from tws.protocols.csta.messages import BY_NAME

CAPTURES = Path("tests/captures/csta")
MESSAGES = tuple(write(full(kind, 5), 5) for kind in BY_NAME.values())
RECORDED = tuple(path.read_bytes() for path in sorted(CAPTURES.glob("*.xml")))
NAMES = tuple(sorted(name.encode() for name in BY_NAME))
SMALL = 512
"The largest message of these framers, that an input can pass it."
BLOWS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><a>&d;</a>',
    b"<a>" * 200 + b"</a>" * 200,
    b"<a " + b" ".join(b"b%d='c'" % n for n in range(80)) + b"/>",
)


# ---------------------------------------------------------------- framing


def _frames(framer: J2Framer | NulFramer, pieces: list[bytes]) -> list[tuple[int | None, bytes]]:
    found = []
    for piece in pieces:
        found += [(one.invoke_id, one.body) for one in framer.receive(piece)]
    return found


def _framing(data: bytes) -> None:
    choices = Choices(data)
    kind: type[J2Framer | NulFramer] = J2Framer if choices.flag() else NulFramer
    cut = list(choices.pieces())
    whole = b"".join(cut)
    at_once, in_pieces = kind(SMALL), kind(SMALL)
    frames = _frames(at_once, [whole])
    holds(frames == _frames(in_pieces, cut), "other frames in pieces")
    holds((at_once.failure is None) == (in_pieces.failure is None), "a failure in pieces only")
    if in_pieces.failure is None:
        framed = sum(len(body) + (HEADER if id is not None else 1) for id, body in frames)
        kept = len(in_pieces._buffer)
        holds(kept <= SMALL, "more is kept than a message may have")
        holds(framed + kept <= len(whole), "more than came")
    if kind is J2Framer and frames:
        again = b"".join(frame(id or 0, body) for id, body in frames)
        holds(whole.startswith(again), "the frames written again are not what came")


def _units(data: bytes) -> list[bytes]:
    return [one.body for one in J2Framer().receive(data)]


def _joined(bodies: list[bytes]) -> bytes:
    return b"".join(frame(EVENT, body[: 0xFFFF - HEADER]) for body in bodies)


CSTA_FRAMING = Target(
    feed=_framing,
    seeds=(
        *(frame(number, body[:100]) for number, body in enumerate(MESSAGES[:4])),
        _joined([b"<a/>", b"", b"<b/>"]) + b"\x03\x80\x01\x00",
        b"<a/>\0\0 \n\0<b/>\0" + b"\x00",
        b"\0\0\xff\xff9999",
        b"x" * (SMALL + 1) + b"\x00",
    ),
    words=(b"\0\0\0\x08", b"9999", b"0000", b"\0", b"\0\0\x02\x01"),
)


# ---------------------------------------------------------------- messages


def _message(data: bytes) -> None:
    try:
        message = read(data)
    except Malformed:
        return
    if isinstance(message, Unknown):
        return
    for edition in EDITIONS if message.edition is None else (message.edition,):
        try:
            written = write(message, edition)
        except Unwritable:
            continue
        # What an edition has no place for is not written, so: once written it stays.
        again = read(written)
        holds(again == read(write(again, edition)), "other when it is written again")
        holds(again.notes == (), f"we write irregularly: {again.notes}")


_XML = rb"</?[A-Za-z:]+|/?>|[A-Za-z]+=|\"[^\"]*\"|[^<>\"= ]+|."
CSTA_MESSAGE = Target(
    feed=_message,
    seeds=(*MESSAGES, *RECORDED, *BLOWS),
    words=(*(b"<" + name + b">" for name in NAMES), b"<!DOCTYPE", b"&#0;", b"&lt;", b"xmlns="),
    mutate=ByTokens(_XML, (*MESSAGES, *RECORDED), ()),
    longest=8192,
)


# ---------------------------------------------------------------- the driver


def _drive(data: bytes) -> None:
    """Of a link that is up, with two telephones monitored."""
    switch = monitored("4001", "4002")
    driven(Driving(switch.driver, PBX, switch.now), data)


CSTA_DRIVER = Target(
    feed=_drive,
    seeds=tuple(_joined([body]) for body in (*MESSAGES, *RECORDED)),
    words=(b"\0\0", b"9999", b"0001", *NAMES),
    mutate=ByUnits(_units, _joined, ByTokens(_XML, (*MESSAGES, *RECORDED), ())),
    longest=8192,
    short=600,
)

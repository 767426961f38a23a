"""Gateways of text messages: what message centres and services answer, and the texts that go."""

import msgspec

from fuzz.choices import Choices
from fuzz.mutation import ByTokens, ByUnits
from fuzz.target import Target, holds
from tws.protocols.smpp.pdu import (
    LONGEST,
    MOST_SHORT,
    Address,
    Command,
    Malformed,
    Message,
    Pdu,
    message,
)
from tws.protocols.smpp.session import Answered, Session
from tws.protocols.sms.alphabet import Alphabet, alphabet_of, decoded, encoded
from tws.protocols.sms.segments import ALONE, TOGETHER, segmented

RECEIPT = (
    b"id:42 sub:001 dlvrd:001 submit date:2603020900 done date:2603020901 stat:DELIVRD err:000"
)
DELIVERED = Message(
    source=Address("33612345678", 1, 1),
    destination=Address("SSDEI", 5, 0),
    text=RECEIPT,
    esm_class=4,
    options={0x001E: b"42\0", 0x0427: b"\x02"},
)
UNITS = (
    Pdu(Command.BIND_TRANSCEIVER_RESP, 1, b"centre\0"),
    Pdu(Command.SUBMIT_SM_RESP, 2, b"42\0"),
    Pdu(Command.DELIVER_SM, 3, DELIVERED.body()),
    Pdu(Command.ENQUIRE_LINK, 4),
    Pdu(Command.UNBIND, 5),
    Pdu(Command.GENERIC_NACK, 6, status=3),
    Pdu(0x1234, 7, b"?"),
)


def _session(data: bytes) -> None:
    cut = list(Choices(data).pieces())
    holds(_told([b"".join(cut)]) == _told(cut), "other in pieces")


def _told(pieces: list[bytes]) -> tuple[list[object], bytes, bool]:
    session, happened = Session(), list[object]()
    session.bind("tws", "secret", "")
    session.outputs()
    for piece in pieces:
        try:
            happened += session.receive(piece)
        except Malformed:
            # What came before is told or lost by how it was cut: nothing more is read anyhow.
            return [], b"", True
        holds(len(session._buffer) < LONGEST, "more is kept than a unit may have")
    holds(all(0 <= one.sequence for one in happened if isinstance(one, Answered)), "no number")
    return happened, session.outputs(), False


def _bodies(data: bytes) -> list[bytes]:
    """Command, sequence, status and body of each unit, without its length."""
    found = []
    while len(data) >= 16:
        length = max(16, int.from_bytes(data[:4]))
        found.append(data[4:length])
        data = data[length:]
    return found


def _units(bodies: list[bytes]) -> bytes:
    return b"".join((4 + len(body)).to_bytes(4) + body for body in bodies)


SMPP_SESSION = Target(
    feed=_session,
    seeds=(*(unit.encoded() for unit in UNITS), b"".join(unit.encoded() for unit in UNITS)),
    words=(b"\0\0\0\x10", b"\0\0\0\x05", b"\x80\0\0\x04", b"id:", b"stat:", b"\x04\x24\0"),
    mutate=ByUnits(_bodies, _units, ByTokens(rb".{1,4}", [u.encoded() for u in UNITS], ())),
)


def _unit(data: bytes) -> None:
    """A body alone: what is read and written again says the same."""
    try:
        read = message(data)
    except Malformed:
        return
    if len(read.text) <= MOST_SHORT:
        again = message(read.body())
        holds(msgspec.to_builtins(again) == msgspec.to_builtins(read), "another message")


SMPP_MESSAGE = Target(
    feed=_unit,
    seeds=(DELIVERED.body(), DELIVERED.body()[:40], bytes(20)),
    words=(b"\0\x1e\0\x03", b"\x04\x24\xff\xff", b"\x04\x27\0\x01\x02", b"\0"),
    mutate=ByTokens(rb".{1,2}", [DELIVERED.body()], (b"\0\0", b"\x01\x01")),
)


def _text(data: bytes) -> None:
    text = data.decode(errors="replace")
    alphabet = alphabet_of(text)
    octets = encoded(text, alphabet)
    holds(decoded(octets, alphabet) == text, "another text arrives")
    parted = segmented(text)
    holds("".join(parted.texts) == text, "parts that are not the whole")
    most = ALONE if len(parted.texts) == 1 else TOGETHER
    per_unit = 1 if alphabet is Alphabet.GSM7 else 2
    for part in parted.texts:
        holds(len(encoded(part, alphabet)) <= most[alphabet] * per_unit, "a part is too long")
    for other in Alphabet:
        holds(isinstance(decoded(data, other), str), "not read")


SMS_TEXT = Target(
    feed=_text,
    seeds=("Rappelez le 4001 €".encode(), "😀".encode() * 70, b"a" * 161, b"\x1b\x1b\x65[]{}"),
    words=("€".encode(), "é".encode(), "😀".encode(), b"a" * 153, b"\x1b", "ç".encode()),
    short=200,
)

"""Protocol data units: a header of four 32-bit numbers and a body (3.2, 5.1). Pure."""

import struct
from dataclasses import dataclass, field
from enum import IntEnum

HEADER = struct.Struct(">IIII")
LONGEST = 64 * 1024
"Octets of a unit: a message payload has less."
RESPONSE = 0x80000000
"In the command id of an answer (5.1.2.1)."
MOST_SHORT = 254
"Octets of `short_message` (5.2.22)."


class Command(IntEnum):
    """5.1.2.1."""

    GENERIC_NACK = 0x80000000
    SUBMIT_SM = 0x00000004
    SUBMIT_SM_RESP = 0x80000004
    DELIVER_SM = 0x00000005
    DELIVER_SM_RESP = 0x80000005
    UNBIND = 0x00000006
    UNBIND_RESP = 0x80000006
    BIND_TRANSCEIVER = 0x00000009
    BIND_TRANSCEIVER_RESP = 0x80000009
    ENQUIRE_LINK = 0x00000015
    ENQUIRE_LINK_RESP = 0x80000015


class Status(IntEnum):
    """Those on which something hangs (5.1.3)."""

    OK = 0x00000000
    INVALID_COMMAND = 0x00000003
    INVALID_BIND_STATUS = 0x00000004
    SYSTEM_ERROR = 0x00000008
    BIND_FAILED = 0x0000000D
    INVALID_PASSWORD = 0x0000000E
    INVALID_SYSTEM_ID = 0x0000000F
    QUEUE_FULL = 0x00000014
    THROTTLED = 0x00000058


class Tag(IntEnum):
    """Of optional parameters (5.3.2)."""

    RECEIPTED_MESSAGE_ID = 0x001E
    MESSAGE_PAYLOAD = 0x0424
    MESSAGE_STATE = 0x0427


class Malformed(ValueError):
    """Bytes that are no unit: what follows cannot be read either."""


@dataclass(frozen=True, slots=True)
class Pdu:
    command: int
    sequence: int
    body: bytes = field(default=b"", repr=False)
    status: int = Status.OK

    def encoded(self) -> bytes:
        length = HEADER.size + len(self.body)
        return HEADER.pack(length, self.command, self.status, self.sequence) + self.body


@dataclass(frozen=True, slots=True)
class Address:
    """A number, or a name, and of what kind it is (5.2.5, 5.2.6)."""

    text: str
    ton: int = 0
    npi: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Of `submit_sm` and `deliver_sm`, which have the same members (4.4.1, 4.6.1)."""

    source: Address
    destination: Address
    text: bytes
    esm_class: int = 0
    data_coding: int = 0
    registered_delivery: int = 0
    options: dict[int, bytes] = field(default_factory=dict)

    def body(self) -> bytes:
        """ValueError for a text that is too long."""
        if len(self.text) > MOST_SHORT:
            raise ValueError("too long for a short message")
        fixed = bytes([self.esm_class, 0, 0]) + b"\0\0" + bytes([self.registered_delivery, 0])
        return (
            b"\0"  # service_type: that of the centre
            + _address(self.source)
            + _address(self.destination)
            + fixed
            + bytes([self.data_coding, 0, len(self.text)])
            + self.text
            + b"".join(struct.pack(">HH", tag, len(v)) + v for tag, v in self.options.items())
        )


def taken(buffer: bytearray) -> Pdu | None:
    """The first unit, taken out of the buffer; None while it is not there whole. Malformed."""
    if len(buffer) < HEADER.size:
        return None
    length, command, status, sequence = HEADER.unpack_from(buffer)
    if not HEADER.size <= length <= LONGEST:
        raise Malformed(f"a unit of {length} octets")
    if len(buffer) < length:
        return None
    body = bytes(buffer[HEADER.size : length])
    del buffer[:length]
    return Pdu(command, sequence, body, status)


def bind_body(system_id: str, password: str, system_type: str) -> bytes:
    """Of `bind_transceiver` (4.1.5), with version 3.4 and any address."""
    texts = b"".join(_text(one) for one in (system_id, password, system_type))
    return texts + bytes([0x34, 0, 0]) + b"\0"


def first_text(body: bytes) -> str:
    """The octets up to the first NUL: the id in an answer. Of answers that refuse there may be
    no body (4.4.2)."""
    return body.partition(b"\0")[0].decode("latin-1")


def message(body: bytes) -> Message:
    """What `deliver_sm` brings. Malformed."""
    reader = _Reader(body)
    reader.text()  # service_type
    source, destination = reader.address(), reader.address()
    esm_class, _, _ = reader.octet(), reader.octet(), reader.octet()
    reader.text(), reader.text()  # schedule_delivery_time, validity_period
    registered, _, coding, _ = (reader.octet() for _ in range(4))
    text = reader.octets(reader.octet())
    options = {}
    while reader.left:
        tag, length = struct.unpack(">HH", reader.octets(4))
        options[tag] = reader.octets(length)
    return Message(
        source=source,
        destination=destination,
        text=text,
        esm_class=esm_class,
        data_coding=coding,
        registered_delivery=registered,
        options=options,
    )


class _Reader:
    def __init__(self, body: bytes) -> None:
        self._body, self._at = body, 0

    @property
    def left(self) -> int:
        return len(self._body) - self._at

    def octets(self, count: int) -> bytes:
        if count > self.left:
            raise Malformed("a body that ends too early")
        self._at += count
        return self._body[self._at - count : self._at]

    def octet(self) -> int:
        return self.octets(1)[0]

    def text(self) -> str:
        end = self._body.find(b"\0", self._at)
        if end < 0:
            raise Malformed("a text without an end")
        return self.octets(end + 1 - self._at)[:-1].decode("latin-1")

    def address(self) -> Address:
        ton, npi = self.octet(), self.octet()
        return Address(self.text(), ton, npi)


def _text(text: str) -> bytes:
    return text.encode("latin-1", errors="replace").replace(b"\0", b"") + b"\0"


def _address(address: Address) -> bytes:
    return bytes([address.ton, address.npi]) + _text(address.text)

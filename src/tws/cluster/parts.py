"""Answers of any length: a message of NATS holds a megabyte, where nobody told it otherwise."""

import asyncio
import secrets
import zlib
from collections.abc import Iterator

import msgspec
from msgspec import Struct
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import NoRespondersError

from tws.cluster.nats import given_back
from tws.undecodable import UNDECODABLE

LEAST = 64 * 1024
"Bytes of a message that hold what stands beside a part."
MOST = 128 * 1024 * 1024
"Bytes of an answer: many times what is told of the largest link."
UNAVAILABLE = "503"
"What NATS itself answers where nobody listens."


class Part(Struct, frozen=True):
    number: int
    of: int
    content: bytes
    answer: str = ""
    "Of which it is one: two nodes may answer, where one does not know yet that it holds nothing."


class Unreadable(ValueError):
    """No such answer."""


class TooLarge(ValueError):
    """Nobody would read such an answer."""


async def answer_in_parts(client: Client, message: Msg, content: bytes) -> None:
    """Packed: what is told of telephones is much the same for each. NATS' errors; TooLarge."""
    if len(content) > MOST:
        raise TooLarge(f"an answer of {len(content)} bytes; {MOST} are read")
    for part in in_parts(content, max(LEAST, client.max_payload - LEAST)):
        await message.respond(msgspec.msgpack.encode(part))


async def ask_in_parts(client: Client, name: str, content: bytes, within: float) -> bytes:
    """NATS' errors; Unreadable. `within`: seconds, for each part."""
    inbox = client.new_inbox()
    subscription = await client.subscribe(inbox)
    try:
        await client.publish(name, content, reply=inbox)
        gathering = Gathering()
        while True:
            reply = await subscription.next_msg(timeout=within)
            if not reply.data and (reply.headers or {}).get("Status") == UNAVAILABLE:
                raise NoRespondersError
            if (whole := gathering.take(part_of(reply.data))) is not None:
                return whole
    finally:
        await asyncio.shield(given_back(subscription))


class Gathering:
    """Parts of answers to one question, as they come. Pure."""

    def __init__(self, most: int = MOST) -> None:
        """`most`: bytes of an answer, and of all the parts that are kept."""
        self._most = most
        self._found: dict[str, dict[int, bytes]] = {}
        self._kept = 0

    def take(self, part: Part) -> bytes | None:
        """The answer, once this is the last of its parts. Unreadable."""
        if not 0 <= part.number < part.of:
            raise Unreadable(f"part {part.number} of {part.of}")
        found = self._found.setdefault(part.answer, {})
        self._kept += len(part.content) - len(found.get(part.number, b""))
        if self._kept > self._most:
            raise Unreadable(f"more than {self._most} bytes")
        found[part.number] = part.content
        if len(found) < part.of:
            return None
        return _whole(b"".join(found[number] for number in sorted(found)), self._most)


def in_parts(content: bytes, size: int) -> Iterator[Part]:
    """One at least."""
    packed, answer = zlib.compress(content, 1), secrets.token_hex(4)
    of = -(-len(packed) // size)
    for number in range(of):
        yield Part(number, of, packed[number * size : (number + 1) * size], answer)


def part_of(data: bytes) -> Part:
    """Unreadable."""
    try:
        return msgspec.msgpack.decode(data, type=Part)
    except UNDECODABLE as error:
        raise Unreadable(str(error)) from error


def _whole(packed: bytes, most: int) -> bytes:
    """However small it comes: a little that is packed may become more than there is memory."""
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(packed, most + 1)
    except zlib.error as error:
        raise Unreadable(str(error)) from error
    if len(content) > most:
        raise Unreadable(f"more than {most} bytes")
    if not unpacking.eof or unpacking.unused_data:
        raise Unreadable("it ends too early, or too late")
    return content

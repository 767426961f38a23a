"""Answers of any length: a message of NATS holds a megabyte, where nobody told it otherwise."""

import asyncio
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
UNAVAILABLE = "503"
"What NATS itself answers where nobody listens."


class Part(Struct, frozen=True):
    number: int
    of: int
    content: bytes


class Unreadable(ValueError):
    """No such answer."""


async def answer_in_parts(client: Client, message: Msg, content: bytes) -> None:
    """Packed: what is told of telephones is much the same for each."""
    parts = list(_parts(zlib.compress(content, 1), max(LEAST, client.max_payload - LEAST)))
    for number, part in enumerate(parts):
        await message.respond(msgspec.msgpack.encode(Part(number, len(parts), part)))


async def ask_in_parts(client: Client, name: str, content: bytes, within: float) -> bytes:
    """NATS' errors; Unreadable. `within`: seconds, for each part."""
    inbox = client.new_inbox()
    subscription = await client.subscribe(inbox)
    try:
        await client.publish(name, content, reply=inbox)
        found: dict[int, bytes] = {}
        while True:
            reply = await subscription.next_msg(timeout=within)
            if not reply.data and (reply.headers or {}).get("Status") == UNAVAILABLE:
                raise NoRespondersError
            part = _part(reply.data)
            found[part.number] = part.content
            if len(found) == part.of:
                return _whole(b"".join(found[number] for number in sorted(found)))
    finally:
        await asyncio.shield(given_back(subscription))


def _parts(packed: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(packed), size):
        yield packed[start : start + size]


def _part(data: bytes) -> Part:
    try:
        return msgspec.msgpack.decode(data, type=Part)
    except UNDECODABLE as error:
        raise Unreadable(str(error)) from error


def _whole(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed)
    except zlib.error as error:
        raise Unreadable(str(error)) from error

"""What a keytab says of its keys: whose they are and of what kind, never the keys (the MIT file
format, version 2)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

VERSION = b"\x05\x02"
TYPES = {
    1: "des-cbc-crc",
    3: "des-cbc-md5",
    16: "des3-cbc-sha1",
    17: "aes128-cts-hmac-sha1-96",
    18: "aes256-cts-hmac-sha1-96",
    19: "aes128-cts-hmac-sha256-128",
    20: "aes256-cts-hmac-sha384-192",
    23: "arcfour-hmac",
    25: "camellia128-cts-cmac",
    26: "camellia256-cts-cmac",
}
"Of RFC 3961 and those that followed it."
WEAK = frozenset({"des-cbc-crc", "des-cbc-md5", "des3-cbc-sha1", "arcfour-hmac"})
"RFC 8429 and RFC 6649 say not to use them."


class NoKeytab(ValueError):
    """These bytes are none."""


@dataclass(frozen=True, slots=True)
class Key:
    principal: str
    version: int
    encryption: str


def keys(content: bytes) -> list[Key]:
    """In the order of the file. NoKeytab."""
    if content[:2] != VERSION:
        raise NoKeytab("it does not begin as a keytab does")
    try:
        return [_key(record) for record in _records(content)]
    except (struct.error, IndexError) as error:
        raise NoKeytab("it is cut short") from error


def _records(content: bytes) -> Iterator[bytes]:
    at = len(VERSION)
    while at < len(content):
        (size,) = struct.unpack_from(">i", content, at)
        at += 4
        if size > 0:
            if at + size > len(content):
                raise IndexError
            yield content[at : at + size]
        at += abs(size)  # a negative one is a hole


def _key(record: bytes) -> Key:
    (components,) = struct.unpack_from(">H", record)
    at, parts = 2, []
    for _ in range(components + 1):
        (length,) = struct.unpack_from(">H", record, at)
        parts.append(record[at + 2 : at + 2 + length].decode(errors="replace"))
        at += 2 + length
    (_, _, version, kind, length) = struct.unpack_from(">IIBHH", record, at)
    at += 13 + length
    if len(record) - at >= 4:
        (version,) = struct.unpack_from(">I", record, at)
    realm, *name = parts
    return Key(f"{'/'.join(name)}@{realm}", version, TYPES.get(kind, str(kind)))

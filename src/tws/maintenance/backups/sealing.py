"""An encrypted backup: a line of magic, a line of JSON that can be read, then chunks.

The key is made of the passphrase by scrypt with a salt of its own for each file; each chunk is
AES-256-GCM, its nonce its number and whether it is the last, authenticated with the two lines. So
a chunk lost, moved, changed or cut off is seen.
"""

import base64
import io
import os
from collections.abc import Iterator
from typing import BinaryIO

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from tws.maintenance.backups.model import About, BackupRefused
from tws.undecodable import UNDECODABLE

MAGIC = b"TWS sealed backup 1\n"
CHUNK, TAG = 256 * 1024, 16
COST, MOST_COST = 2**16, 2**18
"Of scrypt: 64 MB of memory; what a file may ask for at most."
LONGEST_HEADER = 4096


class Header(msgspec.Struct, frozen=True):
    about: About
    salt: str
    cost: int


def _key(header: Header, passphrase: str) -> AESGCM:
    if not 2 <= header.cost <= MOST_COST or header.cost & (header.cost - 1):
        raise BackupRefused("The backup is damaged: its header says what cannot be.")
    salt = base64.b64decode(header.salt)
    derived = Scrypt(salt=salt, length=32, n=header.cost, r=8, p=1).derive(passphrase.encode())
    return AESGCM(derived)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class SealingWriter(io.RawIOBase):
    """`finish` writes the last chunk, without which the file is not whole."""

    def __init__(self, file: BinaryIO, about: About, passphrase: str) -> None:
        salt = base64.b64encode(os.urandom(16)).decode()
        header = Header(about, salt, COST)
        self._lines = MAGIC + msgspec.json.encode(header) + b"\n"
        self._key = _key(header, passphrase)
        self._file, self._waiting, self._number = file, bytearray(), 0
        file.write(self._lines)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        assert isinstance(data, bytes | bytearray | memoryview)
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._chunk(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        self._chunk(bytes(self._waiting), last=True)

    def _chunk(self, data: bytes, *, last: bool) -> None:
        self._file.write(self._key.encrypt(_nonce(self._number, last), data, self._lines))
        self._number += 1


def read_header(file: BinaryIO) -> tuple[Header, bytes] | None:
    """The header, and the lines that it stands in; None where `file`, at its beginning, is no
    encrypted backup. BackupRefused."""
    if file.read(len(MAGIC)) != MAGIC:
        return None
    line = file.readline(LONGEST_HEADER)
    try:
        return msgspec.json.decode(line, type=Header), MAGIC + line
    except UNDECODABLE as error:
        raise BackupRefused("The backup is damaged: its header cannot be read.") from error


class OpeningReader(io.RawIOBase):
    """What was written to a SealingWriter. BackupRefused."""

    def __init__(self, file: BinaryIO, header: Header, lines: bytes, passphrase: str) -> None:
        self._key, self._lines = _key(header, passphrase), lines
        self._left = b""
        self._chunks = self._opened(file)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        assert isinstance(buffer, memoryview | bytearray)
        while not self._left:
            found = next(self._chunks, None)
            if found is None:
                return 0
            self._left = found
        given = self._left[: len(buffer)]
        buffer[: len(given)] = given
        self._left = self._left[len(given) :]
        return len(given)

    def _opened(self, file: BinaryIO) -> Iterator[bytes]:
        number, data = 0, file.read(CHUNK + TAG)
        while True:
            following = file.read(CHUNK + TAG)
            try:
                yield self._key.decrypt(_nonce(number, not following), data, self._lines)
            except InvalidTag as error:
                words = (
                    "The passphrase is another one, or the backup is damaged."
                    if number == 0
                    else "The backup is damaged, or was cut off."
                )
                raise BackupRefused(words) from error
            if not following:
                return
            number, data = number + 1, following

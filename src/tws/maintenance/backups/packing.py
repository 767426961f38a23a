"""Gzip in blocks that are packed side by side, each a member of its own (RFC 1952, 2.2).

Whoever reads gzip reads members one behind the other as one text. ISA-L packs 700 MB/s of rows in
a thread where zlib packs 140 into the same size, which is less than a disk takes.
"""

import io
import os
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from isal import isal_zlib

BLOCK = 1024 * 1024
"Bytes packed together: a block loses less than a hundredth to one stream of everything."
LEVEL = 2
"Of ISA-L: as small as 3 of zlib."
GZIP = 31
"For zlib: the largest window, and the header and the sum of gzip around it."


class Sink(Protocol):
    def write(self, data: bytes, /) -> int: ...


@contextmanager
def packing(sink: Sink) -> Iterator["Packing"]:
    """All that was written is in `sink` at the end."""
    with ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="tws-packing") as threads:
        packed = Packing(sink, threads, ahead=2 * (os.cpu_count() or 1))
        yield packed
        packed.finish()


class Packing(io.RawIOBase):
    """Holds `ahead` blocks at most, in their order."""

    def __init__(self, sink: Sink, threads: ThreadPoolExecutor, ahead: int) -> None:
        self._sink, self._threads, self._ahead = sink, threads, ahead
        self._waiting = bytearray()
        self._packed: deque[Future[bytes]] = deque()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        assert isinstance(data, bytes | bytearray | memoryview)
        self._waiting += data
        while len(self._waiting) >= BLOCK:
            self._pack(bytes(self._waiting[:BLOCK]))
            del self._waiting[:BLOCK]
        return len(data)

    def finish(self) -> None:
        self._pack(bytes(self._waiting))
        while self._packed:
            self._sink.write(self._packed.popleft().result())

    def _pack(self, block: bytes) -> None:
        self._packed.append(self._threads.submit(_member, block))
        while len(self._packed) > self._ahead or (self._packed and self._packed[0].done()):
            self._sink.write(self._packed.popleft().result())


def _member(block: bytes) -> bytes:
    made = isal_zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    return made.compress(block) + made.flush()


class Unpacking(io.RawIOBase):
    """What was packed, read a block ahead by a thread. EOFError where it was cut off, zlib.error
    where it is damaged."""

    def __init__(self, source: BinaryIO, thread: ThreadPoolExecutor) -> None:
        self._blocks, self._thread = _unpacked(source), thread
        self._left = memoryview(b"")
        self._next: Future[bytes | None] | None = self._ask()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        assert isinstance(buffer, memoryview | bytearray)
        while not self._left and self._next is not None:
            found = self._next.result()
            self._next = None if found is None else self._ask()
            self._left = memoryview(found or b"")
        given = self._left[: len(buffer)]
        buffer[: len(given)] = given
        self._left = self._left[len(given) :]
        return len(given)

    def _ask(self) -> Future[bytes | None]:
        return self._thread.submit(next, self._blocks, None)


@contextmanager
def unpacking(source: BinaryIO) -> Iterator[BinaryIO]:
    with ThreadPoolExecutor(1, thread_name_prefix="tws-unpacking") as thread:
        yield io.BufferedReader(Unpacking(source, thread), BLOCK)


def _unpacked(source: BinaryIO) -> Iterator[bytes]:
    """`BLOCK` bytes each at most, whatever they were packed into."""
    data = source.read(BLOCK)
    while data:
        made = zlib.decompressobj(GZIP)
        while True:
            block = made.decompress(data, BLOCK)
            if block:
                yield block
            if made.eof:
                break
            data = made.unconsumed_tail
            if not (block or data) and not (data := source.read(BLOCK)):
                raise EOFError
        data = made.unused_data or source.read(BLOCK)

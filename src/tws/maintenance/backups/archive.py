"""The file: a tar in gzip, whose last member says what must be in it (docs/admin/backup.md).

Where it is not encrypted, an empty member of gzip at its end holds the SHA-256 of all that stands
before: `tar xzf` reads past it, and we see any byte that is another one.
"""

import contextlib
import gzip
import hashlib
import io
import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

import msgspec

from tws.maintenance.backups.model import FORMAT, About, BackupRefused, Manifest, Member
from tws.maintenance.backups.packing import BLOCK, packing, unpacking
from tws.maintenance.backups.sealing import OpeningReader, SealingWriter, read_header
from tws.storage.whole_file import on_disk

ABOUT, MANIFEST = "about.json", "manifest.json"
LARGEST_JSON = 64 * BLOCK
_EXTRA = b"TW" + (32).to_bytes(2, "little")
_SEAL = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff" + (len(_EXTRA) + 32).to_bytes(2, "little") + _EXTRA
_EMPTY = b"\x03\x00" + bytes(8)
SEAL_BYTES = len(_SEAL) + 32 + len(_EMPTY)
DAMAGED = "The backup is damaged, or was cut off."


class _Summing(io.RawIOBase):
    """Passes on, and sums up."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._sum = file, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        assert isinstance(data, bytes | bytearray | memoryview)
        self._sum.update(data)
        self._file.write(data)
        return len(data)

    def finish(self) -> None:
        self._file.write(_SEAL + self._sum.digest() + _EMPTY)


class Writer:
    """Given by `writing`."""

    def __init__(self, tar: tarfile.TarFile, about: About) -> None:
        self._tar, self._about = tar, about
        self.members: dict[str, Member] = {}
        self.add(ABOUT, msgspec.json.encode(about))

    def add(self, name: str, content: bytes) -> None:
        self.add_file(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, content: IO[bytes], size: int) -> None:
        """OSError where fewer bytes come."""
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(self._about.taken.timestamp())
        read = _Reading(content)
        self._tar.addfile(info, read)
        self.members[name] = Member(size=size, sha256=read.sum.hexdigest())

    def end(self, manifest: Manifest) -> None:
        """The last that is written."""
        self.add(MANIFEST, msgspec.json.encode(replace(manifest, members=self.members)))


class _Reading(io.RawIOBase):
    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.sum = file, hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        data = self._file.read(size)
        self.sum.update(data)
        return data


class _Read(_Reading):
    def read(self, size: int = -1, /) -> bytes:
        with _words():
            return super().read(size)


@contextmanager
def writing(path: Path, about: About, passphrase: str | None) -> Iterator[Writer]:
    """A new file, which appears at `path` once it is whole and on the disk. OSError."""
    part = path.with_name(f".{path.name}.part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            sink = SealingWriter(file, about, passphrase) if passphrase else _Summing(file)
            with (
                packing(sink) as packed,
                tarfile.open(mode="w|", fileobj=packed, bufsize=BLOCK) as tar,
            ):
                yield Writer(tar, about)
            sink.finish()
            file.flush()
            os.fsync(file.fileno())
        os.link(part, path)  # never over another one
    finally:
        part.unlink(missing_ok=True)
    on_disk(path.parent)


class Archive:
    """A backup to be read. BackupRefused for whatever is wrong with it."""

    def __init__(self, path: Path, passphrase: str | None = None) -> None:
        self.path, self._passphrase = path, passphrase
        with _words(), path.open("rb") as file:
            found = read_header(file)
        self.encrypted = found is not None
        self.about = found[0].about if found else self._first()
        if self.about.format > FORMAT:
            raise BackupRefused(
                f"The backup was made by a newer TWS ({self.about.tws}): restore it with that one."
            )

    def checked(self) -> Manifest:
        """Read as a whole: every byte is as it was written."""
        if not self.encrypted:
            self._check_sum()
        found: dict[str, Member] = {}
        last = b""
        for name, content in self._members():
            if name in found or MANIFEST in found:
                raise BackupRefused(DAMAGED)
            size = 0
            while block := content.read(BLOCK):
                size += len(block)
                if name == MANIFEST and size <= LARGEST_JSON:
                    last += block
            found[name] = Member(size=size, sha256=content.sum.hexdigest())
        if found.pop(MANIFEST, None) is None:
            raise BackupRefused(DAMAGED)
        with _words():
            manifest = msgspec.json.decode(last, type=Manifest)
        if dict(manifest.members) != found or manifest.about != self.about:
            raise BackupRefused(DAMAGED)
        return manifest

    def members(self, manifest: Manifest) -> Iterator[tuple[str, "_Read"]]:
        """All but the manifest, in their order; each is checked again once it is read to its
        end."""
        for name, content in self._members():
            if name == MANIFEST:
                continue
            yield name, content
            known = manifest.members.get(name)
            if known is None or content.sum.hexdigest() != known.sha256:
                raise BackupRefused(DAMAGED)

    def _members(self) -> Iterator[tuple[str, "_Read"]]:
        with _words(), self._opened() as tar:
            for info in tar:
                content = tar.extractfile(info)
                path = PurePosixPath(info.name)
                if not info.isreg() or content is None:
                    raise BackupRefused(DAMAGED)
                if path.is_absolute() or ".." in path.parts:
                    raise BackupRefused(DAMAGED)
                yield info.name, _Read(content)

    @contextmanager
    def _opened(self) -> Iterator[tarfile.TarFile]:
        with self.path.open("rb") as file:
            source: BinaryIO = file
            found = read_header(file)
            if found is None:
                file.seek(0)
            elif not self._passphrase:
                raise BackupRefused("The backup is encrypted: give its passphrase.")
            else:
                opened = OpeningReader(file, *found, self._passphrase)
                source = io.BufferedReader(opened, BLOCK)
            with (
                unpacking(source) as packed,
                tarfile.open(mode="r|", fileobj=packed, bufsize=BLOCK) as tar,
            ):
                yield tar
                while packed.read(BLOCK):  # to its end: the last chunk is authenticated too
                    pass

    def _first(self) -> About:
        """Of a file that is not encrypted."""
        with _words(), self._opened_tar_only() as tar:
            info = tar.next()
            content = tar.extractfile(info) if info and info.name == ABOUT else None
            if content is None:
                raise BackupRefused("This file is no backup of TWS.")
            return msgspec.json.decode(content.read(LARGEST_JSON), type=About)

    @contextmanager
    def _opened_tar_only(self) -> Iterator[tarfile.TarFile]:
        with (
            gzip.open(self.path, "rb") as packed,
            tarfile.open(mode="r|", fileobj=packed) as tar,
        ):
            yield tar

    def _check_sum(self) -> None:
        left = self.path.stat().st_size - SEAL_BYTES
        if left <= 0:
            raise BackupRefused(DAMAGED)
        summed = hashlib.sha256()
        with self.path.open("rb") as file:
            while left and (block := file.read(min(BLOCK, left))):
                summed.update(block)
                left -= len(block)
            if left or file.read() != _SEAL + summed.digest() + _EMPTY:
                raise BackupRefused(DAMAGED)


@contextmanager
def _words() -> Iterator[None]:
    """What the libraries say of a file that is damaged."""
    try:
        yield
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile, ValueError) as error:
        raise BackupRefused(DAMAGED) from error


def about(path: Path) -> tuple[About | None, bool]:
    """What a file says of itself, and whether it is encrypted; None where it cannot be read."""
    with contextlib.suppress(BackupRefused, OSError):
        found = Archive(path)
        return found.about, found.encrypted
    return None, False

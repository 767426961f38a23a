"""Putting a backup back: all of it or nothing, and what was there before is kept aside.

The file is read as a whole before anything is changed. On SQLite a new database is made beside the
one there is, which it replaces once it is whole; on PostgreSQL one transaction does it.
"""

import io
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Protocol

import msgspec

from tws.config import keys_from
from tws.errors import Unavailable
from tws.maintenance.backups.archive import ABOUT, DAMAGED, Archive
from tws.maintenance.backups.making import FILES, KEY, ROWS
from tws.maintenance.backups.model import BackupRefused, Manifest
from tws.maintenance.backups.packing import BLOCK
from tws.storage import RowRefused, SchemaMismatch, key_ring
from tws.storage.backend import Backend
from tws.storage.copying.loading import Loading, loading
from tws.storage.copying.portable import Table
from tws.storage.database import backend_for, sqlite_file, without_password
from tws.storage.key_ring import KEY_FILE, key_id
from tws.storage.migrations import HEAD, REVISIONS
from tws.storage.secrets import SecretLost, Secrets
from tws.storage.whole_file import on_disk


class Content(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a backup is put back."""

    database: str
    data_dir: Path
    keys: Sequence[bytes]
    "That are given; none: a file in `data_dir`."

    @property
    def sqlite(self) -> Path | None:
        return sqlite_file(self.database)

    @property
    def files(self) -> Path:
        return self.data_dir / "files"

    @property
    def called(self) -> str:
        return str(self.sqlite or without_password(self.database))


class Restoration:
    def __init__(self, path: Path, passphrase: str | None, place: Place, now: datetime) -> None:
        """Reads it whole. BackupRefused, SchemaMismatch for one of a newer TWS."""
        self._archive = Archive(path, passphrase)
        self.about = self._archive.about
        if self.about.schema not in REVISIONS:
            raise SchemaMismatch(
                f"the backup was made by a newer TWS ({self.about.tws}, schema"
                f" {self.about.schema}; this one knows {HEAD}): restore it with that version"
            )
        self.manifest: Manifest = self._archive.checked()
        self.place = place
        self._secrets = Secrets(place.data_dir, *place.keys)
        self._keys: tuple[bytes, ...] = ()
        self._stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"

    @property
    def kept(self) -> str:
        """Where the database that is replaced will be: a file, or a schema of PostgreSQL."""
        path = self.place.sqlite
        return self._schema if path is None else f"{path}.replaced-{self._stamp}"

    @property
    def _schema(self) -> str:
        return f"tws_replaced_{self._stamp.lower()}"

    def check_key(self, *, without: bool) -> None:
        """BackupRefused where secrets could not be opened afterwards; `without`: they need not."""
        if self.manifest.key is None:
            return
        if self.manifest.key_inside and not self.place.keys:
            return  # the file is put back
        own = {key_id(key) for key in self._secrets.keys()}
        if own.issuperset((self.manifest.key, *self.manifest.older_keys)):
            return
        if self.manifest.key_inside:
            raise BackupRefused(
                "TWS_SECRET_KEY lacks a key of the backup: leave it out, and the backup's are put"
                " back."
            )
        if not without:
            raise BackupRefused(
                "The secrets of this backup are sealed with a key that is not in it: put the lines"
                f" of its {KEY_FILE} into that of {self.place.data_dir} first. Or restore"
                " --without-key, and enter every secret again."
            )

    @asynccontextmanager
    async def claimed(self) -> AsyncIterator[None]:
        """While nobody serves the database. InUse, StorageUnavailable."""
        backend = backend_for(self.place.database)
        self.place.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        backend.prepare()
        try:
            async with backend.claim(shared=False):
                yield
        finally:
            await backend.dispose()

    async def run(self) -> None:
        """Inside `claimed`. StorageError, BackupRefused, Unavailable: then all is as it was."""
        files = self.place.data_dir / "files.restoring"
        shutil.rmtree(files, ignore_errors=True)
        path = self.place.sqlite
        fresh = None if path is None else path.with_name(f"{path.name}.restoring")
        backend = backend_for(self.place.database if fresh is None else f"sqlite:///{fresh}")
        try:
            if fresh is not None:
                _forget(fresh)
            with _words(), ExitStack() as undo:
                await self._load(backend, files, undo)
                await backend.dispose()
                if path is not None and fresh is not None:
                    self._keep_database(path)
                    _checkpoint(fresh)
                    fresh.replace(path)
                undo.pop_all()
                on_disk(self.place.data_dir if path is None else path.parent)
        finally:
            await backend.dispose()
            shutil.rmtree(files, ignore_errors=True)
            if fresh is not None:
                _forget(fresh)

    async def _load(self, backend: Backend, files: Path, undo: ExitStack) -> None:
        """Files take their place before the rows do: what fails then can still be undone."""
        try:
            async with loading(backend, self._seal, self._schema) as into:
                with _words():
                    await into.lay_out(self.about.schema)
                    found: Counter[str] = Counter()
                    for name, content in self._archive.members(self.manifest):
                        await self._take(into, PurePosixPath(name), content, files, found)
                    if any(found[name] != of.rows for name, of in self.manifest.tables.items()):
                        raise BackupRefused(DAMAGED)
                    await into.finish(self.manifest.sequences)
                    self._put_key(undo)
                    self._put_files(files, undo)
        except RowRefused as error:
            raise BackupRefused("The database does not take the rows of this backup.") from error

    async def _take(
        self,
        into: Loading,
        name: PurePosixPath,
        content: Content,
        files: Path,
        found: Counter[str],
    ) -> None:
        match name.parts:
            case (folder, table, _) if folder == ROWS and table in self.manifest.tables:
                lines = b"".join(iter(lambda: content.read(BLOCK), b""))
                rows = msgspec.json.Decoder(list[object]).decode_lines(lines)
                columns = self.manifest.tables[table].columns
                await into.load(Table(table, columns), rows)
                found[table] += len(rows)
            case (folder, *_) if folder == FILES:
                _write(files / name.relative_to(FILES), content)
            case (only,) if only == KEY:
                self._keys = keys_from(content.read(BLOCK).decode("ascii"))
                content.read(1)
                self._secrets = Secrets(self.place.data_dir, *self._keys)
            case (only,) if only == ABOUT:
                content.read(BLOCK)
            case _:
                raise BackupRefused(DAMAGED)

    def _seal(self, value: object, row: str, field: str) -> str:
        return self._secrets.seal(value, row, field)

    # ---------------------------------------------------------------- what was there

    def _keep_database(self, path: Path) -> None:
        """Under another name too, with all that was committed; its place is never empty."""
        if not path.stat().st_size:
            return
        kept = self.kept
        with suppress(sqlite3.Error):
            _checkpoint(path)
        for end in ("-wal", "-shm"):  # of one that could not be opened any more
            with suppress(FileNotFoundError):
                Path(f"{path}{end}").rename(f"{kept}{end}")
        os.link(path, kept)

    def _put_key(self, undo: ExitStack) -> None:
        if not self._keys or self.place.keys:
            return
        path = self.place.data_dir / KEY_FILE
        with suppress(SecretLost):
            there = key_ring.read(path)
            if there[:1] == self._keys[:1] and set(there).issuperset(self._keys):
                return
        if path.exists():
            _move(path, path.with_name(f"{KEY_FILE}.replaced-{self._stamp}"), undo)
        undo.callback(path.unlink, missing_ok=True)
        _write(path, io.BytesIO(key_ring.written(self._keys)))

    def _put_files(self, fresh: Path, undo: ExitStack) -> None:
        files = self.place.files
        if files.exists():
            _move(files, files.with_name(f"files.replaced-{self._stamp}"), undo)
        if fresh.exists():
            _move(fresh, files, undo)


@contextmanager
def _words() -> Iterator[None]:
    """Inside what speaks of the database: a file that cannot be moved is none of its errors."""
    try:
        yield
    except OSError as error:
        raise Unavailable(f"It cannot be restored: {error}.") from error


def _move(path: Path, to: Path, undo: ExitStack) -> None:
    path.rename(to)
    undo.callback(to.rename, path)


def _checkpoint(path: Path) -> None:
    """All that was committed is in the file itself."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _write(path: Path, content: Content) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while block := content.read(BLOCK):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _forget(fresh: Path) -> None:
    for end in ("", "-wal", "-shm", ".lock"):
        Path(f"{fresh}{end}").unlink(missing_ok=True)

"""What putting a backup back would do, found out beside a server that runs: nothing is changed."""

import asyncio
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tws.errors import Invalid
from tws.maintenance import store
from tws.maintenance.backups.model import About, BackupRefused
from tws.maintenance.backups.restoring import Place, Restoration
from tws.maintenance.backups.service import BackupService
from tws.organisation.actor import Actor
from tws.storage import SchemaMismatch, Storage

COUNTED = ("company", "user_account", "link", "contact", "call_leg", "audit")
"Tables whose rows say how much there is."


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    backup: int
    now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    about: About
    counts: Mapping[str, Count]
    "By table."
    replaces: str
    "The database."
    files: Path
    kept: str
    "Where the database will be that is replaced, but for the time in its name."
    key_missing: str | None
    "In words: secrets could not be opened afterwards."
    command: str


class BackupExaminer:
    """`place`: what a restoration would replace."""

    def __init__(
        self,
        backups: BackupService,
        place: Place,
        storage: Storage,
        clock: Callable[[], datetime],
    ) -> None:
        self._backups, self._place = backups, place
        self._storage, self._clock = storage, clock
        self._one = asyncio.Lock()

    async def examine(self, actor: Actor, name: str, passphrase: str | None) -> Examined:
        """Reads it whole, one at a time. `passphrase` None = that of the settings. BackupRefused,
        Invalid for one of a newer TWS."""
        path = self._backups.path(actor, name)
        secret = passphrase or self._backups.settings.plan.passphrase
        async with self._one:
            found = await asyncio.to_thread(self._read, path, secret)
        try:
            found.check_key(without=False)
            missing = None
        except BackupRefused as error:
            missing = error.message
        tables = found.manifest.tables
        async with self._storage.reading() as reader:
            counts = {
                table: Count(
                    backup=tables[table].rows if table in tables else 0,
                    now=await store.count_all(reader, table),
                )
                for table in COUNTED
            }
        return Examined(
            about=found.about,
            counts=counts,
            replaces=self._place.called,
            files=self._place.files,
            kept=found.kept,
            key_missing=missing,
            command=self._command(path, without_key=missing is not None),
        )

    def _read(self, path: Path, passphrase: str | None) -> Restoration:
        try:
            return Restoration(path, passphrase, self._place, self._clock())
        except SchemaMismatch as error:
            raise Invalid(str(error), field="file") from error

    def _command(self, path: Path, *, without_key: bool) -> str:
        words = ["tws", "restore", "--data", str(self._place.data_dir)]
        words += ["--without-key"] if without_key else []
        return shlex.join([*words, str(path)])

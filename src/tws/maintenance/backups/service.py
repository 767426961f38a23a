"""Backups of this installation, for super users: made now or each day, listed, deleted."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import structlog

from tws.errors import Conflict, Unavailable, missing, stopped
from tws.maintenance.backups import folder
from tws.maintenance.backups.clock import next_at
from tws.maintenance.backups.making import Order
from tws.maintenance.backups.messages import decode_told, encode_order
from tws.maintenance.backups.model import BackupFile, Progress, Why
from tws.maintenance.backups.plan import OFF, Plan
from tws.net.child import Child
from tws.organisation.actor import SYSTEM, Actor
from tws.organisation.permission import super_users_only
from tws.schedule import Schedule
from tws.storage import Storage
from tws.storage.secrets import Secrets
from tws.storage.uninterrupted import in_thread
from tws.undecodable import UNDECODABLE

log = structlog.get_logger(__name__)
JOB, LOOK = "backup", "backup clock"
LOOKS_EVERY = 20.0
"Seconds: the clock of the machine may be set, or it may have slept."
SILENCE = 600.0
"Seconds without a word after which one is given up: a large table is counted in one go."
AFTER_START = timedelta(minutes=1)
"From a start to the backup that was missed: people come first."


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupSettings:
    database: str
    files: Path
    "The companies' files."
    folder: Path
    plan: Plan
    state: Path
    "A file in which the last failure is kept over restarts."
    since: Path
    "A file that says since when backups have been made here."


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    at: datetime
    words: str
    copied: bool
    "It is the copy that failed: the backup is there."


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What there is now."""

    backups: Sequence[BackupFile]
    running: Progress | None
    failure: Failure | None
    "Of the last one, until one succeeds."
    next: datetime | None
    settings: BackupSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """The newest backup, whoever asked for it."""

    taken: datetime | None
    "None: there is none that can be read."
    since: datetime
    "Since when there should have been one, where there is none."
    coming: bool
    "One is being made, or what was missed is about to be made up for."


class BackupService:
    def __init__(
        self,
        settings: BackupSettings,
        storage: Storage,
        secrets: Secrets,
        schedule: Schedule,
        clock: Callable[[], datetime],
        command: Sequence[str],
    ) -> None:
        """`command` starts the process that makes one."""
        self.settings, self._command = settings, command
        self._storage, self._secrets = storage, secrets
        self._schedule, self._clock = schedule, clock
        self._running: Progress | None = None
        self._failure: Failure | None = None
        self._next: datetime | None = None
        self._missed = False
        self.started = False

    async def start(self) -> None:
        """Forget what an earlier process left half-way, and look at the clock from now on. What
        was due while nobody looked at it is made up for soon."""
        folder.forget_parts(self.settings.folder)
        try:
            content = self.settings.state.read_bytes()
            self._failure = msgspec.json.decode(content, type=Failure)
        except (OSError, *UNDECODABLE):
            self._failure = None
        self.started = True
        await self._set_clock(make_up=True)

    async def follow(self, plan: Plan) -> None:
        """Another one from now on; one that is being made is made as it was begun."""
        was_off = self.settings.plan.at == OFF
        self.settings = replace(self.settings, plan=plan)
        if self.started:
            await self._set_clock(make_up=was_off)

    async def _set_clock(self, *, make_up: bool) -> None:
        now, at = self._clock(), self.settings.plan.at
        since = await asyncio.to_thread(self._since)
        try:
            newest = await asyncio.to_thread(folder.newest, self.settings.folder)
            since = since if newest is None else newest
        except OSError as error:
            log.error("folder of backups not read", error=str(error))
        due = next_at(at, since)
        self._missed = due is not None and due <= now and (make_up or self._missed)
        self._next = now + AFTER_START if self._missed else next_at(at, now)
        if self._next is not None:
            self._schedule.every(LOOK, LOOKS_EVERY, self._look)

    def _since(self) -> datetime:
        """Since when backups have been made here: from now on, where nobody noted it."""
        file = self.settings.since
        try:
            return msgspec.json.decode(file.read_bytes(), type=datetime)
        except (OSError, *UNDECODABLE):
            since = self._clock()
        try:
            file.write_bytes(msgspec.json.encode(since))
        except OSError as error:
            log.error("beginning of the backups not noted", error=str(error))
        return since

    async def stop(self) -> None:
        """None begins. One that is being made is left; nothing stays of it."""
        self.started = self._missed = False
        self._next = None
        await self._schedule.end(LOOK)
        await self._leave()

    @property
    def failure(self) -> Failure | None:
        """Of the last one, until one succeeds."""
        return self._failure

    async def last(self) -> Last:
        """For those who watch; OSError where the folder cannot be read."""
        taken = await asyncio.to_thread(folder.newest, self.settings.folder)
        since = await asyncio.to_thread(self._since)
        coming = self._missed or self._running is not None
        return Last(taken=taken, since=since, coming=coming)

    async def standing(self, actor: Actor) -> Standing:
        super_users_only(actor)
        try:
            found = await asyncio.to_thread(folder.listed, self.settings.folder)
        except OSError as error:
            raise Unavailable(f"{self.settings.folder}: {error.strerror}.") from error
        return Standing(
            backups=found,
            running=self._running,
            failure=self._failure,
            next=self._next,
            settings=self.settings,
        )

    async def begin(self, actor: Actor) -> None:
        """Make one now. Conflict while one is made."""
        super_users_only(actor)
        if not self.started:
            raise stopped("backups")
        if self._running is not None:
            raise Conflict("A backup is being made.", why="backupRunning")
        self._begin(actor, Why.ASKED)

    async def cancel(self, actor: Actor) -> None:
        """What is being made is left; nothing stays of it."""
        super_users_only(actor)
        await self._leave()

    async def _leave(self) -> None:
        await self._schedule.end(JOB)
        self._running = None  # also where it had not begun

    async def delete(self, actor: Actor, name: str) -> None:
        path = self.path(actor, name)
        try:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        except OSError as error:
            raise Unavailable(f"{path}: {error.strerror}.") from error
        await self._tell(actor, "backup deleted", name)

    async def opened(self, actor: Actor, name: str) -> Path:
        """Where it is, to be sent: the audit log says to whom."""
        path = self.path(actor, name)
        await self._tell(actor, "backup downloaded", name)
        return path

    def path(self, actor: Actor, name: str) -> Path:
        """Of one that is there, for super users; NotFound."""
        super_users_only(actor)
        path = self.settings.folder / name
        if not folder.NAME.fullmatch(name) or path.is_symlink() or not path.is_file():
            raise missing("backup")
        return path

    # ---------------------------------------------------------------- making

    async def _look(self) -> None:
        now = self._clock()
        if self._next is not None and self._next <= now:
            self._next, self._missed = next_at(self.settings.plan.at, now), False
            if self._running is None:
                self._begin(SYSTEM, Why.SCHEDULED)

    def _begin(self, actor: Actor, why: Why) -> None:
        self._running = Progress(done=0, total=0)

        async def work() -> None:
            try:
                await self._make(actor, why)
            finally:
                self._running = None
                folder.forget_parts(self.settings.folder)

        self._schedule.once(JOB, work)

    async def _make(self, actor: Actor, why: Why) -> None:
        try:
            name = await self._made(why)
        except (Unavailable, OSError) as error:
            await self._failed(Failure(at=self._clock(), words=str(error), copied=False))
            return
        try:
            await in_thread(self._kept, name)
        except OSError as error:
            words = f"{self.settings.plan.copy_to}: {error.strerror or error}"
            await self._failed(Failure(at=self._clock(), words=words, copied=True))
        else:
            self._failure = None
            self.settings.state.unlink(missing_ok=True)
        await self._tell(actor, "backup made", name)

    async def _made(self, why: Why) -> str:
        plan = self.settings.plan
        if plan.lost is not None:
            raise Unavailable(str(plan.lost))
        order = Order.of(
            self._secrets,
            database=self.settings.database,
            files=self.settings.files,
            to=self.settings.folder,
            why=why,
            passphrase=plan.passphrase,
        )
        child = await Child.start(self._command)
        try:
            await child.give(encode_order(order))
            while line := await child.line(SILENCE):
                told = decode_told(line)
                self._running = told.progress or self._running
                if told.made:
                    return told.made.name
                if told.failed:
                    raise Unavailable(told.failed.words)
        except TimeoutError as error:
            raise Unavailable("Nothing was heard of the backup any more.") from error
        finally:
            await child.stop()
        raise Unavailable("The backup ended without a word.")

    def _kept(self, name: str) -> None:
        place, plan = self.settings.folder, self.settings.plan
        folder.prune(place, plan.keep)
        if plan.copy_to is not None:
            folder.copy(place / name, plan.copy_to, plan.keep)

    async def _failed(self, failure: Failure) -> None:
        log.error("backup failed", words=failure.words, copied=failure.copied)
        self._failure = failure
        try:
            self.settings.state.write_bytes(msgspec.json.encode(failure))
        except OSError as error:
            log.error("failure of the backup not noted", error=str(error))

    async def _tell(self, actor: Actor, action: str, name: str) -> None:
        async with self._storage.transaction() as tx:
            await tx.audit(actor, action, name[:100], None, {"name": name})

"""Synchronisations: asked for by administrators or by the timetable, one at a time for each
directory, and taken up again after a restart.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog
from msgspec.structs import replace

from tws.bus import Bus
from tws.directory import store
from tws.directory.events import ContactsMerged, SynchronisationChanged
from tws.directory.mapping import hidden, mapping
from tws.directory.runs import Run
from tws.directory.sync.mailboxes import Mailbox
from tws.directory.sync.messages import Read
from tws.directory.sync.on_time import SENT, OnTime
from tws.directory.sync.running import ReadSource, Running
from tws.directory.sync.sampling import Sample
from tws.errors import Conflict, Invalid, stopped
from tws.numbering import plan_of
from tws.organisation.actor import Actor, DirectoryId, DomainId, UserId
from tws.organisation.drafts import DirectoryDraft
from tws.organisation.events import DirectoryChanged, DomainChanged
from tws.organisation.model import CollaborationAccount, Directory, DirectoryKind, User
from tws.organisation.permission import managed, may_change
from tws.organisation.registry import Registry
from tws.rereading import when_missed
from tws.schedule import AGAIN, Schedule
from tws.sentences import Sentence, said
from tws.sources.errors import ConnectorError
from tws.sources.last_runs import LastRuns
from tws.sources.run_states import RunProblem, RunState, problem_of
from tws.storage import Storage, new_id

RUN, ANEW, EMPTY = "synchronise", "synchronise anew", "delete contacts"
REREAD = "read runs of synchronisations again"
AT_ONCE = 2
"Sources that are read at the same time."
SAMPLE = 10
"Entries that are shown of a source that is tried."
EMPTIED = 200
"Contacts of a deleted directory in one transaction."
log = structlog.get_logger(__name__)

OpenedAccount = Callable[
    [Directory, UserId], tuple[CollaborationAccount, Mapping[str, object]] | None
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the synchronisation asks of the house."""

    read: ReadSource
    settings: Callable[[Directory], Mapping[str, object]]
    "With secrets; Invalid."
    account: OpenedAccount = lambda directory, user: None
    "A user's own one with the server of a directory, with its password; Invalid."
    ended: Callable[[DirectoryId, datetime], Awaitable[None]]
    "Tells the organisation that a directory was synchronised."
    files: Path
    "In it a folder for each company."
    staging: Path
    local_photos: bool = False
    "Photos at this machine's own addresses are read too."
    memory: int = 250
    "MiB that the reader of a source may take."


class SyncService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        sources: Sources,
    ) -> None:
        self._storage, self._registry, self._bus = storage, registry, bus
        self._schedule, self._clock, self._sources = schedule, clock, sources
        self._last = LastRuns[DirectoryId, Run](
            lambda run: run.directory, lambda run: bus.publish(SynchronisationChanged(run))
        )
        self._reading = asyncio.Semaphore(AT_ONCE)
        self._anew_later: set[DirectoryId] = set()
        "Whose run was ended by a change while the service is stopped."
        self.started = False
        bus.follow(DirectoryChanged, self._directory_changed)
        bus.follow_here(DirectoryChanged, self._directory_to_empty)
        bus.follow(DomainChanged, self._domain_changed)
        bus.follow(SynchronisationChanged, lambda event: self._told(event.run))
        when_missed(bus, schedule, REREAD, self._read_again)
        self._on_time = OnTime(
            registry, bus, schedule, clock, self.last, partial(self._begin, by=None), self._runs
        )

    async def start(self) -> None:
        """Take up what a stop interrupted: what was read to its end is merged to its end."""
        async with self._storage.reading() as reader:
            self._last.load(await store.last_runs(reader))
            filled = await store.directories(reader)
        for run in self._last.of_state(RunState.READING):
            await self._end(run, RunState.FAILED, RunProblem.INTERRUPTED)
        for directory in filled:
            if directory not in self._registry.directories:
                self._empty(DirectoryId(directory))
        self.started = True
        for run in self._last.of_state(RunState.MERGING):
            self._go_on(run)
        later, self._anew_later = self._anew_later, set()
        for id in later:
            if (
                row := self._registry.directories.get(id)
            ) and row.kind is not DirectoryKind.DISABLED:
                await self._begin(row, None)
        self._on_time.look()

    async def stop(self) -> None:
        """No run begins. One that reads ends; one that merges goes on at the next start."""
        self.started = False
        self._on_time.look()
        await self._schedule.end(RUN)
        for run in self._last.of_state(RunState.READING):
            await self._end(run, RunState.CANCELLED, RunProblem.INTERRUPTED)

    def _told(self, run: Run) -> None:
        """By the node that carries it out."""
        if not self._schedule.works():
            self._last.hear(run)

    async def _read_again(self) -> None:
        """Runs of another node of which nothing was heard."""
        if self._schedule.works():
            return
        async with self._storage.reading() as reader:
            stored = await store.last_runs(reader)
        for run in stored:
            if not self._schedule.works() and self._last.older(run):
                self._bus.hear(SynchronisationChanged(run))

    # ------------------------------------------------------------ asked for

    async def synchronise(self, actor: Actor, id: DirectoryId) -> Run:
        """Begin; Conflict while an earlier one goes on, and where there is nothing to read."""
        directory = self._managed(actor, id)
        self._refuse_while_stopped()
        if directory.built_in is not None:
            raise Conflict(f"{directory.name} is TWS's own: there is no source to read.")
        if directory.kind is DirectoryKind.DISABLED:
            raise Conflict("This directory is disabled.")
        if directory.connector in SENT:
            raise Conflict("Nothing is read for this directory: its users send their contacts.")
        return await self._begin(directory, actor.administrator)

    async def try_out(self, actor: Actor, id: DirectoryId) -> list[Sample]:
        """The first entries of the source, and what would become of them; nothing is changed.
        Raises ConnectorError, and Conflict where there is no source."""
        directory = self._managed(actor, id)
        if directory.built_in is not None:
            raise Conflict(f"{directory.name} is TWS's own: there is no source to read.")
        return await self._sample(self._question(directory, self._sources.settings(directory)))

    async def try_draft(self, actor: Actor, draft: DirectoryDraft) -> list[Sample]:
        """The same of a directory that is not stored, or not so."""
        may_change(actor, draft.directory.company, "directory")
        question = self._question(draft.directory, draft.settings)
        if question.mailboxes == []:  # nobody is granted it yet
            question = replace(question, mailboxes=self._mailboxes_of(draft.directory.domain))
        return await self._sample(question)

    async def _sample(self, question: Read) -> list[Sample]:
        question = replace(question, sample=SAMPLE)
        async with self._reading:
            return (await self._sources.read(question, lambda read: None)).sample

    async def approve(self, actor: Actor, id: DirectoryId) -> Run:
        """Yes, so many contacts may be deleted; Conflict where nothing is asked."""
        run = self._asking(actor, id)
        self._refuse_while_stopped()
        after = replace(run, state=RunState.MERGING, approved=True)
        await self._write(after)
        self._go_on(after)
        return after

    async def cancel(self, actor: Actor, id: DirectoryId) -> Run:
        """What was merged stays; the next run brings the rest. Conflict where none goes on."""
        self._managed(actor, id)
        if self._last.going_on(id) is None:
            raise Conflict("No synchronisation of this directory goes on.")
        self._schedule.cancel(RUN, key=id)
        return await self._end(self._last[id], RunState.CANCELLED)

    async def list_runs(self, actor: Actor, id: DirectoryId, limit: int = 20) -> list[Run]:
        """The newest first; the first as it stands now."""
        self._managed(actor, id)
        async with self._storage.reading() as reader:
            found = await store.runs(reader, id, limit)
        return self._last.as_they_stand(found)

    def own_failures(self, actor: Actor) -> list[tuple[Directory, Run, str]]:
        """Directories of the contacts of the user who asks that could not be read with an account
        of his own: the run, and the mailbox in its remarks."""
        if actor.user is None:
            return []
        user, found = self._registry.users[actor.user], []
        for directory in self._registry.directories_for(user.id):
            run = self._last.get(directory.id)
            if run is None or directory.kind is not DirectoryKind.PRIVATE:
                continue
            mailbox = self._mailbox(directory, user)
            own = bool(mailbox.account or mailbox.problem)
            if own and mailbox.address in run.remarks.unread:
                found.append((directory, run, mailbox.address))
        return found

    def _runs(self) -> bool:
        return self.started

    def last(self, id: DirectoryId) -> Run | None:
        return self._last.get(id)

    def _managed(self, actor: Actor, id: DirectoryId) -> Directory:
        return managed(actor, self._registry.directories, id, "directory")

    def _refuse_while_stopped(self) -> None:
        if not self.started:
            raise stopped("synchronisation")

    def _asking(self, actor: Actor, id: DirectoryId) -> Run:
        self._managed(actor, id)
        run = self._last.get(id)
        if run is None or run.state is not RunState.ASKING:
            raise Conflict("Nothing is asked about this directory.")
        return run

    # ------------------------------------------------------------ one run

    async def _begin(self, directory: Directory, by: str | None) -> Run:
        if self._last.going_on(directory.id) is not None:
            raise Conflict("This directory is being synchronised.")
        run = Run(
            id=new_id(),
            company=directory.company,
            directory=directory.id,
            state=RunState.READING,
            by=by,
            started=self._clock(),
        )
        await self._last.begin(run, self._write)
        self._go_on(run)
        return run

    def _go_on(self, run: Run) -> None:
        if not self.started:
            return  # stopped meanwhile
        work = partial(self._work, run.directory)
        self._schedule.once(RUN, work, key=run.directory, retry=AGAIN)

    async def _work(self, id: DirectoryId) -> None:
        """Until the run is over or asks. While the database is away the schedule tries again."""
        directory, run = self._registry.directories.get(id), self._last[id]
        if directory is None or run.state.over or run.state is RunState.ASKING:
            return
        domain = self._registry.domains[directory.domain]
        running = Running(
            run,
            directory,
            storage=self._storage,
            path=self._sources.staging / f"{id}.db",
            plan=store.plan_key(plan_of(domain), hidden(mapping(directory.mapping))),
            tell=self._last.put,
            clock=self._clock,
        )
        try:
            if run.state is RunState.READING:
                self._schedule.cancel(EMPTY, key=id)  # the run does it
                async with self._reading:
                    settings = self._sources.settings(directory)
                    await running.read(self._sources.read, self._question(directory, settings))
            if running.run.state is RunState.MERGING:
                await running.merge()
                await self._sources.ended(id, self._clock())
                await self._end(running.run, RunState.DONE)
        except ConnectorError as error:
            await self._failed(running.run, problem_of(error), error.said)
        except Invalid as error:
            await self._failed(running.run, RunProblem.MISCONFIGURED, error.said)
        except (OSError, sqlite3.Error) as error:  # the disk of the staging file
            await self._failed(running.run, RunProblem.INTERRUPTED, said(str(error)))

    def _question(self, directory: Directory, settings: Mapping[str, object]) -> Read:
        private = directory.kind is DirectoryKind.PRIVATE
        return Read(
            connector=directory.connector,
            settings=dict(settings),
            files=str(self._sources.files / directory.company),
            staging=str(self._sources.staging / f"{directory.id}.db"),
            mapping=dict(directory.mapping),
            plan=plan_of(self._registry.domains[directory.domain]),
            mailboxes=self._mailboxes(directory) if private else None,
            local_photos=self._sources.local_photos,
            memory=self._sources.memory,
        )

    def _mailboxes(self, directory: Directory) -> list[Mailbox]:
        """Of those who may look into the directory and have an e-mail address."""
        found = (
            self._mailbox(directory, user)
            for user in self._registry.users.values()
            if user.company == directory.company
            and any(each.id == directory.id for each in self._registry.directories_for(user.id))
        )
        return [mailbox for mailbox in found if mailbox.address]

    def _mailbox(self, directory: Directory, user: User) -> Mailbox:
        """He is read with the account of his own, where he has one."""
        try:
            own = self._sources.account(directory, user.id)
        except Invalid as error:
            return Mailbox(user.id, user.email, problem=error.said)
        if own is None:
            return Mailbox(user.id, user.email)
        account, settings = own
        return Mailbox(user.id, account.email or user.email, account=dict(settings))

    def _mailboxes_of(self, domain: DomainId) -> list[Mailbox]:
        users = self._registry.users.values()
        return [Mailbox(u.id, u.email) for u in users if u.domain == domain and u.email]

    async def _failed(self, run: Run, problem: RunProblem, why: Sentence) -> None:
        log.warning("synchronisation failed", directory=run.directory, problem=problem.value)
        await self._end(replace(run, said=why), RunState.FAILED, problem)

    async def _end(self, run: Run, state: RunState, problem: RunProblem | None = None) -> Run:
        after = replace(run, state=state, problem=problem, ended=self._clock())
        await self._write(after)
        (self._sources.staging / f"{run.directory}.db").unlink(missing_ok=True)
        directory = self._registry.directories.get(run.directory)
        if state is not RunState.DONE and directory and directory.synchronised is None:
            self._empty(run.directory)  # nobody has seen it
        self._on_time.look_at(run.directory)
        return after

    async def _write(self, run: Run) -> None:
        async with self._storage.transaction() as tx:
            await store.write_run(tx, run)
            if run.state.over:
                await store.forget_runs(tx, run.directory)
            if run.state is RunState.DONE:
                tx.publish(ContactsMerged(run.company, run.directory))
        self._last.put(run)

    # ------------------------------------------------------------ what changes meanwhile

    def _directory_changed(self, change: DirectoryChanged) -> None:
        before, after = change.before, change.after
        if after is None:
            assert before is not None
            for job in (RUN, ANEW):
                self._schedule.cancel(job, key=before.id)
            self._last.forget(before.id)
            return
        if before is not None and _read_by(before) != _read_by(after):
            self._begin_anew(after.id)

    def _directory_to_empty(self, change: DirectoryChanged) -> None:
        if change.after is None and change.before is not None:
            self._empty(change.before.id)

    def _domain_changed(self, change: DomainChanged) -> None:
        before, after = change.before, change.after
        if before is not None and after is not None and plan_of(before) != plan_of(after):
            for directory in self._registry.directories_of(after.id):
                self._begin_anew(directory.id)

    def _begin_anew(self, id: DirectoryId) -> None:
        """What goes on would bring contacts as they were to be read before: hidden fields, too."""
        last = self._last.going_on(id)
        if last is not None and self._schedule.works():
            self._schedule.cancel(RUN, key=id)
            self._schedule.once(ANEW, partial(self._anew, id, last.id), key=id, retry=AGAIN)

    async def _anew(self, id: DirectoryId, run: str) -> None:
        last, directory = self._last.get(id), self._registry.directories.get(id)
        if last is None or last.id != run or directory is None:
            return
        if not last.state.over:
            await self._end(last, RunState.CANCELLED, RunProblem.CHANGED)
        if not self.started:
            self._anew_later.add(id)
        elif directory.kind is not DirectoryKind.DISABLED:
            await self._begin(directory, last.by)

    def _empty(self, id: DirectoryId) -> None:
        self._schedule.once(EMPTY, partial(self._emptied, id), key=id, retry=AGAIN)

    async def _emptied(self, id: DirectoryId) -> None:
        while True:
            async with self._storage.transaction() as tx:
                number = await store.empty(tx, id, EMPTIED)
            if number < EMPTIED:
                return


def _read_by(directory: Directory) -> tuple[object, ...]:
    """What decides which contacts a source brings."""
    return directory.connector, directory.settings, directory.mapping, directory.kind

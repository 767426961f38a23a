"""Imports of users: asked for by administrators or by the timetable, one run at a time for each
import, carried out one after the other.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from dataclasses import replace as with_fields
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog
from msgspec import Struct
from msgspec.structs import replace

from tws.bus import Bus
from tws.errors import Conflict, Invalid, Unavailable, stopped
from tws.imports import store
from tws.imports.events import UserImportRunChanged
from tws.imports.messages import ReadUsers
from tws.imports.model import Report, Run
from tws.imports.on_time import OnTime
from tws.imports.planning import Plan, Present, Rules
from tws.imports.running import ReadUsersOf, Running, asked_about, planned, report_of
from tws.numbering import plan_of
from tws.organisation.actor import (
    SYSTEM,
    Actor,
    AdministratorId,
    CompanyId,
    DirectoryId,
    UserImportId,
)
from tws.organisation.events import DirectoryChanged, UserImportChanged
from tws.organisation.groups import Groups
from tws.organisation.model import Directory, UserImport
from tws.organisation.permission import managed
from tws.organisation.registry import Registry
from tws.organisation.user_batches import UserBatches
from tws.rereading import when_missed
from tws.schedule import AGAIN, Schedule
from tws.sentences import Sentence
from tws.sources.errors import ConnectorError
from tws.sources.last_runs import LastRuns
from tws.sources.run_states import RunProblem, RunState, problem_of
from tws.storage import Storage, new_id

RUN, ANEW = "import users", "import users anew"
REREAD = "read runs of imports again"
AT_ONCE = 2
"Sources that are read at the same time."
OF_PEOPLE = ("last_name", "first_name", "email1", "mobile")
"Of the mapping of the directory: what users have too."
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What imports ask of the house."""

    read: ReadUsersOf
    settings: Callable[[Directory], Mapping[str, object]]
    "With secrets; Invalid."
    show: Callable[[Actor, DirectoryId], Awaitable[object]]
    "Begins to bring the cards of the same people; Conflict."
    files: Path
    "In it a folder for each company."
    memory: int = 250
    "MiB that the reader of a source may take."


class Trial(Struct, frozen=True):
    """What an import would do."""

    report: Report
    asks: bool
    "Somebody would have to say yes."


class ImportService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        batches: UserBatches,
        groups: Groups,
        sources: Sources,
    ) -> None:
        self._storage, self._registry, self._bus = storage, registry, bus
        self._schedule, self._clock = schedule, clock
        self._batches, self._groups, self._sources = batches, groups, sources
        self._last = LastRuns[UserImportId, Run](
            lambda run: run.user_import, lambda run: bus.publish(UserImportRunChanged(run))
        )
        self.started = False
        self._reading = asyncio.Semaphore(AT_ONCE)
        self._changing = asyncio.Lock()
        "One at a time changes users, so that what was planned is still so."
        bus.follow(UserImportChanged, self._import_changed)
        bus.follow(DirectoryChanged, self._directory_changed)
        bus.follow(UserImportRunChanged, lambda event: self._told(event.run))
        when_missed(bus, schedule, REREAD, self._read_again)
        self._on_time = OnTime(
            registry, bus, schedule, clock, self.last, partial(self._begin, by=None), self._runs
        )

    async def start(self) -> None:
        """What a stop interrupted half-way is read again, as is what was ended by a change while
        nothing could begin."""
        async with self._storage.reading() as reader:
            self._last.load(await store.last_runs(reader))
        self.started = True
        for run in self._last.of_state(RunState.READING, RunState.MERGING):
            await self._end(run, RunState.FAILED, RunProblem.INTERRUPTED)
            row = self._registry.user_imports.get(run.user_import)
            if row is not None and run.state is RunState.MERGING:
                await self._begin(row, run.by, run.approved)
        for run in self._last.of_state(RunState.CANCELLED):
            row = self._registry.user_imports.get(run.user_import)
            if row is not None and run.problem is RunProblem.CHANGED:
                await self._begin(row, run.by)
        self._on_time.look()

    async def stop(self) -> None:
        """No run begins. One that reads ends; one that changes users begins anew at the start."""
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
                self._bus.hear(UserImportRunChanged(run))

    # ------------------------------------------------------------ asked for

    async def run(self, actor: Actor, id: UserImportId) -> Run:
        """Begin; Conflict while an earlier one goes on."""
        return await self._begin(self._managed(actor, id), actor.administrator)

    async def try_out(self, actor: Actor, id: UserImportId) -> Trial:
        """What a run would do; nothing is changed. Raises ConnectorError."""
        row = self._managed(actor, id)
        question = self._question(row)
        async with self._reading:
            people = await self._sources.read(question, lambda read: None)
        found = await planned(people, *self._held_against(row))
        return Trial(report_of(found, len(people)), asked_about(found, None))

    async def approve(self, actor: Actor, id: UserImportId) -> Run:
        """Yes, so many users may be deleted or disabled. The source is read again: more than were
        told are asked about again. Conflict where nothing is asked."""
        row = self._managed(actor, id)
        run = self._last.get(id)
        if run is None or run.state is not RunState.ASKING:
            raise Conflict("Nothing is asked about this import.")
        self._refuse_while_stopped()
        counts = run.report.counts
        await self._end(run, RunState.CANCELLED)
        return await self._begin(row, actor.administrator, counts.deleted + counts.disabled)

    async def cancel(self, actor: Actor, id: UserImportId) -> Run:
        """What was done stays done. Conflict where none goes on."""
        self._managed(actor, id)
        if self._last.going_on(id) is None:
            raise Conflict("No run of this import goes on.")
        self._schedule.cancel(RUN, key=id)
        return await self._end(self._last[id], RunState.CANCELLED)

    async def list_runs(self, actor: Actor, id: UserImportId, limit: int = 20) -> list[Run]:
        """The newest first; one that goes on as it stands now."""
        self._managed(actor, id)
        async with self._storage.reading() as reader:
            found = await store.runs(reader, id, limit)
        return self._last.as_they_stand(found)

    def last(self, id: UserImportId) -> Run | None:
        return self._last.get(id)

    def _runs(self) -> bool:
        return self.started

    def _refuse_while_stopped(self) -> None:
        if not self.started:
            raise stopped("imports")

    def _managed(self, actor: Actor, id: UserImportId) -> UserImport:
        return managed(actor, self._registry.user_imports, id, "user import")

    # ------------------------------------------------------------ one run

    async def _begin(self, row: UserImport, by: str | None, approved: int | None = None) -> Run:
        if self._last.going_on(row.id) is not None:
            raise Conflict("This import is running.")
        self._refuse_while_stopped()
        run = Run(
            id=new_id(),
            company=row.company,
            user_import=row.id,
            state=RunState.READING,
            by=by,
            started=self._clock(),
            approved=approved,
        )
        await self._last.begin(run, self._write)
        if self.started:
            self._schedule.once(RUN, partial(self._work, row.id), key=row.id, retry=AGAIN)
        return run

    async def _work(self, id: UserImportId) -> None:
        """Until the run is over or asks. While the database is away the schedule tries again."""
        row, run = self._registry.user_imports.get(id), self._last[id]
        if row is None or run.state.over or run.state is RunState.ASKING:
            return
        running = Running(
            run,
            batches=self._batches,
            groups=self._groups,
            actor=self._author(run),
            tell=self._last.put,
            keep=self._write,
        )
        try:
            async with self._reading:
                people = await running.read(self._sources.read, self._question(row))
            async with self._changing:
                found: Plan = await planned(people, *self._held_against(row))
                await running.carry_out(found, len(people), row.group)
        except ConnectorError as error:
            await self._failed(running.run, problem_of(error), error.said)
        except Invalid as error:
            await self._failed(running.run, RunProblem.MISCONFIGURED, error.said)
        else:
            if running.run.state is RunState.MERGING:
                await self._end(running.run, RunState.DONE)
                await self._show(row)

    async def _show(self, row: UserImport) -> None:
        """Their cards, too. Where the directory is being read already, or is disabled, it comes
        to it in its own time."""
        try:
            await self._sources.show(SYSTEM, row.directory)
        except (Conflict, Unavailable):
            log.info("directory of an import not synchronised", user_import=row.id)

    def _author(self, run: Run) -> Actor:
        """In the audit log: the import, on behalf of whoever asked for it."""
        who = "the timetable"
        if run.by is not None:
            known = self._registry.administrators.get(AdministratorId(run.by))
            who = f"administrator {known.username if known else '?'}"
        return with_fields(SYSTEM, label=f"import of users, {who}")

    def _question(self, row: UserImport) -> ReadUsers:
        directory = self._registry.directories[row.directory]
        of_people = {n: directory.mapping[n] for n in OF_PEOPLE if n in directory.mapping}
        return ReadUsers(
            connector=directory.connector,
            settings=dict(self._sources.settings(directory)),
            files=str(self._sources.files / row.company),
            fields={**of_people, **row.fields},
            memory=self._sources.memory,
        )

    def _held_against(self, row: UserImport) -> tuple[Present, Rules]:
        """As it is now."""
        registry = self._registry
        group = registry.groups.get(row.group) if row.group is not None else None
        link = registry.links.get(row.link) if row.link is not None else None
        present = Present(
            users=[user for user in registry.users.values() if user.company == row.company],
            devices=[one for one in registry.devices.values() if one.company == row.company],
            shared=registry.listening.shared_numbers(row.link),
            members=group.members if group is not None else frozenset(),
            imports=_others(registry, row.company),
        )
        place = registry.domains[link.domain if link is not None else row.domain]
        rules = Rules(
            row=row,
            link_domain=link.domain if link is not None else None,
            plan=plan_of(place) if row.adapt else None,
            new_id=new_id,
        )
        return present, rules

    # ------------------------------------------------------------ telling

    async def _failed(self, run: Run, problem: RunProblem, why: Sentence) -> None:
        log.warning("import failed", user_import=run.user_import, problem=problem.value)
        await self._end(replace(run, said=why), RunState.FAILED, problem)

    async def _end(self, run: Run, state: RunState, problem: RunProblem | None = None) -> Run:
        after = replace(run, state=state, problem=problem, ended=self._clock())
        await self._write(after)
        self._on_time.look_at(run.user_import)
        return after

    async def _write(self, run: Run) -> None:
        async with self._storage.transaction() as tx:
            await store.write_run(tx, run)
            if run.state.over:
                await store.forget_runs(tx, run.user_import)
        self._last.put(run)

    # ------------------------------------------------------------ what changes meanwhile

    def _import_changed(self, change: UserImportChanged) -> None:
        before, after = change.before, change.after
        if after is None and before is not None:
            for job in (RUN, ANEW):
                self._schedule.cancel(job, key=before.id)
            self._last.forget(before.id)
        elif before is not None and after is not None:
            self._begin_anew(after.id)

    def _directory_changed(self, change: DirectoryChanged) -> None:
        before, after = change.before, change.after
        if before is None or after is None or _read_by(before) == _read_by(after):
            return
        for row in self._registry.user_imports.values():
            if row.directory == after.id:
                self._begin_anew(row.id)

    def _begin_anew(self, id: UserImportId) -> None:
        """What goes on was asked otherwise."""
        last = self._last.going_on(id)
        if last is not None and self._schedule.works():
            self._schedule.cancel(RUN, key=id)
            self._schedule.once(ANEW, partial(self._anew, id, last.id), key=id, retry=AGAIN)

    async def _anew(self, id: UserImportId, run: str) -> None:
        last, row = self._last.get(id), self._registry.user_imports.get(id)
        if last is None or last.id != run or row is None:
            return
        if not last.state.over:
            await self._end(last, RunState.CANCELLED, RunProblem.CHANGED)
        if self.started:
            await self._begin(row, last.by)


def _others(registry: Registry, company: CompanyId) -> dict[str, str]:
    """Who brings users of a company, by name: those of others are left alone."""
    of_imports: dict[str, str] = {
        id: registry.directories[one.directory].name
        for id, one in registry.user_imports.items()
        if one.company == company
    }
    connections = registry.scim_connections.values()
    return of_imports | {one.id: one.name for one in connections if one.company == company}


def _read_by(directory: Directory) -> tuple[object, ...]:
    """What decides who is read."""
    of_people = {name: directory.mapping.get(name) for name in OF_PEOPLE}
    return directory.connector, directory.settings, of_people

"""A directory with a source on paper, and its synchronisation."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from tests.directory.people import People
from tws.directory.connector import Entry
from tws.directory.events import SynchronisationChanged
from tws.directory.mapping import mapping
from tws.directory.runs import Run
from tws.directory.sync.messages import Ended, Read
from tws.directory.sync.reading import SourceReading
from tws.directory.sync.service import Sources, SyncService
from tws.directory.sync.staging import Staging
from tws.organisation import store
from tws.organisation.actor import DirectoryId
from tws.organisation.events import DirectoryChanged, DirectorySynchronised, GrantChanged
from tws.organisation.grant import Grant, GranteeKind, GrantKind, ObjectKind
from tws.organisation.model import Directory, DirectoryKind
from tws.schedule import Schedule
from tws.sources.errors import ConnectorError
from tws.sources.run_states import RunState
from tws.storage import new_id

MAPPING = {
    "identifier": "id",
    "last_name": "sn",
    "first_name": "gn",
    "organisation": "o",
    "work": "tel",
    "work_red": "red",
    "email1": "mail",
    "email2": "mail2",
    "private0": "note",
}
PATIENCE = 20.0


class Paper:
    """What the source says, changed by tests; `fails` after all of it."""

    title: ClassVar[str] = "On paper"
    Settings: ClassVar[type[Any]] = object
    private: ClassVar[bool] = True
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = MAPPING

    def __init__(self, settings: Any = None, files: Path = Path()) -> None:
        self.rows: list[dict[str, str]] = []
        self.fails: ConnectorError | None = None

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        for row in self.rows:
            if mailbox in (None, row.get("of")):
                yield Entry(row)
        if self.fails is not None:
            raise self.fails


@dataclass
class Library:
    """The directories of a company that are read from elsewhere."""

    people: People
    schedule: Schedule
    folder: Path
    paper: Paper = field(default_factory=Paper)
    hold: asyncio.Event | None = None
    "The source is read once it is set."
    ended: list[str] = field(default_factory=list)
    told: list[Run] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sync = self.another()
        self.changed = asyncio.Event()
        self.people.bus.follow(SynchronisationChanged, self._tell)

    def another(self) -> SyncService:
        """A server that starts now."""
        return SyncService(
            self.people.storage,
            self.people.registry,
            self.people.bus,
            self.schedule,
            lambda: datetime.now(UTC),
            Sources(
                read=self._read,
                settings=lambda directory: directory.settings,
                ended=self._ended,
                files=self.folder / "files",
                staging=self.folder / "staging",
            ),
        )

    async def _read(self, question: Read, progress: Callable[[int], None]) -> Ended:
        if self.hold is not None:
            await self.hold.wait()
        staging = Staging(Path(question.staging))
        try:
            made = SourceReading(mapping(question.mapping), repr(question.mapping), question.plan)
            return Ended(made.run(self.paper, staging, question.mailboxes, progress))
        finally:
            staging.close()

    async def _ended(self, id: DirectoryId, at: datetime) -> None:
        self.ended.append(id)
        async with self.people.storage.transaction() as tx:
            await store.synchronised(tx, id, at)
            tx.publish(DirectorySynchronised(id, at))

    def _tell(self, event: SynchronisationChanged) -> None:
        self.told.append(event.run)
        self.changed.set()

    async def directory(self, name: str = "Customers", **fields: Any) -> Directory:
        made = Directory(
            **{
                "id": DirectoryId(new_id()),
                "version": 1,
                "company": self.people.company,
                "domain": self.people.paris.id,
                "name": name,
                "kind": DirectoryKind.PUBLIC,
                "connector": "paper",
                "priority": 1,
                "mapping": MAPPING,
                **fields,
            }
        )
        async with self.people.storage.transaction() as tx:
            await store.directories.insert(tx, made)
            tx.publish(DirectoryChanged(None, made))
        return made

    async def change(self, directory: Directory, **fields: Any) -> Directory:
        known = self.people.registry.directories[directory.id].synchronised
        after = replace(
            directory, version=directory.version + 1, **{"synchronised": known, **fields}
        )
        async with self.people.storage.transaction() as tx:
            await store.directories.update(tx, after)
            tx.publish(DirectoryChanged(directory, after))
        return after

    async def delete(self, directory: Directory) -> None:
        async with self.people.storage.transaction() as tx:
            await store.directories.delete(tx, directory)
            tx.publish(DirectoryChanged(directory, None))

    async def grant(self, directory: Directory) -> None:
        """Everybody of its domain may look into it."""
        grant = Grant(
            id=new_id(),
            company=directory.company,
            kind=GrantKind.DIRECTORY,
            object_kind=ObjectKind.DIRECTORY,
            object=directory.id,
            grantee_kind=GranteeKind.DOMAIN,
            grantee=directory.domain,
        )
        async with self.people.storage.transaction() as tx:
            await store.granted.insert(tx, grant)
            tx.publish(GrantChanged(None, grant))

    async def until(self, directory: Directory, *states: RunState) -> Run:
        async with asyncio.timeout(PATIENCE):
            while True:
                run = self.sync.last(directory.id)
                if run is not None and run.state in states:
                    return run
                self.changed.clear()
                await self.changed.wait()

    async def run(self, directory: Directory, *rows: dict[str, str]) -> Run:
        """Synchronise with these rows, to the end or to a question."""
        self.paper.rows = list(rows)
        await self.sync.synchronise(self.people.administrator(self.people.company), directory.id)
        over = [state for state in RunState if state.over]
        return await self.until(directory, RunState.ASKING, *over)

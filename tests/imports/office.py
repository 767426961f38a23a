"""A company whose users are imported from people on paper."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.organisation.world import Place, World
from tws.bus import Bus
from tws.directory.connector import Entry
from tws.directory.mapping import mapping
from tws.imports.events import UserImportRunChanged
from tws.imports.messages import ReadUsers
from tws.imports.model import Person, Run
from tws.imports.reading import person
from tws.imports.service import ImportService, Sources
from tws.organisation.actor import SYSTEM, Actor, DirectoryId
from tws.organisation.model import ImportMode, User, UserImport
from tws.schedule import Schedule
from tws.sources.errors import ConnectorError
from tws.sources.run_states import RunState

FIELDS = {"username": "login", "identifier": "id", "number": "tel"}
PATIENCE = 20.0


@dataclass
class Office:
    world: World
    place: Place
    bus: Bus
    schedule: Schedule
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    rows: list[dict[str, str]] = field(default_factory=list)
    fails: ConnectorError | None = None
    hold: asyncio.Event | None = None
    "The source is read once it is set."
    shown: list[str] = field(default_factory=list)
    "Directories whose cards were asked for."

    def __post_init__(self) -> None:
        self.imports = self.another()
        self.changed = asyncio.Event()
        self.bus.follow(UserImportRunChanged, lambda _: self.changed.set())

    def another(self) -> ImportService:
        """A server that starts now."""
        service = self.world.service
        return ImportService(
            self.world.storage,
            self.world.registry,
            self.bus,
            self.schedule,
            self.clock,
            service.user_batches,
            service.groups,
            Sources(
                read=self._read,
                settings=lambda directory: directory.settings,
                show=self._show,
                files=Path("files"),
            ),
        )

    async def _read(self, question: ReadUsers, progress: Callable[[int], None]) -> list[Person]:
        if self.hold is not None:
            await self.hold.wait()
        if self.fails is not None:
            raise self.fails
        progress(len(self.rows))
        fields = mapping(question.fields)
        return [person(Entry(row), fields) for row in self.rows]

    async def _show(self, actor: Actor, directory: DirectoryId) -> None:
        self.shown.append(directory)

    async def made(self, mode: ImportMode = ImportMode.DELETE, **more: Any) -> UserImport:
        return await self.world.service.user_imports.create_user_import(
            SYSTEM,
            **{
                "domain": self.place.paris.id,
                "name": "Employees",
                "connector": "toy",
                "settings": {"host": "x"},
                "mapping": {"last_name": "sn"},
                "fields": FIELDS,
                "link": self.place.link.id,
                "mode": mode,
                **more,
            },
        )

    def people(self, *numbers: int, name: str = "") -> None:
        """The source has these."""
        self.rows = [
            {"id": f"i{n}", "login": f"u{n}", "sn": f"{name}{n}", "tel": f"{5000 + n}"}
            for n in numbers
        ]

    async def until(self, row: UserImport, *states: RunState) -> Run:
        async with asyncio.timeout(PATIENCE):
            while True:
                run = self.imports.last(row.id)
                if run is not None and run.state in states:
                    return run
                self.changed.clear()
                await self.changed.wait()

    async def run(self, row: UserImport, *numbers: int, name: str = "") -> Run:
        """With these people, to the end or to a question."""
        self.people(*numbers, name=name)
        await self.imports.run(SYSTEM, row.id)
        over = [state for state in RunState if state.over]
        return await self.until(row, RunState.ASKING, *over)

    def users(self) -> dict[str, User]:
        """Those that were imported."""
        users = self.world.registry.users.values()
        return {user.username: user for user in users if user.user_import is not None}

"""Collects the files of a bundle, each by itself: what cannot be had takes nothing with it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tws.config import Settings
from tws.maintenance.doctor import Doctor
from tws.maintenance.findings import Finding
from tws.maintenance.nodes import NodesService
from tws.maintenance.services import Services
from tws.maintenance.support import known, lines, machine, traced
from tws.maintenance.support.bundle import Bundle
from tws.maintenance.support.hiding import Hiding
from tws.organisation.actor import Actor
from tws.organisation.registry import Registry
from tws.storage import Storage, StorageError
from tws.telemetry import recent
from tws.telephony.events import LinkStatus

PATIENCE = 30.0
"Seconds for what the database or others are asked."
NO_SERVER = "No server was asked: its own log has its lines (journalctl -u tws)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What only a server that runs can tell."""

    services: Services
    nodes: NodesService
    statuses: Callable[[], Iterable[LinkStatus]]
    figures: Callable[[], Awaitable[bytes]]
    incidents: Callable[[], Iterable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What the database tells, where it could be opened."""

    storage: Storage
    registry: Registry
    doctor: Doctor
    secret_fields: known.SecretFields


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    actor: Actor
    personal: bool
    "Numbers and names as they are."
    traces: bool


class Collecting:
    def __init__(
        self,
        asked: Asked,
        settings: Settings,
        made: datetime,
        office: Office | None,
        running: Running | None,
        why: str = "",
    ) -> None:
        """`why`: there is no office."""
        self._asked, self._settings = asked, settings
        self._office, self._running, self._why = office, running, why
        self.bundle = Bundle(made, asked.personal)
        self._hiding: Hiding | None = None
        self._people: Hiding | None = None
        if not asked.personal:
            people = [] if office is None else list(known.people(office.registry))
            numbers = [] if office is None else known.numbers(office.registry)
            self._people, self._hiding = Hiding(people), Hiding([*people, *numbers])

    async def collect(self) -> Bundle:
        bundle = self.bundle
        bundle.values(
            "versions.json", "versions of TWS, its packages, its machine", machine.versions()
        )
        shown: Any = machine.settings_of(self._settings)
        bundle.values("settings.json", "settings, without secrets", shown)
        bundle.add("threads.txt", "where threads and tasks are", machine.stacks().encode())
        self._lines()
        await self._of_server()
        await self._of_database()
        await self._traces()
        return bundle

    # ------------------------------------------------------------ each file

    def _lines(self) -> None:
        if self._running is None:
            self.bundle.lacks("log.jsonl", NO_SERVER)
            return
        shown = lines.shown(recent(), self._hiding)
        self.bundle.lines("log.jsonl", "the last lines of the log, oldest first", shown)

    async def _of_server(self) -> None:
        running = self._running
        if running is None:
            for name in ("metrics.txt", "services.json", "incidents.json"):
                self.bundle.lacks(name, "Only a server that runs can tell.")
            if self._settings.nats:
                self.bundle.lacks(
                    "nodes.json", "Only a node that runs can tell: tws cluster does."
                )
            return
        await self._try("metrics.txt", "what Prometheus reads", self._figures(running))
        await self._try("services.json", "parts of the server", self._services(running))
        if running.nodes.of is not None:
            about = "nodes of the server, who holds what, and how far behind each is"
            await self._try("nodes.json", about, self._nodes(running.nodes))
        incidents = list(running.incidents())
        self.bundle.values("incidents.json", "what goes wrong now", incidents)

    async def _figures(self, running: Running) -> bytes:
        text = (await running.figures()).decode()
        return (text if self._people is None else self._people.names(text)).encode()

    async def _services(self, running: Running) -> Any:
        return [
            {"part": name, "state": condition.state.value, "why": self._words(condition.why)}
            for name, condition in (await running.services.look()).items()
        ]

    async def _nodes(self, nodes: NodesService) -> Any:
        standing = await nodes.standing(self._asked.actor)
        return None if standing is None else known.nodes(standing)

    async def _of_database(self) -> None:
        office = self._office
        if office is None:
            for name in ("doctor.json", "database.json", "links.json", "organisation.json"):
                self.bundle.lacks(name, self._why)
            return
        await self._try("doctor.json", "what is usually wrong", self._doctor(office))
        await self._try("database.json", "sizes of its tables", self._sizes(office))
        slow = [asdict(one) for one in office.storage.slowest()]
        self.bundle.values("slow.json", "statements that took long, without their values", slow)
        statuses = None if self._running is None else self._running.statuses
        links = known.links(office.registry, office.secret_fields, statuses, self._hiding)
        self.bundle.values("links.json", "links to PBXs, and how they stand", links)
        counted = known.organisation(office.registry)
        self.bundle.values("organisation.json", "how many of what there are", counted)
        directories = known.directories(office.registry)
        self.bundle.values("directories.json", "directories, without settings", directories)

    async def _doctor(self, office: Office) -> Any:
        return [self._finding(one) for one in await office.doctor.examine(self._asked.actor)]

    def _finding(self, one: Finding) -> Mapping[str, Any]:
        return {
            "check": one.check.value,
            "outcome": one.outcome.value,
            "said": self._words(one.said),
            "todo": self._words(one.todo),
            "company": one.company,
        }

    async def _sizes(self, office: Office) -> Any:
        return asdict(await office.storage.sizes())

    async def _traces(self) -> None:
        root = self._settings.data_dir / "traces"
        if not self._asked.traces:
            self.bundle.lacks("traces/", "Not asked for.")
            return
        for path in await asyncio.to_thread(traced.files, root):
            await self._trace(path)

    async def _trace(self, path: Path) -> None:
        if self._asked.personal:
            content = await asyncio.to_thread(path.read_bytes)
            self.bundle.add(f"traces/{path.name}", "a trace, whole", content)
        else:
            thin = await asyncio.to_thread(lambda: list(traced.thinned(path)))
            name = path.name.removesuffix(".gz")
            self.bundle.lines(f"traces/{name}", "a trace, without what was said in it", thin)

    # ------------------------------------------------------------ in words

    def _words(self, said: object) -> str | None:
        text = None if said is None else str(said)
        return text if text is None or self._hiding is None else self._hiding.text(text)

    async def _try(self, name: str, about: str, content: Awaitable[Any]) -> None:
        """Its file, or why it is not there."""
        try:
            async with asyncio.timeout(PATIENCE):
                found = await content
        except (StorageError, OSError, TimeoutError) as error:
            said = str(error) or "It took too long."
            self.bundle.lacks(name, said if self._hiding is None else self._hiding.text(said))
            return
        if isinstance(found, bytes):
            self.bundle.add(name, about, found)
        else:
            self.bundle.values(name, about, found)

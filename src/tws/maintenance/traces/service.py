"""Traces of links (10.6): switched on for one device or all, for a while; kept, and deleted by
age.

Whoever manages a link's company may trace it: the files name who called whom.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from tws import __version__
from tws.bus import Bus
from tws.errors import Conflict, Unavailable, missing, stopped
from tws.maintenance.traces import folder
from tws.maintenance.traces.folder import Stored
from tws.maintenance.traces.lines import Header
from tws.maintenance.traces.model import Replay
from tws.maintenance.traces.process import Asking, Replayed
from tws.maintenance.traces.recording import ALL, Recording
from tws.organisation.actor import Actor, CompanyId, UserId
from tws.organisation.events import LinkChanged
from tws.organisation.model import Company, Link
from tws.organisation.parameters.catalogue.system import TRACES_NUMBER_DAYS_OF_STORAGE
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import administrators_only, managed
from tws.organisation.registry import Registry
from tws.organisation.words import whole
from tws.schedule import Schedule
from tws.storage import Storage
from tws.storage.uninterrupted import in_thread
from tws.telephony.model import LinkId
from tws.telephony.network import Network

log = structlog.get_logger(__name__)
ENDS, AGED = "trace ends", "old traces"
HOUR = 3600.0
HIDDEN = "********"
MINUTES, MEGABYTES, FILES = (1, 7 * 24 * 60), (1, 200), (1, 50)
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    stored: Stored
    recording: Recording | None
    "While it is written."


class TraceService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        schedule: Schedule,
        network: Network,
        bus: Bus,
        clock: Callable[[], datetime],
        *,
        root: Path,
        secret_fields: Callable[[str], Iterable[str]],
        replayer: Sequence[str],
    ) -> None:
        """`secret_fields`: of a dialect; `replayer` starts the process that replays a trace."""
        self._storage, self._registry = storage, registry
        self._schedule, self._network, self._clock = schedule, network, clock
        self._root, self._secret_fields = root, secret_fields
        self._asking = Asking(replayer)
        self._parameters = Parameters(registry)
        self._running: dict[LinkId, Recording] = {}
        self.started = False
        bus.follow(LinkChanged, self._link_changed)

    async def start(self) -> None:
        """Look now and each hour which traces have become too old."""
        self.started = True
        self._schedule.once(AGED, self._forget_old, key="now")
        self._schedule.every(AGED, HOUR, self._forget_old)

    async def stop(self) -> None:
        """End those that are written; none is begun."""
        self.started = False
        await self._schedule.end(AGED)
        for link in list(self._running):
            await self._end(link)

    # ---------------------------------------------------------------- looking

    async def list_traces(self, actor: Actor, company: CompanyId | None = None) -> list[Trace]:
        """Newest first."""
        administrators_only(actor)
        companies = [
            one.id
            for one in self._registry.companies.values()
            if actor.manages(one.id) and company in (None, one.id)
        ]
        found = await asyncio.to_thread(folder.listed, self._root, companies, self._clock())
        return [Trace(stored=one, recording=self._recording(one.id)) for one in found]

    async def tail(
        self, actor: Actor, id: str, after: int
    ) -> Sequence[tuple[int, dict[str, Any]]]:
        """The newest records of one that is written, behind the number `after`."""
        await self._found(actor, id)
        recording = self._recording(id)
        return () if recording is None else recording.tail(after)

    async def opened(self, actor: Actor, id: str) -> tuple[str, Iterator[bytes]]:
        """Its name as a file, and its bytes: the files of one trace behind each other are one
        gzip file."""
        where, one = await self._found(actor, id)
        paths = await asyncio.to_thread(folder.parts_of, where, id)
        await self._tell(actor, "trace downloaded", one.header, {"trace": id})
        return f"{id}.jsonl.gz", _blocks(paths)

    async def replay(self, actor: Actor, id: str) -> Replay:
        """In a process of its own, whatever a driver makes of it. Unavailable, with why not."""
        where, _ = await self._found(actor, id)
        answer: Replayed = await self._asking.ask(folder.parts_of(where, id))
        if answer.replay is None:
            raise Unavailable(
                f"It cannot be replayed: {answer.failure}",
                why="notReplayed",
                parameters={"words": answer.failure},
            )
        return answer.replay

    # ---------------------------------------------------------------- switching

    async def begin(
        self,
        actor: Actor,
        link: str,
        *,
        device: str = ALL,
        minutes: int = 60,
        megabytes: int = 10,
        files: int = 5,
        begin_again: bool = False,
    ) -> Trace:
        """Conflict where the link is traced. `megabytes`: of each file; the oldest make room.
        `begin_again`: the link is let go of and started anew, so that it can be replayed.
        Unavailable while traces are stopped."""
        row = managed(actor, self._registry.links, link, "link", "link")
        whole(minutes, "minutes", *MINUTES)
        whole(megabytes, "megabytes", *MEGABYTES)
        whole(files, "files", *FILES)
        key = LinkId(row.id)
        if not self.started:
            raise stopped("traces")
        if key in self._running:
            raise Conflict(f"{row.name} is being traced.", why="traceRunning")
        now = self._clock()
        id = f"{now:%Y%m%dT%H%M%S}-{row.id[-12:]}"
        header = self._header(actor, row, device.strip() or ALL, now, minutes)
        where = self._root / row.company
        recording = Recording(where, id, header, part_size=megabytes * MEGABYTE, parts=files)
        self._running[key] = recording
        try:
            await asyncio.to_thread(recording.start)
            # Whose number it is stands in the trace, which is deleted by age: this is not.
            asked = {
                "allDevices": header.device == ALL,
                "minutes": minutes,
                "beginAgain": begin_again,
            }
            await self._tell(actor, "trace begun", header, {"trace": id, **asked})
        except OSError as error:
            del self._running[key]
            raise Unavailable(f"{where}: {error.strerror}.") from error
        except BaseException:
            await self._end(key)
            await asyncio.to_thread(folder.delete, where, id)
            raise
        self._schedule.once(ENDS, partial(self._end, key), key=id, after=minutes * 60.0)
        if begin_again:
            await self._network.trace_anew(key, recording)
        else:
            self._network.trace(key, recording)
        return await self._trace(where, id)

    async def end(self, actor: Actor, id: str) -> Trace:
        """Stop writing one; all that was noted is in it then. One that has ended stays so."""
        where, one = await self._found(actor, id)
        recording = self._recording(id)
        if recording is not None:
            await self._tell(actor, "trace ended", one.header, {"trace": id})
            await self._end(LinkId(one.header.link))
        return await self._trace(where, id)

    async def delete(self, actor: Actor, id: str) -> None:
        where, one = await self._found(actor, id)
        if self._recording(id) is not None:
            await self._end(LinkId(one.header.link))
        await in_thread(folder.delete, where, id)
        await self._tell(actor, "trace deleted", one.header, {"trace": id})

    # ---------------------------------------------------------------- forgetting

    async def forget_company(self, company: CompanyId) -> int:
        """All of a company that is erased; how many."""
        found = await asyncio.to_thread(folder.listed, self._root, [company], self._clock())
        for link, recording in list(self._running.items()):
            if recording.header.company == company:
                await self._end(link)
        await in_thread(folder.delete_company, self._root, company)
        return len(found)

    async def forget_person(self, company: CompanyId, user: UserId) -> int:
        """All of the links on which a user who is erased has telephones: his number is in them,
        beside those of others. How many."""
        links = {device.link for device in self._registry.devices_of(user)}
        found = await asyncio.to_thread(folder.listed, self._root, [company], self._clock())
        going = [one for one in found if one.header.link in links]
        for one in going:
            if self._recording(one.id) is not None:
                await self._end(LinkId(one.header.link))
            await in_thread(folder.delete, self._root / company, one.id)
        return len(going)

    async def _forget_old(self) -> None:
        """By the companies' parameter; what lies there of companies that are no more goes too."""
        kept = {recording.id for recording in self._running.values()}
        days: Mapping[str, int] = {
            company: self._days(company) for company in self._registry.companies
        }
        count = await in_thread(folder.delete_older, self._root, self._clock(), days, kept)
        if count:
            log.info("old traces deleted", files=count)

    def _days(self, company: CompanyId) -> int:
        return int(self._parameters.of_company(company, TRACES_NUMBER_DAYS_OF_STORAGE).value)

    # ---------------------------------------------------------------- inside

    def _link_changed(self, change: LinkChanged) -> None:
        """One that was deleted is traced no more."""
        if change.after is None and change.before is not None:
            link = LinkId(change.before.id)
            if link in self._running:
                self._schedule.once(ENDS, partial(self._end, link), key=self._running[link].id)

    async def _end(self, link: LinkId) -> None:
        recording = self._running.get(link)
        if recording is None:
            return
        self._network.trace(link, None)
        await in_thread(recording.stop)
        if self._running.get(link) is recording:
            del self._running[link]
            self._schedule.cancel(ENDS, key=recording.id)
            log.info("trace ended", link=link, records=recording.records, lost=recording.dropped)

    def _recording(self, id: str) -> Recording | None:
        return next((one for one in self._running.values() if one.id == id), None)

    async def _found(self, actor: Actor, id: str) -> tuple[Path, Stored]:
        administrators_only(actor)
        if folder.ID.fullmatch(id):
            for company in self._managed(actor):
                where = self._root / company.id
                one = await asyncio.to_thread(folder.stored, where, id, self._clock())
                if one is not None:
                    return where, one
        raise missing("trace")

    def _managed(self, actor: Actor) -> list[Company]:
        return [one for one in self._registry.companies.values() if actor.manages(one.id)]

    async def _trace(self, where: Path, id: str) -> Trace:
        stored = await asyncio.to_thread(folder.stored, where, id, self._clock())
        if stored is None:
            raise missing("trace")
        return Trace(stored=stored, recording=self._recording(id))

    def _header(
        self, actor: Actor, link: Link, device: str, now: datetime, minutes: int
    ) -> Header:
        secret = frozenset(self._secret_fields(link.dialect))
        settings = {
            name: HIDDEN if value and name in secret else value
            for name, value in link.settings.items()
        }
        return Header(
            part=1,
            tws=__version__,
            link=link.id,
            name=link.name,
            dialect=link.dialect,
            company=link.company,
            domain=link.domain,
            settings=settings,
            device=device,
            began=now,
            until=now + timedelta(minutes=minutes),
            by=actor.label,
        )

    async def _tell(
        self, actor: Actor, action: str, of: Header, after: Mapping[str, object]
    ) -> None:
        async with self._storage.transaction() as tx:
            company = CompanyId(of.company)
            await tx.audit(actor, action, of.link, None, dict(after), company=company)


def _blocks(paths: Sequence[Path]) -> Iterator[bytes]:
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(256 * 1024):
                yield block

"""The journal: writes a row for each leg of each call, and shows people their call log."""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from tws.bus import Bus
from tws.directory.model import ContactId
from tws.directory.text import groups
from tws.errors import Invalid, NotAllowed, NotFound
from tws.journal import store
from tws.journal.cleaning import Cleaning
from tws.journal.exporting import MOST, LogFormat, Table
from tws.journal.keeper import Keeper
from tws.journal.logs import Logs
from tws.journal.model import Gap, LogEntry, Outcome, Page, entry
from tws.journal.places import MOST_ENTRIES, place, place_of
from tws.journal.writer import Beside
from tws.numbering import plan_of
from tws.organisation.actor import Actor, CompanyId, DomainId, UserId
from tws.organisation.model import Domain, Link
from tws.organisation.permission import IN_CALLER, may_use
from tws.organisation.registry import Registry
from tws.schedule import Schedule
from tws.storage import Storage
from tws.telephony.events import CallChanged
from tws.telephony.model import ConnectionId, Direction, LinkId
from tws.telephony.snapshots import KnownLeg

LOOK_AT = 20_000
"Calls of a company that are looked through for one page; it says where the next one goes on."
Sees = Callable[[Actor, Sequence[ContactId]], Awaitable[Collection[ContactId]]]


class LogFilters(TypedDict, total=False):
    """Which lines of a log."""

    direction: Direction | None
    outcomes: Collection[Outcome]
    text: str
    user: UserId | None
    company: CompanyId | None


class JournalService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        state_dir: Path,
        sees: Sees,
        beside: Beside | None = None,
    ) -> None:
        """`state_dir`: where legs wait in a file while the database is away; `sees`: which of
        these contacts somebody sees; `beside`: what is written of legs that ended, in the same
        transaction."""
        self._storage, self._registry, self._sees = storage, registry, sees
        self.logs = Logs(registry)
        self._keeper = Keeper(storage, registry, bus, schedule, clock, state_dir, beside)
        self._cleaning = Cleaning(storage, registry, bus, schedule, clock)

    # ------------------------------------------------------------ keeping

    async def start(self) -> None:
        """Write what the last run left in the file. Before any link is owned: its epoch tells
        whether somebody else has owned the link since."""
        await self._keeper.start()
        await self._cleaning.start()

    async def stop(self) -> None:
        """Write everything, or leave it in the file; nothing is lost."""
        await self._keeper.stop()

    async def flush(self) -> None:
        """Write now what would be written in a moment."""
        await self._keeper.flush()

    async def replay(self) -> bool:
        """Write now what waits in the file; whether the database is back."""
        return await self._keeper.replay()

    async def touch(self) -> None:
        """Note now that open legs go on, which is done from time to time."""
        await self._keeper.touch()

    async def load_open(self, link: LinkId) -> Mapping[ConnectionId, KnownLeg]:
        """The legs that were open when the link was lost, to be taken up where the PBX still has
        them. While the database is away: those that this process knows."""
        return await self._keeper.load_open(link)

    def told_before(self, link: LinkId, epoch: int, calls: Sequence[CallChanged]) -> None:
        """The calls that the holder of the link before us told of; ours with this epoch."""
        self._keeper.told_before(link, epoch, calls)

    async def let_go(self, link: LinkId) -> None:
        """Write what is known of its legs: another node will hold it."""
        await self._keeper.let_go(link)

    @property
    def counters(self) -> dict[str, int]:
        """For monitoring: what was written, what could not be, what waits."""
        return {**self._keeper.counters, "cleaned": self._cleaning.removed}

    @property
    def spooled(self) -> int:
        """Bytes of legs that wait in files for the database."""
        return self._keeper.spooled

    @property
    def away(self) -> bool:
        """Legs go to the file: the database did not take them."""
        return self._keeper.away

    # ------------------------------------------------------------ reading

    async def list_call_log(
        self,
        actor: Actor,
        *,
        before: str | None = None,
        limit: int = 50,
        **which: Unpack[LogFilters],
    ) -> Page[LogEntry]:
        """Finished legs, newest first: a user's own, or those of another whose log he may read;
        for an administrator those of a company, or of one of its users. `text`: words of names,
        or a part of a number."""
        company, user = self._whose(actor, which.get("company"), which.get("user"))
        limit = max(1, min(limit, MOST_ENTRIES))
        domain = self._registry.domains.get(actor.domain) if actor.domain else None
        text = which.get("text", "")
        words = groups(text, plan_of(domain) if domain else None)
        if text.strip() and not words:
            return Page((), None)
        wanted = store.Wanted(
            company=company,
            user=user,
            direction=which.get("direction"),
            outcomes=which.get("outcomes", ()),
            words=words,
            before=place(before),
            limit=limit + 1,
        )
        entries, further = await self._entries(actor, wanted)
        more = entries[limit - 1] if len(entries) > limit else None
        if more is not None:
            further = (more.started, more.id)
        return Page(tuple(entries[:limit]), place_of(*further) if further else None)

    async def export_call_log(
        self, actor: Actor, format: LogFormat, *, culture: str, **which: Unpack[LogFilters]
    ) -> bytes:
        """The same lines as a file, the newest `MOST` of them; `culture`: `fr` or `en`. Times are
        those of the domain whose log it is."""
        found: list[LogEntry] = []
        before: str | None = None
        while len(found) < MOST:
            page = await self.list_call_log(actor, before=before, limit=MOST_ENTRIES, **which)
            found += page.entries
            if (before := page.before) is None:
                break
        domain = self._registry.domains.get(found[0].domain) if found else None
        zone = ZoneInfo(domain.time_zone) if domain else UTC
        table = Table(culture, zone, domain)
        return await asyncio.to_thread(table.written, found[:MOST], format)

    async def _entries(
        self, actor: Actor, wanted: store.Wanted
    ) -> tuple[list[LogEntry], tuple[datetime, str] | None]:
        """As many as wanted, as the actor sees them. Where there are fewer: whence to look on;
        None = there are no more. A company's log is looked through some at a time."""
        found: list[LogEntry] = []
        look_at = LOOK_AT if wanted.user is None else None
        while True:
            page = await self._storage.read(partial(store.entries, wanted=wanted, look_at=look_at))
            legs = page.legs
            entries = [entry(leg, reveal=actor.user is None) for leg in legs]
            if actor.user in (None, wanted.user):
                return entries, page.further
            found += await self._as_seen(actor, entries, wanted.words)
            if len(legs) < wanted.limit or len(found) >= wanted.limit:
                return found, None
            wanted = dataclasses.replace(wanted, before=(legs[-1].created, legs[-1].id))

    async def list_call_gaps(
        self,
        actor: Actor,
        company: CompanyId | None = None,
        *,
        domain: DomainId | None = None,
        link: LinkId | None = None,
        before: str | None = None,
        limit: int = 50,
    ) -> Page[Gap]:
        """When calls could not be heard, newest first; for administrators: of a company, of a
        domain, of a link, or of all that they manage."""
        if actor.user is not None:
            raise NotAllowed("Only administrators see this.", why="administratorsOnly")
        limit = max(1, min(limit, MOST_ENTRIES))
        wanted = store.WantedGaps(
            companies=self._managed(actor, company),
            links=self._links(actor, company, domain, link),
            before=place(before),
            limit=limit + 1,
        )
        async with self._storage.reading() as reader:
            gaps = await store.gaps(reader, wanted)
        more = gaps[limit - 1] if len(gaps) > limit else None
        return Page(tuple(gaps[:limit]), place_of(more.until, more.id) if more else None)

    # ------------------------------------------------------------ whose

    def _whose(
        self, actor: Actor, company: CompanyId | None, user: UserId | None
    ) -> tuple[CompanyId, UserId | None]:
        """What may be seen; NotFound for what is not the actor's as for what does not exist."""
        if actor.user is not None:
            if actor.company is None or company not in (None, actor.company):
                raise NotFound("No such company.")
            may_use(actor, *IN_CALLER)
            if user is not None and not self.logs.may_read(actor.user, user):
                raise NotFound("No such user.")
            return actor.company, user or actor.user
        if user is not None:
            row = self._registry.users.get(user)
            if row is None or company not in (None, row.company) or not actor.manages(row.company):
                raise NotFound("No such user.")
            return row.company, user
        if company is None:
            raise Invalid("Say of which company or user.", field="company")
        self._managed(actor, company)
        return company, None

    async def _as_seen(
        self, actor: Actor, entries: Sequence[LogEntry], words: Sequence[Sequence[str]]
    ) -> list[LogEntry]:
        """Of another's log: without the names of whom the reader does not see in a directory
        himself. He does not find them by `words` of their names either."""
        named = list({ContactId(entry.contact) for entry in entries if entry.contact is not None})
        known = await self._sees(actor, named)
        found = []
        for one in entries:
            if one.contact is None or one.contact in known:
                found.append(one)
            elif all(any(word in one.number for word in group) for group in words):
                found.append(replace(one, contact=None, name=""))
        return found

    def _managed(self, actor: Actor, company: CompanyId | None) -> Collection[CompanyId] | None:
        """That company, or all that an administrator manages (None = every one)."""
        if company is None:
            return actor.companies
        if company not in self._registry.companies or not actor.manages(company):
            raise NotFound("No such company.")
        return (company,)

    def _links(
        self,
        actor: Actor,
        company: CompanyId | None,
        domain: DomainId | None,
        link: LinkId | None,
    ) -> Collection[LinkId] | None:
        """That link, or those of the domain; None = all, also those that are no more."""
        if domain is None and link is None:
            return None

        def there(row: Domain | Link | None) -> bool:
            return (
                row is not None and actor.manages(row.company) and company in (None, row.company)
            )

        if domain is not None and not there(self._registry.domains.get(domain)):
            raise NotFound("No such domain.")
        if link is not None and not there(self._registry.links.get(link)):
            raise NotFound("No such link.")
        rows = self._registry.links.values()
        return [
            LinkId(row.id)
            for row in rows
            if link in (None, row.id) and domain in (None, row.domain)
        ]

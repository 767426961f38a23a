"""Tells administrators by mail: once when something goes wrong, once when it is over; what comes
at the same time in one mail, and what flaps as what goes on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from msgspec.structs import replace

from tws.errors import Unavailable
from tws.incidents import letters, store
from tws.incidents.book import RECURS
from tws.incidents.keeping import Keeper
from tws.incidents.model import OVER_WHEN_KNOWN, Incident, IncidentKind
from tws.mail.model import Letter
from tws.mail.service import MailService
from tws.organisation.actor import CompanyId
from tws.organisation.model import Administrator
from tws.organisation.registry import Registry
from tws.schedule import Schedule
from tws.storage import Storage, Transaction

JOB = "incidents told"
EVERY = 20.0
"Seconds."
GATHERED = timedelta(minutes=1)
"From the first that is to be told to the mail: what comes meanwhile is in it too. What is over by"
" then is not told at all."
CALM = timedelta(minutes=5)
"After the end, before it is told: what flaps is not over."
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Due:
    begun: list[Incident] = field(default_factory=list)
    over: list[Incident] = field(default_factory=list)
    told: list[Incident] = field(default_factory=list)
    "Of these, and others: told from now on that they are."
    done: list[Incident] = field(default_factory=list)
    "Nothing is to be told of them any more."


class Teller:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        schedule: Schedule,
        clock: Callable[[], datetime],
        keeper: Keeper,
        mail: MailService,
        public_url: str | None,
    ) -> None:
        self._storage, self._registry, self._schedule = storage, registry, schedule
        self._clock, self._keeper, self._mail = clock, keeper, mail
        self.started = False
        self._page = None if public_url is None else f"{public_url}/admin?page=incidents"

    async def start(self) -> None:
        self.started = True
        self._schedule.every(JOB, EVERY, self.tell)

    async def stop(self) -> None:
        """What is to be told waits for the start."""
        self.started = False
        await self._schedule.end(JOB)

    async def tell(self) -> None:
        """Into the queue of mails, with the mark that it was told: neither is done without the
        other."""
        now = self._clock()
        due = self._due(now)
        if not due.told and not due.done:
            return
        await self._keeper.write()
        async with self._storage.transaction() as tx:
            for administrator in list(self._registry.administrators.values()):
                if administrator.email:
                    await self._tell(tx, administrator, due.begun, due.over)
            await store.mark_mailed(tx, [one.id for one in due.told], now)
            await store.mark_mailed(tx, [one.id for one in due.done], None)
        for told, at in ((due.told, now), (due.done, None)):
            for one in told:
                if (known := self._keeper.book.get(one.id)) is not None:
                    self._keeper.book.put(replace(known, mailed=at))

    def _due(self, now: datetime) -> Due:
        known = [one for one in self._keeper.book.known if one.kind is not NEVER]
        begun = [one for one in known if one.ended is None and one.mailed is None]
        if all(now - one.started < GATHERED for one in begun):
            begun = []
        ended = [(one, now - one.ended) for one in known if one.ended is not None]
        past = [(one, since) for one, since in ended if one.kind in OVER_WHEN_KNOWN]
        at_once = [one for one, since in past if one.mailed is None and since < RECURS]
        over = [
            one
            for one, since in ended
            if one.mailed is not None and since >= CALM and one.kind not in OVER_WHEN_KNOWN
        ]
        gone = [one for one, since in past if one.mailed is not None and since >= RECURS]
        return Due(begun, [*at_once, *over], [*begun, *at_once], [*over, *gone])

    async def _tell(
        self,
        tx: Transaction,
        to: Administrator,
        begun: Sequence[Incident],
        over: Sequence[Incident],
    ) -> None:
        """One mail for each server by which it goes: of a company by that of the company."""
        by_company: dict[CompanyId, tuple[list[Incident], list[Incident]]] = {}
        for place, incidents in enumerate((begun, over)):
            for one in incidents:
                company = self._server(to, one) if self._hears(to, one) else None
                if company is not None:
                    by_company.setdefault(company, ([], []))[place].append(one)
        for company, (new, gone) in by_company.items():
            letter = Letter(
                company=company,
                to=to.email,
                subject=letters.subject(new, gone, to.culture),
                text=letters.text(
                    new,
                    gone,
                    culture=to.culture,
                    companies={row.id: row.name for row in self._registry.companies.values()},
                    zone=self._zone(company),
                    page=self._page,
                ),
            )
            try:
                await self._mail.put(tx, letter)
            except Unavailable:
                log.error("administrator not told: queue full", company=company)

    def _hears(self, to: Administrator, of: Incident) -> bool:
        if of.kind.value in to.muted:
            return False
        return to.super_user or (of.company is not None and of.company in to.companies)

    def _server(self, to: Administrator, of: Incident) -> CompanyId | None:
        """By that of its company. A super user, who has set them all up, is told by another one
        where that has none; so is what belongs to no company."""
        servers = self._mail.servers
        if of.company is not None and servers.set_up(of.company):
            return of.company
        return servers.first_set_up() if to.super_user else None

    def _zone(self, company: CompanyId) -> ZoneInfo:
        """Of the company's first domain."""
        rows = [row for row in self._registry.domains.values() if row.company == company]
        first = min(rows, key=lambda row: row.id, default=None)
        return ZoneInfo("UTC" if first is None else first.time_zone)


NEVER = IncidentKind.MAIL_NOT_SENT
"Cannot be told by mail."

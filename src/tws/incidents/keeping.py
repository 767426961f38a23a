"""Keeps the book: writes what it says, tells it on the bus, and forgets what is old."""

from collections import deque
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from tws.bus import Bus
from tws.incidents import store
from tws.incidents.book import RECURS, Book, Key
from tws.incidents.events import IncidentChanged, Step
from tws.incidents.model import Incident, IncidentKind, Trouble
from tws.organisation.actor import CompanyId
from tws.organisation.events import CompanyChanged
from tws.organisation.parameters.catalogue.system import INCIDENTS_NUMBER_DAYS_OF_STORAGE
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.rereading import when_missed
from tws.schedule import AGAIN, Schedule
from tws.storage import Storage, StorageUnavailable, new_id

WRITE, FORGET = "incidents written", "incidents forgotten"
REREAD = "incidents read again"
HOUR = 3600.0
TOGETHER = 500
"Rows deleted in one transaction."


class Keeper:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
    ) -> None:
        self._storage, self._registry, self._bus = storage, registry, bus
        self._schedule, self._clock = schedule, clock
        self.book = Book(new_id)
        self._unwritten: dict[str, Incident] = {}
        self._untold: list[IncidentChanged] = []
        self._meanwhile: deque[IncidentChanged] = deque(maxlen=1000)
        "Told since the book was begun to be read again."
        bus.follow(CompanyChanged, self._company_changed)
        bus.follow(IncidentChanged, self._told)
        when_missed(bus, schedule, REREAD, self._read_again)

    async def load(self) -> None:
        """What an earlier process left; from now on what is old goes."""
        async with self._storage.reading() as reader:
            self.book.load(await store.recent(reader, self._clock() - RECURS))
        self._schedule.every(FORGET, HOUR, self.forget)

    async def _read_again(self) -> None:
        """What the node that watches wrote unheard."""
        if self._schedule.works():
            return
        self._meanwhile.clear()
        async with self._storage.reading() as reader:
            stored = await store.recent(reader, self._clock() - RECURS)
        if not self._schedule.works():
            self.book.load(stored)
            for change in self._meanwhile:
                self._take(change)

    def _told(self, change: IncidentChanged) -> None:
        """By this node or another: who watches knows best, but for who has acknowledged it."""
        self._meanwhile.append(change)
        self._take(change)

    def _take(self, change: IncidentChanged) -> None:
        if change.step is Step.FORGOTTEN:
            self.book.drop(change.incident)
        elif change.step is Step.ACKNOWLEDGED:
            self.book.acknowledge(change.incident)
        elif not self._schedule.works():
            self.book.hear(change.incident)

    def look(
        self,
        kinds: Collection[IncidentKind],
        troubles: Sequence[Trouble],
        unsure: Collection[Key] = (),
    ) -> None:
        self._keep(self.book.look(kinds, troubles, unsure, self._clock()))

    def happened(self, trouble: Trouble, started: datetime) -> None:
        """Something that was wrong from then to now."""
        self._keep([self.book.happened(trouble, started, self._clock())])

    def _keep(self, changes: Sequence[IncidentChanged]) -> None:
        if changes:
            self._untold += changes
            self._unwritten |= {change.incident.id: change.incident for change in changes}
            self._schedule.once(WRITE, self.write, retry=AGAIN)

    async def write(self) -> None:
        """Write what is not written yet. StorageUnavailable: then it is told all the same."""
        if not self._unwritten:
            return
        written, told = dict(self._unwritten), self._untold
        self._untold = []
        known = self._registry.companies
        rows = [one for one in written.values() if one.company is None or one.company in known]
        try:
            if rows:
                async with self._storage.transaction() as tx:
                    # Who is over goes first: of one that is open there is one.
                    await store.write(tx, sorted(rows, key=lambda one: one.ended is None))
        except StorageUnavailable:
            self._tell(told)
            raise
        for id, one in written.items():
            if self._unwritten.get(id) is one:
                del self._unwritten[id]
        self._tell(told)

    def _tell(self, changes: Sequence[IncidentChanged]) -> None:
        for change in changes:
            self._bus.publish(change)

    def acknowledged(self, incidents: Sequence[Incident]) -> None:
        """As they are now, written."""
        self._tell([IncidentChanged(one, Step.ACKNOWLEDGED) for one in incidents])

    async def forget(self) -> None:
        """What ended so long ago as each company says; those of the server as the company says
        that keeps its own for longest."""
        if not self._schedule.works():
            return
        parameters, companies = Parameters(self._registry), list(self._registry.companies)
        name = INCIDENTS_NUMBER_DAYS_OF_STORAGE
        days: dict[CompanyId | None, int] = {
            company: int(parameters.of_company(company, name).value) for company in companies
        }
        days[None] = max(days.values(), default=366)
        for company, kept in days.items():
            oldest, gone = self._clock() - timedelta(days=kept), TOGETHER
            while gone == TOGETHER:
                async with self._storage.transaction() as tx:
                    gone = await store.forget(tx, company, oldest, TOGETHER)

    def _company_changed(self, event: CompanyChanged) -> None:
        if event.before is not None and event.after is None:
            self._tell(self.book.forget_company(event.before.id))

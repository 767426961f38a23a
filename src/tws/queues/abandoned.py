"""Calls that nobody answered in a queue: kept for some days, and called back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid5

from tws.bus import Bus
from tws.errors import NotFound, conflict
from tws.numbering import display
from tws.organisation.actor import Actor, DeviceRowId, QueueId, UserId
from tws.organisation.events import UserChanged
from tws.organisation.model import Domain
from tws.organisation.nightly import Nightly
from tws.organisation.parameters.catalogue.system import (
    CALL_LOG_START_CLEANING_HOUR,
    QUEUES_NUMBER_DAYS_OF_STORAGE,
)
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.queues import store
from tws.queues.events import AbandonedChanged, CallerGaveUp, QueueMoved
from tws.queues.model import Abandoned, GaveUp
from tws.queues.service import QueueService
from tws.schedule import Retry, Schedule
from tws.sentences import sentence
from tws.storage import Storage, StorageUnavailable
from tws.telephony.asking import Key, Reached
from tws.telephony.service import TelephonyService

NOTE, CALLED_BACK = "note an abandoned call", "note who called back"
FORGET = "forget who called back"
AGAIN = Retry(2.0, 60.0)
MOST = 500
"Shown at once; all of them are in the file."
ALL = 100_000
OF_CALLS = UUID("6f0a4d5e-7c1b-4b83-9a51-0d2f3c8e41b7")
"The namespace of their ids."


class AbandonedCalls:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        queues: QueueService,
        telephony: TelephonyService,
    ) -> None:
        self._storage, self._registry, self._bus = storage, registry, bus
        self._schedule, self._clock = schedule, clock
        self._queues, self._telephony = queues, telephony
        self._parameters = Parameters(registry)
        self._changed: dict[QueueId, datetime] = {}
        self._night = Nightly(
            registry,
            bus,
            schedule,
            clock,
            job="clean abandoned calls",
            hour=CALL_LOG_START_CLEANING_HOUR,
            work=self.clean,
        )
        bus.act(CallerGaveUp, self._gave_up, key=lambda event: event.call.queue, keep=True)
        bus.follow_here(UserChanged, self._user_changed)
        bus.follow(AbandonedChanged, self._list_changed)

    def start(self) -> None:
        self._night.look()

    def changed(self, queue: QueueId) -> datetime | None:
        """When its list was last another; None = not since the start."""
        return self._changed.get(queue)

    async def list_abandoned(
        self, actor: Actor, queue: QueueId, *, whole: bool = False
    ) -> list[Abandoned]:
        """Those of the days that are kept, the newest first; the first ones of many, or all."""
        row = self._queues.get_queue(actor, queue)
        since = self._oldest(self._registry.domains[row.domain])
        async with self._storage.reading() as reader:
            return await store.of_queue(reader, queue, since, ALL if whole else MOST)

    async def call_back(
        self, actor: Actor, queue: QueueId, id: str, device: DeviceRowId, *, key: Key = None
    ) -> Reached:
        """Call the number from a telephone of one's own, and tell the others who did."""
        row = self._queues.get_queue(actor, queue)
        async with self._storage.reading() as reader:
            one = await store.find(reader, queue, id)
        if one is None or actor.user is None:
            raise NotFound("There is no such abandoned call.")
        if not one.number:
            raise conflict(sentence("The PBX told no number of this caller."), field="call")
        number = display(one.number, self._registry.domains[row.domain])
        reached = await self._telephony.make_call(actor, device, number, key=key)
        # The call is under way, whether that can be written now or not.
        work = partial(self._called_back, queue, id, actor.user, self._clock())
        self._schedule.once(CALLED_BACK, work, key=id, retry=AGAIN)
        return reached

    async def clean(self, domain: Domain) -> None:
        """What is older than the domain keeps."""
        oldest = self._oldest(domain)
        mine = [row.id for row in self._registry.queues.values() if row.domain == domain.id]
        for queue in mine:
            async with self._storage.transaction() as tx:
                await store.forget(tx, queue, oldest)
            self._tell(queue)

    def _oldest(self, domain: Domain) -> datetime:
        days = int(self._parameters.effective_in(domain.id, QUEUES_NUMBER_DAYS_OF_STORAGE))
        return self._clock() - timedelta(days=days)

    async def _gave_up(self, event: CallerGaveUp) -> None:
        call, row = event.call, self._registry.queues.get(event.call.queue)
        if row is None:
            return
        told, match = not call.caller.restricted, event.match
        name = call.caller.name if match is None else match.name
        one = Abandoned(
            id=_id_of(call),
            company=row.company,
            queue=row.id,
            number=(call.caller.number or "")[:64] if told else "",
            name=(name or "")[:300] if told else "",
            restricted=call.caller.restricted,
            hidden=match is not None and match.red,
            since=call.since,
            ended=call.ended,
        )
        try:
            await self._note(one)
        except StorageUnavailable:
            work = partial(self._note, one)
            self._schedule.once(NOTE, work, key=one.id, after=AGAIN.first, retry=AGAIN)

    def _user_changed(self, event: UserChanged) -> None:
        if event.after is None and event.before is not None:
            work = partial(self._forget_person, event.before.id)
            self._schedule.once(FORGET, work, key=event.before.id, retry=AGAIN)

    async def _forget_person(self, user: UserId) -> None:
        async with self._storage.transaction() as tx:
            await store.forget_person(tx, user)

    async def _called_back(self, queue: QueueId, id: str, by: UserId, at: datetime) -> None:
        async with self._storage.transaction() as tx:
            await store.call_back(tx, id, by if by in self._registry.users else None, at)
        self._tell(queue)

    async def _note(self, one: Abandoned) -> None:
        async with self._storage.transaction() as tx:
            if one.queue in self._registry.queues:
                await store.note(tx, one)
        self._tell(one.queue)

    def _tell(self, queue: QueueId) -> None:
        self._bus.publish(AbandonedChanged(queue, self._clock()))

    def _list_changed(self, event: AbandonedChanged) -> None:
        self._changed[event.queue] = event.at
        self._bus.publish(QueueMoved(event.queue))


def _id_of(call: GaveUp) -> str:
    """The same however often it is told."""
    which = call.leg or f"{call.link} {call.thread} {call.since.isoformat()}"
    return str(uuid5(OF_CALLS, f"{call.queue} {which}"))

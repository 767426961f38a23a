"""The call queues that somebody may see, and what he may do with who waits there.

A queue is seen by those to whom it is granted (7.4.5) and who may use TWS Alerter (9.2); by both
at each question, from memory. To anybody else it does not exist.
"""

from collections.abc import Iterable

import structlog

from tws.bus import Bus
from tws.directory.model import Match
from tws.errors import NotFound
from tws.naming import PartyNamed
from tws.organisation.actor import Actor, DeviceRowId, QueueId
from tws.organisation.applications import Application
from tws.organisation.events import LinkChanged, QueueChanged
from tws.organisation.grant import GrantKind
from tws.organisation.permission import may_use, uses
from tws.organisation.registry import Registry
from tws.organisation.shared_device import Queue
from tws.presence.service import PresenceService
from tws.queues.events import CallerGaveUp, QueueMoved
from tws.queues.model import Agents, Queued
from tws.queues.staff import Staff
from tws.queues.table import QueueTable
from tws.telephony.asking import Key
from tws.telephony.events import CallChanged, LinkResynchronised, LinkStatusChanged
from tws.telephony.model import Connection, ConnectionId, LegId, LinkId
from tws.telephony.queued_calls import QueuedCalls
from tws.telephony.state import TelephonyState

SPARE = 100
NOBODY = "Nobody waits there any more."

log = structlog.get_logger(__name__)


class QueueService:
    def __init__(
        self,
        registry: Registry,
        bus: Bus,
        calls: QueuedCalls,
        telephony: TelephonyState,
        presence: PresenceService,
    ) -> None:
        self._registry, self._bus, self._calls = registry, bus, calls
        self._telephony = telephony
        self._table = QueueTable(self._queue_at)
        bus.follow(CallChanged, self._call_changed)
        bus.follow(LinkStatusChanged, self._status_changed)
        bus.follow(LinkResynchronised, self._resynchronised)
        bus.follow(LinkChanged, self._link_changed)
        bus.follow(QueueChanged, self._queue_changed)
        self._named: dict[LegId, Match] = {}
        "Who waits, by his leg at the queue; kept while he is talked to."
        bus.follow(PartyNamed, self._party_named)
        self._staff = Staff(registry, bus, presence, self._tell)

    # ------------------------------------------------------------ seen

    def list_queues(self, actor: Actor) -> tuple[Queue, ...]:
        """Those that the user who asks may see, by name."""
        if actor.user is None or not uses(actor, Application.ALERTER):
            return ()
        return self._registry.queues_of(actor.user)

    def get_queue(self, actor: Actor, id: QueueId) -> Queue:
        """NotFound of one that may not be seen, as of one that is not there; NotAllowed to a user
        without TWS Alerter, whatever he names."""
        may_use(actor, Application.ALERTER)
        found = self._registry.queues.get(id)
        granted = self._registry.granted
        user = actor.user
        if found is None or user is None or not granted.has(user, GrantKind.QUEUE, id):
            raise NotFound("There is no such call queue.")
        return found

    def queued(self, queue: QueueId) -> list[Queued]:
        """Callers of a queue, in the order in which they came: those who wait, and those who talk
        to somebody."""
        return self._table.of(queue)

    def name_of(self, one: Queued) -> Match | None:
        """Who the caller is in the directories that are granted to the queue."""
        return None if one.leg is None else self._named.get(one.leg)

    def agents(self, queue: QueueId) -> Agents:
        """Who may answer."""
        return self._staff.count(queue)

    # ------------------------------------------------------------ done

    async def take(
        self, actor: Actor, id: QueueId, leg: LegId, device: DeviceRowId, *, key: Key = None
    ) -> None:
        """Have a waiting caller at a telephone of one's own: picked up where he rings at
        somebody's, else sent there by the queue. NotFound where he waits no more."""
        queue = self.get_queue(actor, id)
        one = self._waiting(queue, leg)
        rings = one.ringing is not None
        await self._calls.take(
            actor,
            queue,
            one.link,
            _connection(one.ringing or one.at_queue),
            device,
            rings=rings,
            key=key,
        )

    async def deflect(
        self, actor: Actor, id: QueueId, leg: LegId, destination: str, *, key: Key = None
    ) -> None:
        """Send a waiting caller to a number instead."""
        queue = self.get_queue(actor, id)
        one = self._waiting(queue, leg)
        waits = _connection(one.at_queue or one.ringing)
        await self._calls.deflect(queue, waits, destination, key=key)

    def _waiting(self, queue: Queue, leg: LegId) -> Queued:
        for one in self._table.of(queue.id):
            if one.waits and leg in _legs(one):
                return one
        raise NotFound(NOBODY)

    # ------------------------------------------------------------ following

    def _queue_at(self, link: LinkId, number: str) -> QueueId | None:
        found = self._registry.queue_at(link, number)
        return None if found is None else found.id

    def _call_changed(self, change: CallChanged) -> None:
        moved = self._table.take(change)
        if not moved:
            return
        for queue in moved:
            log.info("queued call moved", thread=change.call.thread, queue=queue)
        self._tell(moved)
        for given_up in self._table.gave_up:
            match = None if given_up.leg is None else self._named.get(given_up.leg)
            self._bus.publish(CallerGaveUp(given_up, match))
        self._table.gave_up.clear()
        if len(self._named) > 2 * len(self._table) + SPARE:
            self._named = {leg: who for leg, who in self._named.items() if self._table.at(leg)}

    def _party_named(self, event: PartyNamed) -> None:
        one = self._table.at(event.leg)
        if one is None or one.caller.restricted or one.caller.number != event.number:
            return
        if event.match is None:
            self._named.pop(event.leg, None)
        else:
            self._named[event.leg] = event.match
        self._tell([one.queue])

    def _status_changed(self, event: LinkStatusChanged) -> None:
        if not event.status.epoch:  # switched off: nobody will say how its calls end
            self._tell(self._table.forget(event.status.link))

    def _resynchronised(self, event: LinkResynchronised) -> None:
        """What only an owner before this one knew of is not told of again."""
        there = {
            call.thread
            for device in self._telephony.devices(event.link)
            for call in self._telephony.calls_of(event.link, device.id)
        }
        self._tell(self._table.forget(event.link, but=there))

    def _link_changed(self, event: LinkChanged) -> None:
        if event.before is not None and event.after is None:
            self._table.forget(LinkId(event.before.id))

    def _queue_changed(self, event: QueueChanged) -> None:
        before, after = event.before, event.after
        moved = before is not None and after is not None and _place(before) != _place(after)
        if before is not None and (after is None or moved):
            self._table.forget_queue(before.id)

    def _tell(self, queues: Iterable[QueueId]) -> None:
        for queue in queues:
            self._bus.publish(QueueMoved(queue))


def _legs(one: Queued) -> set[LegId]:
    ringing: Connection | None = one.ringing
    return {leg for leg in (one.leg, ringing.leg if ringing else None) if leg is not None}


def _connection(waits: Connection | None) -> ConnectionId:
    if waits is None:
        raise NotFound(NOBODY)
    return waits.id


def _place(queue: Queue) -> tuple[str | None, str]:
    return queue.link, queue.number

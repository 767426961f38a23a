"""Finds the names of the other parties while a call lives, in what the device's user
may see; of a call queue, in what is granted to itself.

Names are kept in memory for live legs only. A withheld caller is looked up nowhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import structlog

from tws.bus import Bus
from tws.directory.events import ContactChanged, SynchronisationChanged
from tws.directory.model import Contact, Match
from tws.directory.service import DirectoryService
from tws.naming.events import NameWanted, PartyNamed
from tws.numbering import heard, plan_of, same, written
from tws.organisation.actor import QueueId, UserId
from tws.organisation.events import LinkChanged
from tws.organisation.model import UserDevice
from tws.organisation.registry import Registry
from tws.organisation.shared_device import Queue
from tws.telephony.events import CallChanged, LinkResynchronised, LinkStatusChanged
from tws.telephony.model import Call, Connection, Direction, LegId, LinkId, Party, ThreadId

MOST_NUMBERS = 32
"Of one leg: a conference with more parties shows the others by their numbers."


log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Leg:
    link: LinkId
    thread: ThreadId
    holder: UserDevice | Queue
    "For whom numbers are looked up."
    epoch: int
    "Of the owner of the link that last told of it."
    found: dict[str, Match | None] = field(default_factory=dict)
    "By number; None = nobody's, or not answered yet."
    waiting: set[str] = field(default_factory=set)
    "Numbers that are being looked up for the first time."
    looked_at: tuple[object, ...] = ()
    "All that says which numbers there are: while it stays nothing has to be asked."


class Names:
    """The names found, by leg and number."""

    def __init__(self, directory: DirectoryService, registry: Registry, bus: Bus) -> None:
        self._directory, self._registry, self._bus = directory, registry, bus
        self._legs: dict[LegId, _Leg] = {}
        self._epochs: dict[LinkId, int] = {}
        bus.follow(CallChanged, self._call_changed)
        bus.follow(LinkStatusChanged, self._status_changed)
        bus.follow(LinkResynchronised, self._resynchronised)
        bus.follow(LinkChanged, self._link_changed)
        bus.follow(ContactChanged, self._contact_changed)
        bus.follow(SynchronisationChanged, self._synchronised)
        bus.act(NameWanted, self._look_up, key=lambda wanted: wanted.leg, everywhere=True)

    def of(self, leg: LegId, number: str) -> Match | None:
        """Who has `number` (as the PBX gave it) for the user, or the call queue, of a live
        leg."""
        known = self._legs.get(leg)
        return known.found.get(number) if known else None

    def waits(self, leg: LegId, number: str) -> bool:
        """Whether it is not known yet who has `number`."""
        known = self._legs.get(leg)
        return known is not None and number in known.waiting

    def __len__(self) -> int:
        return len(self._legs)

    # ------------------------------------------------------------ following

    def _call_changed(self, change: CallChanged) -> None:
        connections = change.call.connections.values()
        if change.ended:
            live = {connection.leg for connection in connections}
            for ended in change.ended:
                if ended.connection.leg not in live:
                    self._want(change.call, ended.connection)
                    self._legs.pop(ended.connection.leg, None)
        for connection in connections:
            self._want(change.call, connection)

    def _want(self, call: Call, connection: Connection) -> None:
        """Ask for the numbers of this leg that were not asked for yet."""
        leg = self._legs.get(connection.leg)
        if leg is None:
            at = (call.link, connection.id.device)
            holder = self._registry.device_at(*at) or self._registry.queue_at(*at)
            if holder is None:
                return
            leg = self._legs[connection.leg] = _Leg(call.link, call.thread, holder, 0)
        leg.epoch = self._epochs.get(call.link, 0)
        looked_at = _looked_at(call, connection)
        if leg.looked_at == looked_at:
            return
        leg.looked_at = looked_at
        for number in numbers(call, connection):
            if number not in leg.found and len(leg.found) < MOST_NUMBERS:
                self._find(connection.leg, leg, number)

    def _find(self, id: LegId, leg: _Leg, number: str) -> None:
        """Name a number at once where its name is known, else have it looked up."""
        leg.found[number] = None
        known = self._directory.known_for(_whose(leg.holder), number)
        if known is None:
            leg.waiting.add(number)
            self._bus.publish(NameWanted(leg.link, id, leg.thread, leg.holder, number))
        else:
            (match,) = known
            if match is not None:
                leg.found[number] = match
                log.info("caller known already", thread=leg.thread, leg=id)
                self._bus.publish(PartyNamed(leg.link, id, number, match))

    def _status_changed(self, event: LinkStatusChanged) -> None:
        self._epochs[event.status.link] = event.status.epoch
        if not event.status.epoch:
            self._forget(event.status.link, 0)  # switched off: nobody will say how its calls end

    def _resynchronised(self, event: LinkResynchronised) -> None:
        self._forget(event.link, event.epoch)

    def _link_changed(self, event: LinkChanged) -> None:
        if event.before is not None and event.after is None:
            self._forget(LinkId(event.before.id), 0)
            self._epochs.pop(LinkId(event.before.id), None)

    def _forget(self, link: LinkId, epoch: int) -> None:
        """Legs that only an owner before the one of this epoch knew."""
        for id, leg in list(self._legs.items()):
            if leg.link == link and (not epoch or leg.epoch != epoch):
                del self._legs[id]

    def _contact_changed(self, event: ContactChanged) -> None:
        """A card written or changed during a call shows at once."""
        cards = [card for card in (event.before, event.after) if card is not None]
        for id, leg in self._legs.items():
            if not any(_concerns(card, leg.holder) for card in cards):
                continue
            for number in leg.found:
                if any(self._has(card, leg.holder, number) for card in cards):
                    self._bus.publish(NameWanted(leg.link, id, leg.thread, leg.holder, number))

    def _synchronised(self, event: SynchronisationChanged) -> None:
        """Whose numbers they are is asked again, once: there are few calls, and many cards."""
        if not event.run.merged or not event.run.state.over:
            return
        for id, leg in self._legs.items():
            if leg.holder.company == event.run.company:
                for number in leg.found:
                    self._bus.publish(NameWanted(leg.link, id, leg.thread, leg.holder, number))

    def _has(self, card: Contact, holder: UserDevice | Queue, number: str) -> bool:
        domain = self._registry.domains.get(holder.domain)
        own = self._registry.domains.get(card.domain) if card.domain else domain
        reading = heard(number, plan_of(domain)) if domain else None
        if reading is None or domain is None or own is None:
            return False
        theirs = (written(one.number, plan_of(own)) for one in card.numbers)
        return any(one and same(reading, one, domain.inverse_length) for one in theirs)

    async def _asked(self, wanted: NameWanted) -> Match | None:
        if isinstance(wanted.holder, UserDevice):
            return await self._directory.reverse_for_user(wanted.holder.user, wanted.number)
        return await self._directory.reverse_for_shared(wanted.holder, wanted.number)

    async def _look_up(self, wanted: NameWanted) -> None:
        try:
            match = await self._asked(wanted)
        finally:  # whatever comes of it, nothing more will
            if leg := self._legs.get(wanted.leg):
                leg.waiting.discard(wanted.number)
        if leg := self._legs.get(wanted.leg):
            leg.found[wanted.number] = match
        log.info("caller looked up", thread=wanted.thread, leg=wanted.leg, known=match is not None)
        # To the journal the name of a call that has ended meanwhile is as good.
        self._bus.publish(PartyNamed(wanted.link, wanted.leg, wanted.number, match))


def _looked_at(call: Call, own: Connection) -> tuple[object, ...]:
    """All that `numbers` looks at."""
    parties = (call.calling, call.called, own.id, own.party, own.direction, own.via)
    if len(call.connections) == 1 and own.id.device in call.connections:
        return parties
    others = ((c.party, c.direction) for c in call.connections.values())
    return (*parties, *others)


def numbers(call: Call, own: Connection) -> list[str]:
    """The numbers whose names the device of `own` may learn: of the others, and of who sent the
    call here."""
    known = dict.fromkeys(
        party.number for party in _parties(call, own) if party.number and not party.restricted
    )
    withheld = {party.number for party in (call.calling, call.called) if party.restricted}
    mine = {own.id.device, own.party.number}
    return [number for number in known if number not in withheld and number not in mine]


def _parties(call: Call, own: Connection) -> Iterator[Party]:
    incoming = own.direction is Direction.INCOMING
    yield call.calling if incoming else call.called
    for other in call.others(own.id.device):
        caller = other.direction is Direction.OUTGOING
        # The caller's connection may name a number that the call itself withholds.
        if not (caller and call.calling.restricted):
            yield other.party
    if own.via is not None:
        yield own.via.by


def _whose(holder: UserDevice | Queue) -> UserId | QueueId:
    return holder.user if isinstance(holder, UserDevice) else holder.id


def _concerns(card: Contact, holder: UserDevice | Queue) -> bool:
    owner = holder.user if isinstance(holder, UserDevice) else None
    return card.company == holder.company and card.owner in (None, owner)

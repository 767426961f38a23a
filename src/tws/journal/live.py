"""The legs that go on, in memory: each change of a call makes newer versions of some.

`changed` collects the newest version of each leg that has not been written yet. Legs that ended a
moment ago are remembered: a change that comes twice must not begin them again, their names may
still be looked up, and somebody else may take the call that they missed.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from tws.journal.legs import (
    Around,
    answerer,
    begun,
    finished,
    followed,
    heeded,
    named,
    not_seen,
)
from tws.journal.model import Leg, Outcome
from tws.naming import PartyNamed
from tws.numbering import plan_of
from tws.organisation.actor import DomainId
from tws.organisation.model import Domain
from tws.organisation.registry import Registry
from tws.telephony.events import CallChanged, Ended
from tws.telephony.model import (
    Call,
    Cause,
    Connection,
    ConnectionId,
    DeviceId,
    Direction,
    LegId,
    LinkId,
    Party,
    ThreadId,
)

REMEMBERED = 2_000
"Ended legs, of all links."


class LiveLegs:
    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self.live: dict[LegId, Leg] = {}
        "Legs in a call that this process was told of."
        self.known: dict[LegId, Leg] = {}
        "Legs that were open when their link was lost, until the PBX is asked about them."
        self.changed: dict[LegId, Leg] = {}
        self.epochs: dict[LinkId, int] = {}
        self.lost: dict[LinkId, int] = {}
        "Links that another process owns now, and our epoch of then."
        self.unheard: dict[LinkId, datetime] = {}
        "Since when a PBX is not heard, until everything on it has been asked again."
        self._heeded: dict[LegId, tuple[object, ...]] = {}
        "What made the present version of each live leg."
        self._fresh: dict[LegId, None] = {}
        "Those of which the present step made a new version."
        self._ended: OrderedDict[LegId, Leg] = OrderedDict()
        self._at: dict[tuple[LinkId, ConnectionId], LegId] = {}
        self._surroundings: dict[tuple[LinkId, DomainId], tuple[Domain | None, Around]] = {}
        "What all legs of a domain on a link have in common, as long as the domain stays."
        self._names: defaultdict[LegId, dict[str, PartyNamed]] = defaultdict(dict)
        self._missed: defaultdict[ThreadId, set[LegId]] = defaultdict(set)

    # ------------------------------------------------------------ what happens

    def take(self, change: CallChanged) -> list[Leg]:
        """Take one step of a call; the legs of which it made a new version."""
        if change.link in self.lost:
            return []
        self._fresh.clear()
        for ended in change.ended:
            self._end(change, ended)
        for connection in change.call.connections.values():
            self._follow(change, connection)
        if self._missed:
            self._taken_later(change)
        return [self.changed[id] for id in self._fresh]

    def name(self, event: PartyNamed) -> bool:
        """A number was looked up; whether that changes a leg that goes on or ended lately."""
        leg = self.live.get(event.leg) or self._ended.get(event.leg)
        if leg is None:
            return False
        if event.leg in self.live:
            self._names[event.leg][event.number] = event
        around = self._around(leg)
        around = replace(around, names={**around.names, event.number: event.match})
        return self._put(leg, named(leg, event.number, event.match, around))

    def take_up(self, link: LinkId, stored: Iterable[Leg]) -> list[Leg]:
        """The legs open on a link, here or in the database, before its PBX is asked about them."""
        for leg in [leg for leg in self.live.values() if leg.link == link]:
            self._drop(leg.id)
            self.known[leg.id] = leg
        for leg in stored:
            if leg.id not in self._ended:
                self.known.setdefault(leg.id, leg)
        return [leg for leg in self.known.values() if leg.link == link]

    def resynchronised(
        self, link: LinkId, since: datetime | None, devices: frozenset[DeviceId] | None = None
    ) -> None:
        """Everything on the link has been asked again: what goes on, on these `devices` (None =
        all), lived through the gap."""
        self.unheard.pop(link, None)
        for leg in [leg for leg in self.known.values() if leg.link == link]:
            del self.known[leg.id]
        if since is None:
            return
        for leg in [leg for leg in self.live.values() if leg.link == link]:
            unheard = devices is None or leg.device in devices
            if unheard and leg.created < since and not leg.gap:
                self._put(leg, replace(leg, gap=True))

    def close(self, link: LinkId, at: datetime) -> None:
        """Nobody listens to the link any more: its legs end unseen."""
        at = self.unheard.get(link, at)
        of_link = [leg for leg in self.live.values() if leg.link == link]
        of_link += [leg for leg in self.known.values() if leg.link == link]
        for leg in of_link:
            self._drop(leg.id)
            self.known.pop(leg.id, None)
            self._ended_now(not_seen(leg, at))

    def own(self, link: LinkId, epoch: int) -> None:
        """The link is ours with this epoch."""
        if epoch > self.lost.get(link, -1):
            self.lost.pop(link, None)
            self.epochs[link] = epoch

    def lose(self, link: LinkId) -> None:
        """Another process owns the link: what we know of it is no longer ours to write."""
        if link in self.epochs:
            self.lost[link] = self.epochs.pop(link)
        for legs in (self.live, self.known, self.changed, self._ended):
            for leg in [leg for leg in legs.values() if leg.link == link]:
                self._drop(leg.id)
                self._names.pop(leg.id, None)
                self._missed.pop(leg.thread, None)
                legs.pop(leg.id, None)

    def epoch_of(self, link: LinkId) -> int | None:
        """Ours, also of a link that another process owns by now; None = we never had it."""
        return self.epochs.get(link, self.lost.get(link))

    # ------------------------------------------------------------ one leg

    def _follow(self, change: CallChanged, own: Connection) -> None:
        before = self.live.get(own.leg)
        leg = before or self._taken_up(own.leg) or self._begun(change.call, own, change.at)
        if leg is None:
            return
        looked_at = heeded(change.call, own)
        if before is not None and self._heeded.get(own.leg) == looked_at:
            return
        self._take_place(leg, own.id, change.at)
        after = followed(leg, change.call, own, self._around(leg))
        if before is None:
            self._keep(
                after if after.last_seen is change.at else replace(after, last_seen=change.at)
            )
        elif after is not before:
            self._keep(self._next(before, after, change.at))
        self._heeded[own.leg] = looked_at

    def _take_place(self, leg: Leg, place: ConnectionId, at: datetime) -> None:
        """The leg is now here on its PBX. One that was here is over, though nobody said so."""
        there = self._at.get((leg.link, place))
        if there is not None and there != leg.id and (other := self._drop(there)):
            self._ended_now(not_seen(other, at))
        left = (leg.link, ConnectionId(leg.call, leg.device))
        if self._at.get(left) == leg.id:
            del self._at[left]
        self._at[leg.link, place] = leg.id

    def _end(self, change: CallChanged, end: Ended) -> None:
        own = end.connection
        leg = self._drop(own.leg) or self._taken_up(own.leg)
        if leg is None and (over := self._ended.get(own.leg)):
            # Told again, unless it only seemed to be over.
            if over.outcome is not Outcome.END_NOT_SEEN or end.cause == Cause.END_NOT_SEEN:
                return
            leg = over
        leg = leg or self._begun(change.call, own, change.at)
        if leg is None:
            return
        at = change.at
        if end.cause == Cause.END_NOT_SEEN:
            unheard = self.unheard.get(change.link, at)
            # A call of after the gap may be lost in turn, before everybody has answered.
            at = unheard if leg.created <= unheard else at
        around = self._around(leg)
        other = answerer(change.call, own)
        taken_by = self._name_of(change.link, other) if other else None
        after = finished(leg, change.call, end, taken_by, around, at)
        self._names.pop(own.leg, None)
        self._ended_now(replace(after, revision=leg.revision + 1, epoch=self._epoch(leg.link)))

    def _taken_up(self, id: LegId) -> Leg | None:
        leg = self.known.pop(id, None)
        if leg is None:
            return None
        epoch = self._epoch(leg.link) or leg.epoch
        return replace(leg, gap=True, revision=leg.revision + 1, epoch=epoch)

    def _begun(self, call: Call, own: Connection, at: datetime) -> Leg | None:
        """A leg's first version; None where its device is no user's, or it is over already."""
        owner = self._registry.device_at(call.link, own.id.device)
        if owner is None or own.leg in self._ended:
            return None
        return begun(call, own, owner, at, self._epoch(call.link))

    # ------------------------------------------------------------ who took it

    def _taken_later(self, change: CallChanged) -> None:
        """A call that somebody missed goes on to a colleague, who answers it."""
        missed = self._missed.get(change.call.thread)
        if not missed:
            return
        for own in change.call.connections.values():
            taken = own.answered is not None and own.leg in self.live
            if not taken or own.direction is not Direction.INCOMING:
                continue
            for id in missed:
                leg = self._ended.get(id)
                if leg is not None and leg.outcome is Outcome.MISSED:
                    other = self._name_of(change.link, own)
                    self._put(leg, replace(leg, outcome=Outcome.ANSWERED_ELSEWHERE, other=other))
            break
        else:
            if not change.call.over:
                return
        self._missed.pop(change.call.thread, None)

    def _name_of(self, link: LinkId, other: Connection) -> Party:
        name = self._colleague(link, other.id.device) or other.party.name
        return Party(other.party.number or other.id.device, name)

    # ------------------------------------------------------------ keeping

    def _drop(self, id: LegId) -> Leg | None:
        leg = self.live.pop(id, None)
        self._heeded.pop(id, None)
        if leg is not None:
            place = (leg.link, ConnectionId(leg.call, leg.device))
            if self._at.get(place) == id:
                del self._at[place]
        return leg

    def _put(self, before: Leg, after: Leg) -> bool:
        """Keep a version that says more than the one before."""
        if after == before:
            return False
        self._keep(self._next(before, after, after.last_seen))
        return True

    def _next(self, before: Leg, after: Leg, seen: datetime) -> Leg:
        """The version after `before`, which says what `after` does."""
        epoch = self._epoch(before.link)
        return replace(after, last_seen=seen, revision=before.revision + 1, epoch=epoch)

    def _keep(self, leg: Leg) -> None:
        if leg.ended is None:
            self.live[leg.id] = leg
        else:
            self._ended[leg.id] = leg
        self.changed[leg.id] = leg
        self._fresh[leg.id] = None

    def _ended_now(self, leg: Leg) -> None:
        self._keep(leg)
        self._names.pop(leg.id, None)
        if leg.outcome is Outcome.MISSED:
            self._missed[leg.thread].add(leg.id)
        if len(self._ended) > REMEMBERED:
            _, oldest = self._ended.popitem(last=False)
            self._missed.pop(oldest.thread, None)

    def _around(self, leg: Leg) -> Around:
        domain = self._registry.domains.get(leg.domain)
        known = self._surroundings.get((leg.link, leg.domain))
        if known is None or known[0] is not domain:
            plan = plan_of(domain) if domain else None
            link = leg.link
            around = Around(plan, {}, lambda number: self._colleague(link, number))
            known = self._surroundings[leg.link, leg.domain] = domain, around
        told = self._names.get(leg.id)
        if told is None:
            return known[1]
        return replace(known[1], names={number: event.match for number, event in told.items()})

    def _colleague(self, link: LinkId, number: str) -> str | None:
        device = self._registry.device_at(link, number)
        user = self._registry.users.get(device.user) if device else None
        return user.display_name if user else None

    def _epoch(self, link: LinkId) -> int:
        return self.epochs.get(link, 0)

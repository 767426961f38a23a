"""Who is in which queue, made of what links tell of calls. Pure.

A call is in a queue while it is queued, or alerts, at the queue's device, and while it alerts at a
telephone to which the queue distributed it; answered from there it is shown until its end. What a
gap took away is neither answered nor abandoned: nobody knows.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from tws.organisation.actor import QueueId
from tws.queues.model import GaveUp, Queued
from tws.telephony.events import CallChanged
from tws.telephony.model import (
    Call,
    CallId,
    Cause,
    Connection,
    ConnectionState,
    Direction,
    LegId,
    LinkId,
    Party,
    ThreadId,
)

QueueAt = Callable[[LinkId, str], QueueId | None]
WAITING = (ConnectionState.QUEUED, ConnectionState.ALERTING)
ANSWERED = (ConnectionState.CONNECTED, ConnectionState.HOLD)
Key = tuple[LinkId, ThreadId]
REMEMBERED = 1000


class QueueTable:
    def __init__(self, queue_at: QueueAt) -> None:
        """`queue_at`: which queue has a number on a link."""
        self._queue_at = queue_at
        self._in: dict[Key, Queued] = {}
        self._by_leg: dict[LegId, Key] = {}
        self._by_call: dict[tuple[LinkId, CallId], Key] = {}
        self._parting: dict[Key, Queued] = {}
        "Those that a queue sent on, of whom nothing is told for a moment."
        self.gave_up: list[GaveUp] = []
        "Since it was last emptied."
        self._heard: dict[LinkId, datetime] = {}
        "When something was last told, by the clock of who holds the link."

    def of(self, queue: QueueId) -> list[Queued]:
        """In the order in which they came."""
        found = (one for one in self._in.values() if one.queue == queue)
        return sorted(found, key=lambda one: (one.since, one.thread))

    def at(self, leg: LegId) -> Queued | None:
        """Whose leg at the queue's device it is, or was."""
        key = self._by_leg.get(leg)
        return None if key is None else self._in.get(key)

    def __len__(self) -> int:
        return len(self._in)

    def take(self, change: CallChanged) -> set[QueueId]:
        """The queues of which something changed."""
        heard = self._heard.get(change.link, change.at)
        if change.at < heard:
            self._set_back(change.link, heard - change.at)
        self._heard[change.link] = change.at
        key = (change.link, change.call.thread)
        before, touched = self._in.get(key) or self._parting.pop(key, None), set[QueueId]()
        if before is None and not self._by_call and not _may_wait(change.call):
            return touched  # as at nearly every step of nearly every call
        for call in (change.call.id, *change.replaces):
            joined = self._by_call.get((change.link, call))
            if joined is not None and joined != key and (one := self._drop(joined)) is not None:
                touched.add(one.queue)
                before = before or one
        after = None if change.call.over else self._seen(change.call, before, change.at)
        if before is not None:
            touched.add(before.queue)
        if after is not None:
            self._put(key, after)
            touched.add(after.queue)
        elif before is not None:
            self._drop(key)
            self._left(key, before, change)
        return touched

    def forget(self, link: LinkId, but: Iterable[ThreadId] = ()) -> set[QueueId]:
        """What nobody tells of any more: the link has been let go, or has told all it knows."""
        kept = set(but)
        for key in [key for key in self._parting if key[0] == link and key[1] not in kept]:
            del self._parting[key]
        gone = [key for key in self._in if key[0] == link and key[1] not in kept]
        return {one.queue for key in gone if (one := self._drop(key)) is not None}

    def forget_queue(self, queue: QueueId) -> None:
        """It is no more, or elsewhere."""
        for key in [key for key, one in self._in.items() if one.queue == queue]:
            self._drop(key)

    def _set_back(self, link: LinkId, by: timedelta) -> None:
        """Its clock was: who came before has waited as long, and stays before who comes now."""
        for there in (self._in, self._parting):
            for key in [key for key in there if key[0] == link]:
                one = there[key]
                answered = None if one.answered is None else one.answered - by
                there[key] = replace(one, since=one.since - by, answered=answered)

    def _put(self, key: Key, one: Queued) -> None:
        self._drop(key)
        self._in[key] = one
        self._by_call[one.link, one.call.id] = key
        if one.leg is not None:
            self._by_leg[one.leg] = key

    def _drop(self, key: Key) -> Queued | None:
        one = self._in.pop(key, None)
        if one is not None:
            self._by_call.pop((one.link, one.call.id), None)
            if one.leg is not None:
                self._by_leg.pop(one.leg, None)
        return one

    def _left(self, key: Key, before: Queued, change: CallChanged) -> None:
        if not before.waits or any(end.cause == Cause.END_NOT_SEEN for end in change.ended):
            return
        if change.call.over and all(end.to is None for end in change.ended):
            self.gave_up.append(_given_up(before, change.at))
            return
        # On the way to somebody's telephone, or it is the caller's own end that is told next.
        self._parting[key] = before
        if len(self._parting) > REMEMBERED:
            self._parting.pop(next(iter(self._parting)))

    # ------------------------------------------------------------ one call

    def _seen(self, call: Call, before: Queued | None, at: datetime) -> Queued | None:
        waits_at, queue = self._queue_of(call, before)
        if queue is None:
            return None
        caller = _caller(call, before)
        members = [c for c in call.connections.values() if _is_member(c, waits_at, caller)]
        joined = [c for c in members if c.state in ANSWERED]
        ringing = [c for c in members if _distributed(c)]
        answered = before.answered if before is not None and before.queue == queue else None
        if joined and answered is None:
            answered = min(at, *(c.answered or c.since for c in joined))
        waits = answered is None and bool(waits_at or ringing)
        if not waits and answered is None:
            return None  # it went elsewhere, or is past the queue
        if before is not None and before.queue != queue:
            before, caller = None, _caller(call, None)
        there = [waits_at] if waits_at else members
        since = before.since if before is not None else min(at, *(c.created for c in there))
        return Queued(
            link=call.link,
            thread=call.thread,
            queue=queue,
            call=call,
            since=since,
            caller=caller,
            leg=waits_at.leg if waits_at else (before.leg if before is not None else None),
            waits=waits,
            answered=answered,
            agents=tuple(c.id.device for c in (ringing if waits else joined)),
        )

    def _queue_of(
        self, call: Call, before: Queued | None
    ) -> tuple[Connection | None, QueueId | None]:
        """Its connection at a queue's device, where it is there now; and the queue."""
        for connection in call.connections.values():
            if connection.state in WAITING:
                found = self._queue_at(call.link, connection.id.device)
                if found is not None:
                    return connection, found
        number = None if call.queue is None else call.queue.number
        found = None if number is None else self._queue_at(call.link, number)
        return None, found if found is not None or before is None else before.queue


def _may_wait(call: Call) -> bool:
    """Whether one has to look at whose telephones it is."""
    if call.queue is not None:
        return True
    for connection in call.connections.values():
        if connection.state in WAITING:
            return True
    return False


def _is_member(connection: Connection, waits_at: Connection | None, caller: Party) -> bool:
    """Whether the caller was given to it: some PBXs tell of the caller's own connection when the
    call is transferred, in whatever place of their list."""
    if connection is waits_at or connection.direction is not Direction.INCOMING:
        return False
    known = caller.number is not None and caller.number in (
        connection.id.device,
        connection.party.number,
    )
    return not known and connection.party != caller


def _distributed(connection: Connection) -> bool:
    via = connection.via
    rings = connection.state is ConnectionState.ALERTING
    return rings and via is not None and via.cause == Cause.DISTRIBUTED


def _caller(call: Call, before: Queued | None) -> Party:
    """After a transfer some PBXs tell as who calls who asked the next one: the caller stays."""
    handed_on = {c.via.by.number for c in call.connections.values() if c.via is not None}
    if before is not None and before.caller.number and call.calling.number in handed_on:
        return before.caller
    if call.calling.number or call.calling.name or call.calling.restricted:
        return call.calling
    found: Iterator[Connection] = (
        c for c in call.connections.values() if c.direction is Direction.OUTGOING
    )
    who = next(found, None)
    if who is not None:
        return who.party
    return before.caller if before is not None else call.calling


def _given_up(one: Queued, at: datetime) -> GaveUp:
    return GaveUp(
        queue=one.queue,
        link=one.link,
        thread=one.thread,
        leg=one.leg,
        caller=one.caller,
        since=one.since,
        ended=at,
    )

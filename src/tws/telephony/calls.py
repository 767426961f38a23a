"""The call table: what is known of every call of one link. Pure: events and times in, changes out.

Events of several monitors in one call arrive as several copies, in any interleaving, so every step
is idempotent.

Unexpected events never raise: they are counted in `unexpected`, by name and state.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from msgspec.structs import replace

from tws.telephony.event_reports import (
    CallCleared,
    CallEvent,
    CallInformation,
    Conferenced,
    ConnectionCleared,
    ConnectionEvent,
    Delivered,
    Diverted,
    Established,
    Failed,
    Offered,
    Originated,
    Queued,
    ServiceInitiated,
    Transferred,
)
from tws.telephony.events import CallChanged, Ended
from tws.telephony.history import better, step, tell_callers
from tws.telephony.identity import other_caller
from tws.telephony.merging import merge
from tws.telephony.model import (
    UNKNOWN,
    Call,
    CallId,
    Cause,
    Connection,
    ConnectionId,
    ConnectionState,
    DeviceId,
    Direction,
    LegId,
    LinkId,
    Party,
    SnapshotConnection,
    ThreadId,
    Via,
)
from tws.telephony.open_calls import OpenCalls
from tws.telephony.snapshots import KnownLeg, begin, remembered, same_call, taken
from tws.telephony.transitions import BEGINS_LATE, BEGINS_OUTGOING, TRANSITIONS

REDIRECTING = frozenset(
    {
        Cause.CALL_FORWARD,
        Cause.CALL_FORWARD_BUSY,
        Cause.CALL_FORWARD_IMMEDIATE,
        Cause.CALL_FORWARD_NO_ANSWER,
        Cause.CALL_PICKUP,
        Cause.DISTRIBUTED,
        Cause.OVERFLOW,
        Cause.PARK,
        Cause.RECALL,
        Cause.REDIRECTED,
        Cause.SINGLE_STEP_TRANSFER,
        Cause.TRANSFER,
    }
)
"Causes that say a call came here by another's doing."
TELL_CALLERS = (Delivered, Established, Queued)
"Events at the far end that are history of whoever called, too."
REMEMBERED = 1_000
"""Calls that left our devices by a diversion, kept so that the next device gets the same thread:
until their end, if we are told of it."""


class CallTable(OpenCalls):
    """The calls of one link."""

    def __init__(self, link: LinkId, new_id: Callable[[], str]) -> None:
        super().__init__(link)
        self.new_id = new_id
        self.unexpected: Counter[str] = Counter()
        self._diverted: OrderedDict[CallId, Call] = OrderedDict()

    # ------------------------------------------------------------ devices

    def unwatch(self, device: DeviceId, at: datetime) -> list[CallChanged]:
        """Nothing more will be heard of `device`: its connections end, how is not known."""
        changes = [
            self._drop(call, device, Cause.END_NOT_SEEN, None, at) for call in self.of(device)
        ]
        self.watched.discard(device)
        return [change for change in changes if change is not None]

    def out_of_sight(
        self, device: DeviceId, heard: Callable[[DeviceId], bool], at: datetime
    ) -> list[CallChanged]:
        """What became of the calls of `device` will not be told: they end unseen, but for those
        that a device which is `heard` is in too."""
        changes = []
        for call in self.of(device):
            if not any(heard(other) for other in call.connections if other != device):
                changes.append(self._drop(call, device, Cause.END_NOT_SEEN, None, at))
        return [change for change in changes if change is not None]

    def over_unseen(self, call: Call, at: datetime) -> list[CallChanged]:
        """A call turns out to be over, since when is not known: its id is another call's now."""
        return self._clear(call.id, Cause.END_NOT_SEEN, at)

    # ------------------------------------------------------------ events

    def apply(self, event: CallEvent, at: datetime) -> list[CallChanged]:
        """Take one event; returns the steps it makes, none for a copy of an older one."""
        row = TRANSITIONS.get(type(event))
        if row is not None and isinstance(event, ConnectionEvent):
            return self._move(event, row, at) + self._check_local(event, at)
        match event:
            case ConnectionCleared():
                changes = self._leave(event.connection, event.cause, None, at)
                if changes and event.connection.call not in self.calls:
                    self._diverted.pop(event.connection.call, None)
            case Diverted():
                call, left = self.calls.get(event.connection.call), event.connection.device
                # A second monitor tells it again: the call is what it was before the first time.
                if call and (left in call.connections or call.id not in self._diverted):
                    self._remember(call)
                changes = self._park(event, at) or self._leave(
                    event.connection, event.cause, event.destination, at
                )
            case CallInformation():
                changes = self._inform(event, at)
            # These say what they mean of the monitored device in their own lists.
            case Transferred() | Conferenced():
                return self._merge(event, at)
            case CallCleared():
                return self._clear(event.call, event.cause, at)
            case Failed():
                return self._fail(event, at)
            case _:
                raise TypeError(f"no call event: {type(event).__name__}")
        return changes + self._check_local(event, at)

    def _move(
        self,
        event: ConnectionEvent,
        row: Mapping[ConnectionState, ConnectionState],
        at: datetime,
    ) -> list[CallChanged]:
        """One connection goes from one state to another, by its row of the transitions."""
        subject = event.connection
        call = self.calls.get(subject.call) or self._begin(event, subject)
        old = call.connections.get(subject.device)
        state = row.get(old.state if old else ConnectionState.NULL)
        if state is None:
            self._unexpected(event, old)
            return []
        party = getattr(event, "party", None)
        if old is None:
            new = self._appear(call, event, subject, state, party, at)
        else:
            new = step(old, state, better(old, party), at)
        connections = {**call.connections, subject.device: new}
        if event.monitored and event.monitored not in connections:
            self._also_monitored(call, event, connections, at)
        queue = call.queue
        if isinstance(event, TELL_CALLERS):
            tell_callers(connections, subject.device, isinstance(event, Established), at)
            if isinstance(event, Queued) and event.cause != Cause.PARK:
                queue = event.party or Party(number=subject.device)
        after = replace(
            call,
            connections=connections,
            calling=event.calling or call.calling,
            called=event.called or call.called,
            queue=queue,
            failure=None,
        )
        return self._put(call, after, event.cause, at)

    def _appear(
        self,
        call: Call,
        event: CallEvent,
        subject: ConnectionId,
        state: ConnectionState,
        party: Party | None,
        at: datetime,
    ) -> Connection:
        outgoing = type(event) in BEGINS_OUTGOING
        via = None
        redirected_by = event.last_redirection
        if not outgoing and (event.cause in REDIRECTING or redirected_by is not None):
            back = self._taken_back(call, event, subject.device)
            via = back or Via(event.cause, redirected_by or UNKNOWN)
        return Connection(
            id=subject,
            leg=LegId(self.new_id()),
            state=state,
            party=party or self._guess(call, event, subject.device),
            direction=Direction.OUTGOING if outgoing else Direction.INCOMING,
            created=at,
            since=at,
            alerted=at if state is ConnectionState.ALERTING else None,
            answered=at if state is ConnectionState.CONNECTED and not outgoing else None,
            via=via,
            late=type(event) in BEGINS_LATE,
        )

    def _taken_back(self, call: Call, event: CallEvent, taker: DeviceId) -> Via | None:
        """From the park place at which the call waited, where it was picked up there; or from
        where it rang, since `taker` itself had handed it on."""
        if event.cause != Cause.CALL_PICKUP:
            return None
        by = event.last_redirection.number if event.last_redirection is not None else None
        # Its leaving the place may be told before, or after.
        for known in (call, self._diverted.get(call.id, call)):
            for device, there in known.connections.items():
                if by not in (None, device):
                    continue
                if there.via is not None and there.via.cause == Cause.PARK:
                    return Via(Cause.PARK, there.party)
                if there.rings_for == taker:
                    return Via(Cause.RECALL, there.party)
        return None

    def _guess(self, call: Call, event: CallEvent, device: DeviceId) -> Party:
        """Who a device is when the event does not say: the calling or called party of that
        number.
        """
        for party in (event.calling, event.called, call.calling, call.called):
            if party is not None and party.number == device:
                return party
        return Party(number=device)

    def _begin(self, event: CallEvent, subject: ConnectionId) -> Call:
        thread = event.thread
        calling, called, queue = UNKNOWN, UNKNOWN, None
        before = self._diverted.get(subject.call)
        came = event.cause in REDIRECTING or event.last_redirection is not None
        if before and came and not other_caller(before, event):
            thread = thread or before.thread
            calling, called, queue = before.calling, before.called, before.queue
        return Call(
            link=self.link,
            id=subject.call,
            thread=thread or ThreadId(self.new_id()),
            connections={},
            calling=calling,
            called=called,
            queue=queue,
        )

    # ------------------------------------------------------------ leaving

    def _leave(
        self, connection: ConnectionId, cause: str, to: Party | None, at: datetime
    ) -> list[CallChanged]:
        call = self.calls.get(connection.call)
        if call is None or connection.device not in call.connections:
            return []
        change = self._drop(call, connection.device, cause, to, at)
        return [change] if change else []

    def _park(self, event: Diverted, at: datetime) -> list[CallChanged]:
        """A device leaves its call at a place that is watched: there it waits from now on."""
        call, to = self.calls.get(event.connection.call), event.destination
        if event.cause != Cause.PARK or call is None or to is None or to.number is None:
            return []
        place, gone = DeviceId(to.number), call.connections.get(event.connection.device)
        if gone is None or place not in self.watched:
            return []
        waits = Connection(
            id=ConnectionId(call.id, place),
            leg=LegId(self.new_id()),
            state=ConnectionState.QUEUED,
            party=to,
            direction=Direction.INCOMING,
            created=at,
            since=at,
            via=Via(Cause.PARK, gone.party),
        )
        connections = {d: c for d, c in call.connections.items() if d != gone.id.device}
        connections.setdefault(place, waits)
        after = replace(call, connections=connections)
        return self._put(call, after, event.cause, at, (Ended(gone, event.cause, to),))

    def _clear(self, call_id: CallId, cause: str, at: datetime) -> list[CallChanged]:
        if (call := self.calls.get(call_id)) is None:
            return []
        self._diverted.pop(call_id, None)
        ended = tuple(Ended(c, cause) for c in call.connections.values())
        return self._put(call, replace(call, connections={}), cause, at, ended)

    def _fail(self, event: Failed, at: datetime) -> list[CallChanged]:
        """A call could not reach somebody: the caller hears a tone; who could not be reached is
        out of it.

        The standard leaves the caller connected, some PBXs say `fail`: here a caller with nobody
        else left in the call is `fail` either way, and `Call.failure` says why.
        """
        subject = event.connection
        call = self.calls.get(subject.call) or self._begin(event, subject)
        before, ended = call, []
        connections = dict(call.connections)
        failed = connections.get(subject.device)
        caller = failed is not None and failed.direction is Direction.OUTGOING
        if not caller:
            if failed is None and subject.device in self.watched:
                failed = self._appear(call, event, subject, ConnectionState.FAIL, event.party, at)
            if failed is not None:
                ended.append(Ended(failed, event.cause))
                connections.pop(subject.device, None)
        if len(connections) == 1:
            (device, last) = next(iter(connections.items()))
            if last.state in (ConnectionState.INITIATED, ConnectionState.CONNECTED):
                connections[device] = step(last, ConnectionState.FAIL, last.party, at)
        after = replace(
            call,
            connections=connections,
            calling=event.calling or call.calling,
            called=event.called or call.called,
            failure=event.cause,
        )
        return self._put(before, after, event.cause, at, tuple(ended))

    def _inform(self, event: CallInformation, at: datetime) -> list[CallChanged]:
        call = self.calls.get(event.connection.call)
        if call is None:
            return []
        connections = dict(call.connections)
        if event.party and (old := connections.get(event.connection.device)):
            connections[event.connection.device] = replace(old, party=event.party)
        after = replace(
            call,
            connections=connections,
            calling=event.calling or call.calling,
            called=event.called or call.called,
        )
        return self._put(call, after, event.cause, at)

    # ------------------------------------------------------------ merging

    def _merge(self, event: Transferred | Conferenced, at: datetime) -> list[CallChanged]:
        merged = merge(event, self.calls, self.watched, self.link, self.new_id, at)
        if merged is None:
            return []
        for call_id in merged.replaces:
            self._forget(self.calls.pop(call_id))
        before = self.calls.get(merged.call.id)
        return self._put(
            before, merged.call, event.cause, at, merged.ended, replaces=merged.replaces
        )

    # ------------------------------------------------------------ checks and snapshots

    def _check_local(self, event: CallEvent, at: datetime) -> list[CallChanged]:
        """The state the PBX gives for the monitored device's own connection wins over ours."""
        if (
            event.local is None
            or event.monitored is None
            or not isinstance(event, ConnectionEvent)
        ):
            return []
        call = self.calls.get(event.connection.call)
        own = call.connections.get(event.monitored) if call else None
        if call is None or own is None or own.state is event.local:
            return []
        if event.local is ConnectionState.NULL:
            return self._leave(own.id, event.cause, None, at)
        own = step(own, event.local, own.party, at)
        after = replace(call, connections={**call.connections, event.monitored: own})
        return self._put(call, after, event.cause, at)

    def _also_monitored(
        self,
        call: Call,
        event: CallEvent,
        connections: dict[DeviceId, Connection],
        at: datetime,
    ) -> None:
        """The device whose monitor speaks is in the call too, though we missed its beginning."""
        if event.monitored is None or event.local in (None, ConnectionState.NULL):
            return
        calling = event.calling or call.calling
        own = self._appear(
            call, event, ConnectionId(call.id, event.monitored), event.local, None, at
        )
        outgoing = calling.number == event.monitored
        direction = Direction.OUTGOING if outgoing else Direction.INCOMING
        connections[event.monitored] = replace(own, direction=direction, late=True)

    def resync(
        self,
        device: DeviceId,
        snapshot: Iterable[SnapshotConnection],
        at: datetime,
        known: Mapping[ConnectionId, KnownLeg],
    ) -> list[CallChanged]:
        """Make the calls of `device` those of `snapshot`: what is not in it ended unseen.

        `known` gives the history of legs that an earlier owner of the link had open.
        """
        changes = []
        wanted = {s.connection.call: s for s in snapshot}
        for call in self.of(device):
            found = wanted.get(call.id)
            if found is None or not same_call(call, device, found):
                changes.append(self._drop(call, device, Cause.END_NOT_SEEN, None, at))
        for found in wanted.values():
            changes.extend(self._take(device, found, at, known))
        return [change for change in changes if change is not None]

    def take_up(
        self, event: CallEvent, known: Mapping[ConnectionId, KnownLeg], at: datetime
    ) -> list[CallChanged]:
        """Take up the legs of an earlier owner that `event` is about, before its devices have
        answered: else it would begin them a second time. Not where it begins another call."""
        if isinstance(event, ServiceInitiated | Originated | Offered | Delivered):
            return []
        match event:
            case Transferred(primary=one, secondary=two) | Conferenced(primary=one, secondary=two):
                calls = {one.call, two.call if two else one.call}
            case CallCleared(call=call):
                calls = {call}
            case ConnectionEvent(connection=place):
                calls = {place.call}
            case _:
                calls = set()
        told = {p.number for p in (event.calling, event.called) if p and p.number}
        changes = []
        for place, leg in known.items():
            if place.call not in calls or place.device not in self.watched:
                continue
            if (begun := self.calls.get(place.call)) and place.device in begun.connections:
                continue
            theirs = told - {place.device}
            if not leg.number or not theirs or leg.number in theirs:
                changes += self._take(place.device, remembered(place, leg), at, known)
        return changes

    def _take(
        self,
        device: DeviceId,
        found: SnapshotConnection,
        at: datetime,
        known: Mapping[ConnectionId, KnownLeg],
    ) -> list[CallChanged]:
        before = self.calls.get(found.connection.call)
        leg = known.get(ConnectionId(found.connection.call, device))
        call = before or begin(self.link, found, leg, self.new_id)
        after = taken(call, device, found, leg, self.watched, self.new_id, at)
        return self._put(before, after, Cause.NORMAL, at)

    # ------------------------------------------------------------ remembering

    def _remember(self, call: Call) -> None:
        self._diverted[call.id] = call
        self._diverted.move_to_end(call.id)
        if len(self._diverted) > REMEMBERED:
            self._diverted.popitem(last=False)

    def diverted(self, call: CallId) -> Call | None:
        """A call that left one of our devices by a diversion, as it was before."""
        return self._diverted.get(call)

    def _unexpected(self, event: CallEvent, connection: Connection | None) -> None:
        state = connection.state if connection else ConnectionState.NULL
        self.unexpected[f"{type(event).__name__} in {state}"] += 1

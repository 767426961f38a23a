"""From a snapshot to the call table: what SnapshotDevice shows, with the history the
journal has.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from tws.telephony.history import better, step
from tws.telephony.identity import form
from tws.telephony.model import (
    Call,
    CallId,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLeg:
    """What the journal knows of a leg that was open when its link was lost, for taking it up
    again.
    """

    leg: LegId
    thread: ThreadId
    direction: Direction
    number: str | None
    "The other party's, to tell a call from another that has its id now."
    created: datetime
    alerted: datetime | None = None
    answered: datetime | None = None
    via: Via | None = None


def remembered(at: ConnectionId, leg: KnownLeg) -> SnapshotConnection:
    """A leg as it was last known, for an event about it that comes before its device's answer."""
    incoming = leg.direction is Direction.INCOMING
    there, here = Party(number=leg.number), Party(number=at.device)
    return SnapshotConnection(
        connection=at,
        state=(
            ConnectionState.ALERTING
            if incoming and leg.answered is None
            else ConnectionState.CONNECTED
        ),
        calling=there if incoming else here,
        called=here if incoming else there,
    )


def begin(
    link: LinkId, found: SnapshotConnection, known: KnownLeg | None, new_id: Callable[[], str]
) -> Call:
    """A call first seen in a snapshot: its thread is the PBX's mark, the journal's, or new."""
    known = _confirmed(found, known)
    thread = found.thread or (known.thread if known else ThreadId(new_id()))
    return Call(link=link, id=found.connection.call, thread=thread, connections={})


def taken(
    call: Call,
    device: DeviceId,
    found: SnapshotConnection,
    known: KnownLeg | None,
    watched: AbstractSet[DeviceId],
    new_id: Callable[[], str],
    at: datetime,
) -> Call:
    """The call with `device` and its unwatched parties as the snapshot shows them."""
    own = call.connections.get(device)
    if own is None:
        own = _late(device, found, _confirmed(found, known), new_id, at)
    elif own.state is not found.state:
        own = step(own, found.state, own.party, at)
    shown = {other for other, _, _ in found.others}
    connections = {d: c for d, c in call.connections.items() if d in watched or d in shown}
    connections[device] = own
    for other, state, party in found.others:
        if other in watched or state is ConnectionState.NULL:
            continue  # a watched device has a snapshot of its own
        there = connections.get(other)
        if there is None:
            connections[other] = _far(call.id, other, state, party, own, new_id, at)
        else:
            connections[other] = step(there, state, better(there, party), at)
    return replace(
        call,
        connections=connections,
        calling=found.calling or call.calling,
        called=found.called or call.called,
    )


def _confirmed(found: SnapshotConnection, known: KnownLeg | None) -> KnownLeg | None:
    """A PBX uses ids again: the journal's leg is this one only if it was with the same party."""
    if known is None or (known.number and found.others and not _mentions(found, known.number)):
        return None
    return known


def same_call(call: Call, device: DeviceId, found: SnapshotConnection) -> bool:
    """Whether a snapshot shows the call that we know by this id, not a later one that got
    its id.
    """
    if found.thread is not None:
        return found.thread == call.thread
    ours = {c.party.number for c in call.others(device)} | {
        call.calling.number,
        call.called.number,
    }
    theirs = {party.number for _, _, party in found.others}
    theirs |= {p.number for p in (found.calling, found.called) if p is not None}
    before = {form(number) for number in ours - {device} if number}
    now = {form(number) for number in theirs - {device} if number}
    return not before or not now or bool(before & now)


def _mentions(found: SnapshotConnection, number: str) -> bool:
    parties = [party for _, _, party in found.others]
    parties += [p for p in (found.calling, found.called) if p is not None]
    return any(p.number == number for p in parties) or all(p.number is None for p in parties)


def _late(
    device: DeviceId,
    found: SnapshotConnection,
    known: KnownLeg | None,
    new_id: Callable[[], str],
    at: datetime,
) -> Connection:
    """A connection first seen in a snapshot: with its history where the journal has it."""
    if known is not None:
        answered = known.answered
        if answered is None and known.direction is Direction.INCOMING and _talks(found.state):
            answered = at
        return Connection(
            id=ConnectionId(found.connection.call, device),
            leg=known.leg,
            state=found.state,
            party=Party(number=device),
            direction=known.direction,
            created=known.created,
            since=at,
            alerted=known.alerted,
            answered=answered,
            via=known.via,
        )
    calls = found.calling is not None and found.calling.number == device
    outgoing = found.direction is Direction.OUTGOING or (found.direction is None and calls)
    return Connection(
        id=ConnectionId(found.connection.call, device),
        leg=LegId(new_id()),
        state=found.state,
        party=Party(number=device),
        direction=Direction.OUTGOING if outgoing else Direction.INCOMING,
        created=at,
        since=at,
        alerted=at if found.state is ConnectionState.ALERTING else None,
        answered=at if _talks(found.state) and _reached(found) else None,
        late=True,
    )


def _reached(found: SnapshotConnection) -> bool:
    return not found.others or any(_talks(state) for _, state, _ in found.others)


def _talks(state: ConnectionState) -> bool:
    return state in (ConnectionState.CONNECTED, ConnectionState.HOLD)


def _far(
    call: CallId,
    device: DeviceId,
    state: ConnectionState,
    party: Party,
    own: Connection,
    new_id: Callable[[], str],
    at: datetime,
) -> Connection:
    incoming = own.direction is Direction.INCOMING
    return Connection(
        id=ConnectionId(call, device),
        leg=LegId(new_id()),
        state=state,
        party=party if party.number else replace(party, number=device),
        direction=Direction.OUTGOING if incoming else Direction.INCOMING,
        created=own.created,
        since=at,
        late=True,
    )

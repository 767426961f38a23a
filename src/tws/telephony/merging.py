"""Transferred and Conferenced: two calls become one, connections are carried, the thread stays.

The list in the event (transferredConnections, conferenceConnections) gives old -> new connections.
The call id that remains is the first call's, the second's or a new one: it is read, never assumed.
Each monitor in the call reports the event again, after the first copy has been applied: what is
already in the new call is left as it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from tws.telephony.event_reports import Conferenced, Moved, Transferred
from tws.telephony.events import Ended
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
    ThreadId,
    Via,
)


@dataclass(frozen=True, slots=True)
class Merged:
    call: Call
    ended: tuple[Ended, ...]
    replaces: tuple[CallId, ...]


def merge(
    event: Transferred | Conferenced,
    calls: Mapping[CallId, Call],
    watched: set[DeviceId],
    link: LinkId,
    new_id: Callable[[], str],
    at: datetime,
) -> Merged | None:
    """The call that remains, who left it and which calls went into it; None = nothing is known."""
    secondary = event.secondary.call if event.secondary else None
    old = [calls[c] for c in dict.fromkeys((event.primary.call, secondary)) if c and c in calls]
    target_id = event.connections[0].new.call if event.connections else secondary
    target_id = target_id or event.primary.call
    target = calls.get(target_id)
    ours = any(item.new.device in watched for item in event.connections)
    if not old and target is None and not ours:
        return None
    around = old if target is None or target.id in (c.id for c in old) else [*old, target]
    leaver = event.primary.device if isinstance(event, Transferred) else None
    connections: dict[DeviceId, Connection] = {}
    carried: set[LegId] = set()
    for item in event.connections or _everybody(around, target_id, leaver):
        device = item.new.device
        if device in connections:
            continue
        source = _source(item, around, carried, watched)
        place = ConnectionId(target_id, device)
        if source is None:
            connections[device] = _join(place, item, event, around, new_id, at)
        else:
            connections[device] = _carry(place, item, event, source, at)
        carried.add(connections[device].leg)
    to = event.transferred_to if isinstance(event, Transferred) else None
    ended = []
    for left, connection in ((call, c) for call in around for c in call.connections.values()):
        device = connection.id.device
        if connection.leg in carried:
            continue
        if device in watched and device != leaver and device not in connections:
            # the PBX left it out of its list: a live call must not vanish from a screen for that
            connections[device] = replace(connection, id=ConnectionId(target_id, device))
        else:
            ended.append(Ended(connection, event.cause, _handed_to(to, left, device, around)))
    base = around[0] if around else _new(link, target_id, event, new_id)
    merged = replace(
        base,
        id=target_id,
        connections=connections,
        calling=event.calling or base.calling,
        called=event.called or base.called,
        failure=None,
    )
    return Merged(merged, tuple(ended), tuple(call.id for call in old if call.id != target_id))


def _handed_to(
    to: Party | None, call: Call, device: DeviceId, around: Sequence[Call]
) -> Party | None:
    """To whom the device handed whom it had in `call`: who was asked first got whom it had in the
    other call."""
    if to is None or to.number not in {party.number for party, _ in call.parties(device)}:
        return to
    for other in around:
        if other is not call and device in other.connections:
            return next((party for party, _ in other.parties(device)), None)
    return to


def _everybody(calls: list[Call], target: CallId, leaver: DeviceId | None) -> list[Moved]:
    """The list, where the PBX sends none: everybody but who transferred."""
    devices = dict.fromkeys(device for call in calls for device in call.connections)
    return [Moved(ConnectionId(target, device)) for device in devices if device != leaver]


def _carry(
    place: ConnectionId,
    item: Moved,
    event: Transferred | Conferenced,
    source: Connection,
    at: datetime,
) -> Connection:
    """An old connection with its leg, in the call that remains."""
    state = item.state or source.state
    if isinstance(event, Conferenced) and state is ConnectionState.HOLD:
        state = ConnectionState.CONNECTED
    party = source.party
    if item.party and item.party.number not in (None, place.device):
        party = item.party
    return replace(
        source,
        id=place,
        state=state,
        since=source.since if state is source.state else at,
        party=party,
        via=source.via or _via(event),
    )


def _join(
    place: ConnectionId,
    item: Moved,
    event: Transferred | Conferenced,
    calls: list[Call],
    new_id: Callable[[], str],
    at: datetime,
) -> Connection:
    """Somebody of whom nothing was reported before: called by a single step, or watched late."""
    target = event.transferred_to if isinstance(event, Transferred) else event.added
    joins = target is not None and target.number == place.device
    ringing = joins and event.secondary is None
    state = ConnectionState.ALERTING if ringing else ConnectionState.CONNECTED
    return Connection(
        id=place,
        leg=LegId(new_id()),
        state=item.state or state,
        party=item.party or _remote(item, calls, event.primary.device),
        direction=Direction.INCOMING,
        created=at,
        since=at,
        alerted=at if ringing else None,
        answered=None if ringing else at,
        via=_via(event),
        late=not joins,
    )


def _via(event: Transferred | Conferenced) -> Via | None:
    return Via(event.cause, event.transferring) if isinstance(event, Transferred) else None


def _source(
    item: Moved, calls: list[Call], carried: set[LegId], watched: set[DeviceId]
) -> Connection | None:
    """Where a connection comes from. Somebody in both calls keeps the first one's leg.

    An outside party may have another device id afterwards; one of ours never has.
    """
    devices = [item.new.device]
    if item.old and not watched & {item.new.device, item.old.device}:
        devices.append(item.old.device)
    for call in calls:
        for device in devices:
            connection = call.connections.get(device)
            if connection is not None and connection.leg not in carried:
                return connection
    return None


def _remote(item: Moved, calls: list[Call], middle: DeviceId) -> Party:
    """Who a party is that was never reported: the one the transferring device was talking to."""
    for call in calls:
        if item.old is not None and call.id == item.old.call and middle in call.connections:
            return call.parties(middle)[0][0]
    return Party(number=item.new.device)


def _new(
    link: LinkId, call: CallId, event: Transferred | Conferenced, new_id: Callable[[], str]
) -> Call:
    return Call(link=link, id=call, thread=event.thread or ThreadId(new_id()), connections={})

"""The events of ordinary calls, as a PBX reports them."""

from tests.telephony.words import conn
from tws.telephony.event_reports import (
    CallEvent,
    ConnectionCleared,
    Delivered,
    Diverted,
    Established,
    Failed,
    Originated,
    ServiceInitiated,
    Transferred,
)
from tws.telephony.model import CallId, ConnectionState, DeviceId, Party, SnapshotConnection

OUTSIDE = DeviceId("00155171889")
CALLER = Party(number=OUTSIDE)


def rings(call: str, at: str, caller: Party = CALLER, called: str | None = None) -> CallEvent:
    return Delivered(
        connection=conn(call, at),
        party=Party(number=at),
        calling=caller,
        called=Party(number=called or at),
        cause="newCall",
    )


def calls(call: str, by: str, called: str) -> list[CallEvent]:
    """Off hook, dialled: nothing rings yet."""
    calling, dialled = Party(number=by), Party(number=called)
    return [
        ServiceInitiated(connection=conn(call, by), calling=calling),
        Originated(connection=conn(call, by), calling=calling, called=dialled),
    ]


def reaches(call: str, by: str, far: str) -> CallEvent:
    """It rings at the far end."""
    return Delivered(connection=conn(call, far), party=Party(number=far), calling=Party(number=by))


def answers(call: str, at: str) -> CallEvent:
    return Established(connection=conn(call, at), party=Party(number=at))


def hangs_up(call: str, device: str, cause: str = "normalClearing") -> CallEvent:
    return ConnectionCleared(connection=conn(call, device), cause=cause)


def fails(call: str, at: str, cause: str) -> CallEvent:
    return Failed(connection=conn(call, at), cause=cause)


def diverted(call: str, at: str, to: str, cause: str) -> CallEvent:
    return Diverted(connection=conn(call, at), destination=Party(number=to), cause=cause)


def transferred(held: str, active: str, by: str, to: str) -> CallEvent:
    """Without a list of connections: everybody but `by` remains."""
    return Transferred(
        primary=conn(held, by),
        secondary=conn(active, by),
        transferring=Party(number=by),
        transferred_to=Party(number=to),
        cause="transfer",
    )


def shown(
    call: str, at: str, with_: str = OUTSIDE, state: ConnectionState = ConnectionState.CONNECTED
) -> SnapshotConnection:
    """What a snapshot of `at` says of a conversation."""
    other = (DeviceId(with_), ConnectionState.CONNECTED, Party(number=with_))
    return SnapshotConnection(conn(call, at), state, others=(other,))


__all__ = [
    "CALLER",
    "OUTSIDE",
    "CallId",
    "answers",
    "calls",
    "diverted",
    "fails",
    "hangs_up",
    "reaches",
    "rings",
    "shown",
    "transferred",
]

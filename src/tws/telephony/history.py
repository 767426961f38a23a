"""How a connection keeps its history while its state changes: when it rang, was answered, who it
is.
"""

from datetime import datetime

from msgspec.structs import replace

from tws.telephony.model import Connection, ConnectionState, DeviceId, Direction, Party


def step(old: Connection, state: ConnectionState, party: Party, at: datetime) -> Connection:
    """The connection after a change of state, with its history."""
    if old.state is state:
        return old if old.party == party else replace(old, party=party)
    alerted, answered = old.alerted, old.answered
    if state is ConnectionState.ALERTING and alerted is None:
        alerted = at
    if state is ConnectionState.CONNECTED and answered is None:
        if old.direction is Direction.INCOMING:
            answered = at
    return replace(old, state=state, since=at, party=party, alerted=alerted, answered=answered)


def tell_callers(
    connections: dict[DeviceId, Connection], subject: DeviceId, answered: bool, at: datetime
) -> None:
    """What rings or answers at the far end is history of whoever called too."""
    for device, c in connections.items():
        if device == subject or c.direction is not Direction.OUTGOING:
            continue
        if answered and c.answered is None:
            connections[device] = replace(c, answered=at)
        elif not answered and c.alerted is None:
            connections[device] = replace(c, alerted=at)


def better(old: Connection, said: Party | None) -> Party:
    """A trunk that answers names itself: the number that was dialled says more."""
    if said is None or said.number is None:
        return old.party
    if said.number == old.id.device and old.party.number not in (None, said.number):
        return old.party
    if said.name is None and said.number == old.party.number:
        return old.party
    return said

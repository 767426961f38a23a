"""How one connection's state follows events: the table of ECMA-269 clause 6.1.5, and nothing else.

Read a row as: when this event's subject is a connection in this state, it goes to that state. A
state that is absent is an unexpected event: it is counted, and the connection stays as it is (a
second monitor reports the same event again, so most "unexpected" events are late copies).
Transferred, Conferenced, Diverted, ConnectionCleared and Failed end or carry connections: they are
not rows here but functions of the call table.
"""

from collections.abc import Mapping

from tws.telephony.event_reports import (
    CallEvent,
    Delivered,
    Established,
    Held,
    NetworkReached,
    Offered,
    Originated,
    Queued,
    Retrieved,
    ServiceInitiated,
)
from tws.telephony.model import ConnectionState as S

TRANSITIONS: Mapping[type[CallEvent], Mapping[S, S]] = {
    ServiceInitiated: {S.NULL: S.INITIATED, S.INITIATED: S.INITIATED},
    Originated: {S.NULL: S.CONNECTED, S.INITIATED: S.CONNECTED, S.CONNECTED: S.CONNECTED},
    Offered: {S.NULL: S.ALERTING, S.QUEUED: S.ALERTING, S.ALERTING: S.ALERTING},
    Delivered: {
        S.NULL: S.ALERTING,
        S.INITIATED: S.ALERTING,
        S.QUEUED: S.ALERTING,
        S.ALERTING: S.ALERTING,
    },
    NetworkReached: {S.NULL: S.CONNECTED, S.ALERTING: S.ALERTING, S.CONNECTED: S.CONNECTED},
    Established: {
        S.NULL: S.CONNECTED,
        S.INITIATED: S.CONNECTED,
        S.QUEUED: S.CONNECTED,
        S.ALERTING: S.CONNECTED,
        S.CONNECTED: S.CONNECTED,
        S.FAIL: S.CONNECTED,
    },
    Held: {S.NULL: S.HOLD, S.CONNECTED: S.HOLD, S.HOLD: S.HOLD},
    Retrieved: {S.NULL: S.CONNECTED, S.HOLD: S.CONNECTED, S.CONNECTED: S.CONNECTED},
    Queued: {S.NULL: S.QUEUED, S.ALERTING: S.QUEUED, S.QUEUED: S.QUEUED},
}

BEGINS_OUTGOING: frozenset[type[CallEvent]] = frozenset({ServiceInitiated, Originated})
"The subject of these is the one who calls; of all the others, one who is called."

BEGINS_LATE: frozenset[type[CallEvent]] = frozenset({Held, Retrieved})
"A connection first seen by one of these began before we listened."

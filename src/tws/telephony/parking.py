"""Calls that our devices left at a park place (ECMA-269 ParkCall), for somebody to fetch. Pure.

A park place has no row: it is listened to for as long as a call waits there. Where the PBX does
not let it be, the call is still known by what was said when it was parked, until it is fetched
where we see it, another one takes its place, or the PBX says that it is gone.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from tws.telephony.calls import CallTable
from tws.telephony.event_reports import CallEvent, Diverted
from tws.telephony.events import CallChanged, Parked
from tws.telephony.model import Call, Cause, ConnectionId, DeviceId


class Parking:
    """The park places of one link at which a call of ours waits."""

    def __init__(self, table: CallTable) -> None:
        self._table = table
        self.waiting: dict[DeviceId, Parked] = {}
        self._lent: set[DeviceId] = set()
        "Those that are listened to for this alone."

    def left(self, event: CallEvent, at: datetime) -> Parked | None:
        """The call that `event` leaves at a place, where it is one that we know."""
        if not isinstance(event, Diverted) or event.cause != Cause.PARK or not event.destination:
            return None
        call, by = self._table.calls.get(event.connection.call), event.connection.device
        if call is None or by not in call.connections or not event.destination.number:
            return None
        return self._wait(call, by, DeviceId(event.destination.number), at)

    def answered(self, own: ConnectionId, place: DeviceId, at: datetime) -> Parked | None:
        """The call that the PBX says it has parked there; None: an event has told it."""
        call = self._table.calls.get(own.call) or self._table.diverted(own.call)
        known = self.waiting.get(place)
        if call is None or (known is not None and known.connection.call == own.call):
            return None
        return self._wait(call, own.device, place, at)

    def _wait(self, call: Call, by: DeviceId, place: DeviceId, at: datetime) -> Parked:
        if place not in self._table.watched:
            self._lent.add(place)
        party, _ = call.parties(by)[0]
        parked = Parked(call.link, ConnectionId(call.id, place), by, party, at)
        self.waiting[place] = parked
        return parked

    def lent(self, place: DeviceId) -> bool:
        """Whether it is no telephone of anybody: nothing can be set for it."""
        return place in self._lent

    def has_row(self, place: DeviceId) -> None:
        """It is somebody's telephone from now on, and is listened to as that."""
        self._lent.discard(place)

    def fetched(self, changes: Iterable[CallChanged]) -> list[Parked]:
        """Those whose end these changes tell."""
        ends = (ended for change in changes for ended in change.ended)
        gone = {end.connection.id for end in ends if end.cause != Cause.END_NOT_SEEN}
        return [parked for parked in self.waiting.values() if parked.connection in gone]

    def missing(self, hears: Callable[[DeviceId], bool]) -> list[Parked]:
        """Those that are not there any more, as far as can be heard."""
        return [p for p in self.waiting.values() if hears(p.place) and not self._there(p)]

    def unheard(self) -> list[Parked]:
        """Those of which nothing has been heard since."""
        return [parked for parked in self.waiting.values() if not self._there(parked)]

    def over(self, parked: Parked) -> bool:
        """Forget it; True: its place need not be listened to any more."""
        if self.waiting.get(parked.place) == parked:
            del self.waiting[parked.place]
        if parked.place in self.waiting or parked.place not in self._lent:
            return False
        self._lent.discard(parked.place)
        return True

    def _there(self, parked: Parked) -> bool:
        call = self._table.calls.get(parked.connection.call)
        return call is not None and parked.place in call.connections

"""What was not heard of a link, and how its calls are made true again afterwards. Pure.

A gap begins when the link is lost, the PBX says that messages were, or one device's monitor ends;
it is over once every device has answered what calls it has, or is not expected to any more. Legs
that an earlier owner of the link had open are taken up on the way.

Once a link that was down has started again, its calls are in doubt: the PBX may have been
restarted, and give their ids to others. The first that shows who is in a call of such an id, an
answer or an event, tells whether the call goes on or was another, which is over as a whole then:
a device that had a part in it must not be taken for one that is in the new one.
"""

from collections.abc import Mapping
from datetime import datetime

from tws.telephony import identity
from tws.telephony.calls import CallTable
from tws.telephony.event_reports import CallEvent
from tws.telephony.events import CallChanged, LinkResynchronised
from tws.telephony.identity import Verdict
from tws.telephony.model import Call, CallId, ConnectionId, DeviceId, LegId, SnapshotConnection
from tws.telephony.snapshots import KnownLeg


class Gap:
    """The gap of one link, if there is one. `known`: what the owner before us had open."""

    def __init__(self, table: CallTable, known: Mapping[ConnectionId, KnownLeg]) -> None:
        self._table = table
        self._known = dict(known)
        self._since: datetime | None = None
        self._unheard: set[DeviceId] | None = set()
        "Devices that were not heard in the gap; None = none was."
        self._asking = False
        self._first = True
        self._doubted: dict[DeviceId, dict[CallId, LegId]] = {}
        "Legs of our devices of which nothing has been shown since the link started."

    @property
    def open(self) -> bool:
        """Whether an event may be about a leg of before: an earlier owner's, or one in doubt."""
        return bool(self._known or self._doubted)

    @property
    def asking(self) -> bool:
        """Whether devices are being asked for their calls."""
        return self._asking

    def at_stake(self, device: DeviceId) -> bool:
        """Whether a device has calls of which its snapshot must tell."""
        return bool(self._table.of(device)) or any(at.device == device for at in self._known)

    def open_at(self) -> list[DeviceId]:
        """Devices with an open call, ours or an earlier owner's: they are asked first."""
        devices = {d for call in self._table.calls.values() for d in call.connections}
        return sorted(devices | {connection.device for connection in self._known})

    def doubts(self, connection: ConnectionId) -> bool:
        """Whether the PBX has still to show that the leg there goes on: what is asked for it now
        might be done to another call."""
        leg = self._doubted.get(connection.device, {}).get(connection.call)
        call = self._table.calls.get(connection.call)
        own = call.connections.get(connection.device) if call is not None else None
        return own is not None and own.leg == leg  # else the id is another call's by now

    # ------------------------------------------------------------ it begins, and grows

    def not_heard(self, device: DeviceId | None, at: datetime) -> None:
        """Of one device, or (None) of all."""
        self._since = self._since or at
        if device is None or self._unheard is None:
            self._unheard = None
        else:
            self._unheard.add(device)

    def asked(self, everybody: bool) -> None:
        """Devices are asked for their calls from now on, all of them or those not heard."""
        self._asking = True
        if everybody:
            self._unheard = None

    def started(self) -> None:
        """The link has started: whatever was known of its calls is in doubt."""
        self.asked(everybody=True)
        self._doubted = {}
        for call in self._table.calls.values():
            for device in self._table.watched & call.connections.keys():
                self._doubted.setdefault(device, {})[call.id] = call.connections[device].leg

    # ------------------------------------------------------------ what comes meanwhile

    def heard(self, event: CallEvent, at: datetime) -> list[CallChanged]:
        """An event comes: before it is taken, the call that had its id ends if it was another, and
        the legs of an earlier owner that it is about go on as ours."""
        changes: list[CallChanged] = []
        about = identity.connection_of(event) if self._doubted else None
        if about is not None and (call := self._in_doubt(about.call)) is not None:
            changes += self._judged(call, identity.told(call, event), at)
        return changes + self._take_up(event, at) if self._known else changes

    def _take_up(self, event: CallEvent, at: datetime) -> list[CallChanged]:
        changes = self._table.take_up(event, self._known, at)
        for change in changes:
            for connection in change.call.connections.values():
                self._known.pop(connection.id, None)
        return changes

    def shown(
        self, device: DeviceId, calls: tuple[SnapshotConnection, ...], at: datetime
    ) -> list[CallChanged]:
        """A device has answered what calls it has."""
        changes: list[CallChanged] = []
        for found in calls if self._doubted else ():
            if (call := self._in_doubt(found.connection.call)) is not None:
                changes += self._judged(call, identity.shown(call, device, found), at)
        self._doubted.pop(device, None)
        changes += self._table.resync(device, calls, at, self._known)
        # Taken up, or over: a later call that gets one of their ids is another.
        self._known = {place: leg for place, leg in self._known.items() if place.device != device}
        return changes

    # ------------------------------------------------------------ which call it is

    def _in_doubt(self, id: CallId) -> Call | None:
        """The call of that id, if it is one of before of which nothing was shown yet."""
        call = self._table.calls.get(id)
        if call is not None and any(self.doubts(one.id) for one in call.connections.values()):
            return call
        return None

    def _judged(self, call: Call, verdict: Verdict, at: datetime) -> list[CallChanged]:
        if verdict is Verdict.UNTOLD:
            return []
        for device in call.connections:
            self._doubted.get(device, {}).pop(call.id, None)
        return self._table.over_unseen(call, at) if verdict is Verdict.ANOTHER else []

    # ------------------------------------------------------------ it is over

    def over(self, epoch: int, at: datetime) -> LinkResynchronised:
        """Everybody has answered. What is left of the earlier owner's legs has ended."""
        since = None if self._first else self._since
        devices = None if self._unheard is None else frozenset(self._unheard)
        self._asking, self._first, self._since = False, False, None
        self._known, self._unheard, self._doubted = {}, set(), {}
        return LinkResynchronised(self._table.link, epoch, at, since, devices)

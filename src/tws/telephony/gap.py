"""What was not heard of a link, and how its calls are made true again afterwards. Pure.

A gap begins when the link is lost, the PBX says that messages were, or one device's monitor ends;
it is over once every device has answered what calls it has, or is not expected to any more. Legs
that an earlier owner of the link had open are taken up on the way.
"""

from collections.abc import Mapping
from datetime import datetime

from tws.telephony.calls import CallTable
from tws.telephony.event_reports import CallEvent
from tws.telephony.events import CallChanged, LinkResynchronised
from tws.telephony.model import ConnectionId, DeviceId, SnapshotConnection
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

    @property
    def known(self) -> bool:
        """Whether an earlier owner's legs may still be taken up."""
        return bool(self._known)

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

    # ------------------------------------------------------------ what comes meanwhile

    def take_up(self, event: CallEvent, at: datetime) -> list[CallChanged]:
        """The legs of an earlier owner that `event` is about go on as ours."""
        changes = self._table.take_up(event, self._known, at)
        for change in changes:
            for connection in change.call.connections.values():
                self._known.pop(connection.id, None)
        return changes

    def shown(
        self, device: DeviceId, calls: tuple[SnapshotConnection, ...], at: datetime
    ) -> list[CallChanged]:
        """A device has answered what calls it has."""
        changes = self._table.resync(device, calls, at, self._known)
        # Taken up, or over: a later call that gets one of their ids is another.
        self._known = {place: leg for place, leg in self._known.items() if place.device != device}
        return changes

    # ------------------------------------------------------------ it is over

    def over(self, epoch: int, at: datetime) -> LinkResynchronised:
        """Everybody has answered. What is left of the earlier owner's legs has ended."""
        since = None if self._first else self._since
        devices = None if self._unheard is None else frozenset(self._unheard)
        self._asking, self._first, self._since = False, False, None
        self._known, self._unheard = {}, set()
        return LinkResynchronised(self._table.link, epoch, at, since, devices)

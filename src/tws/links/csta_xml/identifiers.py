"""Our devices and connections, and what the switch calls them.

A switch may use for a connection a device identifier of its own, good for that call only, and it
may write one device in several ways. The rest of TWS sees the device's number; requests carry what
the switch wrote.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from tws.protocols.csta.notation import is_number, understand
from tws.protocols.csta.values import ConnectionID, DeviceID, ExtendedDeviceID, RedirectionDeviceID
from tws.telephony.model import CallId, ConnectionId, DeviceId, Party

REMEMBERED = 256
"Characters of an identifier whose party is remembered."
MOST_CALLS = 20_000
"Calls whose own identifiers are remembered; the oldest go first."


@dataclass(slots=True)
class _Names:
    """The identifiers of one call, both ways."""

    devices: dict[str, DeviceId] = field(default_factory=dict)
    written: dict[DeviceId, DeviceID] = field(default_factory=dict)


class Identifiers:
    """Of one link, while its connection lasts."""

    def __init__(self, template: str, domain: str | None) -> None:
        self._template = template.replace("{domain}", domain or "")
        self._plain = template == "{n}"
        self._calls: dict[CallId, _Names] = {}
        self.ours: set[DeviceId] = set()
        "Devices we monitor."

    def __len__(self) -> int:
        """Calls of which something is remembered."""
        return len(self._calls)

    def clear(self) -> None:
        self._calls.clear()
        self.ours.clear()

    def wire(self, device: str) -> DeviceID:
        """How `device` is written where the switch has not said otherwise."""
        if self._plain or not is_number(device):
            return DeviceID(device)
        return DeviceID(self._template.replace("{n}", device))

    def written(self, connection: ConnectionId) -> ConnectionID:
        """`connection` as the switch knows it."""
        names = self._calls.get(connection.call)
        device = names.written.get(connection.device) if names else None
        return ConnectionID(connection.call, device or self.wire(connection.device))

    def connection(
        self, seen: ConnectionID | None, subject: str | None, *, learn: bool = True
    ) -> ConnectionId | None:
        """The connection that the switch calls `seen`; None when too little is said.

        `subject` is the number of its device where the message names it apart. What is not known
        yet is remembered for this call if `learn`.
        """
        if seen is None or not seen.call_id:
            return None
        call, raw = CallId(seen.call_id), seen.device_id
        if raw is None or not raw.text:
            return ConnectionId(call, DeviceId(subject)) if subject else None
        names = self._calls.get(call)
        known = names.devices.get(raw.text) if names is not None else None
        number = DeviceId(understand(raw.text).number or raw.text)
        ours = number in self.ours
        if known is not None and (known == number or not ours):
            return ConnectionId(call, known)
        device = DeviceId(subject) if subject and not ours else number
        if learn:
            device = self._learn(call, raw, device, number)
        return ConnectionId(call, device)

    def _learn(self, call: CallId, raw: DeviceID, *wanted: DeviceId) -> DeviceId:
        """A connection keeps the device it was first seen with, whatever later messages say."""
        names = self._calls.get(call)
        if names is None:
            while len(self._calls) >= MOST_CALLS:
                del self._calls[next(iter(self._calls))]
            names = self._calls[call] = _Names()
        device = next((d for d in wanted if not _taken(names, d, raw)), DeviceId(raw.text))
        names.devices[raw.text] = device
        names.written[device] = raw
        return device

    def forget(self, connection: ConnectionId) -> None:
        """The connection is over; with that of the last of our devices the call, for us: how the
        connection of an outside line ends is then told to nobody."""
        names = self._calls.get(connection.call)
        if names is None:
            return
        names.written.pop(connection.device, None)
        names.devices = {t: d for t, d in names.devices.items() if d != connection.device}
        last = connection.device in self.ours and self.ours.isdisjoint(names.written)
        if last or not names.written:
            del self._calls[connection.call]

    def forget_call(self, call: CallId) -> None:
        self._calls.pop(call, None)


def _taken(names: _Names, device: DeviceId, raw: DeviceID) -> bool:
    """Two parties with one number (two anonymous callers, a call to oneself) stay two: the switch
    has different identifiers for them, neither of which is the number itself.
    """
    other = names.written.get(device)
    return other is not None and device not in (other.text, raw.text)


def number_of(device: ExtendedDeviceID | None) -> str | None:
    if device is None or device.device_identifier is None:
        return None
    return understand(device.device_identifier.text).number or None


@lru_cache(maxsize=8192)
def _known(device: DeviceID) -> Party:
    said = understand(device.text)
    return Party(
        number=said.number or None,
        name=None if device.private_name else said.name,
        restricted=device.private_number,
    )


def party_of_device(device: DeviceID) -> Party:
    return _known(device) if len(device.text) <= REMEMBERED else _known.__wrapped__(device)


_RESTRICTED = Party(restricted=True)


def mailbox(device: DeviceID | None) -> str | None:
    """The number of the device where messages wait, where the PBX says it."""
    return party_of_device(device).number if device is not None else None


def party(device: ExtendedDeviceID | None) -> Party | None:
    """None when the switch said nothing, or that it does not know."""
    if device is None:
        return None
    if device.device_identifier is not None:
        return party_of_device(device.device_identifier)
    return _RESTRICTED if device.restricted else None


def redirecting_party(device: RedirectionDeviceID | None) -> Party | None:
    if device is None:
        return None
    if device.number_dialed is not None:
        return party_of_device(device.number_dialed)
    return _RESTRICTED if device.restricted else None

"""What is known of links, devices and calls at this moment: read by the pages, in memory only."""

from collections.abc import Sequence
from functools import lru_cache

from tws.telephony.commands import USER_COMMANDS, operation
from tws.telephony.events import LinkStatus
from tws.telephony.known_link import KnownLink
from tws.telephony.model import (
    Call,
    CallOrigin,
    Connection,
    Device,
    DeviceId,
    ForwardingType,
    LegId,
    LinkId,
)
from tws.telephony.network import Network
from tws.telephony.permitted import Kinds, permitted

OFFERED_TO_USERS = frozenset(USER_COMMANDS)


class TelephonyState:
    def __init__(self, network: Network) -> None:
        self._network = network

    @property
    def started(self) -> bool:
        """Whether links are held at all."""
        return self._network.started

    def known(self, link: str) -> KnownLink | None:
        """All that is known of a link, for whoever asks much of it at once."""
        return self._network.known(LinkId(link))

    def link(self, link: LinkId) -> LinkStatus | None:
        return self._network.status(link)

    def links(self) -> list[LinkStatus]:
        return self._network.statuses()

    def device(self, link: LinkId, device: DeviceId) -> Device | None:
        return self._network.device(link, device)

    def devices(self, link: LinkId) -> list[Device]:
        return self._network.devices(link)

    def calls_of(self, link: LinkId, device: DeviceId) -> list[Call]:
        return self._network.calls_of(link, device)

    def leg(self, leg: LegId) -> tuple[Call, Connection] | None:
        return self._network.leg(leg)

    def operations(self, link: LinkId, device: DeviceId) -> frozenset[str]:
        """What the PBX offers for this device now, by the names of the API."""
        return operations_of(OFFERED_TO_USERS, self._network.commands(link, device))

    def permitted(
        self, call: Call, connection: Connection, calls: Sequence[Call]
    ) -> frozenset[str]:
        """What makes sense for this connection now, and is offered; `calls` are all those of its
        device."""
        offered = self._network.commands(call.link, connection.id.device)
        return operations_of(permitted(call, connection, calls), offered)

    def hides_number(self, link: LinkId, device: DeviceId) -> bool:
        return self._network.hides_number(link, device)

    def forwardings(
        self, link: LinkId, device: DeviceId
    ) -> frozenset[tuple[ForwardingType, CallOrigin]]:
        return self._network.forwardings(link, device)


@lru_cache(maxsize=1024)  # asked for at every change of every call, of a few sets only
def operations_of(kinds: Kinds, offered: Kinds) -> frozenset[str]:
    """Of those that make sense those that are offered, to users, by the names of the API."""
    return frozenset(operation(kind) for kind in kinds & offered & OFFERED_TO_USERS)

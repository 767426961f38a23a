"""What is known of links, devices and calls at this moment: read by the pages, in memory only."""

from collections.abc import Sequence
from functools import lru_cache

from tws.telephony.changes import LinkStatus
from tws.telephony.commands import USER_COMMANDS, operation
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

    def link(self, link: LinkId) -> LinkStatus | None:
        if supervisor := self._network.supervisors.get(link):
            return supervisor.status
        return self._network.unusable.get(link)

    def links(self) -> list[LinkStatus]:
        running = [supervisor.status for supervisor in self._network.supervisors.values()]
        return running + list(self._network.unusable.values())

    def device(self, link: LinkId, device: DeviceId) -> Device | None:
        supervisor = self._network.supervisors.get(link)
        return supervisor.monitors.devices.get(device) if supervisor else None

    def devices(self, link: LinkId) -> list[Device]:
        supervisor = self._network.supervisors.get(link)
        return list(supervisor.monitors.devices.values()) if supervisor else []

    def calls_of(self, link: LinkId, device: DeviceId) -> list[Call]:
        supervisor = self._network.supervisors.get(link)
        return supervisor.table.of(device) if supervisor else []

    def leg(self, leg: LegId) -> tuple[Call, Connection] | None:
        for supervisor in self._network.supervisors.values():
            if found := supervisor.table.leg(leg):
                return found
        return None

    def operations(self, link: LinkId, device: DeviceId) -> frozenset[str]:
        """What the PBX offers for this device now, by the names of the API."""
        return _names(OFFERED_TO_USERS, self._commands(link, device))

    def permitted(
        self, call: Call, connection: Connection, calls: Sequence[Call]
    ) -> frozenset[str]:
        """What makes sense for this connection now, and is offered; `calls` are all those of its
        device."""
        offered = self._commands(call.link, connection.id.device)
        return _names(permitted(call, connection, calls), offered)

    def forwardings(
        self, link: LinkId, device: DeviceId
    ) -> frozenset[tuple[ForwardingType, CallOrigin]]:
        supervisor = self._network.supervisors.get(link)
        return supervisor.driver.forwardings(device) if supervisor else frozenset()

    def _commands(self, link: LinkId, device: DeviceId) -> Kinds:
        supervisor = self._network.supervisors.get(link)
        return supervisor.driver.commands(device) if supervisor else frozenset()


@lru_cache(maxsize=1024)  # asked for at every change of every call, of a few sets only
def _names(kinds: Kinds, offered: Kinds) -> frozenset[str]:
    return frozenset(operation(kind) for kind in kinds & offered & OFFERED_TO_USERS)

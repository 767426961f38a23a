"""Which telephones and calls an actor may act on, and where they are.

What is not the actor's is answered like what does not exist.
"""

from dataclasses import dataclass

from tws.organisation.actor import Actor, DeviceRowId
from tws.organisation.errors import Invalid, NotAllowed, NotFound
from tws.organisation.model import Domain, UserDevice
from tws.organisation.registry import Registry
from tws.telephony.errors import LinkDown
from tws.telephony.model import ConnectionId, ConnectionState, DeviceId, LegId, LinkId, LinkState
from tws.telephony.network import Network
from tws.telephony.supervisor import Supervisor


@dataclass(frozen=True, slots=True)
class Place:
    """A device the actor may use, and where it is."""

    row: UserDevice
    device: DeviceId
    domain: Domain
    supervisor: Supervisor


class Authority:
    """Looks up what an actor names, and answers `NotFound` for what is not theirs."""

    def __init__(self, registry: Registry, network: Network) -> None:
        self.registry, self.network = registry, network

    def place(self, actor: Actor, device: DeviceRowId) -> Place:
        """Where the actor's own telephone is; raises `LinkDown` unless its link is up."""
        row = self.registry.devices.get(device)
        if row is None or not _may_use(actor, row):
            raise NotFound("No such telephone.")
        if actor.user is not None and not actor.applications:
            raise NotAllowed("You are not authorised to use TWS Caller.")
        supervisor = self.network.supervisors.get(LinkId(row.link))
        if supervisor is None:
            raise LinkDown("The link of this telephone is not in service.")
        if supervisor.status.state is not LinkState.UP:
            # Before anything else: what a telephone can do and which calls it has is not known.
            raise LinkDown("The link to the PBX is down.")
        return Place(row, DeviceId(row.number), self.registry.domains[row.domain], supervisor)

    def connection(self, at: Place, leg: LegId) -> ConnectionId:
        found = at.supervisor.table.leg(leg)
        if found is None or found[1].id.device != at.device:
            raise NotFound("No such call on this telephone: it may have ended.")
        return found[1].id

    def ringing(
        self, actor: Actor, at: Place, leg: LegId | None, number: str | None
    ) -> ConnectionId:
        """A connection that rings at a device of somebody in one of the actor's groups."""
        missing = NotFound("No call to pick up there.")
        if leg is not None:
            found = at.supervisor.table.leg(leg)
        elif number is not None:
            calls = at.supervisor.table.of(DeviceId(number))
            legs = [(call, call.connections[DeviceId(number)]) for call in calls]
            found = next((f for f in legs if f[1].state is ConnectionState.ALERTING), None)
        else:
            raise Invalid("Say which call or which telephone to pick up.", field="ringingDevice")
        if found is None or found[1].state is not ConnectionState.ALERTING:
            raise missing
        row = self.registry.device_at(at.row.link, found[1].id.device)
        if row is None or row.company != at.row.company:
            raise missing
        if actor.user is not None:
            mine = {group.id for group in self.registry.groups_of(actor.user)}
            theirs = {group.id for group in self.registry.groups_of(row.user)}
            if not mine & theirs:
                raise missing
        return found[1].id


def _may_use(actor: Actor, device: UserDevice) -> bool:
    """A user their own telephones; the system any; an administrator none."""
    if actor.user is None:
        return actor.administrator is None
    return actor.user == device.user

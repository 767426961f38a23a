"""Which telephones and calls an actor may act on, and where they are.

What is not the actor's is answered like what does not exist.
"""

from dataclasses import dataclass, replace

from tws.errors import Invalid, NotFound
from tws.organisation.actor import Actor, DeviceRowId
from tws.organisation.model import Domain, UserDevice
from tws.organisation.parameters.catalogue.caller import AUTHORIZE_INTERCEPTION
from tws.organisation.permission import IN_CALLER, forbidden_by, managed, may_use
from tws.organisation.registry import Registry
from tws.organisation.shared_device import Queue
from tws.organisation.supervision import Supervision
from tws.telephony.errors import LinkDown
from tws.telephony.model import (
    Call,
    Connection,
    ConnectionId,
    ConnectionState,
    DeviceId,
    LegId,
    LinkId,
    LinkState,
)
from tws.telephony.network import Network

NOTHING_THERE = "No call to pick up there."


@dataclass(frozen=True, slots=True)
class Place:
    """A device the actor may use, and where it is."""

    row: UserDevice | Queue
    device: DeviceId
    domain: Domain
    link: LinkId


class Authority:
    """Looks up what an actor names, and answers `NotFound` for what is not theirs."""

    def __init__(self, registry: Registry, network: Network) -> None:
        self.registry, self.network = registry, network
        self._supervision = Supervision(registry)

    def place(self, actor: Actor, device: DeviceRowId) -> Place:
        """Where the actor's own telephone is; raises `LinkDown` unless its link is up."""
        row = self.registry.devices.get(device)
        if row is None or not _is_own(actor, row):
            raise NotFound("No such telephone.")
        may_use(actor, *IN_CALLER)
        return self._at(row)

    def managed_place(self, actor: Actor, device: DeviceRowId) -> Place:
        """The same of a telephone that an administrator manages."""
        return self._at(managed(actor, self.registry.devices, device, "telephone", "device"))

    def queue_place(self, queue: Queue, device: DeviceId) -> Place:
        """Where a call of a queue is, which the caller has found that the actor may see: at the
        queue's own device, or at the one to which it has given the call."""
        return replace(self._at(queue), device=device)

    def _at(self, row: UserDevice | Queue) -> Place:
        if row.link is None:
            raise LinkDown("The call queue is on no link.")
        link = LinkId(row.link)
        status = self.network.status(link)
        if status is None or status.state is not LinkState.UP:
            # Before anything else: what a telephone can do and which calls it has is not known.
            raise LinkDown("The link to the PBX is down.")
        return Place(row, DeviceId(row.number), self.registry.domains[row.domain], link)

    def connection(self, at: Place, leg: LegId) -> ConnectionId:
        found = self._leg(at, leg)
        if found is None and self.network.awaited(at.link, leg):
            raise LinkDown("The PBX is being asked which calls go on.")
        if found is None or found[1].id.device != at.device:
            raise NotFound("No such call on this telephone: it may have ended.")
        return found[1].id

    def ringing(
        self, actor: Actor, at: Place, leg: LegId | None, number: str | None
    ) -> ConnectionId:
        """A connection that rings at a device of somebody whose calls the actor may intercept, or
        at another of the own ones, or that waits parked: that is for everybody of the company to
        fetch."""
        missing = NotFound(NOTHING_THERE)
        if leg is not None:
            found = self._leg(at, leg)
        elif number is not None:
            calls = self.network.calls_of(at.link, DeviceId(number))
            legs = [(call, call.connections[DeviceId(number)]) for call in calls]
            found = next((f for f in legs if f[1].state is ConnectionState.ALERTING), None)
        else:
            raise Invalid("Say which call or which telephone to pick up.", field="ringingDevice")
        if found is None or found[1].state is not ConnectionState.ALERTING:
            return self._parked(at, found[1].id if found else None, number)
        row = self.registry.device_at(at.link, found[1].id.device)
        if row is None or row.company != at.row.company:
            raise missing
        if actor.user is not None and row.user != actor.user:
            if not self._supervision.may_intercept(actor.user, row.user):
                raise missing
        return found[1].id

    def may_pick_up(self, actor: Actor) -> None:
        """NotAllowed where the parameter AuthorizeInterception does not let a user take calls of
        others."""
        if actor.user is not None and not self._supervision.may_pick_up(actor.user):
            raise forbidden_by(AUTHORIZE_INTERCEPTION)

    def _parked(self, at: Place, waits: ConnectionId | None, place: str | None) -> ConnectionId:
        """What waits parked on this link, which is one company's: that, or what is at `place`."""
        for parked in self.network.parked(at.link):
            if waits == parked.connection or (waits is None and place == parked.place):
                return parked.connection
        raise NotFound(NOTHING_THERE)

    def _leg(self, at: Place, leg: LegId) -> tuple[Call, Connection] | None:
        """Of the same PBX: a call of another cannot be meant."""
        found = self.network.leg(leg)
        return found if found and found[0].link == at.link else None


def _is_own(actor: Actor, device: UserDevice) -> bool:
    """A user their own telephones; the system any; an administrator none."""
    if actor.user is None:
        return actor.administrator is None
    return actor.user == device.user

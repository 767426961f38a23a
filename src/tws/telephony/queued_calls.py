"""Calls that wait in a queue: had at one's own telephone, or sent on in the queue's name.

That the actor may see the queue, and what waits there, its room has found (`tws.queues`).
"""

from tws.numbering import dialable
from tws.organisation.actor import Actor, DeviceRowId
from tws.organisation.shared_device import Queue
from tws.telephony import commands as c
from tws.telephony.asking import Asking, Key
from tws.telephony.errors import Refused
from tws.telephony.event_reports import NOT_SUPPORTED
from tws.telephony.model import ConnectionId, LinkId


class QueuedCalls:
    def __init__(self, asking: Asking) -> None:
        self._pbx = asking

    async def take(
        self,
        actor: Actor,
        queue: Queue,
        link: LinkId,
        waits: ConnectionId,
        device: DeviceRowId,
        *,
        rings: bool,
        key: Key = None,
    ) -> None:
        """Have it at a telephone of one's own: picked up where it `rings` at somebody's, else sent
        there by the queue. Refused for a telephone that is not on `link`."""
        at = self._pbx.authority.place(actor, device)
        if at.link != link:
            raise Refused("This telephone is on another PBX than the queue.", cause=NOT_SUPPORTED)
        if rings:
            pick = c.DirectedPickupCall(id=self._pbx.id(key), device=at.device, ringing=waits)
            await self._pbx.ask(at, pick)
        else:
            await self._send(queue, waits, at.device, key)

    async def deflect(
        self, queue: Queue, waits: ConnectionId, destination: str, *, key: Key = None
    ) -> None:
        """Send it to a number instead, as the queue's domain dials it."""
        domain = self._pbx.authority.registry.domains[queue.domain]
        await self._send(queue, waits, dialable(destination, domain), key)

    async def _send(self, queue: Queue, waits: ConnectionId, to: str, key: Key) -> None:
        at = self._pbx.authority.queue_place(queue, waits.device)
        command = c.DeflectCall(
            id=self._pbx.id(key), device=at.device, connection=waits, destination=to
        )
        await self._pbx.ask(at, command)

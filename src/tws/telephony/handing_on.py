"""Calls that a telephone hands on by a single step (ECMA-269 17.1.23): to another telephone of the
same user, who goes on talking there; and what is taken back while it still rings.
"""

from tws.errors import NotFound
from tws.organisation.actor import Actor, DeviceRowId
from tws.telephony import commands as c
from tws.telephony.asking import Asking, Key, Reached
from tws.telephony.authority import Place
from tws.telephony.errors import Refused
from tws.telephony.event_reports import NOT_SUPPORTED
from tws.telephony.model import ConnectionId, LegId
from tws.telephony.moving import may_move
from tws.telephony.network import Network


class HandingOn:
    def __init__(self, asking: Asking, network: Network) -> None:
        self.pbx, self.authority, self._network = asking, asking.authority, network

    async def move_call(
        self,
        actor: Actor,
        device: DeviceRowId,
        connection: LegId,
        to: DeviceRowId,
        *,
        key: Key = None,
    ) -> Reached:
        """The other party rings at another of the own telephones, where the call goes on. Invalid
        where it would not ring there: the call would be lost."""
        at, there = self.authority.place(actor, device), self.authority.place(actor, to)
        own = self.authority.connection(at, connection)
        may_move(at, there, self._network.device(there.link, there.device))
        command = c.SingleStepTransferCall(
            id=self.pbx.id(key), device=at.device, active=own, transferred_to=there.device
        )
        return Reached(await self.pbx.ask(at, command), None)

    async def take_back_call(
        self, actor: Actor, device: DeviceRowId, connection: LegId, *, key: Key = None
    ) -> Reached:
        """`connection`: of whom it rings at, since this telephone handed the call on to them.
        The telephone that handed it on answers it; where the PBX has no such pickup it rings
        there again."""
        at = self.authority.place(actor, device)
        rings = self._handed_on(at, connection)
        if c.DirectedPickupCall in self._network.commands(at.link, at.device):
            pick_up = c.DirectedPickupCall(id=self.pbx.id(key), device=at.device, ringing=rings)
            return await self.pbx.reach(at, await self.pbx.ask(at, pick_up))
        if c.DeflectCall not in self._network.commands(at.link, rings.device):
            raise Refused("This PBX cannot give back what rings elsewhere.", cause=NOT_SUPPORTED)
        deflect = c.DeflectCall(
            id=self.pbx.id(key), device=rings.device, connection=rings, destination=at.device
        )
        await self.pbx.request(at, deflect)
        return await self.pbx.reach(at, ConnectionId(rings.call, at.device))

    def _handed_on(self, at: Place, leg: LegId) -> ConnectionId:
        for call in self._network.handed_on(at.link, at.device):
            for one in call.connections.values():
                if one.leg == leg and one.rings_for == at.device:
                    return one.id
        raise NotFound("It does not ring there any more: it was answered, or has ended.")

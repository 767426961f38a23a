"""What a telephone is set to: forwardings, do-not-disturb, its message lamp; and the calls that
the PBX itself says it has.
"""

from tws.errors import Invalid
from tws.numbering import dialable
from tws.organisation.actor import Actor, DeviceRowId
from tws.organisation.parameters.explaining import Parameters
from tws.telephony import commands as c
from tws.telephony.asking import Asking, Key
from tws.telephony.errors import Refused
from tws.telephony.event_reports import NOT_SUPPORTED
from tws.telephony.forwarding_rights import may_forward
from tws.telephony.model import Forwarding, SnapshotConnection


class FeatureService:
    def __init__(self, asking: Asking) -> None:
        self.pbx, self.authority = asking, asking.authority
        self._parameters = Parameters(asking.authority.registry)

    async def set_forwarding(
        self,
        actor: Actor,
        device: DeviceRowId,
        forwarding: Forwarding,
        *,
        key: Key = None,
    ) -> None:
        at = self.authority.place(actor, device)
        offered = self.pbx.forwardings(at)
        if (forwarding.type, forwarding.origin) not in offered:
            raise Refused("This telephone has no such forwarding.", cause=NOT_SUPPORTED)
        if forwarding.active:
            if actor.user is not None:
                may_forward(self._parameters, actor.user, forwarding.type, forwarding.origin)
            if forwarding.destination is None:
                raise Invalid("A forwarding needs a destination.", field="destination")
            destination = dialable(forwarding.destination, at.domain)
            if destination == at.device:
                raise Invalid("A telephone cannot forward to itself.", field="destination")
            forwarding = Forwarding(
                forwarding.type,
                forwarding.origin,
                True,
                destination,
                forwarding.ring_count,
                forwarding.ring_duration,
            )
        command = c.SetForwarding(id=self.pbx.id(key), device=at.device, forwarding=forwarding)
        await self.pbx.ask(at, command)

    async def get_forwarding(
        self, actor: Actor, device: DeviceRowId, *, key: Key = None
    ) -> tuple[Forwarding, ...]:
        at = self.authority.place(actor, device)
        return await self.pbx.ask(at, c.GetForwarding(id=self.pbx.id(key), device=at.device))

    async def set_do_not_disturb(
        self, actor: Actor, device: DeviceRowId, on: bool, *, key: Key = None
    ) -> None:
        at = self.authority.place(actor, device)
        await self.pbx.ask(at, c.SetDoNotDisturb(id=self.pbx.id(key), device=at.device, on=on))

    async def get_do_not_disturb(
        self, actor: Actor, device: DeviceRowId, *, key: Key = None
    ) -> bool:
        at = self.authority.place(actor, device)
        return await self.pbx.ask(at, c.GetDoNotDisturb(id=self.pbx.id(key), device=at.device))

    async def set_message_waiting(
        self, actor: Actor, device: DeviceRowId, on: bool, *, key: Key = None
    ) -> None:
        at = self.authority.place(actor, device)
        await self.pbx.ask(at, c.SetMessageWaiting(id=self.pbx.id(key), device=at.device, on=on))

    async def get_message_waiting(
        self, actor: Actor, device: DeviceRowId, *, key: Key = None
    ) -> bool:
        at = self.authority.place(actor, device)
        command = c.GetMessageWaiting(id=self.pbx.id(key), device=at.device)
        return (await self.pbx.ask(at, command)).on

    async def snapshot_device(
        self, actor: Actor, device: DeviceRowId, *, key: Key = None
    ) -> tuple[SnapshotConnection, ...]:
        at = self.authority.place(actor, device)
        return await self.pbx.ask(at, c.SnapshotDevice(id=self.pbx.id(key), device=at.device))

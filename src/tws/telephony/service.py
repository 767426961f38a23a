"""What people and programs ask of the PBX, each on behalf of an actor who may use the device.

Connections are named by their leg: that handle stays when a transfer changes the call id, so a
click meets the call it was meant for. Every operation raises `NotFound`, `NotAllowed`, `Invalid`,
`Refused`, `NoAnswer` or `LinkDown`; a repeated `key` gets the first outcome and dials nothing.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tws.bus import Bus
from tws.numbering import dialable
from tws.organisation.actor import Actor, DeviceRowId
from tws.organisation.errors import Invalid
from tws.organisation.registry import Registry
from tws.telephony import commands as c
from tws.telephony.authority import Authority, Place
from tws.telephony.changes import CallChanged
from tws.telephony.errors import LinkLost, NoAnswer, Refused
from tws.telephony.events import LINK_DOWN, NO_ANSWER, NOT_SUPPORTED
from tws.telephony.model import (
    ConnectionId,
    Forwarding,
    LegId,
    SnapshotConnection,
)
from tws.telephony.network import Network
from tws.telephony.requests import Refusal
from tws.telephony.state import TelephonyState

R = TypeVar("R")
Key = c.CommandId | None
"""The command's id where the caller has one to repeat; None makes one."""
OneConnection = type[c.AnswerCall | c.ClearConnection | c.HoldCall | c.RetrieveCall]
APPEARS_WITHIN = 2.0
"Seconds a new connection may take to be reported after the PBX said it made it."
DTMF = frozenset("0123456789ABCD*#")
PARTICIPATIONS = ("active", "silent")


@dataclass(frozen=True, slots=True)
class Reached:
    """The connection a command made: the PBX's id, and the leg by which it can be named."""

    connection: ConnectionId | None
    leg: LegId | None


class TelephonyService:
    def __init__(
        self,
        registry: Registry,
        network: Network,
        state: TelephonyState,
        bus: Bus,
        new_id: Callable[[], str],
    ) -> None:
        self.authority, self.state = Authority(registry, network), state
        self.bus, self.new_id = bus, new_id

    # ------------------------------------------------------------ making calls

    async def make_call(
        self,
        actor: Actor,
        device: DeviceRowId,
        called: str,
        *,
        prompt: bool = False,
        key: Key = None,
    ) -> Reached:
        at = self.authority.place(actor, device)
        number = dialable(called, at.domain)
        command = c.MakeCall(id=self._id(key), device=at.device, called=number, prompt=prompt)
        return await self._reach(at, await self._ask(at, command))

    async def consultation_call(
        self,
        actor: Actor,
        device: DeviceRowId,
        existing: LegId,
        consulted: str,
        *,
        key: Key = None,
    ) -> Reached:
        at = self.authority.place(actor, device)
        command = c.ConsultationCall(
            id=self._id(key),
            device=at.device,
            existing=self.authority.connection(at, existing),
            consulted=dialable(consulted, at.domain),
        )
        return await self._reach(at, await self._ask(at, command))

    # ------------------------------------------------------------ one connection

    async def answer_call(
        self, actor: Actor, device: DeviceRowId, connection: LegId, *, key: Key = None
    ) -> None:
        await self._one(c.AnswerCall, actor, device, connection, key)

    async def clear_connection(
        self, actor: Actor, device: DeviceRowId, connection: LegId, *, key: Key = None
    ) -> None:
        await self._one(c.ClearConnection, actor, device, connection, key)

    async def hold_call(
        self, actor: Actor, device: DeviceRowId, connection: LegId, *, key: Key = None
    ) -> None:
        await self._one(c.HoldCall, actor, device, connection, key)

    async def retrieve_call(
        self, actor: Actor, device: DeviceRowId, connection: LegId, *, key: Key = None
    ) -> None:
        await self._one(c.RetrieveCall, actor, device, connection, key)

    async def deflect_call(
        self,
        actor: Actor,
        device: DeviceRowId,
        connection: LegId,
        destination: str,
        *,
        key: Key = None,
    ) -> None:
        at = self.authority.place(actor, device)
        command = c.DeflectCall(
            id=self._id(key),
            device=at.device,
            connection=self.authority.connection(at, connection),
            destination=dialable(destination, at.domain),
        )
        await self._ask(at, command)

    async def park_call(
        self,
        actor: Actor,
        device: DeviceRowId,
        connection: LegId,
        park_to: str | None = None,
        *,
        key: Key = None,
    ) -> str | None:
        """The place to fetch the call from, where the PBX says it."""
        at = self.authority.place(actor, device)
        command = c.ParkCall(
            id=self._id(key),
            device=at.device,
            connection=self.authority.connection(at, connection),
            park_to=None if park_to is None else dialable(park_to, at.domain),
        )
        return await self._ask(at, command)

    async def generate_digits(
        self,
        actor: Actor,
        device: DeviceRowId,
        connection: LegId,
        digits: str,
        *,
        key: Key = None,
    ) -> None:
        at = self.authority.place(actor, device)
        sent = digits.strip().upper()
        if not sent or len(sent) > 32 or not DTMF.issuperset(sent):
            raise Invalid("Digits are 1 to 32 of 0-9, A-D, * and #.", field="digits")
        command = c.GenerateDigits(
            id=self._id(key),
            device=at.device,
            connection=self.authority.connection(at, connection),
            digits=sent,
        )
        await self._ask(at, command)

    # ------------------------------------------------------------ two connections

    async def alternate_call(
        self,
        actor: Actor,
        device: DeviceRowId,
        held: LegId,
        active: LegId,
        *,
        key: Key = None,
    ) -> None:
        await self._two(c.AlternateCall, actor, device, held, active, key)

    async def reconnect_call(
        self,
        actor: Actor,
        device: DeviceRowId,
        active: LegId,
        held: LegId,
        *,
        key: Key = None,
    ) -> None:
        await self._two(c.ReconnectCall, actor, device, held, active, key)

    async def transfer_call(
        self,
        actor: Actor,
        device: DeviceRowId,
        held: LegId,
        active: LegId,
        *,
        key: Key = None,
    ) -> Reached:
        _, remaining = await self._two(c.TransferCall, actor, device, held, active, key)
        return Reached(remaining, None)

    async def conference_call(
        self,
        actor: Actor,
        device: DeviceRowId,
        held: LegId,
        active: LegId,
        *,
        key: Key = None,
    ) -> Reached:
        at, own = await self._two(c.ConferenceCall, actor, device, held, active, key)
        return await self._reach(at, own)

    async def single_step_transfer_call(
        self,
        actor: Actor,
        device: DeviceRowId,
        active: LegId,
        transferred_to: str,
        *,
        key: Key = None,
    ) -> Reached:
        at = self.authority.place(actor, device)
        command = c.SingleStepTransferCall(
            id=self._id(key),
            device=at.device,
            active=self.authority.connection(at, active),
            transferred_to=dialable(transferred_to, at.domain),
        )
        return Reached(await self._ask(at, command), None)

    async def single_step_conference_call(
        self,
        actor: Actor,
        device: DeviceRowId,
        active: LegId,
        joining: str,
        participation: str = "active",
        *,
        key: Key = None,
    ) -> Reached:
        at = self.authority.place(actor, device)
        if participation not in PARTICIPATIONS:
            raise Invalid("Participation is active or silent.", field="participation")
        command = c.SingleStepConferenceCall(
            id=self._id(key),
            device=at.device,
            active=self.authority.connection(at, active),
            joining=dialable(joining, at.domain),
            participation=participation,
        )
        return Reached(await self._ask(at, command), None)

    # ------------------------------------------------------------ calls of others

    async def directed_pickup_call(
        self,
        actor: Actor,
        device: DeviceRowId,
        ringing: LegId | None = None,
        ringing_device: str | None = None,
        *,
        key: Key = None,
    ) -> Reached:
        """Answer here a call that rings at a colleague's device: one of the actor's own groups."""
        at = self.authority.place(actor, device)
        which = self.authority.ringing(actor, at, ringing, ringing_device)
        command = c.DirectedPickupCall(id=self._id(key), device=at.device, ringing=which)
        return await self._reach(at, await self._ask(at, command))

    async def group_pickup_call(
        self,
        actor: Actor,
        device: DeviceRowId,
        group: str | None = None,
        *,
        key: Key = None,
    ) -> Reached:
        """Answer here a call that rings in the device's pickup group, as the PBX has it."""
        at = self.authority.place(actor, device)
        command = c.GroupPickupCall(id=self._id(key), device=at.device, group=group)
        return await self._reach(at, await self._ask(at, command))

    # ------------------------------------------------------------ the device

    async def set_forwarding(
        self,
        actor: Actor,
        device: DeviceRowId,
        forwarding: Forwarding,
        *,
        key: Key = None,
    ) -> None:
        at = self.authority.place(actor, device)
        offered = self.state.forwardings(at.supervisor.link, at.device)
        if (forwarding.type, forwarding.origin) not in offered:
            raise Refused("This telephone has no such forwarding.", cause=NOT_SUPPORTED)
        if forwarding.active:
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
        command = c.SetForwarding(id=self._id(key), device=at.device, forwarding=forwarding)
        await self._ask(at, command)

    async def get_forwarding(
        self, actor: Actor, device: DeviceRowId, *, key: Key = None
    ) -> tuple[Forwarding, ...]:
        at = self.authority.place(actor, device)
        return await self._ask(at, c.GetForwarding(id=self._id(key), device=at.device))

    async def set_do_not_disturb(
        self, actor: Actor, device: DeviceRowId, on: bool, *, key: Key = None
    ) -> None:
        at = self.authority.place(actor, device)
        await self._ask(at, c.SetDoNotDisturb(id=self._id(key), device=at.device, on=on))

    async def get_do_not_disturb(
        self, actor: Actor, device: DeviceRowId, *, key: Key = None
    ) -> bool:
        at = self.authority.place(actor, device)
        return await self._ask(at, c.GetDoNotDisturb(id=self._id(key), device=at.device))

    async def set_message_waiting(
        self, actor: Actor, device: DeviceRowId, on: bool, *, key: Key = None
    ) -> None:
        at = self.authority.place(actor, device)
        await self._ask(at, c.SetMessageWaiting(id=self._id(key), device=at.device, on=on))

    async def get_message_waiting(
        self, actor: Actor, device: DeviceRowId, *, key: Key = None
    ) -> bool:
        at = self.authority.place(actor, device)
        return await self._ask(at, c.GetMessageWaiting(id=self._id(key), device=at.device))

    async def snapshot_device(
        self, actor: Actor, device: DeviceRowId, *, key: Key = None
    ) -> tuple[SnapshotConnection, ...]:
        at = self.authority.place(actor, device)
        return await self._ask(at, c.SnapshotDevice(id=self._id(key), device=at.device))

    # ------------------------------------------------------------ inside

    async def _one(
        self, kind: OneConnection, actor: Actor, device: DeviceRowId, leg: LegId, key: Key
    ) -> None:
        at = self.authority.place(actor, device)
        connection = self.authority.connection(at, leg)
        await self._ask(at, kind(id=self._id(key), device=at.device, connection=connection))

    async def _two(
        self,
        kind: Callable[..., c.Command[R]],
        actor: Actor,
        device: DeviceRowId,
        held: LegId,
        active: LegId,
        key: Key,
    ) -> tuple[Place, R]:
        at = self.authority.place(actor, device)
        h, a = self.authority.connection(at, held), self.authority.connection(at, active)
        return at, await self._ask(at, kind(id=self._id(key), device=at.device, held=h, active=a))

    def _id(self, key: Key) -> c.CommandId:
        return key if key is not None else c.CommandId(self.new_id())

    async def _ask(self, at: Place, command: c.Command[R]) -> R:
        if type(command) not in at.supervisor.driver.commands(at.device):
            raise Refused("This telephone cannot do that.", cause=NOT_SUPPORTED)
        try:
            return await at.supervisor.request(command)
        except Refusal as refusal:
            if refusal.cause == LINK_DOWN:
                raise LinkLost("The link to the PBX went down before it answered.") from refusal
            if refusal.cause == NO_ANSWER:
                raise NoAnswer("The PBX did not answer in time.") from refusal
            raise Refused(
                "The PBX refused.", cause=refusal.cause, reason=refusal.detail
            ) from refusal

    async def _reach(self, at: Place, connection: ConnectionId | None) -> Reached:
        """The leg of a connection just made; events may come before or after the answer."""
        if connection is None:
            return Reached(None, None)
        own = ConnectionId(connection.call, at.device)
        appeared: asyncio.Future[LegId] = asyncio.get_running_loop().create_future()

        def look(_: CallChanged | None = None) -> None:
            call = at.supervisor.table.calls.get(own.call)
            if call and own.device in call.connections and not appeared.done():
                appeared.set_result(call.connections[own.device].leg)

        unfollow = self.bus.follow(CallChanged, look)
        try:
            look()
            return Reached(own, await asyncio.wait_for(appeared, APPEARS_WITHIN))
        except TimeoutError:
            return Reached(own, None)
        finally:
            unfollow()

"""What people and programs ask of the PBX, each on behalf of an actor who may use the device.

Connections are named by their leg: that handle stays when a transfer changes the call id, so a
click meets the call it was meant for. Every operation raises `NotFound`, `NotAllowed`, `Invalid`,
`Refused`, `NoAnswer` or `LinkDown`; a repeated `key` gets the first outcome and dials nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from tws.errors import Invalid
from tws.numbering import dialable, sent
from tws.organisation.actor import Actor, DeviceRowId
from tws.telephony import commands as c
from tws.telephony.asking import Asking, Key, Reached
from tws.telephony.authority import Place
from tws.telephony.errors import Refused
from tws.telephony.model import LegId

R = TypeVar("R")
OneConnection = type[c.AnswerCall | c.ClearConnection | c.HoldCall | c.RetrieveCall]
DTMF = frozenset("0123456789ABCD*#")
NOT_HIDDEN = "numberNotHidden"
"Refusal of ours: the PBX has no means to withhold a number."
PARTICIPATIONS = ("active", "silent")


class TelephonyService:
    def __init__(self, asking: Asking) -> None:
        self.pbx, self.authority = asking, asking.authority

    # ------------------------------------------------------------ making calls

    async def make_call(
        self,
        actor: Actor,
        device: DeviceRowId,
        called: str,
        *,
        prompt: bool = False,
        hide_number: bool | None = None,
        key: Key = None,
    ) -> Reached:
        """`hide_number` None: as the user prefers. Refused where the PBX cannot hide it: nobody
        is shown a number that was to be withheld."""
        at = self.authority.place(actor, device)
        dialled = sent(called, at.domain)
        command = c.MakeCall(
            id=self.pbx.id(key),
            device=at.device,
            called=dialled.number,
            prompt=prompt,
            hide_number=self._hidden(actor, at, hide_number),
        )
        reached = await self.pbx.reach(at, await self.pbx.ask(at, command))
        return replace(reached, too_long=dialled.too_long)

    async def consultation_call(
        self,
        actor: Actor,
        device: DeviceRowId,
        existing: LegId,
        consulted: str,
        *,
        hide_number: bool | None = None,
        key: Key = None,
    ) -> Reached:
        """`hide_number`: as of `make_call`."""
        at = self.authority.place(actor, device)
        dialled = sent(consulted, at.domain)
        command = c.ConsultationCall(
            id=self.pbx.id(key),
            device=at.device,
            existing=self.authority.connection(at, existing),
            consulted=dialled.number,
            hide_number=self._hidden(actor, at, hide_number),
        )
        reached = await self.pbx.reach(at, await self.pbx.ask(at, command))
        return replace(reached, too_long=dialled.too_long)

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
            id=self.pbx.id(key),
            device=at.device,
            connection=self.authority.connection(at, connection),
            destination=dialable(destination, at.domain),
        )
        await self.pbx.ask(at, command)

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
            id=self.pbx.id(key),
            device=at.device,
            connection=self.authority.connection(at, connection),
            park_to=None if park_to is None else dialable(park_to, at.domain),
        )
        return await self.pbx.ask(at, command)

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
            id=self.pbx.id(key),
            device=at.device,
            connection=self.authority.connection(at, connection),
            digits=sent,
        )
        await self.pbx.ask(at, command)

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
        return await self.pbx.reach(at, own)

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
            id=self.pbx.id(key),
            device=at.device,
            active=self.authority.connection(at, active),
            transferred_to=dialable(transferred_to, at.domain),
        )
        return Reached(await self.pbx.ask(at, command), None)

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
            id=self.pbx.id(key),
            device=at.device,
            active=self.authority.connection(at, active),
            joining=dialable(joining, at.domain),
            participation=participation,
        )
        return Reached(await self.pbx.ask(at, command), None)

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
        """Answer here a call that rings at a colleague's device, and may be intercepted."""
        at = self.authority.place(actor, device)
        which = self.authority.ringing(actor, at, ringing, ringing_device)
        command = c.DirectedPickupCall(id=self.pbx.id(key), device=at.device, ringing=which)
        return await self.pbx.reach(at, await self.pbx.ask(at, command))

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
        self.authority.may_pick_up(actor)
        command = c.GroupPickupCall(id=self.pbx.id(key), device=at.device, group=group)
        return await self.pbx.reach(at, await self.pbx.ask(at, command))

    # ------------------------------------------------------------ inside

    def _hidden(self, actor: Actor, at: Place, said: bool | None) -> bool:
        """Whether the number is to be withheld; Refused where the PBX cannot."""
        hidden = said
        if hidden is None:
            wishes = self.authority.registry.choices_of
            hidden = actor.user is not None and wishes(actor.user).hide_number
        if hidden and not self.pbx.hides_number(at):
            raise Refused("This PBX cannot withhold your number.", cause=NOT_HIDDEN)
        return hidden

    async def _one(
        self, kind: OneConnection, actor: Actor, device: DeviceRowId, leg: LegId, key: Key
    ) -> None:
        at = self.authority.place(actor, device)
        connection = self.authority.connection(at, leg)
        await self.pbx.ask(at, kind(id=self.pbx.id(key), device=at.device, connection=connection))

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
        return at, await self.pbx.ask(
            at, kind(id=self.pbx.id(key), device=at.device, held=h, active=a)
        )

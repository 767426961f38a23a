"""A call that an administrator makes from somebody's telephone, to see that all of it works.

It goes the way of every call: numbering, link, PBX, monitor. What is told of it is only what
happens to this one call; others of that telephone are nobody's business here.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from tws.bus import Bus
from tws.errors import NotFound
from tws.numbering import sent
from tws.organisation.actor import Actor, DeviceRowId
from tws.storage import Storage
from tws.telephony import commands as c
from tws.telephony.asking import Asking
from tws.telephony.errors import NoAnswer
from tws.telephony.events import CallChanged
from tws.telephony.model import Connection, LegId

REMEMBERED = 100
"Trials: the page that made one is looking at it, or nobody is."


class TrialCall(Struct, frozen=True, kw_only=True):
    """What is known of it."""

    id: LegId
    device: DeviceRowId
    by: str | None
    "The administrator who made it."
    called: str
    "As it was sent to the PBX."
    begun: datetime
    alerted: datetime | None = None
    "The other telephone rang."
    answered: datetime | None = None
    ended: datetime | None = None
    cause: str | None = None
    "Why the other could not be reached, or why it ended: an ECMA-269 cause."


class TrialCalls:
    def __init__(
        self, asking: Asking, storage: Storage, bus: Bus, clock: Callable[[], datetime]
    ) -> None:
        self._pbx, self._authority = asking, asking.authority
        self._storage, self._clock = storage, clock
        self._trials: OrderedDict[LegId, TrialCall] = OrderedDict()
        bus.follow(CallChanged, self._see)

    async def begin(self, actor: Actor, device: DeviceRowId, called: str) -> TrialCall:
        """NotFound, Invalid (`number`), LinkDown, Refused, NoAnswer; the audit log tells of it."""
        at = self._authority.managed_place(actor, device)
        dialled = sent(called, at.domain)
        told = {"device": at.row.number, "called": dialled.number}
        async with self._storage.transaction() as tx:
            await tx.audit(actor, "call tried", device, None, told, company=at.row.company)
        command = c.MakeCall(
            id=self._pbx.id(None), device=at.device, called=dialled.number, prompt=False
        )
        reached = await self._pbx.reach(at, await self._pbx.ask(at, command))
        if reached.leg is None:
            raise NoAnswer("The PBX says that it made the call, and reports none.")
        trial = TrialCall(
            id=reached.leg,
            device=device,
            by=actor.administrator,
            called=dialled.number,
            begun=self._clock(),
        )
        # It may have ended before anybody could name it: what is not there any more is over.
        self._trials[trial.id] = trial
        while len(self._trials) > REMEMBERED:
            self._trials.popitem(last=False)
        if found := self._authority.network.leg(trial.id):
            call, own = found
            self._went_on(own, call.failure)
        else:
            self._trials[trial.id] = replace(trial, ended=self._clock())
        return self._trials[trial.id]

    def get(self, actor: Actor, id: LegId) -> TrialCall:
        trial = self._trials.get(id)
        if trial is None or trial.by != actor.administrator:
            raise NotFound("There is no such trial call.")
        return trial

    async def clear(self, actor: Actor, id: LegId) -> None:
        """Hang up; a call that is over stays so."""
        trial = self.get(actor, id)
        at = self._authority.managed_place(actor, trial.device)
        if trial.ended is None:
            connection = self._authority.connection(at, id)
            await self._pbx.ask(
                at,
                c.ClearConnection(id=self._pbx.id(None), device=at.device, connection=connection),
            )

    def _see(self, event: CallChanged) -> None:
        if not self._trials:
            return
        for own in event.call.connections.values():
            self._went_on(own, event.call.failure)
        for left in event.ended:
            self._went_on(left.connection, left.cause, event.at)

    def _went_on(self, own: Connection, cause: str | None, ended: datetime | None = None) -> None:
        trial = self._trials.get(own.leg)
        if trial is not None and trial.ended is None:
            self._trials[own.leg] = replace(
                trial,
                alerted=own.alerted,
                answered=own.answered,
                ended=ended,
                cause=cause or trial.cause,
            )

"""Who has a helper connected, and the orders that it is given: all of it in memory.

An order goes to one helper: the newest on the computer from which the click came, else the newest.
The click waits for what becomes of it: who is told nothing is told so (decision 0098).
"""

import asyncio

import structlog

from tws.alerter.service import AlerterService
from tws.bus import Bus
from tws.desk.events import HelpersChanged
from tws.desk.model import Helper, Order, Ran, RunOutcome
from tws.errors import Conflict, missing
from tws.organisation.actor import Actor, UserId
from tws.organisation.applications import Application
from tws.organisation.model import UserDevice
from tws.organisation.permission import may_use, users_only
from tws.organisation.registry import Registry
from tws.storage import new_id
from tws.telemetry import personal
from tws.telephony.model import Call, Connection, LegId
from tws.telephony.state import TelephonyState

PATIENCE = 10.0
"Seconds that a helper has to say what became of an order."
log = structlog.get_logger(__name__)


class Helpers:
    def __init__(
        self, registry: Registry, state: TelephonyState, alerter: AlerterService, bus: Bus
    ) -> None:
        self._registry, self._state, self._alerter = registry, state, alerter
        self._bus = bus
        self._connected: dict[UserId, dict[str, Helper]] = {}
        "Each user's, the newest last."
        self._waiting: dict[str, tuple[Helper, asyncio.Future[RunOutcome]]] = {}
        "By the id of an order."

    # ------------------------------------------------------------ who is there

    def came(self, helper: Helper) -> None:
        self._connected.setdefault(helper.user, {})[helper.id] = helper
        self._bus.publish(HelpersChanged(helper.user))

    def left(self, user: UserId, id: str) -> None:
        """An order that it has not answered stays without one."""
        known = self._connected.get(user, {})
        if known.pop(id, None) is None:
            return
        if not known:
            del self._connected[user]
        for helper, answer in self._waiting.values():
            if helper.id == id and not answer.done():
                answer.cancel()
        self._bus.publish(HelpersChanged(user))

    def of(self, user: UserId) -> tuple[Helper, ...]:
        return tuple(self._connected.get(user, {}).values())

    # ------------------------------------------------------------ orders

    async def run(self, actor: Actor, leg: LegId, command: tuple[str, ...], address: str) -> Ran:
        """What a button of the pop of that leg runs, at the desk of the user who clicked.

        `command`: as the pop has it, so that nothing is started but what was shown. `address`:
        from where the click came. NotFound where no such button is shown; Conflict where no
        helper is there (`noHelper`), or says nothing (`helperSilent`).
        """
        user = users_only(actor, "A desk is a user's own.")
        may_use(actor, Application.ALERTER)
        device, call, own = self._own(user, leg)
        found = self.of(user)
        if not found:
            raise Conflict("No helper of your desk is connected.", why="noHelper")
        pop = self._alerter.pop(device, call, own)
        buttons = () if pop is None else pop.elements
        if not command or not any(one.command == command for one in buttons):
            raise missing("button", "command")
        helper = next((one for one in reversed(found) if one.address == address), found[-1])
        ran = await self.told(helper, command)
        log.info(
            "program of a button",
            user=personal(actor.label),
            program=command[0],
            outcome=ran.outcome,
        )
        return ran

    async def told(self, helper: Helper, command: tuple[str, ...]) -> Ran:
        """What becomes of it at that helper; Conflict (`helperSilent`)."""
        order = Order(id=new_id(), command=command)
        answer: asyncio.Future[RunOutcome] = asyncio.get_running_loop().create_future()
        self._waiting[order.id] = helper, answer
        try:
            helper.tell(order)
            async with asyncio.timeout(PATIENCE):
                outcome = await answer
        except TimeoutError as error:
            raise _silent(helper) from error
        except asyncio.CancelledError as error:
            if answer.cancelled() and helper not in self.of(helper.user):
                raise _silent(helper) from error
            raise
        finally:
            del self._waiting[order.id]
        return Ran(outcome, helper.computer)

    def report(self, actor: Actor, order: str, outcome: RunOutcome) -> None:
        """What became of an order, by the helper that was given it; NotFound for any other."""
        helper, answer = self._waiting.get(order, (None, None))
        if helper is None or answer is None or helper.session != actor.session or answer.done():
            raise missing("order")
        answer.set_result(outcome)

    def _own(self, user: UserId, leg: LegId) -> tuple[UserDevice, Call, Connection]:
        """The call of that leg, at a device of the user."""
        found = self._state.leg(leg)
        if found is not None:
            call, own = found
            device = self._registry.device_at(call.link, own.id.device)
            if device is not None and device.user == user:
                return device, call, own
        raise missing("connection", "connection")


def _silent(helper: Helper) -> Conflict:
    return Conflict(
        f"The helper on {helper.computer} does not answer.",
        why="helperSilent",
        parameters={"computer": helper.computer},
    )

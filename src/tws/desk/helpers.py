"""Who has a helper connected, at whichever node, and the orders that it is given: all of it in
memory.

An order goes to one helper: the newest on the computer from which the click came, else the newest.
The click waits for what becomes of it: who is told nothing is told so (decision 0098).
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

import structlog

from tws.alerter.service import AlerterService
from tws.bus import Bus
from tws.desk.events import HelpersChanged, OrderGiven, OrderReported
from tws.desk.model import Helper, HelperThere, Order, Ran, RunOutcome
from tws.errors import Conflict, missing
from tws.node_memory import NodeMemory
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
REMEMBERED = 1_000
"Orders of other nodes."
log = structlog.get_logger(__name__)


class Helpers:
    def __init__(
        self,
        registry: Registry,
        state: TelephonyState,
        alerter: AlerterService,
        bus: Bus,
        clock: Callable[[], datetime],
    ) -> None:
        self._registry, self._state, self._alerter = registry, state, alerter
        self._bus, self._clock = bus, clock
        self._connected: dict[str, Helper] = {}
        "By its id: those of this node."
        self._there = NodeMemory[tuple[HelperThere, ...]](
            bus, "helpers", tuple[HelperThere, ...], self._changed
        )
        "Each user's."
        self._waiting: dict[str, tuple[Helper, asyncio.Future[RunOutcome]]] = {}
        "By the id of an order."
        self._given: OrderedDict[str, str] = OrderedDict()
        "By that of an order of another node: the session of the helper that was given it."
        bus.follow(OrderGiven, self._order_given)
        bus.follow(OrderReported, self._reported)

    # ------------------------------------------------------------ who is there

    def came(self, helper: Helper) -> None:
        self._connected[helper.id] = helper
        there = HelperThere(
            helper.id, helper.session, helper.computer, helper.address, self._clock()
        )
        self._there.put(helper.user, (*self._there.own.get(helper.user, ()), there))

    def left(self, user: UserId, id: str) -> None:
        """An order that it has not answered stays without one."""
        if self._connected.pop(id, None) is not None:
            left = tuple(one for one in self._there.own.get(user, ()) if one.id != id)
            self._there.put(user, left or None)

    def _changed(self, user: str) -> None:
        there = {one.id for known in self._there.of(user) for one in known}
        for helper, answer in self._waiting.values():
            if helper.user == user and helper.id not in there and not answer.done():
                answer.cancel()
        self._bus.publish(HelpersChanged(UserId(user)))

    def of(self, user: UserId) -> tuple[Helper, ...]:
        """The newest last."""
        there = sorted(
            (one for known in self._there.of(user) for one in known), key=lambda one: one.came
        )
        return tuple(self._connected.get(one.id) or _elsewhere(user, one) for one in there)

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
            if self._bus.node:
                self._bus.publish(OrderGiven(helper.id, helper.session, order))
            helper.tell(order)
            async with asyncio.timeout(PATIENCE):
                outcome = await answer
        except TimeoutError as error:
            raise _silent(helper) from error
        except asyncio.CancelledError as error:
            if answer.cancelled() and helper.id not in {x.id for x in self.of(helper.user)}:
                raise _silent(helper) from error
            raise
        finally:
            del self._waiting[order.id]
        return Ran(outcome, helper.computer)

    def report(self, actor: Actor, order: str, outcome: RunOutcome) -> None:
        """What became of an order, by the helper that was given it; NotFound for any other."""
        if (session := self._given.get(order)) is not None and session == actor.session:
            del self._given[order]
            self._bus.publish(OrderReported(order, outcome))
            return
        helper, answer = self._waiting.get(order, (None, None))
        if helper is None or answer is None or helper.session != actor.session or answer.done():
            raise missing("order")
        answer.set_result(outcome)

    def _order_given(self, given: OrderGiven) -> None:
        """By another node: its helper may be here, and may report here."""
        if given.order.id in self._waiting:
            return
        self._given[given.order.id] = given.session
        if len(self._given) > REMEMBERED:
            self._given.popitem(last=False)
        helper = self._connected.get(given.helper)
        if helper is not None and helper.session == given.session:
            helper.tell(given.order)

    def _reported(self, report: OrderReported) -> None:
        _, answer = self._waiting.get(report.order, (None, None))
        if answer is not None and not answer.done():
            answer.set_result(report.outcome)

    def _own(self, user: UserId, leg: LegId) -> tuple[UserDevice, Call, Connection]:
        """The call of that leg, at a device of the user."""
        found = self._state.leg(leg)
        if found is not None:
            call, own = found
            device = self._registry.device_at(call.link, own.id.device)
            if device is not None and device.user == user:
                return device, call, own
        raise missing("connection", "connection")


def _elsewhere(user: UserId, there: HelperThere) -> Helper:
    """One of another node, which hears of an order by its event."""
    return Helper(
        id=there.id,
        user=user,
        session=there.session,
        computer=there.computer,
        address=there.address,
        tell=lambda order: None,
    )


def _silent(helper: Helper) -> Conflict:
    return Conflict(
        f"The helper on {helper.computer} does not answer.",
        why="helperSilent",
        parameters={"computer": helper.computer},
    )

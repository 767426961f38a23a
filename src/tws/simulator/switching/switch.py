"""The switch: everything that happens to the PBX goes through here, with the time it happens at.

No I/O and no clock: `now` is an argument. After each action the PBX *settles*: queues are
distributed, calls that have nobody left end. Then `facts` tells what happened, in order.
"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from tws.simulator.settings import PbxSettings
from tws.simulator.switching import calls, deflection, outside, queues, routing, voicemail
from tws.simulator.switching.facts import Fact
from tws.simulator.switching.model import Call, Kind, Leg, State
from tws.simulator.switching.pbx import Due, Pbx

P = ParamSpec("P")
T = TypeVar("T")

_DUE: dict[Due, Callable[[Pbx, Leg], None]] = {
    Due.NO_ANSWER: routing.no_answer,
    Due.RING_ENDS: routing.ring_ends,
    Due.PROMPT_ENDS: calls.prompt_ends,
    Due.TONE_ENDS: routing.tone_ends,
    Due.TRANSFER_RECALL: routing.transfer_recall,
    Due.PARK_RECALL: deflection.park_recall,
    Due.OUTSIDE_PROGRESS: outside.progress,
    Due.OUTSIDE_ANSWER: outside.answer,
    Due.OUTSIDE_LEAVES: outside.leaves,
    Due.MAILBOX_ANSWER: voicemail.answer,
    Due.AGENT_NO_ANSWER: queues.agent_no_answer,
    Due.QUEUE_OVERFLOW: routing.queue_overflow,
}


class Switch:
    def __init__(self, settings: PbxSettings) -> None:
        self.pbx = Pbx(settings)

    def act(
        self,
        now: float,
        action: Callable[Concatenate[Pbx, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Do something at `now`: `act(now, calls.make_call, "4001", "4002", prompt=False)`.

        Raises the action's `Refusal`; whatever changed before it is settled all the same.
        """
        self.handle_timer(now)
        try:
            return action(self.pbx, *args, **kwargs)
        finally:
            _settle(self.pbx)

    def timer(self) -> float | None:
        return self.pbx.timer()

    def handle_timer(self, now: float) -> None:
        self.pbx.now = max(now, self.pbx.now)
        for due, leg in self.pbx.due():
            if leg is not None:
                _DUE[due](self.pbx, leg)
            _settle(self.pbx)

    def facts(self) -> list[Fact]:
        """Take what happened since the last time."""
        facts, self.pbx.facts = self.pbx.facts, []
        return facts

    def changed(self) -> set[str]:
        """Take the devices whose state changed since the last time."""
        changed, self.pbx.changed = self.pbx.changed, set()
        return changed


def _settle(pbx: Pbx) -> None:
    """End what has nobody left and distribute the queues, until nothing more happens."""
    while pbx.left or pbx.touched:
        left, pbx.left = pbx.left, []
        touched, pbx.touched = pbx.touched, []
        for leg in left:
            queues.left(pbx, leg)
            voicemail.left(pbx, leg)
        for call in touched:
            _end_if_over(pbx, call)
    if any([queues.distribute(pbx, queue) for queue in pbx.queues.values() if queue.waiting]):
        _settle(pbx)


def _end_if_over(pbx: Pbx, call: Call) -> None:
    legs = list(call.legs.values())
    if not legs:
        pbx.calls.pop(call.id, None)
        return
    live = [leg for leg in legs if leg.live]
    call.conference = call.conference and len(legs) > 2
    if len(legs) == 1 and live and (live[0].state is State.INITIATED or call.failure is not None):
        # Dial tone, or the tone of a call that failed: a person hears it, an outside line drops.
        if live[0].kind is Kind.PHONE:
            return
    elif len(legs) > 1 and live:
        return
    never_answered = any(leg.state in (State.ALERTING, State.QUEUED) for leg in legs)
    for leg in legs:
        waits = leg.state in (State.ALERTING, State.QUEUED)
        cancelled = never_answered and waits
        pbx.clear(leg, "callCancelled" if cancelled else "normalClearing")

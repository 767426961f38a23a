"""Where a dialled number leads (forwardings, do not disturb, busy lines); bringing a call there.

`resolve` only looks and answers a `Route` or a `Failure`; `enter` acts. Both are used by whatever
sends a call somewhere: dialling, transfers, deflection, queues, forwarding on no answer.
"""

from collections.abc import Collection
from dataclasses import dataclass

from tws.simulator.switching import outside, pickup, queues
from tws.simulator.switching.model import (
    Call,
    Failure,
    Forward,
    Kind,
    Leg,
    Origin,
    Party,
    Phone,
    State,
    When,
)
from tws.simulator.switching.pbx import Due, Pbx

MAX_HOPS = 6


@dataclass(frozen=True, slots=True)
class Route:
    """A device that will take the call."""

    kind: Kind
    device: str
    "A trunk is chosen later: for the outside this is the number dialled there."
    party: Party
    redirected_by: Party | None = None
    cause: str | None = None
    "Why it comes here when it was forwarded; else whoever asked says."


def resolve(
    pbx: Pbx, number: str, *, external: bool, visited: Collection[str] = ()
) -> Route | Failure:
    """Follow forwardings from `number` to a device that will take a call."""
    seen = list(visited)
    by: Party | None = None
    cause: str | None = None
    while True:
        if number in seen or len(seen) > MAX_HOPS:
            return Failure(number, pbx.party(number), "blocked")
        seen.append(number)
        kind = pbx.kind(number)
        if kind is not Kind.PHONE:
            return _elsewhere(pbx, number, kind, by, cause)
        phone = pbx.phones[number]
        forward, why = _forwarding(pbx, phone, external)
        if forward is None:
            refused = _refusal(pbx, phone)
            if refused is not None:
                return Failure(number, phone.party, refused)
            return Route(Kind.PHONE, number, phone.party, by, cause)
        by, cause, number = phone.party, why, forward.destination


def _elsewhere(
    pbx: Pbx, number: str, kind: Kind | None, by: Party | None, cause: str | None
) -> Route | Failure:
    party = pbx.party(number)
    if kind is Kind.QUEUE:
        queue = pbx.queues[number]
        if len(queue.waiting) >= queue.settings.max_length:
            if not queue.settings.overflow:
                return Failure(number, party, "busy")
            onward = resolve(pbx, queue.settings.overflow, external=True, visited=[number])
            if isinstance(onward, Failure):
                return onward
            return Route(onward.kind, onward.device, onward.party, party, "overflow")
        return Route(Kind.QUEUE, number, party, by, cause)
    if kind in (Kind.MAILBOX, Kind.PARK):
        return Route(kind, number, party, by, cause)
    if kind is None and outside.digits(pbx, number) is not None:
        if outside.free_trunk(pbx) is None:
            return Failure(number, party, "trunksBusy")
        return Route(Kind.TRUNK, number, party, by, cause)
    return Failure(number, party, "destNotObtainable")


def _forwarding(pbx: Pbx, phone: Phone, external: bool) -> tuple[Forward | None, str]:
    immediate = active_forward(phone, When.IMMEDIATE, external)
    if immediate is not None:
        return immediate, "callForwardImmediate"
    if phone.do_not_disturb:
        return active_forward(phone, When.DO_NOT_DISTURB, external), "doNotDisturb"
    if not pbx.has_free_line(phone):
        return active_forward(phone, When.BUSY, external), "callForwardBusy"
    return None, ""


def _refusal(pbx: Pbx, phone: Phone) -> str | None:
    if not phone.plugged:
        return "destOutOfOrder"
    if phone.do_not_disturb:
        return "doNotDisturb"
    return None if pbx.has_free_line(phone) else "busy"


def active_forward(phone: Phone, when: When, external: bool) -> Forward | None:
    """The forwarding for calls of this origin: its own setting before that for all calls."""
    for origin in (Origin.EXTERNAL if external else Origin.INTERNAL, Origin.ALL):
        forward = phone.forwards.get((when, origin))
        if forward is not None and forward.active and forward.destination:
            return forward
    return None


def send(pbx: Pbx, call: Call, number: str, cause: str) -> None:
    """Bring a call to `number`, or let it fail there."""
    target = resolve(pbx, number, external=from_outside(call))
    if isinstance(target, Failure):
        pbx.fail(call, target)
    else:
        enter(pbx, call, target, cause)


def from_outside(call: Call) -> bool:
    """Whether its calling side is an outside party (which forwardings apply)."""
    return any(leg.kind is Kind.TRUNK for leg in call.legs.values())


def enter(pbx: Pbx, call: Call, route: Route, cause: str) -> Leg | None:
    """Present the call at the route's device; the connection made there, if there is one."""
    if route.redirected_by is not None:
        call.last_redirection = route.redirected_by
    cause = route.cause or cause
    if route.device in call.legs:
        pbx.fail(call, Failure(route.device, route.party, "busy"))
        return None
    match route.kind:
        case Kind.PHONE:
            return ring(pbx, call, pbx.phones[route.device], cause)
        case Kind.QUEUE:
            return queues.enter(pbx, call, pbx.queues[route.device], cause)
        case Kind.TRUNK:
            return outside.seize(pbx, call, route.device, cause)
        case Kind.MAILBOX:
            leg = pbx.deliver(call, route.device, Kind.MAILBOX, cause)
            pbx.after(pbx.settings.timing.mailbox_answer, Due.MAILBOX_ANSWER, leg)
            return leg
        case Kind.PARK:
            if pickup.fetch(pbx, call, route.device):
                return None
            pbx.fail(call, Failure(route.device, route.party, "destNotObtainable"))
            return None


def ring(pbx: Pbx, call: Call, phone: Phone, cause: str) -> Leg:
    """Let a phone ring, with the timers that go with it."""
    leg = pbx.deliver(call, phone.number, Kind.PHONE, cause)
    timing = pbx.settings.timing
    pbx.after(timing.ring, Due.RING_ENDS, leg)
    if call.recall_to is not None:
        pbx.after(timing.transfer_recall, Due.TRANSFER_RECALL, leg)
    forward = active_forward(phone, When.NO_ANSWER, from_outside(call))
    if forward is not None and cause != "recallNoAnswer":
        wait = timing.no_answer if forward.ring_seconds is None else forward.ring_seconds
        pbx.after(wait, Due.NO_ANSWER, leg)
    return leg


def no_answer(pbx: Pbx, leg: Leg) -> None:
    """Forwarding on no answer; where its destination can't take the call, the phone rings on."""
    external = from_outside(leg.call)
    forward = active_forward(pbx.phones[leg.device], When.NO_ANSWER, external)
    if forward is None:
        return
    target = resolve(pbx, forward.destination, external=external, visited=[leg.device])
    if isinstance(target, Failure):
        return
    divert_to(pbx, leg, target, "callForwardNoAnswer")


def divert_to(pbx: Pbx, leg: Leg, target: Route, cause: str) -> Leg | None:
    """Take a call that rings or waits at `leg` to another device. ECMA-269: Diverted, then what
    happens at the new device.
    """
    call = leg.call
    pbx.divert(leg, target.party, cause)
    return enter(pbx, call, target, cause)


def ring_ends(pbx: Pbx, leg: Leg) -> None:
    pbx.clear(leg, "callNotAnswered")


def transfer_recall(pbx: Pbx, leg: Leg) -> None:
    """Nobody answered a transferred call: it rings again at whoever transferred it."""
    recall(pbx, leg.call, leg, "recallNoAnswer")


def recall(pbx: Pbx, call: Call, leg: Leg | None, cause: str) -> None:
    """Bring a call back to `call.recall_to`; where that phone can't take it, the call ends."""
    number, call.recall_to = call.recall_to, None
    phone = pbx.phones.get(number) if number is not None else None
    able = (
        phone is not None
        and phone.plugged
        and pbx.has_free_line(phone)
        and phone.number not in call.legs
    )
    if phone is None or not able:
        for one in [leg] if leg is not None else list(call.legs.values()):
            pbx.clear(one, "callNotAnswered")
        return
    if leg is not None:
        pbx.divert(leg, phone.party, cause)
    call.called = phone.party
    ring(pbx, call, phone, cause)


def tone_ends(pbx: Pbx, leg: Leg) -> None:
    if leg.call.failure is not None and leg.state is State.CONNECTED:
        pbx.clear(leg, "normalClearing")


def recall_later(pbx: Pbx, leg: Leg) -> None:
    pbx.after(pbx.settings.timing.transfer_recall, Due.TRANSFER_RECALL, leg)


def queue_overflow(pbx: Pbx, leg: Leg) -> None:
    """The caller waited long enough: to the overflow, or on waiting where that can't be."""
    queue = pbx.queues[leg.device]
    number = queue.settings.overflow
    target = resolve(pbx, number, external=from_outside(leg.call), visited=[leg.device])
    if isinstance(target, Failure):
        pbx.after(queue.settings.max_wait, Due.QUEUE_OVERFLOW, leg)
        return
    call = leg.call
    pbx.divert(leg, target.party, "queueTimeOverflow")
    enter(pbx, call, target, "overflow")

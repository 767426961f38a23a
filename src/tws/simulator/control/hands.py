"""What a person does at a phone, or outside at the other end of a line: keys, not CSTA requests.

A person does not name connections: they lift the handset, press a key, and the phone knows which
call is meant: the one at the ear, the one that rings, the one on hold.
"""

from tws.simulator.switching import calls, deflection, joining, outside, pickup, routing, voicemail
from tws.simulator.switching.checks import dialable, state_error
from tws.simulator.switching.model import Kind, Leg, Party, Phone, Refusal, State
from tws.simulator.switching.pbx import Pbx


def _ready(pbx: Pbx, number: str) -> Phone:
    phone = pbx.phone(number)
    if not phone.plugged:
        raise Refusal("systemResourceAvailability", "deviceOutOfService")
    return phone


def _ringing(pbx: Pbx, number: str) -> Leg | None:
    return next((leg for leg in pbx.legs(number) if leg.state is State.ALERTING), None)


def _active(pbx: Pbx, number: str) -> Leg:
    leg = pbx.active(number)
    if leg is None:
        raise state_error("noActiveCall")
    return leg


def _held(pbx: Pbx, number: str) -> Leg:
    """The call put on hold last."""
    held = [leg for leg in pbx.legs(number) if leg.state is State.HOLD]
    if not held:
        raise state_error("noHeldCall")
    return max(held, key=lambda leg: leg.since)


def lift(pbx: Pbx, number: str) -> None:
    """Lift the handset: dial what was prompted, answer what rings, or get dial tone."""
    phone = _ready(pbx, number)
    active = pbx.active(number)
    if active is not None and active.prompted:
        calls.dial(pbx, active, active.dialled)
        return
    if active is not None:
        raise state_error("connectedCallExists")
    ringing = _ringing(pbx, number)
    if ringing is not None:
        calls.answer(pbx, ringing)
        return
    if not pbx.has_free_line(phone):
        raise Refusal("systemResourceAvailability", "resourceBusy")
    pbx.initiate(number, "keyOperation")


def dial(pbx: Pbx, number: str, called: str) -> None:
    """Key a number: at dial tone, from an idle phone, or in a call to ask somebody else."""
    dialable(called)
    active = pbx.active(number)
    if active is None:
        _ready(pbx, number)
        if not pbx.has_free_line(pbx.phone(number)):
            raise Refusal("systemResourceAvailability", "resourceBusy")
        active = pbx.initiate(number, "keyOperation")
    if active.state is State.INITIATED:
        calls.dialled_by_hand(pbx, active, called)
    else:
        calls.consult(pbx, active, called)


def answer(pbx: Pbx, number: str) -> None:
    _ready(pbx, number)
    active = pbx.active(number)
    if active is not None and active.prompted:
        calls.dial(pbx, active, active.dialled)
        return
    ringing = _ringing(pbx, number)
    if ringing is None:
        raise state_error("noCallToAnswer")
    calls.answer(pbx, ringing)


def hang_up(pbx: Pbx, number: str) -> None:
    """Put the handset down: ends the call at the ear; else what rings, else what is held."""
    pbx.phone(number)
    leg = pbx.active(number) or _ringing(pbx, number) or _held(pbx, number)
    pbx.clear(leg, "normalClearing")


def hold(pbx: Pbx, number: str) -> None:
    calls.hold(pbx, _active(pbx, number))


def retrieve(pbx: Pbx, number: str) -> None:
    """Back to the held call; what is at the ear ends if it is only a tone or still rings."""
    held = _held(pbx, number)
    active = pbx.active(number)
    if active is not None:
        calls.reconnect(pbx, active, held)
    else:
        calls.retrieve(pbx, held)


def swap(pbx: Pbx, number: str) -> None:
    calls.alternate(pbx, _held(pbx, number), _active(pbx, number))


def transfer(pbx: Pbx, number: str, to: str | None) -> None:
    """With a number, the call at the ear is sent there; without, it is joined to the held one."""
    if to is not None:
        joining.blind_transfer(pbx, _active(pbx, number), to)
    else:
        joining.transfer(pbx, _held(pbx, number), _active(pbx, number))


def conference(pbx: Pbx, number: str) -> None:
    joining.conference(pbx, _held(pbx, number), _active(pbx, number))


def digits(pbx: Pbx, number: str, sent: str) -> None:
    calls.digits(pbx, _active(pbx, number), sent)


def deflect(pbx: Pbx, number: str, to: str) -> None:
    ringing = _ringing(pbx, number)
    if ringing is None:
        raise state_error("noCallToAnswer")
    deflection.deflect(pbx, ringing, to)


def park(pbx: Pbx, number: str, place: str | None) -> None:
    deflection.park(pbx, _active(pbx, number), place)


def pick_up(pbx: Pbx, number: str, ringing_at: str | None) -> None:
    """Take what rings in the phone's group, or at the phone (or park place) named."""
    _ready(pbx, number)
    if ringing_at is None:
        pickup.group(pbx, number, None)
        return
    found = [
        leg for leg in pbx.legs(ringing_at) if leg.state is State.ALERTING or leg.kind is Kind.PARK
    ]
    if not found:
        raise state_error("noCallToAnswer")
    pickup.directed(pbx, found[0], number)


def leave_message(pbx: Pbx, number: str) -> None:
    if not pbx.settings.mailbox:
        raise Refusal("operation", "serviceNotSupported")
    voicemail.deposit(pbx, number)


# ---------------------------------------------------------------- outside


def call_in(pbx: Pbx, caller: Party, called: str) -> str:
    """Somebody outside calls one of our numbers; the line that it comes by."""
    if pbx.kind(called) in (None, Kind.TRUNK):
        raise Refusal("operation", "invalidCalledDeviceID")
    leg = outside.arrive(pbx, caller, called)
    routing.send(pbx, leg.call, called, "newCall")
    return leg.device


def outside_hangs_up(pbx: Pbx, trunk: str) -> None:
    pbx.clear(outside.line(pbx, trunk), "normalClearing")


def outside_digits(pbx: Pbx, trunk: str, sent: str) -> None:
    calls.digits(pbx, outside.line(pbx, trunk), sent)


def break_line(pbx: Pbx, trunk: str, broken: bool) -> None:
    """A line out of order is not taken any more; the call on it ends."""
    if trunk not in pbx.trunks:
        raise Refusal("operation", "invalidDeviceID")
    for leg in pbx.legs(trunk) if broken else []:
        pbx.clear(leg, "networkNotObtainable")
    pbx.trunks[trunk].out_of_order = broken
    pbx.changed.add(trunk)


def everybody_out(pbx: Pbx) -> None:
    """End every call."""
    for call in list(pbx.calls.values()):
        calls.clear_call(pbx, call)


def outside_answers(pbx: Pbx, trunk: str) -> None:
    outside.pick_up(pbx, trunk)

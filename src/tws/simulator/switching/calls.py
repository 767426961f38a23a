"""Call control on one or two calls: make, answer, clear, hold, retrieve, consult, swap, reconnect.

The same functions serve CSTA requests (`link.call_services`) and a person at the phone
(`control.hands`). A request that makes no sense in the present state raises `Refusal` before
anything is changed.
"""

import re

from tws.simulator.switching import routing
from tws.simulator.switching.checks import (
    can_hold,
    dialable,
    free_ear,
    own,
    pair,
    state_error,
    talking_others,
)
from tws.simulator.switching.facts import Connection, Event
from tws.simulator.switching.model import Call, Leg, Party, Refusal, State
from tws.simulator.switching.pbx import Due, Pbx


def make_call(pbx: Pbx, device: str, called: str, *, prompt: bool) -> Leg:
    """MakeCall (17.1.15): the phone goes off hook and dials; or rings first, to be lifted."""
    phone = pbx.phone(device, "invalidCallingDeviceID")
    dialable(called)
    if not phone.plugged:
        raise Refusal("systemResourceAvailability", "callingDeviceOutOfService")
    active = pbx.active(device)
    if active is not None:
        if active.state is not State.INITIATED or active.prompted:
            raise state_error("connectedCallExists")
        dial(pbx, active, called)
        return active
    if not pbx.has_free_line(phone):
        raise Refusal("systemResourceAvailability", "resourceBusy")
    leg = pbx.initiate(device, "makeCall")
    if prompt or not phone.settings.hands_free:
        leg.prompted, leg.dialled = True, called
        pbx.after(pbx.settings.timing.prompt, Due.PROMPT_ENDS, leg)
    else:
        dial(pbx, leg, called)
    return leg


def dial(pbx: Pbx, leg: Leg, called: str, cause: str = "newCall") -> None:
    """From dial tone to wherever the number leads."""
    called = dialable(called)
    pbx.originate(leg, called, cause)
    routing.send(pbx, leg.call, called, "newCall")


def prompt_ends(pbx: Pbx, leg: Leg) -> None:
    pbx.clear(leg, "callNotAnswered")


def answer(pbx: Pbx, leg: Leg) -> None:
    """AnswerCall (17.1.3); a call at the ear is put on hold first."""
    if own(leg).state is not State.ALERTING:
        raise state_error("noCallToAnswer")
    free_ear(pbx, leg.device)
    asked_by = leg.joining
    pbx.establish(leg, leg.cause)
    if asked_by is not None:
        _joined(pbx, leg, asked_by)


def _joined(pbx: Pbx, leg: Leg, asked_by: Party) -> None:
    """A device that was asked into a call is in it: it is a conference now."""
    call = leg.call
    call.conference = True
    old = {device: Connection(call.id, device) for device in call.legs}
    old[""] = Connection(call.id, asked_by.number)
    pbx.tell_joined(Event.CONFERENCED, call, old, asked_by, leg.party, "singleStepConference")


def clear_connection(pbx: Pbx, leg: Leg, cause: str = "normalClearing") -> None:
    """ClearConnection (17.1.8): hang up, stop ringing, give up waiting."""
    pbx.clear(own(leg), cause)


def clear_call(pbx: Pbx, call: Call) -> None:
    for leg in list(call.legs.values()):
        pbx.clear(leg, "normalClearing")


def hold(pbx: Pbx, leg: Leg, cause: str = "normal") -> None:
    if not can_hold(own(leg)):
        raise state_error("invalidConnectionState")
    pbx.hold(leg, cause)


def retrieve(pbx: Pbx, leg: Leg, cause: str = "normal") -> None:
    if own(leg).state is not State.HOLD:
        raise state_error("noHeldCall")
    if pbx.active(leg.device) is not None:
        raise state_error("connectedCallExists")
    pbx.retrieve(leg, cause)


def consult(pbx: Pbx, leg: Leg, called: str) -> Leg:
    """ConsultationCall (17.1.10): hold, and call somebody else from the same phone."""
    phone = pbx.phone(own(leg).device)
    dialable(called)
    if not can_hold(leg):
        raise state_error("invalidConnectionState")
    if not pbx.has_free_line(phone):
        raise Refusal("systemResourceAvailability", "resourceBusy")
    pbx.hold(leg, "consultation")
    second = pbx.initiate(leg.device, "consultation")
    dial(pbx, second, called, "consultation")
    return second


def alternate(pbx: Pbx, held: Leg, active: Leg) -> None:
    pair(held, active)
    if not can_hold(active):
        raise state_error("invalidActiveConnectionState")
    pbx.hold(active, "alternate")
    pbx.retrieve(held, "alternate")


def reconnect(pbx: Pbx, active: Leg, held: Leg) -> None:
    """ReconnectCall (17.1.19): drop the one, go back to the other."""
    if own(active).device != own(held).device:
        raise Refusal("operation", "notSameDevice")
    if held.state is not State.HOLD:
        raise state_error("invalidHeldConnectionState")
    if active.state not in (State.CONNECTED, State.INITIATED):
        raise state_error("invalidActiveConnectionState")
    pbx.clear(active, "normalClearing")
    pbx.retrieve(held, "normal")


def digits(pbx: Pbx, leg: Leg, sent: str) -> None:
    """GenerateDigits (18.1.5): the other talking parties hear them."""
    if not re.fullmatch(r"[0-9A-Da-d*#]{1,64}", sent):
        raise Refusal("operation", "charactersToSendNotSupported")
    if leg.state is not State.CONNECTED or not talking_others(leg):
        raise state_error("invalidConnectionState")
    for other in talking_others(leg):
        other.heard = (other.heard + sent.upper())[-64:]
        pbx.changed.add(other.device)


def dialled_by_hand(pbx: Pbx, leg: Leg, called: str) -> None:
    """A person keys a number at dial tone."""
    dialable(called)
    if pbx.settings.link.digits_dialed:
        pbx.tell(Event.DIGITS_DIALED, leg, "normal", digits=called)
    dial(pbx, leg, called)

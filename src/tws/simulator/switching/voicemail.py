"""Voice mail: one number that answers; messages left for phones, and their lamps.

A call that was forwarded to it leaves a message for the phone that forwarded it, when the caller
hangs up; a phone that calls it hears its own messages, and its lamp goes out.
"""

from tws.simulator.switching.checks import others
from tws.simulator.switching.facts import Feature
from tws.simulator.switching.model import Kind, Leg
from tws.simulator.switching.pbx import Pbx


def answer(pbx: Pbx, leg: Leg) -> None:
    """The mail box takes the call; a phone that called it straight will hear its own messages."""
    if leg.call.last_redirection is None:
        leg.dialled = next((o.device for o in others(leg) if o.kind is Kind.PHONE), "")
    pbx.establish(leg, leg.cause)


def left(pbx: Pbx, leg: Leg) -> None:
    """After the mail box's connection ended."""
    if leg.kind is not Kind.MAILBOX or leg.answered is None:
        return
    owner = leg.call.last_redirection
    if owner is not None and owner.number in pbx.phones:
        deposit(pbx, owner.number)
    elif leg.dialled:
        listen(pbx, leg.dialled)


def deposit(pbx: Pbx, device: str) -> None:
    phone = pbx.phone(device)
    phone.messages += 1
    set_lamp(pbx, device, True)


def listen(pbx: Pbx, device: str) -> None:
    phone = pbx.phone(device)
    phone.messages = 0
    set_lamp(pbx, device, False)


def set_lamp(pbx: Pbx, device: str, on: bool) -> None:
    """SetMessageWaitingIndicator (22.1.9); told only when it changes."""
    phone = pbx.phone(device)
    pbx.changed.add(device)
    if phone.message_waiting != on:
        phone.message_waiting = on
        pbx.feature(Feature.MESSAGE_WAITING, device, on)

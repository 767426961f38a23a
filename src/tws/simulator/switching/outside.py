"""The outside world: lines, the people who call from there, and the numbers that can be called.

What an outside number does is told by its last digits (`PbxSettings.outside`); the rest answer. A
person at the control page can answer, speak digits or hang up for any of them at any moment.
"""

import re

from tws.simulator.switching.facts import Event
from tws.simulator.switching.model import Call, Failure, Kind, Leg, Party, Refusal, State, Trunk
from tws.simulator.switching.pbx import Due, Pbx

_DIALABLE = re.compile(r"\+?[0-9*#]{2,32}")
_UNREACHED = {"busy": "busy", "unallocated": "numberUnallocated", "congested": "networkCongestion"}


def digits(pbx: Pbx, number: str) -> str | None:
    """What is dialled on the line for `number`, or None where it is not an outside number."""
    if not _DIALABLE.fullmatch(number):
        return None
    if number.startswith("+"):
        return number
    prefix = pbx.settings.outside_prefix
    rest = number.removeprefix(prefix)
    if not number.startswith(prefix) or len(rest) < 2 or (not prefix and len(rest) < 5):
        return None
    return rest


def shown(pbx: Pbx, number: str) -> str:
    """An outside number as the PBX shows it: as one would have to dial it."""
    return number if number.startswith("+") else pbx.settings.outside_prefix + number


def free_trunk(pbx: Pbx) -> Trunk | None:
    for trunk in pbx.trunks.values():
        if not trunk.out_of_order and pbx.idle(trunk.number):
            return trunk
    return None


def seize(pbx: Pbx, call: Call, number: str, cause: str) -> Leg | None:
    """Take a line and dial. The network says later what became of it."""
    trunk = free_trunk(pbx)
    if trunk is None:
        pbx.fail(call, Failure(number, pbx.party(number), "trunksBusy"))
        return None
    call.external = True
    call.trunk = trunk.number
    leg = pbx.add(call, trunk.number, Kind.TRUNK, State.CONNECTED, pbx.party(number))
    leg.cause = cause
    leg.dialled = digits(pbx, number) or number
    pbx.tell(Event.NETWORK_REACHED, leg, cause)
    pbx.after(pbx.settings.timing.outside_progress, Due.OUTSIDE_PROGRESS, leg)
    return leg


def habit(pbx: Pbx, number: str) -> str:
    fitting = [rule for rule in pbx.settings.outside if number.endswith(rule.ends)]
    return max(fitting, key=lambda rule: len(rule.ends)).does if fitting else "answers"


def progress(pbx: Pbx, leg: Leg) -> None:
    """The network's first word after dialling."""
    does = habit(pbx, leg.dialled)
    if does in _UNREACHED:
        call = leg.call
        pbx.remove(leg)
        pbx.fail(call, Failure(leg.device, leg.party, _UNREACHED[does]))
        return
    if does == "opaque":
        answer(pbx, leg)
        return
    pbx.set(leg, State.ALERTING)
    pbx.tell(Event.DELIVERED, leg, leg.cause)
    if does == "silent":
        pbx.after(pbx.settings.timing.ring, Due.RING_ENDS, leg)
    else:
        pbx.after(pbx.settings.timing.outside_answer, Due.OUTSIDE_ANSWER, leg)


def answer(pbx: Pbx, leg: Leg) -> None:
    pbx.establish(leg, leg.cause)
    if habit(pbx, leg.dialled) == "brief":
        pbx.after(pbx.settings.timing.outside_brief, Due.OUTSIDE_LEAVES, leg)


def leaves(pbx: Pbx, leg: Leg) -> None:
    pbx.clear(leg, "normalClearing")


def arrive(pbx: Pbx, caller: Party, called: str) -> Leg:
    """A call from outside takes a line; the caller hears it ring. Sending it on is `routing`'s.

    Raises `Refusal` where all lines are taken.
    """
    trunk = free_trunk(pbx)
    if trunk is None:
        raise Refusal("systemResourceAvailability", "networkBusy")
    call = pbx.new_call()
    call.external = True
    call.trunk = trunk.number
    seen = Party(shown(pbx, caller.number), caller.name, caller.restricted, outside=True)
    leg = pbx.add(call, trunk.number, Kind.TRUNK, State.CONNECTED, seen)
    leg.answered = pbx.now
    call.calling, call.called = seen, pbx.party(called)
    pbx.tell(Event.ORIGINATED, leg, "newCall")
    return leg


def line(pbx: Pbx, trunk: str) -> Leg:
    """The connection on an outside line, for a person who acts there."""
    if trunk not in pbx.trunks:
        raise Refusal("operation", "invalidDeviceID")
    legs = pbx.legs(trunk)
    if not legs:
        raise Refusal("stateIncompatibility", "noActiveCall")
    return legs[0]


def pick_up(pbx: Pbx, trunk: str) -> None:
    """The outside party that was called answers now."""
    leg = line(pbx, trunk)
    if leg.answered is not None:
        raise Refusal("stateIncompatibility", "noCallToAnswer")
    answer(pbx, leg)

"""What a phone has apart from calls: forwardings, do not disturb, being plugged in."""

from tws.simulator.switching import outside
from tws.simulator.switching.facts import DeviceFact, Feature
from tws.simulator.switching.model import Forward, Kind, Origin, Refusal, When
from tws.simulator.switching.pbx import Pbx


def set_forward(pbx: Pbx, device: str, forward: Forward) -> None:
    """SetForwarding (22.1.17). Switching on without a destination uses the one set before."""
    phone = pbx.phone(device)
    key = (forward.when, forward.origin)
    before = phone.forwards.get(key)
    if not forward.destination and before is not None:
        forward = Forward(
            forward.when, forward.origin, forward.active, before.destination, forward.ring_seconds
        )
    if forward.active and not _reachable(pbx, device, forward.destination):
        raise Refusal("operation", "invalidForwardingDestination")
    if forward.ring_seconds is not None and not 0 < forward.ring_seconds <= 300:
        raise Refusal("operation", "ringCountOutOfRange")
    phone.forwards[key] = forward
    pbx.tell_feature(DeviceFact(feature=Feature.FORWARDING, device=device, forward=forward))


def _reachable(pbx: Pbx, device: str, destination: str) -> bool:
    if destination == device:
        return False
    kind = pbx.kind(destination)
    if kind is None:
        return outside.digits(pbx, destination) is not None
    return kind in (Kind.PHONE, Kind.QUEUE, Kind.MAILBOX)


def forwards(pbx: Pbx, device: str) -> list[Forward]:
    """GetForwarding (22.1.8): every forwarding that was ever set, active or not."""
    phone = pbx.phone(device)
    order = [(when, origin) for when in When for origin in Origin]
    return [phone.forwards[key] for key in order if key in phone.forwards]


def set_do_not_disturb(pbx: Pbx, device: str, on: bool) -> None:
    phone = pbx.phone(device)
    if phone.do_not_disturb != on:
        phone.do_not_disturb = on
        pbx.feature(Feature.DO_NOT_DISTURB, device, on)


def set_caller_id_status(pbx: Pbx, device: str, provided: bool) -> None:
    """SetCallerIDStatus (22.1.13): of the calls that it makes from now on."""
    pbx.phone(device).caller_id_provided = provided


def unplug(pbx: Pbx, device: str) -> None:
    """The phone is dead: its calls end, it is out of service."""
    phone = pbx.phone(device)
    if not phone.plugged:
        return
    for leg in pbx.legs(device):
        pbx.clear(leg, "destOutOfOrder")
    phone.plugged = False
    pbx.feature(Feature.OUT_OF_SERVICE, device)


def plug(pbx: Pbx, device: str) -> None:
    phone = pbx.phone(device)
    if not phone.plugged:
        phone.plugged = True
        pbx.feature(Feature.BACK_IN_SERVICE, device)

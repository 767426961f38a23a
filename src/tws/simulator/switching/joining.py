"""Making one call of two, or of one and another device: transfer, conference, in one step or two.

Which call id remains is a habit of the PBX (`LinkSettings.joined_call`). The thread (call linkage)
that remains is always that of the older call.
"""

from tws.simulator.switching import routing
from tws.simulator.switching.checks import others, own, pair, state_error, talking_others
from tws.simulator.switching.facts import Connection, Event
from tws.simulator.switching.model import Call, Failure, Kind, Leg, Refusal, State
from tws.simulator.switching.pbx import Pbx


def transfer(pbx: Pbx, held: Leg, active: Leg) -> Connection:
    """TransferCall (17.1.27), also while the far end still rings; a connection that remains."""
    pair(held, active)
    primary, secondary = held.call, active.call
    near, far_side = _joinable(held, active)
    far = far_side[0]
    by = held.party
    old = _before(held, active)
    survivor = _merge(pbx, primary, secondary, leaving=(held, active))
    survivor.calling, survivor.called = near[0].party, far.party
    survivor.last_redirection = by
    survivor.recall_to = held.device if far.state is State.ALERTING else None
    if far.state is State.ALERTING and far.kind is Kind.PHONE:
        routing.recall_later(pbx, far)
    heard = {**pbx.states(survivor), held.device: State.NULL}
    pbx.tell_joined(Event.TRANSFERRED, survivor, old, by, far.party, "transfer", heard)
    return Connection(survivor.id, far.device)


def conference(pbx: Pbx, held: Leg, active: Leg) -> Connection:
    """ConferenceCall (17.1.9); the conferencing phone's connection."""
    pair(held, active)
    primary, secondary = held.call, active.call
    near, far = _joinable(held, active)
    if len(talking_others(active)) != len(far):
        raise state_error("invalidActiveConnectionState")
    if len(near) + len(far) + 1 > pbx.settings.conference_size:
        raise Refusal("systemResourceAvailability", "conferenceMemberLimitExceeded")
    added = far[0].party
    old = _before(held, active)
    stays = active if pbx.settings.link.joined_call != "primary" else held
    goes = held if stays is active else active
    survivor = _merge(pbx, primary, secondary, leaving=(goes,))
    pbx.set(stays, State.CONNECTED)
    survivor.conference = True
    old[held.device] = old["2"]
    pbx.tell_joined(Event.CONFERENCED, survivor, old, held.party, added, "conference")
    return Connection(survivor.id, held.device)


def _joinable(held: Leg, active: Leg) -> tuple[list[Leg], list[Leg]]:
    """Those who talk in the held call, and everybody else in the active one."""
    near, far = talking_others(held), others(active)
    if not near:
        raise state_error("invalidHeldConnectionState")
    if not far or active.call.failure is not None:
        raise state_error("invalidActiveConnectionState")
    devices = {leg.device for leg in others(held)}
    if any(leg.device in devices for leg in far):
        raise state_error("invalidActiveConnectionState")
    return near, far


def _before(held: Leg, active: Leg) -> dict[str, Connection]:
    """Old connections of everybody else by device, and of the calls under `""` and `"2"`."""
    found = {leg.device: Connection(leg.call.id, leg.device) for leg in others(held)}
    found.update({leg.device: Connection(leg.call.id, leg.device) for leg in others(active)})
    found[""] = Connection(held.call.id, held.device)
    found["2"] = Connection(active.call.id, active.device)
    return found


def _merge(pbx: Pbx, primary: Call, secondary: Call, leaving: tuple[Leg, ...]) -> Call:
    """Bring everybody into one call, less those who leave; the other call is over."""
    for leg in leaving:
        pbx.remove(leg)
    habit = pbx.settings.link.joined_call
    survivor, over = (primary, secondary) if habit == "primary" else (secondary, primary)
    for leg in list(over.legs.values()):
        pbx.move(leg, survivor)
    survivor.linkage = primary.linkage
    survivor.external = primary.external or secondary.external
    survivor.trunk = primary.trunk or secondary.trunk
    survivor.conference = len(survivor.legs) > 2
    survivor.queue = secondary.queue or primary.queue
    if habit == "new":
        rename(pbx, survivor)
    return survivor


def rename(pbx: Pbx, call: Call) -> None:
    """A new id for the call; where all are in use it keeps its own."""
    try:
        number = pbx.new_call_id()
    except Refusal:
        return
    del pbx.calls[call.id]
    call.id = number
    pbx.calls[number] = call


def blind_transfer(pbx: Pbx, leg: Leg, number: str) -> Connection:
    """SingleStepTransferCall (17.1.23): the other party is sent to `number`. Where nobody can take
    the call there, it comes back (recallBusy).
    """
    near = talking_others(own(leg))
    if leg.state not in (State.CONNECTED, State.HOLD) or not near:
        raise state_error("invalidActiveConnectionState")
    if len(leg.call.legs) > 2:
        raise Refusal("operation", "requestIncompatibleWithActiveConnection")
    call, by = leg.call, leg.party
    target = routing.resolve(pbx, number, external=near[0].kind is Kind.TRUNK)
    if isinstance(target, Failure) and target.cause in ("destNotObtainable", "blocked"):
        raise Refusal("operation", "invalidDestination")
    if target.device in call.legs or pbx.kind(number) is Kind.PARK:
        raise Refusal("operation", "invalidDestination")
    old = {"": Connection(call.id, leg.device)}
    old.update({one.device: Connection(call.id, one.device) for one in near})
    pbx.remove(leg)
    if pbx.settings.link.joined_call == "new":
        rename(pbx, call)
    call.calling, call.called = near[0].party, pbx.party(number)
    call.last_redirection, call.recall_to = by, leg.device
    heard = {**pbx.states(call), leg.device: State.NULL}
    to = pbx.party(number)
    pbx.tell_joined(Event.TRANSFERRED, call, old, by, to, "singleStepTransfer", heard)
    if isinstance(target, Failure):
        routing.recall(pbx, call, None, "recallBusy")
        return Connection(call.id, near[0].device)
    came = routing.enter(pbx, call, target, "singleStepTransfer")
    return Connection(call.id, came.device if came is not None else near[0].device)


def single_step_conference(pbx: Pbx, leg: Leg, number: str, *, silent: bool) -> Connection:
    """SingleStepConferenceCall (17.1.22): `number` rings, and is in the call once answered."""
    if own(leg).state is not State.CONNECTED or not talking_others(leg):
        raise state_error("invalidActiveConnectionState")
    phone = pbx.phone(number, "invalidDestinationDeviceID")
    if number in leg.call.legs:
        raise Refusal("operation", "invalidDestinationDeviceID")
    if len(leg.call.legs) + 1 > pbx.settings.conference_size:
        raise Refusal("systemResourceAvailability", "conferenceMemberLimitExceeded")
    if not phone.plugged:
        raise Refusal("systemResourceAvailability", "destinationDeviceOutOfService")
    if phone.do_not_disturb or not pbx.has_free_line(phone):
        raise state_error("invalidDestinationDeviceState")
    came = routing.ring(pbx, leg.call, phone, "singleStepConference")
    came.joining, came.silent = leg.party, silent
    return Connection(leg.call.id, number)

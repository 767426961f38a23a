"""The operations on calls, each a procedure in the words of ECMA-269 clause 17.

Server-side hold needs nothing of the phone: the held party goes to the `hold` place, the phone's
own leg to `wait`, or to another call. What a phone did itself (its own hold key, two lines) is
undone by asking the phone (NOTIFY talk, hold).
"""

from tws.links.asterisk.channels import Channel
from tws.links.asterisk.dialplan import AUTO, CALL, ROOM, WAIT
from tws.links.asterisk.difference import Reason
from tws.links.asterisk.running import Late, Later, Procedure, Refusal, Until
from tws.links.asterisk.task import SOON, Own, Steps, Task
from tws.telephony.commands import (
    AlternateCall,
    AnswerCall,
    ClearConnection,
    ConferenceCall,
    ConsultationCall,
    DeflectCall,
    GenerateDigits,
    HoldCall,
    ParkCall,
    ReconnectCall,
    RetrieveCall,
    SingleStepTransferCall,
    TransferCall,
)
from tws.telephony.model import CallId, Cause, ConnectionId, ConnectionState, Party

S = ConnectionState
DIGITS = frozenset("0123456789ABCDabcd*#")
PHONE = 3.0
"Seconds that a phone may take to obey a NOTIFY."
TALKING_STATES = (S.CONNECTED, S.HOLD)


# -------------------------------------------------------------------- one call


def answer(task: Task, command: AnswerCall) -> Procedure:
    own = task.own(command.connection, S.ALERTING, S.INITIATED)
    phone, how = own.channel, task.settings.answer
    if how.startswith("talk") and phone.parts.technology == "PJSIP":
        try:
            yield from notify(task, phone, "talk")
            yield Until(lambda: phone.up or task.gone(phone), "the phone answers", PHONE)
            if phone.up and not task.gone(phone):
                return None
        except Refusal:
            if how == "talk":
                raise
    if how == "talk" or own.part.state is S.INITIATED:
        raise Refusal("noCallToAnswer", "the call has ended")
    yield from ring_again(task, own)
    return None


def notify(task: Task, phone: Channel, word: str) -> Steps:
    """Press a button of the phone: an in-dialogue NOTIFY."""
    yield from task.ask("PJSIPNotify", Channel=phone.name, Variable=f"Event={word}")


def ring_again(task: Task, own: Own) -> Steps:
    """The caller is sent to the phone once more, which now answers by itself."""
    dial = task.channels.dials.get(own.channel.uid)
    caller = task.channels.get(dial.source) if dial else None
    if caller is None:
        raise Refusal("noCallToAnswer", "the call has ended")
    task.freeze(own.call.id, caller.uid)
    endpoint = own.channel.parts.endpoint
    exten = f"{AUTO}{own.part.device}"
    yield from task.redirect(caller, exten, task.settings.cti_context)

    def answered() -> bool:
        near = (task.channels.all[uid] for uid in task.channels.component(caller.uid))
        return any(c.up and c.bridge and c.parts.endpoint == endpoint for c in near)

    yield Until(lambda: task.gone(caller) or answered(), "the phone answers by itself")
    task.both_here(caller)


def clear(task: Task, command: ClearConnection) -> Procedure:
    own = task.own(command.connection)
    phone = own.channel
    if own.part.state is S.HOLD and not phone.holding:
        for party in task.parties(own):
            yield from task.hang_up(party)
        if task.channels.waits(phone) and not task.channels.held_by(phone.uid):
            yield from task.hang_up(phone)
    elif task.channels.held_by(phone.uid):
        yield from leave_consultation(task, own)
    else:
        yield from task.hang_up(phone, "17" if own.part.state is S.ALERTING else "16")
    return None


def leave_consultation(task: Task, own: Own) -> Steps:
    """The second call ends, the phone waits for what its user does with the first one."""
    others = task.parties(own)
    task.freeze(own.call.id, own.channel.uid)
    if not task.channels.waits(own.channel):
        yield from task.redirect(own.channel, WAIT, task.settings.cti_context)
        yield Until(
            lambda: task.channels.waits(own.channel) or task.gone(own.channel), "own leg waits"
        )
    for other in others:
        yield from task.hang_up(other)
    task.both_here(own.channel)


def hold(task: Task, command: HoldCall) -> Procedure:
    own = task.own(command.connection, S.CONNECTED)
    peer = yield from task.peer(own)
    task.freeze(own.call.id, own.channel.uid, peer.uid)
    yield from hold_or_put_back(task, own, peer)
    return None


def hold_or_put_back(task: Task, own: Own, peer: Channel) -> Steps:
    try:
        yield from task.put_on_hold(own.channel, peer, own.call.id, own.part.device)
    except Refusal:
        if not task.gone(own.channel, peer) and own.channel.bridge is None:
            task.tell("Bridge", Channel1=own.channel.name, Channel2=peer.name)
        raise


def retrieve(task: Task, command: RetrieveCall) -> Procedure:
    own = task.own(command.connection, S.HOLD)
    phone = own.channel
    if phone.holding:
        yield from press(task, phone, "talk", holding=False)
        return None
    try:  # its second call may just have ended
        yield Until(lambda: task.channels.waits(phone) or task.gone(phone), "own leg waits", SOON)
    except Late:
        raise Refusal("invalidConnectionState", "the phone is in another call") from None
    task.both_here(phone)
    peer = task.held(own)
    task.freeze(own.call.id, phone.uid, peer.uid)
    yield from task.bridge(phone, peer)
    return None


def press(task: Task, phone: Channel, word: str, *, holding: bool) -> Steps:
    """Ask the phone to hold or to resume, and wait until it has."""
    if phone.parts.technology != "PJSIP":
        raise Refusal("requestIncompatibleWithDevice", "the phone holds the call itself")
    for _ in range(3):  # a phone that is busy with its last change loses the next
        yield from notify(task, phone, word)
        try:
            yield Until(
                lambda: phone.holding is holding or task.gone(phone), "the phone obeys", PHONE / 3
            )
        except Late:
            continue
        task.both_here(phone)
        return
    raise Refusal("requestIncompatibleWithDevice", "the phone did not obey")


def deflect(task: Task, command: DeflectCall) -> Procedure:
    own = task.own(command.connection, S.ALERTING, S.QUEUED)
    to = task.number(command.destination, "invalidDestination")
    phone = own.channel
    dial = task.channels.dials.get(phone.uid)
    caller = task.channels.get(dial.source) if dial else None
    if caller is None:
        raise Refusal("invalidConnectionState", "nobody is calling")
    forwarded = task.watch.reasons.forwarded
    forwarded[caller.uid] = Reason(Cause.REDIRECTED, by=own.part.party, to=Party(to))
    try:
        yield from task.redirect(caller, to, task.settings.context)
    except Refusal:
        forwarded.pop(caller.uid, None)
        raise
    yield Until(lambda: task.gone(phone) or task.gone(caller), "the phone stops ringing")
    return None


def park(task: Task, command: ParkCall) -> Procedure:
    own = task.own(command.connection, S.CONNECTED)
    if command.park_to is not None:
        raise Refusal("invalidParkToDeviceID", "Asterisk chooses the place itself")
    peer = yield from task.peer(own)
    task.freeze(own.call.id, own.channel.uid, peer.uid)
    lot = task.settings.parking_lot
    fields = [("Channel", peer.name), ("TimeoutChannel", own.channel.name)]
    if lot != "default":
        fields.append(("Parkinglot", lot))
    yield from task.ask_with("Park", fields)
    yield Until(lambda: peer.parked is not None or task.gone(peer), "the call is parked")
    slot = peer.parked
    yield from task.hang_up(own.channel)
    return slot


def digits(task: Task, command: GenerateDigits) -> Procedure:
    own = task.own(command.connection, S.CONNECTED)
    if not 1 <= len(command.digits) <= 64 or not set(command.digits) <= DIGITS:
        raise Refusal("invalidParameterValue", "1 to 64 of 0-9 A-D * #")
    others = task.beside(own.channel)
    for digit in command.digits.upper():
        for other in others:
            yield from task.ask("PlayDTMF", Channel=other.name, Digit=digit)
        if not others:  # a service of the PBX listens: as if the phone had sent it
            yield from task.ask("PlayDTMF", Channel=own.channel.name, Digit=digit, Receive="true")
    return None


# -------------------------------------------------------------------- two calls


def consult(task: Task, command: ConsultationCall) -> Procedure:
    to = task.number(command.consulted, "invalidCalledDeviceID")
    own = task.own(command.existing, S.CONNECTED, S.HOLD)
    phone, new = own.channel, task.new
    if phone.holding:
        raise Refusal("invalidConnectionState", "the phone holds the call itself")
    reason = Reason(Cause.CONSULTATION)
    task.because(own.call.id, reason)
    task.because(new, reason)
    if own.part.state is S.CONNECTED:
        peer = yield from task.peer(own)
        task.freeze(own.call.id, phone.uid, peer.uid)
        yield from hold_or_put_back(task, own, peer)
        task.thaw()
    elif not task.channels.waits(phone):
        raise Refusal("invalidConnectionState", "the phone is in another call")
    # from here on a call like any other: it may fail at once
    task.will_be(phone.uid, new)
    times = phone.consultations
    yield from task.redirect(phone, CALL + to, task.settings.cti_context)
    yield Until(lambda: phone.consultations > times or task.gone(phone), "own leg dials")
    task.both_here(phone)
    return ConnectionId(new, own.part.device)


def own_in(task: Task, own: Own, otherwise: CallId) -> object:
    """The device's connection in the call that its channel is in now."""
    call = task.watch.projector.member.get(own.channel.uid, otherwise)
    found = task.watch.calls.get(call)
    return found.connection(own.part.device) if found else None


def two(task: Task, held: Own, active: Own) -> bool:
    """Whether the calls are on two lines of the phone (it holds one itself)."""
    if held.channel.uid == active.channel.uid:
        return False
    if not held.channel.holding:
        raise Refusal("invalidHeldConnectionState", "the phone does not hold that call")
    return True


def alternate(task: Task, command: AlternateCall) -> Procedure:
    held, active = task.own(command.held, S.HOLD), task.own(command.active, S.CONNECTED)
    reason = Reason(Cause.ALTERNATE)
    task.because(held.call.id, reason)
    task.because(active.call.id, reason)
    if two(task, held, active):
        yield from press(task, active.channel, "hold", holding=True)
        yield from press(task, held.channel, "talk", holding=False)
        return None
    waiting, peer = task.held(held), (yield from task.peer(active))
    task.freeze(held.call.id, active.call.id, active.channel.uid, peer.uid, waiting.uid)
    yield from hold_or_put_back(task, active, peer)
    try:
        yield from task.bridge(active.channel, waiting)
    except Refusal:
        if not task.gone(active.channel, peer):
            task.tell("Bridge", Channel1=active.channel.name, Channel2=peer.name)
        raise
    return None


def reconnect(task: Task, command: ReconnectCall) -> Procedure:
    held, active = task.own(command.held, S.HOLD), task.own(command.active)
    if two(task, held, active):
        yield from task.hang_up(active.channel)
        yield from press(task, held.channel, "talk", holding=False)
        return None
    waiting = task.held(held)
    task.freeze(held.call.id, active.call.id, held.channel.uid, waiting.uid)
    yield from leave_consultation(task, active)
    yield from task.bridge(held.channel, waiting)
    return None


def transfer(task: Task, command: TransferCall) -> Procedure:
    held, active = task.own(command.held, S.HOLD), task.own(command.active, S.CONNECTED)
    phone = active.channel
    both = two(task, held, active)
    first = (yield from task.peer(held)) if both else task.held(held)
    task.freeze(held.call.id, active.call.id, phone.uid, held.channel.uid, first.uid)
    others = yield from task.company(active)
    if len(others) > 1:  # into the conference
        yield from task.redirect(first, phone.exten, task.settings.cti_context)
        yield Until(
            lambda: first.bridge == phone.bridge or task.gone(first, phone), "in the conference"
        )
    elif others:
        yield from task.bridge(first, others[0])
    else:
        yield from transfer_ringing(task, active, first)
    yield from task.hang_up(phone)
    if both:
        yield from task.hang_up(held.channel)
    return Later(lambda: someone_in(task, first))


def transfer_ringing(task: Task, active: Own, first: Channel) -> Steps:
    """Nobody has answered yet: the held party calls there instead."""
    to = active.channel.dialled or active.call.called.number
    if to is None or not any(p.state is S.ALERTING for p in active.call.parts.values()):
        raise Refusal("invalidActiveConnectionState", "nobody answers or rings there")
    yield from task.redirect(first, to, task.settings.context)
    yield from task.hang_up(active.channel)

    def rings() -> bool:
        near = (task.channels.all[uid] for uid in task.channels.component(first.uid))
        return any(c.state in ("Ringing", "Up") for c in near if c.uid != first.uid)

    try:
        yield Until(lambda: task.gone(first) or rings(), "it rings there again", PHONE)
    except Late:
        return  # it has been sent there: the rest is the dialplan's


def someone_in(task: Task, channel: Channel) -> object:
    call = task.watch.calls.get(task.watch.projector.member.get(channel.uid, CallId("")))
    if call is None:
        return None
    part = next(p for p in call.parts.values() if channel.uid in p.channels)
    return call.connection(part.device)


def transfer_blind(task: Task, command: SingleStepTransferCall) -> Procedure:
    own = task.own(command.active, S.CONNECTED, S.HOLD)
    to = task.number(command.transferred_to, "invalidDestination")
    phone = own.channel
    if own.part.state is S.HOLD and not phone.holding:
        peer = task.held(own)
    else:
        peer = yield from task.peer(own)
    note = Reason(Cause.SINGLE_STEP_TRANSFER, by=own.part.party, to=Party(to))
    task.watch.reasons.transferred[phone.uid] = note
    task.freeze(own.call.id, phone.uid, peer.uid)
    keeps = [c for c in task.channels.held_by(phone.uid) if c.uid != peer.uid]
    old = peer.bridge
    yield from task.redirect(peer, to, task.settings.context)
    yield Until(
        lambda: (
            ((peer.bridge is None or peer.bridge != old) and peer.place is None) or task.gone(peer)
        ),
        "it has left",
    )
    if not keeps:  # else the phone waits, with the other call on hold
        yield from task.hang_up(phone)
    return Later(lambda: someone_in(task, peer))


def conference(task: Task, command: ConferenceCall) -> Procedure:
    held, active = task.own(command.held, S.HOLD), task.own(command.active, S.CONNECTED)
    phone = active.channel
    both = two(task, held, active)
    first = (yield from task.peer(held)) if both else task.held(held)
    second = yield from task.peer(active)
    task.because(held.call.id, Reason(Cause.CONFERENCE))
    task.freeze(held.call.id, active.call.id, phone.uid, held.channel.uid, first.uid, second.uid)
    room, old = f"{ROOM}{held.call.id}", {phone.bridge, first.bridge}
    yield from task.redirect(second, room, task.settings.cti_context, (phone, room))
    yield from task.redirect(first, room, task.settings.cti_context)
    yield from gather(task, old, phone, first, second)
    if both:
        yield from task.hang_up(held.channel)
    return Later(lambda: own_in(task, active, held.call.id))


def gather(task: Task, old: set[str | None], *channels: Channel) -> Steps:
    """Wait until they are all in one room, which is none of the bridges they were in."""

    def together() -> bool:
        bridges = {channel.bridge for channel in channels}
        return len(bridges) == 1 and None not in bridges and bridges.isdisjoint(old)

    yield Until(lambda: together() or task.gone(*channels), "all in one room")
    task.both_here(*channels)

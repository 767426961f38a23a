"""Operations on one call, each a procedure in the words of ECMA-269 clause 17.

Server-side hold needs nothing of the phone: the held party goes to the `hold` place, the phone's
own leg to `wait`, or to another call. What a phone did itself (its own hold key) is undone by
asking the phone (NOTIFY talk).
"""

from tws.links.asterisk.channel import Channel
from tws.links.asterisk.dialplan import AUTO
from tws.links.asterisk.moves import PHONE, connection_of, leave_consultation, notify, press
from tws.links.asterisk.reasons import Reason
from tws.links.asterisk.running import Late, Later, Procedure, Refusal, Steps, Until
from tws.links.asterisk.task import SOON, Own, Task
from tws.telephony.commands import (
    AnswerCall,
    ClearConnection,
    DeflectCall,
    GenerateDigits,
    HoldCall,
    ParkCall,
    RetrieveCall,
    SingleStepTransferCall,
)
from tws.telephony.model import Cause, ConnectionState, Party

S = ConnectionState
DIGITS = frozenset("0123456789ABCDabcd*#")


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

    try:
        yield Until(lambda: task.gone(caller) or answered(), "the phone answers by itself")
    except Late:  # it rings as it did
        yield from task.redirect(caller, own.part.device, task.settings.context)
        raise
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


def hold(task: Task, command: HoldCall) -> Procedure:
    own = task.own(command.connection, S.CONNECTED)
    peer = yield from task.peer(own)
    task.freeze(own.call.id, own.channel.uid, peer.uid)
    yield from task.put_on_hold(own.channel, peer, own.call.id, own.part.device)
    return None


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


def deflect(task: Task, command: DeflectCall) -> Procedure:
    to = task.number(command.destination, "invalidDestination")
    queued = task.queued(command.connection)
    if queued is not None:
        yield from _send(task, queued.channel, queued.part.party, to)
        gone = queued.channel
        yield Until(lambda: gone.queue is None or task.gone(gone), "the caller leaves")
        return None
    own = task.own(command.connection, S.ALERTING)
    phone = own.channel
    dial = task.channels.dials.get(phone.uid)
    caller = task.channels.get(dial.source) if dial else None
    if caller is None:
        raise Refusal("invalidConnectionState", "nobody is calling")
    yield from _send(task, caller, own.part.party, to)
    yield Until(lambda: task.gone(phone) or task.gone(caller), "the phone stops ringing")
    return None


def _send(task: Task, caller: Channel, by: Party, to: str) -> Procedure:
    """Who waits goes to another number, where the call says by whom."""
    forwarded = task.watch.reasons.forwarded
    forwarded[caller.uid] = Reason(Cause.REDIRECTED, by=by, to=Party(to))
    try:
        yield from task.redirect(caller, to, task.settings.context)
    except Refusal:
        forwarded.pop(caller.uid, None)
        raise
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
    return Later(lambda: connection_of(task, peer))

"""Operations on two calls of one device: consultation, alternation, transfer, conference.

The calls are on one line of the phone, which waits in our place or talks with one of the two
parties, or on two lines of it (it holds one itself): then the phone is asked (NOTIFY talk, hold).
"""

from tws.links.asterisk.channel import PRESENTATION, Channel
from tws.links.asterisk.dialplan import CALL, ROOM
from tws.links.asterisk.moves import (
    PHONE,
    connection_of,
    gather,
    leave_consultation,
    own_in,
    press,
)
from tws.links.asterisk.reasons import Reason
from tws.links.asterisk.running import Late, Later, Procedure, Refusal, Steps, Until
from tws.links.asterisk.task import Own, Task
from tws.telephony.commands import (
    AlternateCall,
    ConferenceCall,
    ConsultationCall,
    ReconnectCall,
    TransferCall,
)
from tws.telephony.model import Cause, ConnectionId, ConnectionState

S = ConnectionState


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
        yield from task.put_on_hold(phone, peer, own.call.id, own.part.device)
        task.thaw()
    elif task.channels.waits(phone):
        task.note(phone)
    else:
        raise Refusal("invalidConnectionState", "the phone is in another call")
    if command.hide_number:  # of its own leg: its Dial sends no name and no number, from now on
        yield from task.ask("Setvar", Channel=phone.name, Variable=PRESENTATION, Value="prohib")
        phone.hides = True
        phone.withhold()
    # from here on a call like any other: it may fail at once
    task.will_be(phone.uid, new)
    times = phone.consultations
    yield from task.redirect(phone, CALL + to, task.settings.cti_context)
    yield Until(lambda: phone.consultations > times or task.gone(phone), "own leg dials")
    task.both_here(phone)
    return ConnectionId(new, own.part.device)


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
        task.note(active.channel, held.channel)
        yield from press(task, active.channel, "hold", holding=True)
        yield from press(task, held.channel, "talk", holding=False)
        return None
    waiting, peer = task.held(held), (yield from task.peer(active))
    task.freeze(held.call.id, active.call.id, active.channel.uid, peer.uid, waiting.uid)
    yield from task.put_on_hold(active.channel, peer, active.call.id, active.part.device)
    yield from task.bridge(active.channel, waiting)
    return None


def reconnect(task: Task, command: ReconnectCall) -> Procedure:
    held, active = task.own(command.held, S.HOLD), task.own(command.active)
    if two(task, held, active):
        yield from task.hang_up(active.channel)
        yield from press(task, held.channel, "talk", holding=False)
        return None
    others = yield from task.company(active)
    waiting = task.held(held)
    task.freeze(held.call.id, active.call.id, held.channel.uid, waiting.uid)
    if len(others) == 1:  # it ends when the first call is back, not before
        other = others[0]
        task.freeze(other.uid)
        other = yield from task.put_on_hold(
            held.channel, other, active.call.id, active.part.device
        )
        yield from task.bridge(held.channel, waiting)
        yield from task.hang_up(other)
    else:
        yield from leave_consultation(task, active)
        yield from task.bridge(held.channel, waiting)
    return None


def transfer(task: Task, command: TransferCall) -> Procedure:
    held, active = task.own(command.held, S.HOLD), task.own(command.active, S.CONNECTED)
    phone = active.channel
    both = two(task, held, active)
    others = yield from task.company(active)
    first = (yield from task.peer(held)) if both else task.held(held)
    task.freeze(held.call.id, active.call.id, phone.uid, held.channel.uid, first.uid)
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
        task.keep()
        yield from task.hang_up(held.channel)
    return Later(lambda: connection_of(task, first))


def transfer_ringing(task: Task, active: Own, first: Channel) -> Steps:
    """Nobody has answered yet: the held party calls there instead."""
    to = active.channel.dialled or active.call.called.number
    if to is None or not any(p.state is S.ALERTING for p in active.call.parts.values()):
        raise Refusal("invalidActiveConnectionState", "nobody answers or rings there")
    rung = task.parties(active)
    yield from task.redirect(first, to, task.settings.context)
    yield from task.hang_up(active.channel)

    def rings() -> bool:
        near = (task.channels.all[uid] for uid in task.channels.component(first.uid))
        return any(c.state in ("Ringing", "Up") for c in near if c.uid != first.uid)

    def moved() -> bool:
        """It rings there again, and no more for the one who transfers: either may come first."""
        return rings() and all(task.gone(channel) for channel in rung)

    try:
        yield Until(lambda: task.gone(first) or moved(), "it rings there again", PHONE)
    except Late:
        return  # it has been sent there: the rest is the dialplan's


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
        task.keep()
        yield from task.hang_up(held.channel)
    return Later(lambda: own_in(task, active, held.call.id))

"""Procedures that make Asterisk ring somebody: new calls, invitations, pickups."""

from collections.abc import Generator

from tws.links.asterisk.calls import Projected
from tws.links.asterisk.channel import PRESENTATION, UNTOLD, Channel, Role
from tws.links.asterisk.dialplan import ROOM
from tws.links.asterisk.moves import connection_of, gather
from tws.links.asterisk.reasons import Reason
from tws.links.asterisk.running import Later, Procedure, Refusal, Steps, Until
from tws.links.asterisk.task import AUTO_ANSWER, Own, Task
from tws.telephony.commands import (
    DirectedPickupCall,
    GroupPickupCall,
    MakeCall,
    SingleStepConferenceCall,
)
from tws.telephony.model import Cause, ConnectionId, ConnectionState, DeviceId, Party

S = ConnectionState
LIFT = 30.0
"Seconds that a phone which does not answer by itself may ring its user."
LISTENING = "qES"
"""Of ChanSpy: quietly; over when the one listened to hangs up, even before it has begun (S): else
the listener would wait in it for another channel of that name."""
REASONS = {
    "0": ("invalidCallingDeviceState", "the phone cannot be reached"),
    "1": ("invalidCallingDeviceState", "the phone did not answer"),
    "3": ("invalidCallingDeviceState", "the phone did not answer"),
    "5": ("invalidCallingDeviceState", "the phone is busy"),
    "8": ("networkBusy", "no line is free"),
}
"Of OriginateResponse."


def make_call(task: Task, command: MakeCall) -> Procedure:
    to = task.number(command.called, "invalidCalledDeviceID")
    task.number(command.device, "invalidCallingDeviceID")
    new = task.new
    uid = f"tws-{new}"
    task.channels.expected[uid] = to
    task.will_be(uid, new)
    fields = [
        ("Channel", task.phone(command.device)),
        ("Context", task.settings.context),
        ("Exten", to),
        ("Priority", "1"),
        ("Variable", f"TWS_CALL={new}"),
    ]
    if command.hide_number:  # of the channel that calls: its Dial sends no name and no number
        fields.append(("Variable", f"{PRESENTATION}=prohib"))
        task.channels.hidden.add(uid)
    yield from originate(task, uid, fields, prompt=command.prompt)
    yield Until(
        lambda: uid in task.originated.failed or visible(task, uid) is not None,
        "the phone rings",
        10.0,
    )
    if (call := visible(task, uid)) is not None:
        return ConnectionId(call.id, command.device)
    raise Refusal(*REASONS.get(task.originated.failed[uid], REASONS["0"]))


def visible(task: Task, uid: str) -> Projected | None:
    call = task.watch.projector.member.get(uid)
    return task.watch.calls.get(call) if call is not None else None


def originate(
    task: Task,
    uid: str,
    fields: list[tuple[str, str]],
    *,
    prompt: bool,
    other: str | None = None,
) -> Steps:
    """Ring a phone and connect it when it is lifted."""
    task.originated.failed.pop(uid, None)
    task.rung.append(uid)
    more = [("Async", "true"), ("ChannelId", uid), ("Timeout", str(int(LIFT * 2000)))]
    if other is not None:
        more.append(("OtherChannelId", other))
    headers = [] if prompt else list(AUTO_ANSWER)
    yield from task.ask_with("Originate", [*fields, *more, *headers])


# -------------------------------------------------------------------- into a conference


def invite(task: Task, command: SingleStepConferenceCall) -> Procedure:
    """Ring somebody and bring them in: heard by all, or listening only."""
    to = task.number(command.joining, "invalidDestination")
    own = task.own(command.active, S.CONNECTED)
    if command.participation not in ("active", "silent"):
        raise Refusal("invalidParticipationType", command.participation)
    call = own.call.id
    uid, other = f"tws-{task.new}-1", f"tws-{task.new}-2"
    fields = [("Channel", f"Local/{to}@{task.settings.context}")]
    fields.append(("CallerID", f"{own.part.device} <{own.part.device}>"))
    if command.participation == "silent":
        fields += [("Application", "ChanSpy"), ("Data", f"{own.channel.name},{LISTENING}")]
    else:
        room = yield from into_room(task, own)
        fields += [("Context", task.settings.cti_context), ("Exten", room), ("Priority", "1")]
    task.channels.expected[uid] = ""
    task.channels.joins[uid] = own.channel.uid
    reason = Reason(Cause.SINGLE_STEP_CONFERENCE, by=own.part.party)
    task.watch.reasons.arriving[call] = reason
    task.because(call, reason)
    task.thaw()  # what follows is a call like any other
    yield from originate(task, uid, fields, prompt=True, other=other)
    yield Until(
        lambda: uid in task.originated.failed or reached(task, uid) is not None,
        "it rings there",
        LIFT,
    )
    rung = reached(task, uid)
    if rung is None:
        raise Refusal("invalidDestinationDeviceState", "nobody can be reached there")
    return Later(lambda: connection_of(task, rung))


def into_room(task: Task, own: Own) -> Generator[Until, None, str]:
    """The room of its call: the one it is in, or a new one for the two that talk."""
    if own.channel.exten.startswith(ROOM) and own.channel.bridge is not None:
        return own.channel.exten
    peer = yield from task.peer(own)
    task.because(own.call.id, Reason(Cause.SINGLE_STEP_CONFERENCE))
    task.freeze(own.call.id, own.channel.uid, peer.uid)
    room, old = f"{ROOM}{own.call.id}", {peer.bridge}
    yield from task.redirect(peer, room, task.settings.cti_context, (own.channel, room))
    yield from gather(task, old, own.channel, peer)
    return room


def reached(task: Task, uid: str) -> Channel | None:
    """A phone that rings, or has answered, behind the Local channel `uid`."""
    if uid not in task.channels:
        return None
    half = task.channels.all[uid]
    for near in task.channels.pairs.get(half.parts.pair, {}).values():
        for channel in task.channels.ringing_for(near):
            if channel.is_party and channel.state in ("Ringing", "Up"):
                return channel
        inside = task.channels.bridges.get(task.channels.all[near].bridge or "", {})
        if near != uid:
            for other in inside:
                if task.channels.all[other].is_party:
                    return task.channels.all[other]
    return None


# -------------------------------------------------------------------- pickup


def pick_up(task: Task, command: DirectedPickupCall) -> Procedure:
    wanted = command.ringing
    call = task.watch.calls.get(wanted.call)
    if call is None:
        raise Refusal("invalidCallID", "there is no such call any more")
    parked = parked_in(task, call)
    if parked is not None:
        lot = task.settings.parking_lot
        app = [("Application", "ParkedCall"), ("Data", f"{lot},{parked.parked}")]
    else:
        own = task.own(wanted, S.ALERTING)
        app = [("Application", "PickupChan"), ("Data", own.channel.name)]
    task.because(call.id, Reason(Cause.CALL_PICKUP, to=Party(command.device)))
    return (yield from fetch(task, command.device, app))


def parked_in(task: Task, call: Projected) -> Channel | None:
    members = (task.channels.get(uid) for uid in call.members)
    return next((c for c in members if c is not None and c.parked not in (None, UNTOLD)), None)


def pick_up_group(task: Task, command: GroupPickupCall) -> Procedure:
    if command.group is not None:
        raise Refusal("invalidParameterValue", "the phone's own pickup group only")
    return (yield from fetch(task, command.device, [("Application", "Pickup")]))


def fetch(task: Task, device: DeviceId, app: list[tuple[str, str]]) -> Procedure:
    """The phone goes off hook and runs an application that joins it to a call."""
    task.number(device, "invalidPickUpDeviceID")
    uid = f"tws-{task.new}"
    task.freeze(uid)
    task.channels.expected[uid] = ""
    fields = [("Channel", task.phone(device)), *app]
    seen = False

    def settled() -> bool:
        nonlocal seen
        channel = task.channels.get(uid)
        seen |= channel is not None
        if channel is not None:
            return channel.bridge is not None
        return uid in task.originated.failed or seen

    yield from originate(task, uid, fields, prompt=False)
    yield Until(settled, "the call is picked up", LIFT)
    channel = task.channels.get(uid)
    if channel is None or channel.bridge is None:
        if uid in task.originated.failed:
            raise Refusal(*REASONS.get(task.originated.failed[uid], REASONS["0"]))
        raise Refusal("noCallToAnswer", "there was nothing to pick up")
    channel.role = Role.CALLED  # it answers somebody, it does not call
    yield Until(lambda: bool(task.beside(channel)) or task.gone(channel), "both in one bridge")
    return Later(lambda: connection_of(task, channel))

"""What several procedures do with phones and calls."""

from tws.links.asterisk.channel import Channel
from tws.links.asterisk.dialplan import WAIT
from tws.links.asterisk.running import Late, Refusal, Steps, Until
from tws.links.asterisk.task import Own, Task
from tws.telephony.model import CallId

PHONE = 3.0
"Seconds that a phone may take to obey a NOTIFY."


def notify(task: Task, phone: Channel, word: str) -> Steps:
    """Press a button of the phone: an in-dialogue NOTIFY."""
    yield from task.ask("PJSIPNotify", Channel=phone.name, Variable=f"Event={word}")


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


def gather(task: Task, old: set[str | None], *channels: Channel) -> Steps:
    """Wait until they are all in one room, which is none of the bridges they were in."""

    def together() -> bool:
        bridges = {channel.bridge for channel in channels}
        return len(bridges) == 1 and None not in bridges and bridges.isdisjoint(old)

    yield Until(lambda: together() or task.gone(*channels), "all in one room")
    task.both_here(*channels)


# -------------------------------------------------------------------- results


def own_in(task: Task, own: Own, otherwise: CallId) -> object:
    """The device's connection in the call that its channel is in now."""
    call = task.watch.projector.member.get(own.channel.uid, otherwise)
    found = task.watch.calls.get(call)
    return found.connection(own.part.device) if found else None


def connection_of(task: Task, channel: Channel) -> object:
    """The connection that a channel is now, or a part of."""
    call = task.watch.calls.get(task.watch.projector.member.get(channel.uid, CallId("")))
    if call is None:
        return None
    part = next((p for p in call.parts.values() if channel.uid in p.channels), None)
    return call.connection(part.device) if part else None

"""A procedure that fails half-way puts back what it moved, and refuses only then.

What a procedure moves is noted before its first move (`Task.freeze`, `Task.note`). To put it back
is the same whatever was done: everything out of place goes to a place of ours, where it is in no
bridge any more; those who talked with each other are bridged again. What hung up meanwhile cannot
come back, and whoever it talked with is freed by `tidying.py`.
"""

from collections.abc import Callable
from functools import partial

from tws.links.asterisk.channel import Channel
from tws.links.asterisk.dialplan import HOLD, MARK, WAIT
from tws.links.asterisk.moves import press
from tws.links.asterisk.running import Procedure, Refusal, Steps, Until, attempt
from tws.links.asterisk.task import SOON, Standing, Task


def undoing(procedure: Callable[[Task], Procedure], task: Task) -> Procedure:
    """The procedure, and what follows when it raises Refusal."""
    try:
        return (yield from procedure(task))
    except Refusal:
        yield from put_back(task)
        raise


def put_back(task: Task) -> Steps:
    """Everybody who is still there to where they were, as far as Asterisk lets us."""
    yield from attempt(_arrived(task))
    for uid in task.rung:
        if (channel := task.channels.get(uid)) is not None:
            yield from attempt(task.hang_up(channel))
    displaced = [stood for stood in task.stood.values() if _displaced(task, stood)]
    if not displaced:
        return
    task.freeze_again()
    task.freeze(*(channel.uid for pair in _talked(task, displaced) for channel in pair))
    yield from _to_places(task, displaced)
    for one, other in _talked(task, displaced):
        yield from attempt(task.bridge(one, other))
    for stood in displaced:
        phone = stood.channel
        if phone.holding is not stood.holding and not task.gone(phone):
            word = "hold" if stood.holding else "talk"
            yield from attempt(press(task, phone, word, holding=stood.holding))


def _arrived(task: Task) -> Steps:
    """What was sent somewhere is there before it is brought back: between the bridge that it has
    left and the place that it goes to, Asterisk refuses to send a channel anywhere."""
    for uid, was in task.sent.items():
        if (channel := task.channels.get(uid)) is not None:
            yield from attempt(_settled(task, channel, was))


def _settled(task: Task, channel: Channel, was: tuple[str | None, str | None]) -> Steps:
    def elsewhere() -> bool:
        now = (channel.bridge, channel.place)
        return now not in (was, (None, None)) or task.gone(channel)

    yield Until(elsewhere, "it is somewhere else", SOON)


def _displaced(task: Task, stood: Standing) -> bool:
    """It is elsewhere, or the one it talked with is."""
    channel, other = stood.channel, task.channels.get(stood.pair)
    if task.gone(channel):
        return False
    elsewhere = (channel.bridge, channel.place) != (stood.bridge, stood.place)
    left = other is not None and other.bridge != stood.bridge
    return elsewhere or left or channel.holding is not stood.holding


def _talked(task: Task, displaced: list[Standing]) -> list[tuple[Channel, Channel]]:
    """The pairs that were in a bridge of two, and are not any more."""
    pairs = {}
    for stood in displaced:
        one, other = stood.channel, task.channels.get(stood.pair)
        if other is None or one.bridge == other.bridge == stood.bridge:
            continue
        pairs[frozenset((one.uid, other.uid))] = (one, other)
    return list(pairs.values())


# -------------------------------------------------------------------- places


def _to_places(task: Task, displaced: list[Standing]) -> Steps:
    """Two that are in one bridge in one action: alone, the second would be hung up."""
    wanted: dict[str, tuple[Channel, str]] = {}
    for stood in displaced:
        if stood.home is not None:
            wanted[stood.channel.uid] = (stood.channel, stood.home)
    for one, other in _talked(task, displaced):
        wanted.setdefault(one.uid, (one, WAIT))
        wanted.setdefault(other.uid, (other, WAIT))
    going = {uid: to for uid, to in wanted.items() if not task.is_at(*to)}
    while going:
        _, (channel, place) = going.popitem()
        near = [uid for uid in going if _together(channel, going[uid][0])]
        extra = going.pop(near[0]) if near else None
        yield from attempt(_mark(task, channel))
        if extra is not None:
            yield from attempt(_mark(task, extra[0]))
        yield from attempt(task.redirect(channel, place, task.settings.cti_context, extra))
    for channel, place in wanted.values():
        there = partial(_there, task, channel, place)
        yield from attempt(_wait(there))


def _wait(there: Callable[[], bool]) -> Steps:
    yield Until(there, "back in its place", 4 * SOON)


def _there(task: Task, channel: Channel, place: str) -> bool:
    return task.gone(channel) or task.is_at(channel, place)


def _together(one: Channel, other: Channel) -> bool:
    return one.bridge is not None and one.bridge == other.bridge


def _mark(task: Task, channel: Channel) -> Steps:
    """Who goes back on hold is held by whom it was."""
    stood = task.stood.get(channel.uid)
    if stood is not None and stood.place == HOLD and stood.mark != channel.mark:
        yield from task.ask("Setvar", Channel=channel.name, Variable=MARK, Value=str(stood.mark))
        channel.mark = stood.mark

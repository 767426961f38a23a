"""What each actor sees, as values by key, and which events concern it: one file for each room.

A *scope* is a part of the state that is watched as a whole: a device, its calls, a link. Rights
decide which scopes an actor has; the content of a scope is the same for all who have it, so that
it is made and encoded once. The whole view of an actor is the union of their scopes. Contents are
pure functions of what is in memory.
"""

from collections.abc import Iterable, Mapping

from tws.bus import Bus
from tws.organisation.actor import Actor
from tws.web.live.views import (
    alerter,
    chats,
    desk,
    directory,
    external,
    incidents,
    journal,
    organisation,
    presence,
    queues,
    rules,
    sms,
    supervised,
    telephones,
    telephony,
)
from tws.web.live.views.scope import Content, Kind, Marks, Scope
from tws.web.shown.known import Known

_ROOMS = (
    organisation,
    telephony,
    alerter,
    desk,
    directory,
    presence,
    chats,
    external,
    sms,
    supervised,
    journal,
    rules,
    queues,
    incidents,
)
_CONTENT: Mapping[Kind, Content] = {
    kind: content for room in _ROOMS for kind, content in room.CONTENT.items()
}


def scopes(known: Known, actor: Actor, watched: Iterable[str] = ()) -> list[Scope]:
    """What `actor` may see now; of the users `watched` their presence."""
    if actor.user is not None and actor.helper:
        return desk.of_helper(actor.user)
    if actor.user is not None:
        own = [scope for room in _ROOMS for scope in room.of_user(known, actor, actor.user)]
        return [*own, *presence.of_others(known, actor, actor.user, watched)]
    if actor.administrator is None:
        return []
    return [scope for room in _ROOMS for scope in room.of_administrator(known, actor)]


def content(kind: Kind) -> Content:
    """How the present content of a scope of that kind is made; it is empty when the thing is no
    more."""
    return _CONTENT[kind]


def follow(marks: Marks, bus: Bus) -> None:
    """Let `marks` hear everything that pages show."""
    telephones.follow(marks, bus)
    for room in _ROOMS:
        room.follow(marks, bus)

"""The call queues that a user may see."""

from collections.abc import Mapping

from tws.bus import Bus
from tws.organisation.actor import Actor, QueueId, UserId
from tws.organisation.applications import Application
from tws.organisation.events import GrantChanged, GroupChanged, QueueChanged, UserChanged
from tws.organisation.grant import GrantKind
from tws.organisation.permission import uses
from tws.queues.events import QueueMoved
from tws.web.live.views.scope import Content, Kind, Marks, Scope, Values
from tws.web.shown.known import Known
from tws.web.shown.queues import queue_state


def of_user(known: Known, actor: Actor, id: UserId) -> list[Scope]:
    if not uses(actor, Application.ALERTER):
        return []
    return [Scope(Kind.QUEUE, queue.id) for queue in known.registry.queues_of(id)]


def of_administrator(known: Known, actor: Actor) -> list[Scope]:
    """What callers say is not theirs to see."""
    return []


def _queue(known: Known, id: str) -> Values:
    if (row := known.registry.queues.get(QueueId(id))) is None:
        return {}
    return {f"queue/{id}": queue_state(known, row)}


CONTENT: Mapping[Kind, Content] = {Kind.QUEUE: _queue}


def follow(marks: Marks, bus: Bus) -> None:
    registry = marks.known.registry

    def grant(event: GrantChanged) -> None:
        """Who is authorised on a queue may answer it, which the others see."""
        row = event.after or event.before
        if row is None:
            return
        if row.kind is GrantKind.QUEUE:
            marks.mark(Kind.QUEUE, row.object)
            marks.doubt(registry.granted.users(row))
        elif row.kind is GrantKind.APPLICATION and row.object == Application.ALERTER:
            for user in registry.granted.users(row):
                of(user)
            marks.doubt(registry.granted.users(row))

    def of(user: UserId) -> None:
        for queue in registry.granted.objects(user, GrantKind.QUEUE):
            marks.mark(Kind.QUEUE, queue)

    def group(event: GroupChanged) -> None:
        for row in (event.before, event.after):
            if row is not None:
                for given in registry.granted.to(GrantKind.QUEUE, row.id):
                    marks.mark(Kind.QUEUE, given.object)

    def queue_row(event: QueueChanged) -> None:
        if (row := event.after or event.before) is not None:
            marks.mark(Kind.QUEUE, row.id)
            for given in registry.granted.of(GrantKind.QUEUE, row.id):
                marks.doubt(registry.granted.users(given))

    def user_row(event: UserChanged) -> None:
        if event.after is not None:
            of(event.after.id)

    bus.follow(QueueMoved, lambda event: marks.mark(Kind.QUEUE, event.queue))
    bus.follow(GrantChanged, grant)
    bus.follow(GroupChanged, group)
    bus.follow(QueueChanged, queue_row)
    bus.follow(UserChanged, user_row)

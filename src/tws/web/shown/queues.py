"""Call queues as values: what those authorised on one see of it."""

from datetime import datetime
from typing import Annotated

import msgspec

from tws import numbering
from tws.directory.model import Match
from tws.directory.showing import private_texts
from tws.organisation.model import Domain
from tws.organisation.shared_device import Queue
from tws.queues.model import Abandoned, Queued
from tws.telephony.model import DeviceId
from tws.web.shown.calls import PartyValue, given
from tws.web.shown.known import Known
from tws.web.shown.values import Value


class CallerFieldValue(Value):
    """What a directory has of a caller besides (8.2.3), under its label."""

    label: str
    value: str


class WaitingValue(Value):
    """Somebody who waits in a queue."""

    connection: Annotated[
        str, msgspec.Meta(description="The leg: what `takeQueuedCall` and others are given.")
    ]
    position: Annotated[int, msgspec.Meta(description="1 = next.")]
    since: datetime
    party: PartyValue
    fields: list[CallerFieldValue]
    rings_at: Annotated[
        str | None, msgspec.Meta(description="Whose telephone rings for the caller just now.")
    ]


class AnsweringValue(Value):
    """Somebody who has been answered."""

    since: Annotated[datetime, msgspec.Meta(description="When the caller was answered.")]
    party: PartyValue
    by: Annotated[str, msgspec.Meta(description="Name, or number, of who answered.")]
    user: Annotated[str | None, msgspec.Meta(description="Id, where a user did.")]


class AgentsValue(Value):
    """How many may answer. Who does is with the callers."""

    free: int
    all: int


class QueueStateValue(Value):
    """A call queue as it is now."""

    id: str
    name: str
    number: str
    waiting: Annotated[list[WaitingValue], msgspec.Meta(description="The first comes first.")]
    answering: list[AnsweringValue]
    agents: AgentsValue
    abandoned_changed: Annotated[
        datetime | None,
        msgspec.Meta(
            description="Ask `listAbandonedCalls` again when it is another; null = not since the "
            "server started."
        ),
    ]


class AbandonedCallValue(Value):
    """Somebody whom nobody answered."""

    id: str
    number: Annotated[str | None, msgspec.Meta(description="Null: withheld, or not to be shown.")]
    display: str | None
    name: str | None
    restricted: bool
    since: datetime
    ended: datetime
    called_back: datetime | None
    called_back_by: Annotated[str | None, msgspec.Meta(description="The name of who did.")]
    callable: Annotated[bool, msgspec.Meta(description="Whether there is a number to call.")]


def queue_state(known: Known, queue: Queue) -> QueueStateValue:
    domain = known.registry.domains[queue.domain]
    queued = known.queues.queued(queue.id)
    waiting = [one for one in queued if one.waits]
    agents = known.queues.agents(queue.id)
    return QueueStateValue(
        id=queue.id,
        name=queue.name,
        number=queue.number,
        waiting=[
            _waiting(known, queue, domain, one, place)
            for place, one in enumerate(waiting, start=1)
        ],
        answering=[_answering(known, domain, one) for one in queued if not one.waits],
        agents=AgentsValue(free=agents.free, all=agents.all),
        abandoned_changed=known.abandoned.changed(queue.id),
    )


def _waiting(known: Known, queue: Queue, domain: Domain, one: Queued, place: int) -> WaitingValue:
    ringing = one.ringing
    match = known.queues.name_of(one)
    leg = one.leg or (ringing.leg if ringing is not None else None)
    return WaitingValue(
        connection=leg or one.thread,
        position=place,
        since=one.since,
        party=given(one.caller, None, domain, match),
        fields=[] if match is None else _fields(known, queue, match),
        rings_at=None if ringing is None else _at(known, one, ringing.id.device)[1],
    )


def _answering(known: Known, domain: Domain, one: Queued) -> AnsweringValue:
    user, by = _at(known, one, one.agents[0]) if one.agents else (None, "")
    return AnsweringValue(
        since=one.answered or one.since,
        party=given(one.caller, None, domain, known.queues.name_of(one)),
        by=by,
        user=user,
    )


def _at(known: Known, one: Queued, device: DeviceId) -> tuple[str | None, str]:
    row = known.registry.device_at(one.link, device)
    user = None if row is None else known.registry.users.get(row.user)
    return (None, device) if user is None else (user.id, user.display_name)


def _fields(known: Known, queue: Queue, match: Match) -> list[CallerFieldValue]:
    granted = known.registry.directories_of_shared(queue.id)
    found = private_texts(match, {directory.id: directory for directory in granted})
    return [CallerFieldValue(label=label, value=text) for label, text in found]


def abandoned_call(known: Known, queue: Queue, one: Abandoned) -> AbandonedCallValue:
    domain = known.registry.domains[queue.domain]
    number = None if one.hidden or not one.number else one.number
    by = None if one.called_back_by is None else known.registry.users.get(one.called_back_by)
    return AbandonedCallValue(
        id=one.id,
        number=number,
        display=None if number is None else numbering.display(number, domain),
        name=one.name or None,
        restricted=one.restricted,
        since=one.since,
        ended=one.ended,
        called_back=one.called_back,
        called_back_by=None if by is None else by.display_name,
        callable=bool(one.number),
    )

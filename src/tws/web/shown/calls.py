"""Legs as values: each device's part in its calls. Made again at each step of each call."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Annotated

import msgspec
from msgspec.structs import replace

from tws import numbering
from tws.directory.model import Match
from tws.organisation.actor import IntercomGroupId
from tws.organisation.model import Domain, UserDevice
from tws.telephony.known_link import KnownLink
from tws.telephony.model import (
    Call,
    Connection,
    ConnectionState,
    DeviceId,
    Direction,
    LegId,
    Party,
)
from tws.telephony.permitted import Kinds, permitted
from tws.telephony.state import operations_of
from tws.web.shown.known import Known
from tws.web.shown.values import Value


class QueueValue(Value):
    """The queue that a call came through."""

    number: str | None
    name: str | None


class ByValue(Value):
    """Who forwarded, transferred or picked up."""

    number: str | None
    name: str | None
    display: str | None


class ViaValue(Value):
    """How a call came here other than by being dialled straight to it."""

    cause: Annotated[str, msgspec.Meta(description="An ECMA-269 cause.")]
    by: ByValue | None


class PartyValue(Value):
    """Somebody else in a call. A withheld number is null."""

    number: str | None
    display: Annotated[
        str | None,
        msgspec.Meta(description="The number grouped as people of the country read it."),
    ]
    name: str | None
    company: str | None
    contact: Annotated[str | None, msgspec.Meta(description="Id of the contact of that name.")]
    state: ConnectionState | None
    restricted: bool


class CallValue(Value):
    """One leg: a device's part in a call."""

    connection: Annotated[
        str, msgspec.Meta(description="The leg: the handle that operations take; stays the same.")
    ]
    thread: Annotated[
        str,
        msgspec.Meta(description="The same for all legs of one conversation, through transfers."),
    ]
    device: str
    call_id: Annotated[
        str, msgspec.Meta(description="The PBX's own id; changes in transfers, and is reused.")
    ]
    state: ConnectionState
    direction: Direction
    created: datetime
    since: Annotated[datetime, msgspec.Meta(description="When the present state began.")]
    alerted: datetime | None
    answered: datetime | None
    late: Annotated[bool, msgspec.Meta(description="Its beginning was not observed.")]
    conference: bool
    failure: Annotated[
        str | None,
        msgspec.Meta(description="Why who was called cannot be reached: an ECMA-269 cause."),
    ]
    queue: QueueValue | None
    via: ViaValue | None
    parties: list[PartyValue]
    operations: Annotated[
        list[str], msgspec.Meta(description="Operation ids that make sense and are offered now.")
    ]


class ParkedValue(Value):
    """A call that this device left at a park place: `directedPickupCall` there fetches it."""

    device: Annotated[str, msgspec.Meta(description="Id.")]
    place: Annotated[str, msgspec.Meta(description="A number that can be dialled, too.")]
    party: Annotated[PartyValue, msgspec.Meta(description="Who waits there.")]
    since: datetime


class HandedOnValue(Value):
    """A call that this device handed on by a single step, and that still rings there:
    `takeBackCall` gets it back."""

    device: Annotated[str, msgspec.Meta(description="Id of your device that handed it on.")]
    connection: Annotated[
        str, msgspec.Meta(description="The leg that rings: the handle of `takeBackCall`.")
    ]
    thread: str
    to: Annotated[PartyValue, msgspec.Meta(description="At whom it rings.")]
    party: Annotated[PartyValue | None, msgspec.Meta(description="Who waits for an answer.")]
    since: datetime


_display = lru_cache(4096)(numbering.display)
"A number is shown again at each step of its call."
_in_order: Callable[[frozenset[str]], list[str]] = lru_cache(1024)(sorted)
"What is permitted is one of a few sets."


def calls(known: Known, row: UserDevice) -> list[CallValue]:
    """The legs of a device, oldest first."""
    link = known.state.known(row.link)
    return [] if link is None else calls_on(link, known, row)


def calls_on(link: KnownLink, known: Known, row: UserDevice) -> list[CallValue]:
    """The same of one on that link."""
    number, domain = DeviceId(row.number), known.registry.domains.get(row.domain)
    if domain is None or not (found := link.open.of(number)):
        return []
    offered = link.commands(number)
    return [
        _leg(known, row, domain, call, own, found, offered)
        for call in found
        if (own := call.connections.get(number)) is not None
        and own.state is not ConnectionState.NULL
    ]


def parked(link: KnownLink, known: Known, row: UserDevice) -> list[ParkedValue]:
    """The calls that a device parked and nobody has fetched, oldest first."""
    if not (waiting := link.parked):  # it is asked at each step of each call
        return []
    number, domain = DeviceId(row.number), known.registry.domains.get(row.domain)
    if domain is None:
        return []
    return [
        ParkedValue(
            device=row.id,
            place=call.place,
            party=given(call.party, None, domain, None),
            since=call.since,
        )
        for call in waiting.values()
        if call.by == number
    ]


def handed_on(link: KnownLink, known: Known, row: UserDevice) -> list[HandedOnValue]:
    """The calls that a device handed on and that ring there now."""
    number = DeviceId(row.number)
    if not (found := link.open.handed_on(number)):
        return []
    if (domain := known.registry.domains.get(row.domain)) is None:
        return []
    return [
        _handed_on(known, row, domain, call, one)
        for call in found
        for one in call.connections.values()
        if one.rings_for == number
    ]


def _handed_on(
    known: Known, row: UserDevice, domain: Domain, call: Call, rings: Connection
) -> HandedOnValue:
    def shown(party: Party, state: ConnectionState) -> PartyValue:
        """Of our own users as they are called here: the directories were not asked."""
        owner = known.registry.device_at(call.link, party.number or "")
        user = known.registry.users.get(owner.user) if owner is not None else None
        name = party.name if user is None else user.display_name
        return given(replace(party, name=name), state, domain, None)

    waits = next(iter(call.others(rings.id.device)), None)
    to = replace(rings.party, number=rings.party.number or rings.id.device)
    return HandedOnValue(
        device=row.id,
        connection=rings.leg,
        thread=call.thread,
        to=shown(to, rings.state),
        party=None if waits is None else shown(_presented(call, waits), waits.state),
        since=rings.created,
    )


def _leg(
    known: Known,
    row: UserDevice,
    domain: Domain,
    call: Call,
    own: Connection,
    calls: Sequence[Call],
    offered: Kinds,
) -> CallValue:
    """`calls`: all those of its device, for which `offered` can be asked."""
    via = own.via
    return CallValue(
        connection=own.leg,
        thread=call.thread,
        device=row.id,
        call_id=call.id,
        state=own.state,
        direction=own.direction,
        created=own.created,
        since=own.since,
        alerted=own.alerted,
        answered=own.answered,
        late=own.late,
        conference=len(call.connections) > 2 and call.conference,
        failure=call.failure,
        queue=None if call.queue is None else queue_value(known, call),
        via=None
        if via is None
        else ViaValue(cause=via.cause, by=_by(known, call, own.leg, via.by, domain)),
        parties=_parties(known, call, own, domain),
        operations=_in_order(operations_of(permitted(call, own, calls), offered)),
    )


def queue_value(known: Known, call: Call) -> QueueValue | None:
    """As it is called here, else as the PBX calls it."""
    if (queue := call.queue) is None:
        return None
    row = known.registry.queue_at(call.link, queue.number or "")
    return QueueValue(number=queue.number, name=queue.name if row is None else row.name)


def _by(known: Known, call: Call, leg: LegId, party: Party, domain: Domain) -> ByValue | None:
    shown = _party(known, leg, party, None, domain)
    row = known.registry.queue_at(call.link, shown.number or "")
    if row is not None:
        return ByValue(number=shown.number, name=row.name, display=shown.display)
    if shown.number is None and shown.name is None:
        return None
    return ByValue(number=shown.number, name=shown.name, display=shown.display)


def parties_overseen(
    known: Known, call: Call, own: Connection, domain: Domain, group: IntercomGroupId
) -> list[PartyValue]:
    """The others in a call of somebody else's, named by that intercom group's directories."""

    def match(party: Party) -> Match | None:
        if party.restricted or party.number is None:
            return None
        return known.overseen.of(call.link, own.leg, group, party.number)

    return [given(party, state, domain, match(party)) for party, state in _others(call, own)]


def _parties(known: Known, call: Call, own: Connection, domain: Domain) -> list[PartyValue]:
    return [_party(known, own.leg, party, state, domain) for party, state in _others(call, own)]


def _others(call: Call, own: Connection) -> list[tuple[Party, ConnectionState | None]]:
    if len(call.connections) > 1:
        return [(_presented(call, x), x.state) for x in call.others(own.id.device)]
    # Nobody else is in it yet: dialling, or a snapshot that tells numbers only.
    given = call.called if own.direction is Direction.OUTGOING else call.calling
    if given.number is None and given.name is None and not given.restricted:
        return []
    return [(given, None)]


def _presented(call: Call, other: Connection) -> Party:
    """The caller's own connection may name a number that the call itself withholds."""
    if other.direction is Direction.OUTGOING and call.calling.restricted:
        return call.calling
    return other.party


def _party(
    known: Known, leg: LegId, party: Party, state: ConnectionState | None, domain: Domain
) -> PartyValue:
    looked_up = None if party.restricted else party.number
    match = None if looked_up is None else known.names.of(leg, looked_up)
    return given(party, state, domain, match)


def given(
    party: Party, state: ConnectionState | None, domain: Domain, match: Match | None
) -> PartyValue:
    """A party, with the name of the contact that it is, if it is known."""
    if party.restricted:
        return PartyValue(
            number=None,
            display=None,
            name=None,
            company=None,
            contact=None,
            state=state,
            restricted=True,
        )
    number = None if match is not None and match.red else party.number
    return PartyValue(
        number=number,
        display=None if number is None else _display(number, domain),
        name=match.name if match is not None else party.name,
        company=(match.company or None) if match is not None else None,
        contact=match.contact.id if match is not None else None,
        state=state,
        restricted=False,
    )

"""From what a call says to what the journal keeps of one leg of it. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tws.directory.model import Match
from tws.journal.model import Leg, Outcome
from tws.journal.outcomes import End, outcome
from tws.numbering import DialPlan, heard
from tws.organisation.model import UserDevice
from tws.telephony.events import Ended
from tws.telephony.model import (
    UNKNOWN,
    Call,
    Cause,
    Connection,
    ConnectionState,
    Direction,
    Party,
    Via,
)
from tws.telephony.snapshots import KnownLeg

NUMBER, NAME, CAUSE = 64, 200, 64
"Characters kept of what a PBX calls a number, a name, a cause."
TRANSFERS = frozenset({Cause.TRANSFER, Cause.SINGLE_STEP_TRANSFER})
TALKING = (ConnectionState.CONNECTED, ConnectionState.HOLD)


class Around(Struct, frozen=True):
    """What is known around a leg: how its domain reads numbers, and names by number."""

    plan: DialPlan | None = None
    names: Mapping[str, Match | None] = msgspec.field(default_factory=dict)
    colleague: Callable[[str], str | None] = lambda number: None
    "The name of the user whose device has a number of this link."


def begun(call: Call, own: Connection, owner: UserDevice, at: datetime, epoch: int) -> Leg:
    """The leg at first sight, before anything is known of the others."""
    return Leg(
        id=own.leg,
        link=call.link,
        call=own.id.call,
        device=own.id.device,
        thread=call.thread,
        company=owner.company,
        domain=owner.domain,
        user=owner.user,
        device_row=owner.id,
        direction=own.direction,
        epoch=epoch,
        created=own.created,
        last_seen=at,
        late=own.late,
    )


def heeded(call: Call, own: Connection) -> tuple[object, ...]:
    """All that `followed` looks at in a call: while it stays, so does the leg."""
    others: tuple[object, ...] = ()
    if len(call.connections) > 1:
        others = tuple(
            (device, c.party, c.direction, c.state in TALKING, c.created)
            for device, c in call.connections.items()
            if device != own.id.device
        )
    return (
        own.id,
        own.party,
        own.state in TALKING,
        own.direction,
        own.alerted,
        own.answered,
        own.via,
        own.late,
        call.thread,
        call.calling,
        call.called,
        call.queue,
        others,
    )


def followed(leg: Leg, call: Call, own: Connection, around: Around) -> Leg:
    """The leg as the call now says it is; the same one where it says nothing new."""
    after = replace(
        leg,
        call=own.id.call,
        device=own.id.device,
        thread=call.thread,
        direction=own.direction,
        alerted=own.alerted,
        answered=own.answered,
        via=_via(own.via, around) or leg.via,
        queue=_kept(call.queue) or leg.queue,
        late=leg.late or own.late,
        peer=_peer(call, own) or leg.peer,
    )
    party = other_party(call, own)
    # In a conference there is no one other party, and who was called stays who was called.
    settled = call.conference or (own.direction is Direction.OUTGOING and leg.answered)
    if not (settled and leg.heard and party.number != leg.heard):
        after = _with(after, party, around)
    return leg if after == leg else after


def finished(
    leg: Leg, call: Call, end: Ended, taken_by: Party | None, around: Around, at: datetime
) -> Leg:
    """The leg with how it ended. `call` is what is left of it, `at` when it ended."""
    own = end.connection
    leg = replace(
        leg,
        alerted=own.alerted,
        answered=own.answered,
        via=_via(own.via, around) or leg.via,
        queue=_kept(call.queue) or leg.queue,
        late=leg.late or own.late,
    )
    if not leg.heard and not leg.restricted:
        leg = _with(leg, other_party(call, own), around)
    how_ended = End(
        direction=own.direction,
        answered=own.answered is not None,
        cause=end.cause,
        failure=call.failure,
        rang=own.alerted is not None,
        sent_on=end.to is not None,
        taken_elsewhere=taken_by is not None,
    )
    how = outcome(how_ended)
    other = end.to
    if how is Outcome.ANSWERED_ELSEWHERE:
        other = end.to or taken_by
    return replace(
        leg,
        ended=max(at, leg.created),
        outcome=how,
        cause=_text(how_ended.why, CAUSE),
        gap=leg.gap or how is Outcome.END_NOT_SEEN,
        other=_called(other, around) if other is not None else None,
    )


def not_seen(leg: Leg, at: datetime) -> Leg:
    """The leg, found to be over: when and how it ended is not known."""
    return replace(
        leg,
        revision=leg.revision + 1,
        ended=max(at, leg.created),
        outcome=Outcome.END_NOT_SEEN,
        cause=Cause.END_NOT_SEEN.value,
        gap=True,
    )


def named(leg: Leg, number: str, match: Match | None, around: Around) -> Leg:
    """The leg after a number of it was looked up."""
    if match is None:
        return leg
    if _text(number, NUMBER) == leg.heard:
        name = _text(match.name, NAME)
        leg = replace(leg, name=name, contact=match.contact.id, red=match.red)
    if leg.via is not None and number == leg.via.by.number:
        leg = replace(leg, via=_via(leg.via, around))
    return leg


def known_leg(leg: Leg) -> KnownLeg:
    """What the call table needs to take an open leg up again."""
    return KnownLeg(
        leg=leg.id,
        thread=leg.thread,
        direction=leg.direction,
        number=leg.peer or leg.heard or None,
        created=leg.created,
        alerted=leg.alerted,
        answered=leg.answered,
        via=leg.via,
    )


def other_party(call: Call, own: Connection) -> Party:
    """Whom the leg is with: who calls or was called, after a transfer who is there now."""
    incoming = own.direction is Direction.INCOMING
    transferred = incoming and own.via is not None and own.via.cause in TRANSFERS
    said = call.calling if incoming else call.called
    if not transferred and _somebody(said, own):
        return said
    others = sorted(
        call.others(own.id.device),
        key=lambda c: (c.state not in TALKING, (c.direction is Direction.INCOMING) is incoming),
    )
    for other in others:
        if _somebody(other.party, own):
            return other.party
    if transferred and own.via is not None and said.number == own.via.by.number:
        return UNKNOWN  # who transferred is not who was there when it ended
    return said if _somebody(said, own) else UNKNOWN


def answerer(call: Call, own: Connection) -> Connection | None:
    """Who took the call that rang at `own` too."""
    for other in call.others(own.id.device):
        taken = other.direction is Direction.INCOMING and other.answered is not None
        if taken and other.state in TALKING:
            return other
    return None


def _somebody(party: Party, own: Connection) -> bool:
    """Whether a party is told, and not the leg's own device (a phone that rings to call out)."""
    if party.restricted:
        return True
    return party.number is not None and party.number not in (own.id.device, own.party.number)


def _with(leg: Leg, party: Party, around: Around) -> Leg:
    """The leg with its other party. Of a withheld one nothing is kept but that."""
    if party.restricted:
        return replace(
            leg, number="", heard="", name="", contact=None, peer="", red=False, restricted=True
        )
    if party.number is None:
        name = leg.name or _text(party.name, NAME)
        return leg if leg.heard else replace(leg, name=name)
    said = _text(party.number, NUMBER)
    match = around.names.get(party.number)
    if said == leg.heard:
        number, before, red = leg.number, leg.name, leg.red
    else:
        reading = heard(said, around.plan) if around.plan else None
        number, before, red = reading.callable if reading else said, "", False
    name = _text(match.name if match else party.name or before, NAME)
    contact, red = (match.contact.id, match.red) if match else (None, red)
    there = (leg.heard, leg.name, leg.contact, leg.red, leg.restricted)
    if there == (said, name, contact, red, False):
        return leg  # as at most steps of a call
    return replace(
        leg,
        number=number,
        heard=said,
        name=name,
        contact=contact,
        red=red,
        restricted=False,
    )


def _peer(call: Call, own: Connection) -> str:
    others = call.others(own.id.device)
    if len(others) != 1 or others[0].party.restricted or call.calling.restricted:
        return ""
    return _text(others[0].party.number, NUMBER)


def _via(via: Via | None, around: Around) -> Via | None:
    if via is None:
        return None
    return Via(_text(via.cause, CAUSE), _called(via.by, around))


def _called(party: Party, around: Around) -> Party:
    """A party with the name we know them by; nothing of a withheld one."""
    if party.restricted:
        return UNKNOWN
    match = around.names.get(party.number or "")
    name = match.name if match else around.colleague(party.number or "") or party.name
    number = "" if match is not None and match.red else _text(party.number, NUMBER)
    return Party(number or None, _text(name, NAME) or None)


def _kept(party: Party | None) -> Party | None:
    if party is None:
        return None
    return Party(_text(party.number, NUMBER) or None, _text(party.name, NAME) or None)


def _text(text: str | None, length: int) -> str:
    """What a database takes of what a PBX sent."""
    if not text:
        return ""
    if text.isprintable():
        return text.strip()[:length]
    return "".join(c for c in text if c.isprintable()).strip()[:length]

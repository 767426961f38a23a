"""What is told of a call: no more than the page of its user shows (decision 0096)."""

from collections.abc import Collection

from tws.alerter.callers import Named, caller_in
from tws.journal.model import Outcome
from tws.journal.outcomes import End, outcome
from tws.naming import Names
from tws.numbering import display
from tws.organisation.model import Domain, UserDevice
from tws.organisation.registry import Registry
from tws.push.model import CallState, Notice
from tws.telephony.events import Ended
from tws.telephony.model import Call, Connection, ConnectionState, Direction, Party

ACTIONS = ("answerCall", "clearConnection")
"What the buttons of a notification ask for."
LONGEST_TEXT = 200
"Characters of a name: a push service takes no long message."
_JOINED = (ConnectionState.CONNECTED, ConnectionState.HOLD)
_TAKEN = {Outcome.ANSWERED, Outcome.ANSWERED_ELSEWHERE}


def rings(connection: Connection) -> bool:
    incoming = connection.direction is Direction.INCOMING
    return incoming and connection.state is ConnectionState.ALERTING


def became(connection: Connection) -> CallState:
    """Of one that rang and is still there."""
    if rings(connection):
        return CallState.RINGING
    return CallState.ANSWERED if connection.state in _JOINED else CallState.OVER


def ended(call: Call, end: Ended) -> CallState:
    """Of one that rang and is gone."""
    others = call.others(end.connection.id.device)
    taken = any(each.state in _JOINED and each.direction is Direction.INCOMING for each in others)
    how = outcome(
        End(
            direction=end.connection.direction,
            answered=end.connection.answered is not None,
            cause=end.cause,
            rang=True,
            sent_on=end.to is not None,
            taken_elsewhere=taken,
        )
    )
    if how is Outcome.MISSED:
        return CallState.MISSED
    return CallState.ANSWERED if how in _TAKEN else CallState.OVER


def notice(
    names: Names,
    registry: Registry,
    device: UserDevice,
    call: Call,
    own: Connection,
    offered: Collection[str],
) -> Notice | None:
    """Of a leg that rings; None where its user or domain is no more. `offered`: operations."""
    user, domain = registry.users.get(device.user), registry.domains.get(device.domain)
    if user is None or domain is None:
        return None
    who = _named(names, own, caller_in(call, own))
    match = None if who.party.restricted else who.match
    return Notice(
        leg=own.leg,
        device=device.id,
        state=CallState.RINGING,
        name=_short(who.name),
        number=display(who.number, domain) if who.number else None,
        company=_short("" if match is None else match.company),
        by=_by(names, registry, call, own, domain),
        culture=user.culture,
        operations=tuple(name for name in ACTIONS if name in offered),
    )


def _named(names: Names, own: Connection, party: Party) -> Named:
    hidden = party.restricted or party.number is None
    return Named(party, None if hidden else names.of(own.leg, party.number or ""))


def _by(
    names: Names, registry: Registry, call: Call, own: Connection, domain: Domain
) -> str | None:
    if call.queue is not None:
        row = registry.queue_at(call.link, call.queue.number or "")
        return _short(row.name if row is not None else call.queue.name or "")
    if own.via is None:
        return None
    by = _named(names, own, own.via.by)
    return _short(by.name or (display(by.number, domain) if by.number else ""))


def _short(text: str) -> str | None:
    return text[:LONGEST_TEXT] or None

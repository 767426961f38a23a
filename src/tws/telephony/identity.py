"""Whether what a PBX tells under a call's id is that call, or a later one that got the id. Pure.

A callID (ECMA-269 clause 12.3.9) is unique at one moment only: a PBX that was restarted gives it
anew, often to the same telephones. So after a link was down the call that is known and the one
that is heard of are compared by who is in them, who called, and how far they have come.

Two calls with the same id, of the same caller to the same other, that have come as far cannot be
told apart by this; nor can they by anything else that every PBX tells.
"""

from collections.abc import Iterable, Mapping
from enum import Enum, auto

from tws.telephony.event_reports import (
    CallEvent,
    ConnectionEvent,
    Delivered,
    Offered,
    Originated,
    ServiceInitiated,
)
from tws.telephony.model import (
    Call,
    Connection,
    ConnectionId,
    ConnectionState,
    DeviceId,
    Direction,
    Party,
    SnapshotConnection,
)

S = ConnectionState
Names = Mapping[str, str]
"From the device of somebody to the number that the others see, where that is another."
END = 7
"Digits of a number that are compared; with fewer it is one inside, and compared as it is."


class Verdict(Enum):
    SAME = auto()
    ANOTHER = auto()
    UNTOLD = auto()
    "Too little is said: nothing speaks against its being the same."


def shown(call: Call, device: DeviceId, found: SnapshotConnection) -> Verdict:
    """What a snapshot of `device` says of a call known by that id, in which it need not be."""
    if found.thread is not None:
        return Verdict.SAME if found.thread == call.thread else Verdict.ANOTHER
    if _went_back(call, device, found):
        return Verdict.ANOTHER
    there = {other: party for other, _, party in found.others}
    return _compared(call, (device,), there, found.calling, found.called)


def told(call: Call, event: CallEvent) -> Verdict:
    """What an event says of a call known by that id from before its device was monitored anew:
    whatever begins in it has begun since."""
    at = connection_of(event)
    if at is None:
        return Verdict.UNTOLD
    if event.thread is not None and event.thread == call.thread:
        return Verdict.SAME
    device = at.device
    own = call.connections.get(device)
    match event:
        case ServiceInitiated():
            return Verdict.ANOTHER
        case Originated() if own is None or own.state is not S.INITIATED:
            return Verdict.ANOTHER
        case Offered() | Delivered() if own is not None and _talked(call, own):
            return Verdict.ANOTHER
    party = getattr(event, "party", None)
    also = [event.last_redirection.number] if event.last_redirection else []
    if event.local not in (None, S.NULL):
        also.append(event.monitored)
    there = {device: party or Party(number=device)}
    return _compared(call, also, there, event.calling, event.called)


def connection_of(event: CallEvent) -> ConnectionId | None:
    """The connection that an event is about; None where it is about whole calls."""
    return event.connection if isinstance(event, ConnectionEvent) else None


def other_caller(call: Call, event: CallEvent) -> bool:
    """Whether an event of that id has a caller who was nobody in the call that had it."""
    caller = event.calling.number if event.calling else None
    there = {c.party.number or device for device, c in call.connections.items()}
    known = call.calling.number
    return None not in (caller, known) and caller not in {known, call.called.number, *there}


# ---------------------------------------------------------------- how far it has come


def _went_back(call: Call, device: DeviceId, found: SnapshotConnection) -> bool:
    """Whether somebody would have gone back from talking to ringing, or to dialling. Only who was
    on hold may ring again in the same call: to be recalled."""
    own = call.connections.get(device)
    if own is None:
        return False
    if found.state is S.INITIATED:
        rang = own.state is S.ALERTING and own.direction is Direction.INCOMING
        return rang or own.state in (S.CONNECTED, S.HOLD)
    if found.state is S.ALERTING and own.state is S.CONNECTED:
        return True
    return any(
        state is S.ALERTING and far is not None and _talked(call, far)
        for far, state in ((call.connections.get(d), state) for d, state, _ in found.others)
    )


def _talked(call: Call, one: Connection) -> bool:
    """Whether it was answered, and is talking. That a call has reached the network is no answer
    (NetworkReached), though its far end counts as connected: whoever called knows better."""
    if one.state is not S.CONNECTED or one.answered is None:
        return False
    callers = [c for c in call.connections.values() if c.direction is Direction.OUTGOING]
    return all(c.answered is not None for c in callers)


# ---------------------------------------------------------------- who is in it


def form(number: str) -> str:
    """As numbers are compared: a PBX may write one outside with a prefix in its events, and as an
    international one in its snapshots. Longer ones are the same where their ends are."""
    digits = "".join(filter(str.isdecimal, number))
    return digits[-END:] if len(digits) >= END else number


def _compared(
    call: Call,
    also: Iterable[str | None],
    there: Mapping[DeviceId, Party],
    calling: Party | None,
    called: Party | None,
) -> Verdict:
    """By who is in the call: `there` as devices of the call, `also` by device or number."""
    ours = _names({device: c.party for device, c in call.connections.items()})
    theirs = _names(there)

    def known(number: str | None) -> str | None:
        return number and form(ours.get(number) or theirs.get(number) or number)

    def heard(number: str | None) -> str | None:
        return number and form(theirs.get(number) or ours.get(number) or number)

    caller, target = known(call.calling.number), known(call.called.number)
    calls, dialled = (heard(one.number) if one else None for one in (calling, called))
    before = {known(c.party.number or device) for device, c in call.connections.items()}
    before |= {caller, target}
    now = {heard(party.number) for party in there.values()} | {heard(one) for one in also}
    now |= {calls, dialled}
    before -= {None}
    now -= {None}
    stayed = before & now
    if len(stayed) < 2 and before - now and now - before:
        return Verdict.ANOTHER
    if caller and calls and caller not in now and calls not in before:
        return Verdict.ANOTHER
    if caller and target and caller != target and (calls, dialled) == (target, caller):
        return Verdict.ANOTHER
    return Verdict.SAME if len(stayed) > 1 else Verdict.UNTOLD


def _names(there: Mapping[DeviceId, Party]) -> Names:
    return {
        device: party.number
        for device, party in there.items()
        if party.number is not None and party.number != device
    }

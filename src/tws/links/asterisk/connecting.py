"""The events of one connection: it is there, its state is another, it has been cleared."""

from collections.abc import Iterator
from dataclasses import replace

from tws.links.asterisk.calls import Part, Projected
from tws.links.asterisk.reasons import Reason, Reasons
from tws.telephony.event_reports import (
    CallEvent,
    CallInformation,
    ConnectionCleared,
    Delivered,
    Established,
    Failed,
    Held,
    NetworkReached,
    Originated,
    Queued,
    Retrieved,
    ServiceInitiated,
)
from tws.telephony.model import Cause, ConnectionId, ConnectionState, DeviceId, ThreadId

S = ConnectionState


class Connecting:
    """Tells of connections, with the reasons that are known."""

    def __init__(self, reasons: Reasons) -> None:
        self.reasons = reasons

    def new(self, call: Projected, part: Part) -> Iterator[CallEvent]:
        why = self._why(call, part)
        if part.state is S.QUEUED:
            why = self._why_waiting(call, part)
        rang = [uid for uid in part.channels if self.reasons.rang.pop(uid, None)]
        if part.state is S.CONNECTED and rang:  # it has answered before that could be told
            yield _event(call, replace(part, state=S.ALERTING), why, first=True)
        if part.state is S.CONNECTED and not part.calls:
            self._arrival_done(call)
        yield _event(call, part, why, first=True)

    def changed(self, call: Projected, old: Part, new: Part) -> Iterator[CallEvent]:
        if old.state is not new.state or old.reached != new.reached:
            operation = self.reasons.operation.get(call.id)
            begins = old.state is S.INITIATED and new.state is S.CONNECTED
            cause: str = Cause.NEW_CALL if begins else Cause.NORMAL
            cause = operation.cause if operation else cause
            yield _event(call, new, Reason(cause), first=False, held=old.state is S.HOLD)
            if new.state is S.CONNECTED and not new.calls:
                self._arrival_done(call)
        elif old.party != new.party and new.party.number is not None:
            yield CallInformation(
                connection=call.connection(new.device), party=new.party, thread=ThreadId(call.id)
            )

    def cleared(self, call: Projected, part: Part) -> ConnectionCleared:
        gone = self.reasons.of(self.reasons.gone, part.channels)
        cause = gone.cause if gone else Cause.NORMAL_CLEARING
        if part.state is S.ALERTING and cause == Cause.NORMAL_CLEARING:
            cause = Cause.CALL_CANCELLED
        return ConnectionCleared(
            connection=call.connection(part.device), cause=cause, thread=ThreadId(call.id)
        )

    def failed(self, call: Projected, reason: Reason) -> Failed:
        who = reason.by or call.called
        return Failed(
            connection=call.connection(DeviceId(who.number or "?")),
            cause=reason.cause,
            calling=call.calling,
            called=call.called,
            party=who,
            thread=ThreadId(call.id),
        )

    def _why(self, call: Projected, part: Part) -> Reason:
        """How a party that is called comes into the call."""
        if part.calls:
            return self.reasons.operation.get(call.id) or Reason(Cause.NEW_CALL)
        reasons = self.reasons
        if forwarded := reasons.of(reasons.forwarded, call.joined):
            return forwarded
        known = reasons.arriving.get(call.id) or reasons.operation.get(call.id)
        return known or Reason(Cause.NEW_CALL)

    def _why_waiting(self, call: Projected, part: Part) -> Reason:
        """A queue, or a park place."""
        slot = self.reasons.of(self.reasons.parked, call.joined)
        parked = slot is not None and slot.to == part.party
        return Reason(Cause.PARK if parked else Cause.ENTERING_DISTRIBUTION)

    def _arrival_done(self, call: Projected) -> None:
        """It has been answered: who comes next comes for another reason."""
        self.reasons.arriving.pop(call.id, None)
        for uid in call.joined:
            self.reasons.forwarded.pop(uid, None)


def _event(
    call: Projected, part: Part, why: Reason, *, first: bool, held: bool = False
) -> CallEvent:
    """A connection came into its present state."""
    connection: ConnectionId = call.connection(part.device)
    calling, called, thread = call.calling, call.called, ThreadId(call.id)
    cause, by = why.cause, None if part.calls else why.by
    match part.state:
        case S.INITIATED:
            return ServiceInitiated(
                connection=connection, cause=Cause.MAKE_CALL, calling=calling, thread=thread
            )
        case S.ALERTING:
            return Delivered(
                connection=connection,
                cause=cause,
                calling=calling,
                called=called,
                party=part.party,
                last_redirection=by,
                thread=thread,
            )
        case S.QUEUED:
            return Queued(
                connection=connection,
                cause=cause,
                calling=calling,
                called=called,
                party=part.party,
                thread=thread,
            )
        case S.HOLD:
            return Held(connection=connection, cause=cause, thread=thread)
        case S.CONNECTED if held:
            return Retrieved(connection=connection, cause=cause, thread=thread)
        case S.CONNECTED if part.calls:
            return Originated(
                connection=connection, cause=cause, calling=calling, called=called, thread=thread
            )
        case S.CONNECTED if part.reached:
            return NetworkReached(
                connection=connection,
                calling=calling,
                called=called,
                party=part.party,
                thread=thread,
            )
    return Established(
        connection=connection,
        cause=cause if not first or why.by else Cause.NORMAL,
        calling=calling,
        called=called,
        party=part.party,
        last_redirection=by,
        thread=thread,
    )

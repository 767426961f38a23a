"""Who leaves a call: by hanging up, by a transfer, a pickup, a forwarding, or reaching nobody."""

from collections.abc import Iterable, Iterator

from tws.links.asterisk.calls import Part, Projected
from tws.links.asterisk.connecting import Connecting
from tws.links.asterisk.reasons import FAILURES, Reason
from tws.telephony.event_reports import (
    CallEvent,
    ConnectionCleared,
    Diverted,
    Failed,
    Moved,
    Transferred,
)
from tws.telephony.model import Cause, ConnectionState, ThreadId

S = ConnectionState
MULTIPLE_ALERTING = "multipleAlerting"


class Leaving:
    """Tells of calls that are over, and of devices that are no longer in one that goes on."""

    def __init__(self, connecting: Connecting) -> None:
        self.connecting, self.reasons = connecting, connecting.reasons

    def over(self, call: Projected) -> Iterator[CallEvent]:
        if failure := self._failure(call):
            yield failure
        for part in self.by_departure(call.parts.values()):
            yield self.connecting.cleared(call, part)
        self.reasons.operation.pop(call.id, None)
        self.reasons.arriving.pop(call.id, None)

    def by_departure(self, parts: Iterable[Part]) -> list[Part]:
        """Who hung up first comes first."""
        first = [*self.reasons.left, *self.reasons.gone]
        order = {uid: n for n, uid in reversed(list(enumerate(first)))}
        last = len(first)
        return sorted(
            parts,
            key=lambda part: min((order.get(uid, last) for uid in part.channels), default=last),
        )

    def _failure(self, call: Projected) -> Failed | None:
        """A call that ends with its caller alone says why nobody was reached."""
        if any(not part.calls for part in call.parts.values()) or call.called.number is None:
            return None
        uids = [uid for part in call.parts.values() for uid in part.channels]
        told = self.reasons.of(self.reasons.failed, call.joined)
        gone = self.reasons.of(self.reasons.gone, uids)
        cause = gone.cause if gone and gone.cause in FAILURES else None
        if told is not None:  # unless it has been said when it happened
            return self.connecting.failed(call, told) if told.to is None else None
        return self.connecting.failed(call, Reason(cause, by=call.called)) if cause else None

    def found_nobody(self, call: Projected, joined: frozenset[str]) -> Iterator[CallEvent]:
        """The caller is alone: say once why."""
        for uid in joined:
            failed = self.reasons.failed.get(uid)
            if failed is not None and failed.to is None:
                self.reasons.failed[uid] = Reason(failed.cause, failed.by, to=failed.by)
                yield self.connecting.failed(call, failed)

    def left(self, old: Projected, new: Projected, part: Part) -> CallEvent:
        """One device is no longer in a call that goes on."""
        connection = old.connection(part.device)
        thread = ThreadId(new.id)
        reasons = self.reasons
        operation = reasons.operation.get(old.id)
        if transfer := reasons.of(reasons.transferred, part.channels):
            reasons.arriving[new.id] = Reason(transfer.cause, by=part.party)
            for uid in part.channels:
                reasons.transferred.pop(uid, None)
            return self._transferred_alone(old, new, part, transfer)
        if part.state is S.QUEUED and (why := self._unparked(old, new, part)):
            reasons.arriving[new.id] = Reason(why.cause, by=part.party)
            return Diverted(
                connection=connection, destination=why.to, cause=why.cause, thread=thread
            )
        if slot := reasons.of(reasons.parked, new.joined):
            return Diverted(connection=connection, destination=slot.to, cause=slot.cause)
        if part.state in (S.ALERTING, S.QUEUED):
            if goes := self._goes_on(new, part, operation):
                reasons.arriving[new.id] = Reason(goes.cause, by=part.party)
                return Diverted(
                    connection=connection,
                    destination=goes.to,
                    cause=goes.cause,
                    calling=new.calling,
                    called=new.called,
                    last_redirection=part.party,
                    thread=thread,
                )
            status = reasons.of(reasons.dial, part.channels)
            if status and status.cause in FAILURES:
                return self.connecting.failed(new, Reason(status.cause, by=part.party))
            if status:
                return ConnectionCleared(connection=connection, cause=status.cause, thread=thread)
        return self.connecting.cleared(old, part)

    def _unparked(self, old: Projected, new: Projected, place: Part) -> Reason | None:
        """Why nobody waits at a park place any more. Whoever fetched the call may be in it
        before that is told."""
        if told := self.reasons.of(self.reasons.unparked, new.joined):
            return told
        slot = self.reasons.of(self.reasons.parked, new.joined)
        if slot is None or slot.to != place.party:
            return None
        came = (part.party for device, part in new.parts.items() if device not in old.parts)
        return Reason(Cause.CALL_PICKUP, to=next(came, None))

    def _goes_on(self, new: Projected, part: Part, operation: Reason | None) -> Reason | None:
        """Why a ringing device, or a queue, lost a call that is still there."""
        reasons = self.reasons
        if picked := reasons.of(reasons.picked, part.channels):
            return picked
        forwarded = reasons.of(reasons.forwarded, new.joined)
        if forwarded and forwarded.by and forwarded.by.number == part.party.number:
            return forwarded
        if operation is not None and operation.to is not None:
            return operation
        others = [p for p in new.parts.values() if not p.calls]
        if part.state is S.QUEUED:
            return Reason(Cause.DISTRIBUTED, to=others[0].party) if others else None
        answered = next((p for p in others if p.state is S.CONNECTED), None)
        return Reason(MULTIPLE_ALERTING, to=answered.party) if answered else None

    def _transferred_alone(
        self, old: Projected, new: Projected, part: Part, transfer: Reason
    ) -> Transferred:
        return Transferred(
            primary=old.connection(part.device),
            transferring=part.party,
            transferred_to=transfer.to,
            cause=transfer.cause,
            thread=ThreadId(new.id),
            connections=tuple(
                Moved(new.connection(device), old.connection(device), other.party, other.state)
                for device, other in new.parts.items()
                if device in old.parts
            ),
        )

"""Events = the difference of two projections. What Asterisk said meanwhile gives only the causes.

The same function serves after every message and after everything has been read again, so a call
that is not in the second projection is over, however that came about.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tws.links.asterisk.calls import Part, Projected
from tws.links.asterisk.channel import Departed
from tws.links.asterisk.naming import DIALLED, cleared
from tws.telephony.events import (
    CallEvent,
    CallInformation,
    Conferenced,
    ConnectionCleared,
    Delivered,
    Diverted,
    Established,
    Failed,
    Held,
    Moved,
    NetworkReached,
    Originated,
    Queued,
    Retrieved,
    ServiceInitiated,
    Transferred,
)
from tws.telephony.model import (
    CallId,
    Cause,
    ConnectionId,
    ConnectionState,
    DeviceId,
    Party,
    ThreadId,
)

S = ConnectionState
REMEMBERED = 2_000
"Reasons kept: each is used within the second, or never."
FAILURES = frozenset(
    {
        Cause.BUSY,
        Cause.BLOCKED,
        Cause.DEST_NOT_OBTAINABLE,
        Cause.DEST_OUT_OF_ORDER,
        Cause.DO_NOT_DISTURB,
        Cause.NETWORK_CONGESTION,
        Cause.NUMBER_UNALLOCATED,
        Cause.TRUNKS_BUSY,
    }
)
MULTIPLE_ALERTING = "multipleAlerting"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is about to change: an ECMA-269 cause, who did it, where it goes."""

    cause: str
    by: Party | None = None
    to: Party | None = None


class _Recent(OrderedDict[str, Reason]):
    """A dictionary that forgets its oldest."""

    def __setitem__(self, key: str, value: Reason) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        while len(self) > REMEMBERED:
            self.popitem(last=False)


@dataclass(slots=True)
class Reasons:
    """What the messages said, by Uniqueid."""

    gone: _Recent = field(default_factory=_Recent)
    "A channel was hung up."
    left: _Recent = field(default_factory=_Recent)
    "A channel left its bridge: who does so first has hung up first."
    dial: _Recent = field(default_factory=_Recent)
    "A dial into this channel ended without an answer."
    transferred: _Recent = field(default_factory=_Recent)
    "This channel transferred its call."
    forwarded: _Recent = field(default_factory=_Recent)
    "The call of this calling channel goes on, `by` the device that it was for, `to` another."
    failed: _Recent = field(default_factory=_Recent)
    "The call of this calling channel found `by` busy or worse."
    picked: _Recent = field(default_factory=_Recent)
    "This ringing channel's call was answered elsewhere, at `to`."
    parked: _Recent = field(default_factory=_Recent)
    "This channel was parked, in `to`."
    operation: dict[CallId, Reason] = field(default_factory=dict)
    "What a command is doing to this call."
    arriving: dict[CallId, Reason] = field(default_factory=dict)
    "How the next party comes into this call."

    def departed(self, one: Departed) -> None:
        self.gone[one.channel.uid] = Reason(cleared(one.code))

    def of(self, table: _Recent, uids: Iterable[str]) -> Reason | None:
        return next((table[uid] for uid in uids if uid in table), None)


class Difference:
    """One comparison of the calls around a change."""

    def __init__(
        self,
        before: Mapping[CallId, Projected],
        after: Mapping[CallId, Projected],
        reasons: Reasons,
    ) -> None:
        self.before, self.after, self.reasons = before, after, reasons
        self.into = dict(self._merges())

    def events(self) -> Iterator[CallEvent]:
        for call_id, old in sorted(self.before.items(), key=lambda item: item[1].born):
            if call_id not in self.after and call_id not in self.into:
                yield from self._over(old)
        for call_id, new in sorted(self.after.items(), key=lambda item: item[1].born):
            merged = [self.before[old] for old, into in self.into.items() if into == call_id]
            present = self.before.get(call_id)
            if merged:
                yield from self._merged(new, present, merged)
            elif present is not None:
                yield from self._continued(present, new)
            else:
                yield from self._begun(new)

    def _merges(self) -> Iterator[tuple[CallId, CallId]]:
        """Calls that are gone, but brought somebody into another call.

        Who was in both already brings nobody: a phone that takes back its held call.
        """
        for call_id, old in self.before.items():
            if call_id in self.after:
                continue
            brought = {new.id: self._brought(old, new) for new in self.after.values()}
            best = max(brought, key=lambda new: brought[new], default=None)
            if best is not None and brought[best]:
                yield call_id, best

    def _brought(self, old: Projected, new: Projected) -> int:
        present = self.before.get(new.id)
        known = present.parts if present is not None else {}
        moved = (part for part in old.parts.values() if part.device not in known)
        return sum(
            not new.members.isdisjoint(part.channels)
            or (not part.calls and part.device in new.parts)  # rung again from there
            for part in moved
        )

    # ------------------------------------------------------------ whole calls

    def _begun(self, call: Projected) -> Iterator[CallEvent]:
        for part in sorted(call.parts.values(), key=lambda part: not part.calls):
            yield self._new(call, part)

    def _over(self, call: Projected) -> Iterator[CallEvent]:
        if failure := self._failure(call):
            yield failure
        for part in self._by_departure(call.parts.values()):
            yield self._cleared(call, part)
        self.reasons.operation.pop(call.id, None)
        self.reasons.arriving.pop(call.id, None)

    def _by_departure(self, parts: Iterable[Part]) -> list[Part]:
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
            return self._failed(call, told) if told.to is None else None
        return self._failed(call, Reason(cause, by=call.called)) if cause else None

    def _failed(self, call: Projected, reason: Reason) -> Failed:
        who = reason.by or call.called
        return Failed(
            connection=call.connection(DeviceId(who.number or "?")),
            cause=reason.cause,
            calling=call.calling,
            called=call.called,
            party=who,
            thread=ThreadId(call.id),
        )

    # ------------------------------------------------------------ one call goes on

    def _continued(self, old: Projected, new: Projected) -> Iterator[CallEvent]:
        gone = [part for device, part in old.parts.items() if device not in new.parts]
        for part in self._by_departure(gone):
            yield self._left(old, new, part)
        for device, part in new.parts.items():
            if device not in old.parts:
                yield self._new(new, part)
            elif old.parts[device] != part:
                yield from self._changed(new, old.parts[device], part)
        if all(part.calls for part in new.parts.values()):
            yield from self._found_nobody(new, old.joined | new.joined)

    def _found_nobody(self, call: Projected, joined: frozenset[str]) -> Iterator[CallEvent]:
        """The caller is alone: say once why."""
        for uid in joined:
            failed = self.reasons.failed.get(uid)
            if failed is not None and failed.to is None:
                self.reasons.failed[uid] = Reason(failed.cause, failed.by, to=failed.by)
                yield self._failed(call, failed)

    def _left(self, old: Projected, new: Projected, part: Part) -> CallEvent:
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
                return self._failed(new, Reason(status.cause, by=part.party))
            if status:
                return ConnectionCleared(connection=connection, cause=status.cause, thread=thread)
        return self._cleared(old, part)

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

    # ------------------------------------------------------------ two calls become one

    def _merged(
        self, new: Projected, present: Projected | None, merged: list[Projected]
    ) -> Iterator[CallEvent]:
        old = sorted([*([present] if present else []), *merged], key=lambda call: call.born)
        devices: dict[DeviceId, list[Projected]] = {}
        for call in old:
            for device in call.parts:
                devices.setdefault(device, []).append(call)
        middle = self._middle(devices, new)
        for call in old:
            for part in self._by_departure(call.parts.values()):
                if part.device not in new.parts and part.device != middle:
                    yield self._left(call, new, part)
        yield self._merge(new, old, devices, middle)
        known = {d: next(c.parts[d] for c in calls) for d, calls in devices.items()}
        for device, part in new.parts.items():
            if device not in known:
                yield self._new(new, part)

    def _middle(
        self, devices: Mapping[DeviceId, list[Projected]], new: Projected
    ) -> DeviceId | None:
        """Who was in both calls; if several were, who left."""
        both = [device for device, calls in devices.items() if len(calls) > 1]
        left = [device for device in both if device not in new.parts]
        return next(iter(left or both), None)

    def _merge(
        self,
        new: Projected,
        old: list[Projected],
        devices: Mapping[DeviceId, list[Projected]],
        middle: DeviceId | None,
    ) -> CallEvent:
        first, second = old[0], old[1] if len(old) > 1 else old[0]
        who = middle or next(iter(second.parts))
        moved = tuple(
            Moved(
                new.connection(device),
                devices[device][0].connection(device) if device in devices else None,
                part.party,
                part.state,
            )
            for device, part in new.parts.items()
            if device in devices
        )
        primary = first.connection(who if who in first.parts else next(iter(first.parts)))
        secondary = second.connection(who) if second is not first else None
        party = next(c.parts[who].party for c in old if who in c.parts)
        others = [d for d in second.parts if d not in (who, *first.parts)]
        target = second.parts[others[0]].party if others else None
        operation = self.reasons.operation.get(new.id)
        if middle is not None and middle not in new.parts:
            return Transferred(
                primary=primary,
                secondary=secondary,
                transferring=party,
                transferred_to=target,
                connections=moved,
                cause=Cause.TRANSFER,
                thread=ThreadId(new.id),
            )
        joined = Cause.CONFERENCE if middle is not None else Cause.CALL_PICKUP
        return Conferenced(
            primary=primary,
            secondary=secondary,
            conferencing=party,
            added=target or party,
            connections=moved,
            cause=operation.cause if operation else joined,
            thread=ThreadId(new.id),
        )

    # ------------------------------------------------------------ one connection

    def _cleared(self, call: Projected, part: Part) -> ConnectionCleared:
        gone = self.reasons.of(self.reasons.gone, part.channels)
        cause = gone.cause if gone else Cause.NORMAL_CLEARING
        if part.state is S.ALERTING and cause == Cause.NORMAL_CLEARING:
            cause = Cause.CALL_CANCELLED
        return ConnectionCleared(
            connection=call.connection(part.device), cause=cause, thread=ThreadId(call.id)
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

    def _arrival_done(self, call: Projected) -> None:
        """It has been answered: who comes next comes for another reason."""
        self.reasons.arriving.pop(call.id, None)
        for uid in call.joined:
            self.reasons.forwarded.pop(uid, None)

    def _new(self, call: Projected, part: Part) -> CallEvent:
        why = self._why(call, part)
        if part.state is S.CONNECTED and not part.calls:
            self._arrival_done(call)
        return _event(call, part, why, first=True)

    def _changed(self, call: Projected, old: Part, new: Part) -> Iterator[CallEvent]:
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
                cause=Cause.ENTERING_DISTRIBUTION,
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


def dial_reason(status: str) -> Reason:
    return Reason(DIALLED.get(status, Cause.CALL_CANCELLED))

"""Two calls that become one: a transfer, a conference, or a party that brings its own call."""

from collections.abc import Iterator, Mapping

from tws.links.asterisk.calls import Projected
from tws.links.asterisk.reasons import Reason
from tws.telephony.event_reports import Conferenced, Moved, Transferred
from tws.telephony.model import CallId, Cause, DeviceId, ThreadId

Calls = Mapping[CallId, Projected]


def merges(before: Calls, after: Calls) -> Iterator[tuple[CallId, CallId]]:
    """Calls that are gone, but brought somebody into another call.

    Who was in both already brings nobody: a phone that takes back its held call.
    """
    for call_id, old in before.items():
        if call_id in after:
            continue
        brought = {new.id: _brought(old, new, before.get(new.id)) for new in after.values()}
        best = max(brought, key=lambda new: brought[new], default=None)
        if best is not None and brought[best]:
            yield call_id, best


def _brought(old: Projected, new: Projected, present: Projected | None) -> int:
    known = present.parts if present is not None else {}
    moved = (part for part in old.parts.values() if part.device not in known)
    return sum(
        not new.members.isdisjoint(part.channels)
        or (not part.calls and part.device in new.parts)  # rung again from there
        for part in moved
    )


class Merging:
    """`old` calls, of which at least one was another, as the call `new`."""

    def __init__(self, old: list[Projected], new: Projected) -> None:
        self.old, self.new = sorted(old, key=lambda call: call.born), new
        self.devices: dict[DeviceId, list[Projected]] = {}
        "Who was there before, and in which calls."
        for call in self.old:
            for device in call.parts:
                self.devices.setdefault(device, []).append(call)
        self.middle = self._middle()

    def _middle(self) -> DeviceId | None:
        """Who was in both calls; if several were, who left."""
        both = [device for device, calls in self.devices.items() if len(calls) > 1]
        left = [device for device in both if device not in self.new.parts]
        return next(iter(left or both), None)

    def event(self, operation: Reason | None) -> Transferred | Conferenced:
        """`operation`: what a command is doing to the call."""
        new, middle = self.new, self.middle
        first, second = self.old[0], self.old[1] if len(self.old) > 1 else self.old[0]
        who = middle or next(iter(second.parts))
        primary = first.connection(who if who in first.parts else next(iter(first.parts)))
        secondary = second.connection(who) if second is not first else None
        party = next(c.parts[who].party for c in self.old if who in c.parts)
        others = [d for d in second.parts if d not in (who, *first.parts)]
        target = second.parts[others[0]].party if others else None
        if middle is not None and middle not in new.parts:
            return Transferred(
                primary=primary,
                secondary=secondary,
                transferring=party,
                transferred_to=target,
                connections=self._moved(),
                cause=Cause.TRANSFER,
                thread=ThreadId(new.id),
            )
        joined = Cause.CONFERENCE if middle is not None else Cause.CALL_PICKUP
        return Conferenced(
            primary=primary,
            secondary=secondary,
            conferencing=party,
            added=target or party,
            connections=self._moved(),
            cause=operation.cause if operation else joined,
            thread=ThreadId(new.id),
        )

    def _moved(self) -> tuple[Moved, ...]:
        return tuple(
            Moved(
                self.new.connection(device),
                self.devices[device][0].connection(device),
                part.party,
                part.state,
            )
            for device, part in self.new.parts.items()
            if device in self.devices
        )

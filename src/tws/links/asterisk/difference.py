"""Events = the difference of two projections. What Asterisk said meanwhile gives only the causes.

The same function serves after every message and after everything has been read again, so a call
that is not in the second projection is over, however that came about.
"""

from collections.abc import Iterator

from tws.links.asterisk.calls import Projected
from tws.links.asterisk.connecting import Connecting
from tws.links.asterisk.leaving import Leaving
from tws.links.asterisk.merging import Calls, Merging, merges
from tws.links.asterisk.reasons import Reasons
from tws.telephony.event_reports import CallEvent


class Difference:
    """One comparison of the calls around a change."""

    def __init__(self, before: Calls, after: Calls, reasons: Reasons) -> None:
        self.before, self.after, self.reasons = before, after, reasons
        self.into = dict(merges(before, after))
        self.connecting = Connecting(reasons)
        self.leaving = Leaving(self.connecting)

    def events(self) -> Iterator[CallEvent]:
        for call_id, old in sorted(self.before.items(), key=lambda item: item[1].born):
            if call_id not in self.after and call_id not in self.into:
                yield from self.leaving.over(old)
        for call_id, new in sorted(self.after.items(), key=lambda item: item[1].born):
            merged = [self.before[old] for old, into in self.into.items() if into == call_id]
            present = self.before.get(call_id)
            if merged:
                yield from self._merged(new, present, merged)
            elif present is not None:
                yield from self._continued(present, new)
            else:
                yield from self._begun(new)

    def _begun(self, call: Projected) -> Iterator[CallEvent]:
        for part in sorted(call.parts.values(), key=lambda part: not part.calls):
            yield from self.connecting.new(call, part)

    def _continued(self, old: Projected, new: Projected) -> Iterator[CallEvent]:
        gone = [part for device, part in old.parts.items() if device not in new.parts]
        for part in self.leaving.by_departure(gone):
            yield self.leaving.left(old, new, part)
        for device, part in new.parts.items():
            if device not in old.parts:
                yield from self.connecting.new(new, part)
            elif old.parts[device] != part:
                yield from self.connecting.changed(new, old.parts[device], part)
        if all(part.calls for part in new.parts.values()):
            yield from self.leaving.found_nobody(new, old.joined | new.joined)

    def _merged(
        self, new: Projected, present: Projected | None, merged: list[Projected]
    ) -> Iterator[CallEvent]:
        merging = Merging([*([present] if present else []), *merged], new)
        for call in merging.old:
            for part in self.leaving.by_departure(call.parts.values()):
                if part.device not in new.parts and part.device != merging.middle:
                    yield self.leaving.left(call, new, part)
        yield merging.event(self.reasons.operation.get(new.id))
        for device, part in new.parts.items():
            if device not in merging.devices:
                yield from self.connecting.new(new, part)

"""The open calls of a link that another process holds, as that one tells of them. Pure.

A copy of its call table that only repeats: what the owner says of a call takes the place of what
was known. A snapshot and the changes after it leave the same calls as the owner has.
"""

from collections.abc import Iterable

from tws.telephony.events import CallChanged
from tws.telephony.model import Call, DeviceId
from tws.telephony.open_calls import OpenCalls


class ToldCalls(OpenCalls):
    def begin(self, watched: Iterable[DeviceId], calls: Iterable[Call]) -> None:
        """What the owner has now; whatever was known before is forgotten."""
        for call in tuple(self.calls.values()):
            self._forget(call)
        self.calls.clear()
        self.watched = set(watched)
        for call in calls:
            self._hold(call)

    def take(self, change: CallChanged) -> None:
        """One step of one call: those that became part of it are known no more."""
        for id in (*change.replaces, change.call.id):
            if (before := self.calls.pop(id, None)) is not None:
                self._forget(before)
        if not change.call.over:
            self._hold(change.call)

    def unwatch(self, device: DeviceId) -> None:
        """Nothing more will be told of it; how its calls ended has been."""
        self.watched.discard(device)

    def _hold(self, call: Call) -> None:
        self.calls[call.id] = call
        self._index(None, call)

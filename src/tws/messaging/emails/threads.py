"""Which threads still have a call, as the PBXs tell it: between two members of a group a call
rings nobody, and goes on all the same."""

from collections import Counter

from tws.bus import Bus
from tws.telephony.events import CallChanged
from tws.telephony.model import CallId, LinkId, ThreadId


class Threads:
    def __init__(self, bus: Bus) -> None:
        self._calls: dict[tuple[LinkId, CallId], ThreadId] = {}
        self._open: Counter[ThreadId] = Counter()
        bus.follow(CallChanged, self._call_changed)

    def go_on(self, thread: ThreadId) -> bool:
        return thread in self._open

    def _call_changed(self, change: CallChanged) -> None:
        link, call = change.link, change.call
        for id in change.replaces:
            if id != call.id:
                self._leave(link, id)
        if call.over:
            self._leave(link, call.id)
        elif self._calls.get((link, call.id)) != call.thread:
            self._leave(link, call.id)
            self._calls[link, call.id] = call.thread
            self._open[call.thread] += 1

    def _leave(self, link: LinkId, call: CallId) -> None:
        thread = self._calls.pop((link, call), None)
        if thread is not None:
            self._open[thread] -= 1
            if not self._open[thread]:
                del self._open[thread]

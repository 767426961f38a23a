"""Which threads still have a call, as the PBXs tell it: between two members of a group a call
rings nobody, and goes on all the same."""

from collections.abc import Callable

from tws.bus import Bus
from tws.telephony.events import CallChanged
from tws.telephony.model import Call, CallId, LinkId, ThreadId

Find = Callable[[LinkId, CallId], Call | None]


class Threads:
    def __init__(self, bus: Bus, find: Find) -> None:
        """`find`: a call that a link has now; of one that is no more nobody tells the end."""
        self._find = find
        self._calls: dict[ThreadId, set[tuple[LinkId, CallId]]] = {}
        bus.follow(CallChanged, self._call_changed)

    def go_on(self, thread: ThreadId) -> bool:
        self._calls_of(thread)
        return thread in self._calls

    def forget_gone(self) -> None:
        for thread in list(self._calls):
            self._calls_of(thread)

    def _calls_of(self, thread: ThreadId) -> None:
        """Look which of them are still there, and of this thread."""
        for link, id in list(self._calls.get(thread, ())):
            call = self._find(link, id)
            if call is None or call.thread != thread:
                self._leave(thread, link, id)

    def _call_changed(self, change: CallChanged) -> None:
        call = change.call
        if call.over:
            self._leave(call.thread, change.link, call.id)
        else:
            self._calls.setdefault(call.thread, set()).add((change.link, call.id))

    def _leave(self, thread: ThreadId, link: LinkId, call: CallId) -> None:
        calls = self._calls.get(thread)
        if calls is not None:
            calls.discard((link, call))
            if not calls:
                del self._calls[thread]

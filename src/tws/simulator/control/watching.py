"""The PBX's state as a stream: everything once, then what changed, for the page and for tests."""

import asyncio
from collections.abc import AsyncIterator

import msgspec

from tws.simulator.control import view
from tws.simulator.control.traffic import Traffic
from tws.simulator.link.exchange import Exchange

GATHER = 0.03
"Seconds that changes are gathered before the next is sent."
IDLE = 15.0
"Seconds of silence after which a comment is sent, so that a dead connection is noticed."


class _Watcher:
    def __init__(self) -> None:
        self.changed: set[str] = set()
        self.woken = asyncio.Event()


class Watchers:
    def __init__(self, exchange: Exchange, traffic: Traffic) -> None:
        self._exchange = exchange
        self._traffic = traffic
        self._watchers: dict[_Watcher, None] = {}
        self._stopped = False

    def look(self) -> None:
        """Something may have changed."""
        changed = self._exchange.switch.changed()
        for watcher in self._watchers:
            watcher.changed |= changed
            watcher.woken.set()

    def stop(self) -> None:
        self._stopped = True
        for watcher in self._watchers:
            watcher.woken.set()

    async def stream(self) -> AsyncIterator[bytes]:
        """Server-sent events: `state` once, then `change`, alike but without what stayed."""
        watcher = _Watcher()
        self._watchers[watcher] = None
        try:
            yield _event("state", view.everything(self._exchange, self._traffic))
            told = view.summary(self._exchange, self._traffic)
            while not self._stopped:
                try:
                    await asyncio.wait_for(watcher.woken.wait(), IDLE)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                watcher.woken.clear()
                changed, watcher.changed = watcher.changed, set()
                summary = view.summary(self._exchange, self._traffic)
                if not changed and summary == told:
                    continue
                told = summary
                rooms = view.devices(self._exchange, changed)
                yield _event("change", {**rooms, "pbx": summary})
                await asyncio.sleep(GATHER)
        finally:
            del self._watchers[watcher]


def _event(name: str, data: view.Json) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + msgspec.json.encode(data) + b"\n\n"

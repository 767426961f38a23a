"""A page of somebody who has a telephone and watches colleagues: what it is told, read cheaply."""

import re
from typing import Protocol

from bench.pages import Watcher
from bench.soak.company import Seat

_OWN = re.compile(
    rb'"call/([^"]+)":\{"connection":"[^"]+","thread":"[^"]+","device":"[^"]+",'
    rb'"callId":"([^"]+)","state":"(\w+)"'
)
_GONE = re.compile(rb'"call/([^"]+)"')
_PRESENCE = re.compile(rb'"presence/([^"]+)":\{.*?"state":"(\w+)"')


class Told(Protocol):
    """Whoever collects what pages are told."""

    def call(self, seat: Seat, leg: str, call: str, state: str) -> None: ...

    def presence(self, seat: Seat, user: str, state: str) -> None: ...

    def lost(self, seat: Seat) -> None: ...


class Viewer(Watcher):
    """`again`: it takes the place of one that was lost, and tells what its snapshot shows."""

    def __init__(self, port: int, seat: Seat, told: Told, again: bool = False) -> None:
        super().__init__(port, seat.key, seat.watch, lambda user, state: None)
        self.seat = seat
        self._told, self._again = told, again
        self._calls: dict[bytes, bytes] = {}
        "Of its own legs: the PBX's call ids."

    def connection_lost(self, exc: Exception | None) -> None:
        was_ready = self.ready.done()
        super().connection_lost(exc)
        if was_ready:
            self._told.lost(self.seat)

    def _text(self, payload: bytes) -> None:
        self.frames += 1
        if not self.ready.done():
            self.ready.set_result(None)
            if self._again:
                self._changed(payload)
        elif payload.startswith(b'{"type":"change"'):
            self._changed(payload)

    def _changed(self, payload: bytes) -> None:
        for user, state in _PRESENCE.findall(payload):
            self._told.presence(self.seat, user.decode(), state.decode())
        if b'"call/' not in payload:
            return
        for leg, call, state in _OWN.findall(payload):
            self._calls[leg] = call
            self._told.call(self.seat, leg.decode(), call.decode(), state.decode())
        if (gone := payload.rfind(b'"gone"')) < 0:  # a snapshot
            return
        for leg in _GONE.findall(payload, gone):
            if (known := self._calls.pop(leg, None)) is not None:
                self._told.call(self.seat, leg.decode(), known.decode(), "null")

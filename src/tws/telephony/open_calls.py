"""The open calls of one link, and where each leg of our devices is. Pure.

A call is kept as long as one *watched* device (one of ours) has a connection in it: what happens
to parties that nobody watches may never be told to the end.
"""

from datetime import datetime

from msgspec.structs import replace

from tws.telephony.events import CallChanged, Ended
from tws.telephony.model import (
    Call,
    CallId,
    Connection,
    ConnectionId,
    DeviceId,
    LegId,
    LinkId,
    Party,
)


class OpenCalls:
    """What the call table holds; it changes by whole calls."""

    def __init__(self, link: LinkId) -> None:
        self.link = link
        self.calls: dict[CallId, Call] = {}
        self.watched: set[DeviceId] = set()
        self._of_device: dict[DeviceId, dict[CallId, None]] = {}
        self._legs: dict[LegId, ConnectionId] = {}
        self._handed_on: dict[DeviceId, dict[CallId, None]] = {}
        "What rings since one of our devices handed it on, by that device."

    # ------------------------------------------------------------ asking

    def of(self, device: DeviceId) -> list[Call]:
        """The calls in which `device` has a connection, oldest first."""
        if (ids := self._of_device.get(device)) is None:
            return []
        calls = [self.calls[call] for call in ids]
        if len(calls) > 1:
            calls.sort(key=lambda call: call.connections[device].created)
        return calls

    def handed_on(self, device: DeviceId) -> list[Call]:
        """The calls that `device` handed on by a single step, and that still ring there."""
        if (ids := self._handed_on.get(device)) is None:
            return []
        return [self.calls[call] for call in ids]

    def leg(self, leg: LegId) -> tuple[Call, Connection] | None:
        """A watched device's connection by its leg."""
        if (at := self._legs.get(leg)) is None:
            return None
        call = self.calls[at.call]
        return call, call.connections[at.device]

    def watch(self, device: DeviceId) -> None:
        """From now on `device` is ours, in the calls we know already too."""
        self.watched.add(device)
        for call in self.calls.values():
            if device in call.connections:
                self._index(call, call)

    # ------------------------------------------------------------ keeping

    def _drop(
        self, call: Call, device: DeviceId, cause: str, to: Party | None, at: datetime
    ) -> CallChanged | None:
        gone = call.connections[device]
        rest = {d: c for d, c in call.connections.items() if d != device}
        changes = self._put(
            call, replace(call, connections=rest), cause, at, (Ended(gone, cause, to),)
        )
        return changes[0] if changes else None

    def _put(
        self,
        before: Call | None,
        after: Call,
        cause: str,
        at: datetime,
        ended: tuple[Ended, ...] = (),
        replaces: tuple[CallId, ...] = (),
    ) -> list[CallChanged]:
        """Store a call's next value, or its end once none of our devices is in it."""
        stored = before is not None and before.id in self.calls
        ours = not self.watched.isdisjoint(after.connections)
        if not ours and after.connections:
            ended += tuple(Ended(c, cause) for c in after.connections.values())
            after = replace(after, connections={})
        if ended:
            ended = tuple(e for e in ended if e.connection.id.device in self.watched)
        if stored and before is not None:
            if after == before and not ended and not replaces:
                return []
            if before.id != after.id or not ours:
                self._forget(self.calls.pop(before.id))
                before = None
        elif not ours and not ended:
            return []
        if ours:
            self.calls[after.id] = after
            self._index(before if stored else None, after)
        return [
            CallChanged(
                link=self.link, call=after, at=at, cause=cause, ended=ended, replaces=replaces
            )
        ]

    def _index(self, before: Call | None, after: Call) -> None:
        """Where the legs of `after` are, which takes the place of `before` in the same call."""
        if before is not None:
            self._forget_handed_on(before)
            for device, connection in before.connections.items():
                new = after.connections.get(device)
                if new is None:
                    self._forget_device(device, before.id)
                if new is None or new.leg != connection.leg:
                    self._legs.pop(connection.leg, None)
        for device, connection in after.connections.items():
            if connection.via is not None and (by := connection.rings_for) is not None:
                self._handed_on.setdefault(by, {})[after.id] = None
            if device in self.watched:
                self._of_device.setdefault(device, {})[after.id] = None
                self._legs[connection.leg] = connection.id

    def _forget(self, call: Call) -> None:
        self._forget_handed_on(call)
        for device, connection in call.connections.items():
            self._legs.pop(connection.leg, None)
            self._forget_device(device, call.id)

    def _forget_handed_on(self, call: Call) -> None:
        if not self._handed_on:
            return
        for connection in call.connections.values():
            if (by := connection.rings_for) is not None:
                _drop_from(self._handed_on, by, call.id)

    def _forget_device(self, device: DeviceId, call: CallId) -> None:
        _drop_from(self._of_device, device, call)


def _drop_from(index: dict[DeviceId, dict[CallId, None]], device: DeviceId, call: CallId) -> None:
    if calls := index.get(device):
        calls.pop(call, None)
        if not calls:
            del index[device]

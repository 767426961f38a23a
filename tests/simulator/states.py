"""The simulator's state as its control port tells it, in types."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

import msgspec


class Party(msgspec.Struct, frozen=True):
    number: str
    name: str = ""
    restricted: bool = False


class Far(msgspec.Struct, frozen=True):
    """Another device in the same call."""

    device: str
    kind: str
    number: str
    name: str
    state: str


class CallState(msgspec.Struct, frozen=True, rename="camel"):
    """One call of a device. `state` is an ECMA-269 connection state."""

    call: str
    state: str
    since: float
    prompted: bool
    cause: str
    dialled: str
    silent: bool
    heard: str
    "Digits that the others sent."
    calling: Party | None
    called: Party | None
    last_redirection: Party | None
    conference: bool
    failure: str | None
    linkage: str
    others: tuple[Far, ...] = msgspec.field(name="with")


class Forwarding(msgspec.Struct, frozen=True):
    when: str
    origin: str
    active: bool
    destination: str
    seconds: float | None


class AgentState(msgspec.Struct, frozen=True, rename="camel"):
    logged_on: bool
    ready: bool


class PhoneState(msgspec.Struct, frozen=True, rename="camel"):
    number: str
    name: str
    site: str
    plugged: bool
    off_hook: bool
    ringing: bool
    display: tuple[str, str]
    messages: int
    lamp: bool
    do_not_disturb: bool
    forwardings: tuple[Forwarding, ...]
    agent: AgentState | None
    calls: tuple[CallState, ...]
    monitors: int

    @property
    def idle(self) -> bool:
        return not self.calls

    @property
    def states(self) -> tuple[str, ...]:
        """Of each call, oldest first: `("hold", "connected")`."""
        return tuple(call.state for call in self.calls)

    @property
    def talking_to(self) -> frozenset[str]:
        """Numbers at the other end of the call at the ear, where both sides talk."""
        return frozenset(
            far.number
            for call in self.calls
            if call.state == "connected"
            for far in call.others
            if far.state == "connected"
        )


class LineState(msgspec.Struct, frozen=True, rename="camel"):
    """An outside line, queue, park place or mail box."""

    number: str
    calls: tuple[CallState, ...]
    out_of_order: bool = False
    name: str = ""
    agents: tuple[str, ...] = ()


class TrafficState(msgspec.Struct, frozen=True, rename="camel"):
    calls_per_second: float
    running: int
    started: int
    skipped: int


class PbxState(msgspec.Struct, frozen=True, rename="camel"):
    name: str
    calls: int
    clients: int
    monitors: int
    monitor_limit: int
    counters: dict[str, int]
    traffic: TrafficState
    misbehaviour: dict[str, object]


class Told(msgspec.Struct, frozen=True, rename="camel"):
    """A `state` or `change` of the stream."""

    pbx: PbxState
    phones: dict[str, PhoneState] = {}
    lines: dict[str, LineState] = {}
    queues: dict[str, LineState] = {}
    park_places: dict[str, LineState] = {}
    mailboxes: dict[str, LineState] = {}


@dataclass(frozen=True, slots=True)
class State:
    pbx: PbxState
    phones: Mapping[str, PhoneState]
    lines: Mapping[str, LineState]
    queues: Mapping[str, LineState]
    park_places: Mapping[str, LineState]
    mailboxes: Mapping[str, LineState]

    @classmethod
    def of(cls, told: Told) -> Self:
        return cls(
            told.pbx, told.phones, told.lines, told.queues, told.park_places, told.mailboxes
        )

    def after(self, told: Told) -> Self:
        return replace(
            self,
            pbx=told.pbx,
            phones={**self.phones, **told.phones},
            lines={**self.lines, **told.lines},
            queues={**self.queues, **told.queues},
            park_places={**self.park_places, **told.park_places},
            mailboxes={**self.mailboxes, **told.mailboxes},
        )

"""What somebody began and has not ended: few of each address, not for long, each good once. In
memory, of all nodes: a restart ends it."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from tws.access.events import SignInBegun, SignInOver
from tws.bus import Bus

MOST = 10_000
MOST_OF_ADDRESS = 1_000
"Whoever begins more than that pushes out his own, and nobody else's."


class Begun(Protocol):
    @property
    def address(self) -> str: ...

    @property
    def begun(self) -> datetime: ...


B = TypeVar("B", bound=Begun)


@dataclass(frozen=True, slots=True)
class Everywhere(Generic[B]):
    """What is begun at one node is ended at any. `read`: None where it can be ended here by
    nobody."""

    bus: Bus
    kind: str
    write: Callable[[B], bytes]
    read: Callable[[bytes], B | None]


class Awaited(Generic[B]):
    """By a name of its own, the oldest first."""

    def __init__(self, lasts: timedelta, everywhere: Everywhere[B] | None = None) -> None:
        self._lasts = lasts
        self._everywhere = everywhere if everywhere and everywhere.bus.node else None
        if self._everywhere is not None:
            self._everywhere.bus.follow(SignInBegun, self._begun)
            self._everywhere.bus.follow(SignInOver, self._over)
        self._open: OrderedDict[str, B] = OrderedDict()
        self._of_address: Counter[str] = Counter()

    def __iter__(self) -> Iterator[B]:
        return iter(self._open.values())

    def add(self, name: str, one: B) -> None:
        self._add(name, one)
        self._tell(name, one)

    def _add(self, name: str, one: B) -> None:
        while self._open and not self.in_time(next(iter(self)), one.begun):
            self._drop(next(iter(self._open)))
        if self._of_address[one.address] >= MOST_OF_ADDRESS:
            self._drop(next(n for n, each in self._open.items() if each.address == one.address))
        elif len(self._open) >= MOST:
            self._drop(next(iter(self._open)))
        self._open[name] = one
        self._of_address[one.address] += 1

    def put_back(self, name: str, one: B) -> None:
        """One that was taken: its time goes on."""
        self._put_back(name, one)
        self._tell(name, one)

    def _put_back(self, name: str, one: B) -> None:
        self._open[name] = one
        self._open.move_to_end(name, last=False)
        self._of_address[one.address] += 1

    def get(self, name: str) -> B | None:
        """Whether or not it is in time."""
        return self._open.get(name)

    def in_time(self, one: B, now: datetime) -> bool:
        return now - one.begun <= self._lasts

    def drop(self, name: str) -> None:
        """It is over, if it is there."""
        self._drop(name)
        if self._everywhere is not None:
            bus, kind = self._everywhere.bus, self._everywhere.kind
            bus.publish(SignInOver(bus.node, kind, name))

    def _drop(self, name: str) -> None:
        one = self._open.pop(name, None)
        if one is None:
            return
        self._of_address[one.address] -= 1
        if not self._of_address[one.address]:
            del self._of_address[one.address]

    # ------------------------------------------------------------ of other nodes

    def _tell(self, name: str, one: B) -> None:
        if self._everywhere is not None:
            bus, kind = self._everywhere.bus, self._everywhere.kind
            bus.publish(SignInBegun(bus.node, kind, name, self._everywhere.write(one)))

    def _begun(self, told: SignInBegun) -> None:
        here = self._everywhere
        if here is None or told.kind != here.kind or told.node == here.bus.node:
            return
        self._drop(told.name)
        if (one := here.read(told.begun)) is not None:
            self._add(told.name, one)

    def _over(self, told: SignInOver) -> None:
        here = self._everywhere
        if here is not None and told.kind == here.kind and told.node != here.bus.node:
            self._drop(told.name)

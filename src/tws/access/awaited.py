"""What somebody began and has not ended: few of each address, not for long, each good once. In
memory: a restart ends it."""

from collections import Counter, OrderedDict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

MOST = 10_000
MOST_OF_ADDRESS = 1_000
"Whoever begins more than that pushes out his own, and nobody else's."


class Begun(Protocol):
    @property
    def address(self) -> str: ...

    @property
    def begun(self) -> datetime: ...


B = TypeVar("B", bound=Begun)


class Awaited(Generic[B]):
    """By a name of its own, the oldest first."""

    def __init__(self, lasts: timedelta) -> None:
        self._lasts = lasts
        self._open: OrderedDict[str, B] = OrderedDict()
        self._of_address: Counter[str] = Counter()

    def __iter__(self) -> Iterator[B]:
        return iter(self._open.values())

    def add(self, name: str, one: B) -> None:
        while self._open and not self.in_time(next(iter(self)), one.begun):
            self.drop(next(iter(self._open)))
        if self._of_address[one.address] >= MOST_OF_ADDRESS:
            self.drop(next(n for n, each in self._open.items() if each.address == one.address))
        elif len(self._open) >= MOST:
            self.drop(next(iter(self._open)))
        self._open[name] = one
        self._of_address[one.address] += 1

    def put_back(self, name: str, one: B) -> None:
        """One that was taken: its time goes on."""
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
        one = self._open.pop(name, None)
        if one is None:
            return
        self._of_address[one.address] -= 1
        if not self._of_address[one.address]:
            del self._of_address[one.address]

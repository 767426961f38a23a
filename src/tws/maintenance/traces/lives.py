"""What became of the calls of a trace, and where two accounts of them part."""

from collections.abc import Iterator, Sequence

from tws.maintenance.traces.model import CallLife, Difference, LegState, Step
from tws.maintenance.traces.words import said
from tws.telephony.events import CallChanged
from tws.telephony.model import CallId

MOST_CALLS = 10_000


class Lives:
    """What became of calls: their ids differ from run to run, their order does not."""

    def __init__(self) -> None:
        self._numbers: dict[CallId, int] = {}
        self.count = 0
        self.calls: dict[int, CallLife] = {}

    def take(self, change: CallChanged) -> None:
        call = change.call
        for gone in change.replaces:
            self._numbers.pop(gone, None)
        if call.id not in self._numbers:
            self.count += 1
            self._numbers[call.id] = self.count
        number = self._numbers[call.id]
        if call.over:
            del self._numbers[call.id]  # ids are used again
        if number <= MOST_CALLS:
            self.calls.setdefault(number, CallLife(number, [])).steps.append(_step(change))


def _step(change: CallChanged) -> Step:
    legs = [
        LegState(one.id.device, one.state, one.direction, one.party.number)
        for one in change.call.connections.values()
    ]
    ended = [(str(one.connection.id.device), one.cause) for one in change.ended]
    return Step(change.at, change.cause, tuple(sorted(legs, key=_device)), tuple(sorted(ended)))


def _device(leg: LegState) -> str:
    return leg.device


def differences(then: dict[int, CallLife], now: dict[int, CallLife]) -> Iterator[Difference]:
    """The first step of each call at which they part."""
    for number in sorted({*then, *now}):
        recorded = then[number].steps if number in then else []
        replayed = now[number].steps if number in now else []
        for step in range(max(len(recorded), len(replayed))):
            one, other = _at(recorded, step), _at(replayed, step)
            if said(one) != said(other):
                yield Difference(number, step + 1, one, other)
                break


def _at(steps: Sequence[Step], number: int) -> Step | None:
    return steps[number] if number < len(steps) else None

"""The steps of connections, as the PBXs tell them to whoever measures: lines of
`seconds device call state`, the seconds of the machine's monotonic clock. Pure.

A transfer or a conference gives connections another call id: `moved` is the state of the old one
then, and nobody is told that it ends.
"""

from collections.abc import Iterator

from tws.simulator.switching.facts import CallFact, Event
from tws.simulator.switching.model import State

MOVED = "moved"


def lines_of(fact: CallFact, at: float) -> Iterator[str]:
    for device, call, state in _steps(fact):
        yield f"{at} {device} {call} {state}\n"


def _steps(fact: CallFact) -> Iterator[tuple[str, str, str]]:
    if fact.event not in (Event.TRANSFERRED, Event.CONFERENCED):
        for device, state in fact.heard.items():
            yield device, fact.connection.call, state.value
        return
    now = fact.joined[0].new.call
    for device, state in fact.heard.items():
        before = _before(fact, device)
        if state is State.NULL:
            for call in before:
                yield device, call, state.value
            continue
        for call in before:
            if call != now:
                yield device, call, MOVED
        yield device, now, state.value


def _before(fact: CallFact, device: str) -> list[str]:
    """The call ids of its connections until now."""
    olds = [one.old for one in fact.joined if one.new.device == device]
    olds += [fact.connection, fact.secondary]
    return list(dict.fromkeys(old.call for old in olds if old and old.device == device))

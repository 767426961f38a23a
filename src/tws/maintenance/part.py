"""A part of the server: what it is called, what it needs, and how it is started and stopped."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tws.sentences import Sentence

PREFIXES = ("TWS$TWS_", "TWS4$TWS_")
"The guide writes both, of the same services (3.3.8)."


class PartState(StrEnum):
    RUNNING = "running"
    STOPPED = "stopped"
    FAILED = "failed"
    "It runs, or should, and does not do its work."
    ELSEWHERE = "elsewhere"
    "Another node of this server does it."
    ABSENT = "absent"
    "The guide has it; this version does not."


@dataclass(frozen=True, slots=True)
class Condition:
    state: PartState
    why: Sentence | None = None
    "Of what does not run as it should."


def _always() -> bool:
    return True


async def _nothing() -> None:
    """It runs with the server."""


Work = Callable[[], Coroutine[Any, Any, None]]


async def _well() -> Sentence | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """`services`: of the guide, without their prefix. `needs`: names of parts before it."""

    name: str
    services: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    runs: Callable[[], bool] = _always
    start: Work = _nothing
    stop: Work | None = None
    "None = it cannot be stopped while the server runs."
    jobs: tuple[str, ...] = ()
    "Names of its jobs of the schedule: one that fails is its failure."
    rest: bool = False
    "The jobs that are no other part's are its."
    once: bool = False
    "One node of a server does it for all."
    trouble: Callable[[], Awaitable[Sentence | None]] = _well
    "Why it does not do its work, although it runs."

    @property
    def aliases(self) -> tuple[str, ...]:
        return aliases(self.services)


def aliases(services: Sequence[str]) -> tuple[str, ...]:
    return tuple(prefix + service for service in services for prefix in PREFIXES)


def needed_by(parts: Sequence[Part], name: str) -> list[str]:
    """The parts that need this one, directly or not, in the order of the list."""
    found = {name}
    for part in parts:
        if found & set(part.needs):
            found.add(part.name)
    return [part.name for part in parts if part.name in found and part.name != name]


def needs_of(parts: Sequence[Part], name: str) -> list[str]:
    """The parts that this one needs, directly or not, in the order of the list."""
    found = {name}
    for part in reversed(parts):
        if part.name in found:
            found.update(part.needs)
    return [part.name for part in parts if part.name in found and part.name != name]


def in_order(parts: Sequence[Part]) -> bool:
    """Whether each stands behind what it needs, by a name of its own."""
    known: set[str] = set()
    for part in parts:
        if part.name in known or not known.issuperset(part.needs):
            return False
        known.add(part.name)
    return True

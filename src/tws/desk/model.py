"""Which helpers there are, what they are told, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from tws.organisation.actor import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What one helper is told to start."""

    id: str
    command: tuple[str, ...]
    "The program, by its full path, and each of its arguments."


class RunOutcome(StrEnum):
    """What became of an order, as the helper says."""

    STARTED = "started"
    NOT_ALLOWED = "notAllowedHere"
    "Whoever sits there has not said yes to this program."
    NOT_FOUND = "programNotFound"
    FAILED = "notStarted"
    "The computer would not start it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """One that is connected."""

    id: str
    "Of its stream."
    user: UserId
    session: str
    "Row id of its key: who reports what became of an order shows the same."
    computer: str
    "What it calls the computer it runs on."
    address: str
    "From where it comes."
    tell: Callable[[Order], None]


class HelperThere(Struct, frozen=True):
    """One, as every node knows it."""

    id: str
    session: str
    computer: str
    address: str
    came: datetime


@dataclass(frozen=True, slots=True)
class Ran:
    outcome: RunOutcome
    computer: str


@dataclass(frozen=True, slots=True)
class Grabbed:
    """Which keys a helper holds."""

    selected: str
    "That which calls the selected number, as `Ctrl+F12`; empty: none."
    numbers: tuple[int, ...]
    "n of each Ctrl+Fn that calls a chosen number."

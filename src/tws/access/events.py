"""What happened to sessions and API keys, published after the commit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct

from tws.access.model import ApiKey, HeldKey, Session


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """What was opened with this session or API key must be closed now."""

    session: str


@dataclass(frozen=True, slots=True)
class SessionStarted:
    session: Session


@dataclass(frozen=True, slots=True)
class TryRefused:
    """Somebody tried to sign in, with what is wrong, or once more too early."""

    account: str
    "Its id, or how somebody is called who is not there."
    address: str
    "From which; empty where it does not matter."
    locked: bool
    "It came too early: the account waits, for that address."


@dataclass(frozen=True, slots=True)
class ApiKeyCreated:
    held: HeldKey


@dataclass(frozen=True, slots=True)
class ApiKeyRevoked:
    key: ApiKey


@dataclass(frozen=True, slots=True)
class UsesNoted:
    """When sessions and keys were last used, by their ids, as it was written down."""

    seen: Mapping[str, datetime]


class SignInBegun(Struct, frozen=True):
    """What was begun at that node may be ended at any."""

    node: str
    kind: str
    name: str
    begun: bytes
    "As whoever waits for it writes it."


class SignInOver(Struct, frozen=True):
    node: str
    kind: str
    name: str


class TryNoted(Struct, frozen=True):
    """A try was looked at: by that mark one account, as a rule from one address."""

    node: str
    who: int
    right: bool
    "What failed before counts no more."
    at: datetime


class GuessNoted(Struct, frozen=True):
    """The same of a password that may be guessed wide, by the marks of its account and of where it
    came from."""

    node: str
    account: int
    source: int
    right: bool
    home: int
    "The mark of the two, who are at home there; 0: they are not known to be."
    at: datetime


class TriesKnown(Struct, frozen=True):
    """A part of what a node knows of tries, by marks."""

    node: str
    kind: str
    facts: tuple[tuple[int, int, datetime], ...]
    "Whose, with whom or how often, and when last."

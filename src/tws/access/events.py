"""What happened to sessions and API keys, published after the commit."""

from collections.abc import Hashable
from dataclasses import dataclass

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

    who: Hashable
    "The account, and the address from which."
    locked: bool
    "It came too early: the account waits, for that address."


@dataclass(frozen=True, slots=True)
class ApiKeyCreated:
    held: HeldKey


@dataclass(frozen=True, slots=True)
class ApiKeyRevoked:
    key: ApiKey

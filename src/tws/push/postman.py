"""What carries a message to a browser: a window of the wall to other products."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tws.push.model import Target


@dataclass(frozen=True, slots=True)
class Letter:
    """RFC 8030, 5: what is sent, and how long it is worth anything."""

    body: bytes
    "Not encrypted yet; at most `LARGEST` bytes."
    ttl: int
    "Seconds that the push service keeps it for a browser that is away."
    topic: str
    "It takes the place of one of the same topic that was not delivered yet (5.4)."


LARGEST = 3000
"Bytes: push services take 4096, of which encryption needs some (RFC 8030, 7.2; RFC 8291, 4)."


class PushError(Exception):
    """The words are for the log, and name nobody."""


class Gone(PushError):
    """The browser takes nothing more: its subscription is worth nothing (RFC 8030, 7.3)."""


class Later(PushError):
    """The push service may take it when it is asked again; `after` so many seconds, where it says
    so."""

    def __init__(self, words: str, after: float = 0.0) -> None:
        super().__init__(words)
        self.after = after


class NotTaken(PushError):
    """It is not taken, whenever it is sent."""


class Postman(Protocol):
    async def post(self, target: Target, private_key: str, letter: Letter) -> None:
        """Encrypted for that browser (RFC 8291), in our name (RFC 8292). Raises PushError."""

    async def close(self) -> None: ...


MakePostman = Callable[[str, bool], Postman]
"By what push services find us; whether those of this machine and its network are written to."

"""Where nodes write down who does what: a few keys, each with one holder, that fade unless they
are written again in time. An interface; `cluster.nats` is the one there is."""

from collections.abc import Mapping
from typing import Protocol


class BoardError(Exception):
    """Who does what is not known now."""


class Taken(BoardError):
    """Somebody else has written there meanwhile."""


class NameInUse(BoardError, OSError):
    """Another process is this node."""


class Unreachable(BoardError, OSError):
    """It cannot be asked now; whether it was written is not known."""


class Board(Protocol):
    """A revision is the number of a writing: it only grows, and names what is replaced."""

    async def entries(self) -> Mapping[str, str]:
        """All that stands there now: key -> who holds it. Unreachable."""

    async def entry(self, key: str) -> tuple[str, int] | None:
        """Who holds it, and its revision; None: nobody. Unreachable."""

    async def create(self, key: str, holder: str) -> int:
        """Take what nobody holds; its revision. Taken, Unreachable."""

    async def renew(self, key: str, holder: str, revision: int) -> int:
        """Go on holding it; the new revision. Taken where it faded or is another's,
        Unreachable."""

    async def give_back(self, key: str, revision: int) -> None:
        """Let others have it at once. Taken, Unreachable."""

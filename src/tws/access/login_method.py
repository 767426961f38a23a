"""What a way of signing in is: from what somebody shows to whose it is, or why it is nobody's.

Which of them count for a user is said by his parameter `AuthMethods` (6.1); whether he may sign in
at all, and what a session is, is this room's business.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

from tws.access.model import Owner
from tws.organisation.model import User
from tws.organisation.parameters.explaining import Parameters
from tws.sentences import Sentence
from tws.storage import Transaction

REFUSED = "Name or password refused. (If your name exists in several companies, give yours.)"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody shows who says who he is."""

    username: str
    password: str = field(default="", repr=False)
    company: str | None = None
    "Needed where several have a user of that name."
    address: str = ""
    "Where they come from: an IP address."
    code: str | None = field(default=None, repr=False)
    "Of the second factor."


class Verified(Protocol):
    """Whose the credentials are."""

    @property
    def owner(self) -> Owner: ...

    async def confirm(self, tx: Transaction) -> None:
        """In the transaction that starts the session; LoginRefused where it is no longer so."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom another system knows: nothing here could have changed meanwhile."""

    owner: Owner

    async def confirm(self, tx: Transaction) -> None:
        pass


class LoginMethod(Protocol):
    """Whether whoever says he is a user is that user."""

    async def verify(self, user: User | None, shown: Credentials) -> Verified:
        """`user`: whose the name is; None = nobody's, for whom it looks as long, that the time it
        takes tells nobody who exists. LoginRefused: not he; Unavailable, TooMany or
        StorageUnavailable: nobody looked.

        Who asks slows down whoever tries again and again.
        """


@dataclass(frozen=True, slots=True)
class Reached:
    """Whether a product by which people sign in answers, for administrators."""

    well: bool
    said: Sentence


@runtime_checkable
class Reachable(Protocol):
    """A way of signing in that asks something of others, which may be away."""

    def place(self, user: User) -> Hashable | None:
        """What is asked of that user's password: users who share it are asked for once. None:
        nothing is set."""

    async def reach(self, user: User) -> tuple[Reached, ...]:
        """Whether each that would be asked answers, within some seconds; no password is shown."""


MakeMethod = Callable[[Parameters, Path], LoginMethod]
"""A method of another product reads what it needs from the parameters of whoever signs in, and
from the files of companies, which lie in a folder each."""

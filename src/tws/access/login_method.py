"""What a way of signing in is: from what somebody shows to whose it is, or why it is nobody's.

Whether that user may sign in at all, and what a session is, is this room's business.
"""

from dataclasses import dataclass, field
from typing import Protocol

from tws.access.model import Owner
from tws.storage import Transaction

REFUSED = "Name or password refused. (If your name exists in several companies, give yours.)"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody shows who signs in."""

    username: str
    password: str = field(repr=False)
    company: str | None = None
    "Needed where several have a user of that name."


class Verified(Protocol):
    """Whose the credentials are."""

    @property
    def owner(self) -> Owner: ...

    async def confirm(self, tx: Transaction) -> None:
        """In the transaction that starts the session; LoginRefused where it is no longer so."""


class LoginMethod(Protocol):
    async def verify(self, shown: Credentials, address: str) -> Verified:
        """LoginRefused says why they are nobody's; Unavailable, TooMany or StorageUnavailable that
        nobody looked. `address`: where they come from. How long it takes tells nobody who exists.

        Who asks slows down whoever tries again and again."""

"""What a network outside is: one connection for one account, and what is heard by it.

Whoever makes a connection tells a `Hearer` what comes, in the order in which it came, and raises
nothing of what the other side sent. How often one is made is this room's business.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from tws.messaging.external.model import Availability, OpenedAccount
from tws.sources.errors import ConnectorError


class Listed(Struct, frozen=True):
    """Somebody is in the account's list of contacts, which is kept by the server (RFC 6121, 2)."""

    address: str
    name: str
    shown: bool
    "Whether the account sees how he is."
    asked: bool


class Unlisted(Struct, frozen=True):
    """He is in it no more."""

    address: str


class Available(Struct, frozen=True):
    address: str
    availability: Availability


class Asks(Struct, frozen=True):
    """Somebody asks to see how the account's owner is (RFC 6121, 3.1)."""

    address: str


class Arrived(Struct, frozen=True):
    """A message of somebody; `own`: of the account's owner, by another program (XEP-0280)."""

    address: str
    program: str
    "The address of the one program of his that wrote it: what is refused goes back there."
    id: str
    "Of its sender; may be empty."
    text: str
    sent: datetime
    delayed: bool
    "The server had kept it (XEP-0203)."
    receipt: bool
    "Its sender wants to know that it came (XEP-0184)."
    own: bool = False


class Taken(Struct, frozen=True):
    """The server has what was sent (XEP-0198)."""

    address: str
    id: str


class Delivered(Struct, frozen=True):
    """A program of the other has it (XEP-0184)."""

    address: str
    id: str


class Displayed(Struct, frozen=True):
    """It was read, and all before it (XEP-0333); `own`: by the account's owner."""

    address: str
    id: str
    own: bool = False


class Returned(Struct, frozen=True):
    """It came back: nobody takes it."""

    address: str
    id: str


class Composing(Struct, frozen=True):
    """Somebody is writing (XEP-0085)."""

    address: str


class Until(Struct, frozen=True):
    """All that was heard before this is to be kept before the server is told that it came."""

    kept: Callable[[], None]


Heard = (
    Listed
    | Unlisted
    | Available
    | Asks
    | Arrived
    | Taken
    | Delivered
    | Displayed
    | Returned
    | Composing
    | Until
)


class Hearer(Protocol):
    def connected(self) -> None:
        """What is sent from now on leaves."""

    def lost(self, why: ConnectorError) -> None:
        """There is no connection, or no more; told once. `Unreachable`: trying again may help."""

    def hear(self, what: Heard) -> None: ...


class Line(Protocol):
    """One connection, from its beginning to its end; there is another one for another try."""

    def pause(self) -> None:
        """Read no more until `resume`: there is more than can be taken."""

    def resume(self) -> None: ...

    def send(self, to: str, id: str, text: str) -> None:
        """`Taken` follows, or the connection is lost."""

    def refuse(self, to: str, id: str, words: str) -> None:
        """A message that came is not taken: its sender is told."""

    def tell_received(self, to: str, id: str) -> None: ...

    def tell_typing(self, to: str) -> None: ...

    def tell_read(self, to: str, id: str) -> None: ...

    def add(self, address: str, name: str) -> None:
        """Into the list of contacts, and ask to see how he is."""

    def remove(self, address: str) -> None: ...

    def tell_here(self, here: bool) -> None:
        """Whether the account's owner looks at a page now."""

    def answer(self, address: str, yes: bool) -> None:
        """Whether he may see how the account's owner is."""

    def close(self) -> None:
        """Nothing is told any more."""

    async def closed(self) -> None:
        """Until it is closed: a few seconds at most."""


Dial = Callable[[OpenedAccount, Hearer], Line]
"Begins a connection at once, and raises nothing but `NotInstalled`."

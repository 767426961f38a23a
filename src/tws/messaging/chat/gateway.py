"""What a gateway to another network is: how messages leave to people who are no colleagues.

What comes in is given to `tws.messaging.chat.carried`.
"""

from typing import Protocol

from tws.messaging.chat.model import ChatMessage
from tws.messaging.party import PartyKind
from tws.organisation.actor import UserId


class Gateway(Protocol):
    @property
    def kind(self) -> PartyKind:
        """Of the parties beyond it."""

    def knows(self, user: UserId, id: str) -> bool:
        """Whether the user may write to that party now."""

    def has(self, id: str) -> bool:
        """Whether there is such a party, whoever may write to it."""

    def name(self, id: str) -> str:
        """What it is called; "" where there is none."""

    def refuse_undelivered(self, user: UserId, kept: bool) -> None:
        """Conflict where a message cannot leave, and, unless it is `kept`, cannot wait."""

    def send(self, user: UserId, message: ChatMessage) -> None:
        """It leaves, or waits until it can."""

    def tell_typing(self, user: UserId, id: str) -> None:
        """That he writes to that party, if the network is there."""

    def tell_read(self, user: UserId, id: str, message: ChatMessage) -> None:
        """That he has read what that party wrote, up to this message."""

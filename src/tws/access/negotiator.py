"""What reads the ticket that a browser or a program shows of its own accord (RFC 4559): whose it
is, as a domain says that everybody here trusts."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tws.organisation.actor import UserId
from tws.sentences import Sentence

NEGOTIATE, NTLM = "Negotiate", "NTLM"
"Schemes of HTTP."


class TicketRefused(Exception):
    """It is nobody's; the words are for the log and for administrators."""


class MoreAsked(Exception):
    """Nobody is known yet: the other side shows something more, on the same connection."""

    def __init__(self, answer: bytes) -> None:
        super().__init__()
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Proven:
    """Who showed it."""

    account: str
    "As the domain calls them."
    realm: str
    answer: bytes
    "By which the other side knows us."
    user: UserId | None = None
    "Where what is kept of that user proved it."


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether tickets can be read, for administrators."""

    well: bool
    said: Sentence
    refused: Sentence | None = None
    "The last that was, and why."
    clock: bool = False
    "Whether that was because two clocks differ."


class Negotiator(Protocol):
    @property
    def schemes(self) -> tuple[str, ...]:
        """Of HTTP, in which something can be shown."""

    async def verify(self, token: bytes, connection: str, address: str) -> Proven:
        """`connection`: the one by which it came, where its next message would come too; empty
        where that is not known. TicketRefused, MoreAsked; Unavailable, TooMany: nobody looked."""

    def standing(self) -> Standing:
        """Looked at now."""

    def close(self) -> None:
        """Whatever has begun is over."""


class MakeNegotiator(Protocol):
    def __call__(self, keytab: Path | None, ntlm_auth: Path | None) -> Negotiator: ...

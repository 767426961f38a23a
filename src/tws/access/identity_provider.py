"""What a provider of identities is: whoever signed in there is known here by what it says of him
(OpenID Connect Core 1.0).

Its words come by way of a browser that may be anybody's; what is believed is said by whoever
implements this.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from tws.sentences import Words, said


class Failure(StrEnum):
    """Why nobody came in: for the page, which says it in words."""

    LATE = "late"
    "Begun too long ago, in another browser, or over already."
    REFUSED = "refusedThere"
    "By the provider, or by whoever sat before its page."
    AWAY = "providerAway"
    "It cannot be asked, or TWS is not well known to it."
    UNTRUSTED = "untrusted"
    "What it answers cannot be believed."
    UNKNOWN = "unknownUser"
    METHOD = "methodNotAllowed"
    DISABLED = "accountDisabled"
    NOT_GRANTED = "applicationNotGranted"
    SECOND_FACTOR = "secondFactorNeeded"
    BUSY = "unavailable"


class NotIdentified(Exception):
    """The words are for the log, and for administrators: the page has its own."""

    def __init__(self, failure: Failure, words: Words) -> None:
        super().__init__(str(words))
        self.failure, self.said = failure, said(words)


@dataclass(frozen=True, slots=True)
class Client:
    """What TWS is to a provider."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    "Empty: a public client."
    scopes: str
    claims: frozenset[str]
    "What is to be known of people."


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser was sent to a provider with; the answer must fit it."""

    address: str = field(repr=False)
    "Where it was sent."
    callback: str
    "Where it comes back."
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    "Of RFC 7636."


class IdentityProvider(Protocol):
    async def begin(self, client: Client, callback: str) -> Asked:
        """Where somebody signs in who shall come back to `callback`. NotIdentified."""

    async def finish(
        self, client: Client, asked: Asked, answer: Mapping[str, str]
    ) -> Mapping[str, object]:
        """The claims about whoever came back with `answer`, which are true. NotIdentified."""

    async def reach(self, client: Client) -> int:
        """What it says of itself is fetched anew, and its keys: how many. NotIdentified."""


MakeProvider = Callable[[], IdentityProvider]

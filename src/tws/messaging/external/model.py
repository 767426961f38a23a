"""A user's account with a network outside, whom he knows there, and how both are."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from msgspec import Struct

from tws.organisation.actor import CompanyId, UserId
from tws.sentences import NOTHING, Sentence

ContactId = NewType("ContactId", str)
LONGEST_ADDRESS = 320
"Characters of an address. RFC 7622 allows 2047; no program that people use makes such a one."
MOST_CONTACTS = 1000
"That one user can have."
MOST_STRANGERS = 50
"Of these, people whom he never asked for: who wrote first, or asks to see how he is."
MOST_UNREAD = 20
"Messages of a stranger that wait: what he writes beyond them is refused."


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalAccount:
    """One user's; he has one at most."""

    id: str
    version: int
    company: CompanyId
    user: UserId
    address: str
    "A bare JID."
    password: str
    "Sealed."
    host: str = ""
    "Empty: what the domain of the address says (RFC 6120, 3.2)."
    port: int | None = None

    @property
    def server(self) -> str:
        return self.host or self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalContact:
    """Somebody outside, as one user knows him: another user who knows him has a row of his own."""

    id: ContactId
    version: int
    company: CompanyId
    user: UserId
    address: str
    "A bare JID."
    name: str = ""
    "As the user calls him; empty: by the address."
    asked_for: bool = True
    "The user has asked for him; False: a stranger, who came first."

    @property
    def called(self) -> str:
        return self.name or self.address


class Availability(StrEnum):
    """How somebody outside is (RFC 6121, 4.7.2.1)."""

    ONLINE = "online"
    AWAY = "away"
    BUSY = "busy"
    OFFLINE = "offline"


class Standing(Struct, frozen=True):
    """How it stands with somebody, as the network says; forgotten with the connection."""

    availability: Availability | None = None
    "None: it is not shown to the user."
    asked: bool = False
    "The user asks to see how he is, and he has not answered."
    asks: bool = False
    "He asks to see how the user is, who has not answered."


class AccountState(StrEnum):
    OFF = "off"
    "There is no connection, and there shall be none now."
    CONNECTING = "connecting"
    CONNECTED = "connected"
    AWAY = "away"
    "The server does not answer; it is tried again."
    REFUSED = "refused"
    """The account has to be mended, or its server: tried again now and then, but with no password
    that was refused."""


class AccountCondition(Struct, frozen=True):
    state: AccountState = AccountState.OFF
    why: Sentence = NOTHING
    "Of `AWAY` and `REFUSED`."


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedAccount:
    """What a connection is made with; the password is open."""

    address: str
    password: str
    resource: str
    host: str
    port: int | None

    def __repr__(self) -> str:
        return f"OpenedAccount({self.address!r})"

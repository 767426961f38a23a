"""What a contact is, and what the reverse lookup answers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from tws.organisation.actor import CompanyId, DirectoryId, DomainId, UserId

ContactId = NewType("ContactId", str)
"Row id of a contact; of the TWS user directory, the user's."


class Source(StrEnum):
    """The built-in directories (specification 8.1)."""

    PRIVATE = "private"
    PUBLIC = "public"
    USERS = "users"


class NumberKind(StrEnum):
    """The five numbers of a card (specification 8.1, tab "Champs")."""

    WORK = "work"
    MOBILE = "mobile"
    HOME = "home"
    ASSISTANT = "assistant"
    STANDARD = "standard"


SHARED = (NumberKind.ASSISTANT, NumberKind.STANDARD)
"Numbers at which somebody else may answer: a person's own number tells more."


_BETWEEN = re.compile(r"[^\w+*#]|_")


@dataclass(frozen=True, slots=True)
class ContactNumber:
    kind: NumberKind
    number: str
    "As people wrote it."
    red: bool = False
    "On the red list (8.2.4): applications show the name only."

    @property
    def bare(self) -> str:
        """Without what makes no other number of it."""
        return _BETWEEN.sub("", self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    id: ContactId
    version: int
    company: CompanyId
    source: Source
    directory: DirectoryId | None = None
    "Where it comes from."
    domain: DomainId | None = None
    "Whose dial plan reads its numbers."
    owner: UserId | None = None
    "Whose private contact it is."
    creator: UserId | None = None
    "Of a contact that is not private: who wrote it; None = an administrator."
    user: UserId | None = None
    "The TWS user it shows."
    first_name: str = ""
    last_name: str = ""
    organisation: str = ""
    emails: tuple[str, ...] = ()
    email_places: tuple[int, ...] = ()
    "Of which of its directory's fields each is, from 0; empty = of the first ones."
    website: str = ""
    private: tuple[str, ...] = ()
    "The directory's own fields, private0 to private9; those at the end may be left out."
    numbers: tuple[ContactNumber, ...] = ()
    photo: str = ""
    "Its hash; empty = none."

    @property
    def email(self) -> str:
        """The first one."""
        return self.emails[0] if self.emails else ""

    @property
    def display_name(self) -> str:
        name = f"{self.first_name} {self.last_name}".strip()
        return name or self.organisation or self.email


def sparse(places: Iterable[int]) -> tuple[int, ...]:
    """`email_places`: none where no field before one that is filled is empty."""
    given = tuple(places)
    return () if given == tuple(range(len(given))) else given


ListId = NewType("ListId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactList:
    """Contacts that a user put together (9.1)."""

    id: ListId
    version: int
    "Counts changes of what is in it too."
    company: CompanyId
    owner: UserId
    name: str
    position: int = 0
    "Among the lists of its owner; the same = by name."
    public: bool = False
    "Seen in the owner's domain."


class How(StrEnum):
    """By what a number was recognised."""

    INTERNAL = "internal"
    E164 = "e164"
    LAST_DIGITS = "lastDigits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A contact that has the number looked up."""

    contact: Contact
    kind: NumberKind
    number: str
    "As it is written on the card."
    how: How
    red: bool = False
    """Applications show the name alone (8.2.4). Not of a private contact's to its owner, who sees
    it."""
    others: tuple["Match", ...] = ()
    "The next best ones, with no others of their own."
    parts: tuple[Contact, ...] = ()
    "What `contact` was made of, in the order in which they count."

    @property
    def name(self) -> str:
        """Who it is; a company's switchboard is the company, whoever's card it was found on."""
        if self.kind is NumberKind.STANDARD and self.contact.organisation:
            return self.contact.organisation
        return self.contact.display_name

    @property
    def company(self) -> str:
        return self.contact.organisation

    @property
    def source(self) -> Source:
        return self.contact.source

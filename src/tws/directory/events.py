"""What changed in the contact directories, published after the commit."""

from dataclasses import dataclass

from tws.directory.model import Contact
from tws.organisation.actor import DomainId


@dataclass(frozen=True, slots=True)
class ContactChanged:
    """`before` None = created, `after` None = deleted."""

    before: Contact | None
    after: Contact | None


@dataclass(frozen=True, slots=True)
class NumbersToRead:
    """The contacts of a domain must be looked through for numbers that another dial plan read."""

    domain: DomainId

"""What changed in the contact directories, published after the commit."""

from dataclasses import dataclass

from tws.directory.model import Contact, ContactList
from tws.organisation.actor import CompanyId, DirectoryId


@dataclass(frozen=True, slots=True)
class ContactChanged:
    """`before` None = created, `after` None = deleted."""

    before: Contact | None
    after: Contact | None


@dataclass(frozen=True, slots=True)
class ContactListChanged:
    """A list, or what is in it."""

    before: ContactList | None
    after: ContactList | None


@dataclass(frozen=True, slots=True)
class ContactsMerged:
    """Contacts of a directory were created, changed or deleted, many at once."""

    company: CompanyId
    directory: DirectoryId

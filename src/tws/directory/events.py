"""What changed in the contact directories, published after the commit."""

from dataclasses import dataclass

from msgspec import Struct

from tws.directory.model import Contact, ContactList
from tws.directory.runs import Run
from tws.organisation.actor import CompanyId, DirectoryId
from tws.records.kind import Changed


class ContactChanged(Changed[Contact]):
    """One that TWS keeps itself."""


class ContactListChanged(Changed[ContactList]):
    """A list, or what is in it."""


@dataclass(frozen=True, slots=True)
class ContactsMerged:
    """Contacts of a directory were created, changed or deleted, many at once."""

    company: CompanyId
    directory: DirectoryId | None
    "None: of none."


@dataclass(frozen=True, slots=True)
class CompanyFileChanged:
    """A file of a company was stored or deleted."""

    company: CompanyId
    name: str


class SynchronisationChanged(Struct, frozen=True):
    """A run goes on, or is over. Told to administrators."""

    run: Run

"""What changed in the contact directories, published after the commit."""

from dataclasses import dataclass

from tws.directory.model import Contact


@dataclass(frozen=True, slots=True)
class ContactChanged:
    """`before` None = created, `after` None = deleted."""

    before: Contact | None
    after: Contact | None

"""How many contacts a synchronisation finds, and what becomes of them."""

from msgspec import Struct


class Counts(Struct, frozen=True, kw_only=True):
    """Contacts: what the directory had, and what becomes of them."""

    known: int = 0
    created: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0

    @property
    def changes(self) -> int:
        return self.created + self.updated + self.deleted

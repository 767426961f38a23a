"""Which directories somebody may look into, and in which order they count."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tws.organisation.actor import CompanyId, DirectoryId, UserId
from tws.organisation.model import Directory, DirectoryKind
from tws.organisation.registry import Registry
from tws.organisation.shared_device import IntercomGroup, Queue


@dataclass(frozen=True)
class Seen:
    """What one actor sees of one company."""

    company: CompanyId
    user: UserId | None
    "Whose private contacts are seen."
    directories: tuple[Directory, ...]
    "In the order in which they count."

    @cached_property
    def order(self) -> Mapping[str | None, int]:
        """Directory -> its place; the first counts."""
        return {directory.id: place for place, directory in enumerate(self.directories)}

    @cached_property
    def by_id(self) -> Mapping[str | None, Directory]:
        return {directory.id: directory for directory in self.directories}

    @property
    def ids(self) -> list[DirectoryId]:
        return [directory.id for directory in self.directories]


def seen_by_user(registry: Registry, company: CompanyId, user: UserId) -> Seen:
    found = registry.directories_for(user)
    if not all(map(_filled, found)):
        found = tuple(filter(_filled, found))
    return Seen(company, user, found)


def seen_by_shared(registry: Registry, holder: Queue | IntercomGroup) -> Seen:
    found = tuple(filter(_filled, registry.directories_of_shared(holder.id)))
    return Seen(holder.company, None, found)


def seen_by_administrators(registry: Registry, company: CompanyId) -> Seen:
    """Everything of the company that is nobody's own."""
    found = [
        directory
        for directory in registry.directories.values()
        if directory.company == company
        and directory.kind is not DirectoryKind.DISABLED
        and _filled(directory)
    ]
    found.sort(key=lambda d: (d.priority, d.name.casefold(), d.id))
    return Seen(company, None, tuple(found))


def _filled(directory: Directory) -> bool:
    """What is in one before its first synchronisation has ended may be half of it."""
    return directory.built_in is not None or directory.synchronised is not None

"""Whose call logs somebody may read besides his own (7.4.6). Out of memory: true at once after
every change of grants."""

from collections.abc import Iterator

from tws.organisation.actor import GroupId, UserId
from tws.organisation.grant import GrantKind
from tws.organisation.model import User
from tws.organisation.registry import Registry

KIND = GrantKind.CALL_LOG


class Logs:
    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def read_by(self, viewer: UserId) -> list[User]:
        """By name; without himself."""
        known = self._registry
        found: dict[UserId, User] = {}
        for id in known.granted.objects(viewer, KIND):
            for user in self._users(id):
                found[user.id] = user
        found.pop(viewer, None)
        return sorted(found.values(), key=lambda user: (user.display_name.casefold(), user.id))

    def may_read(self, viewer: UserId, whose: UserId) -> bool:
        if whose not in self._registry.users:
            return False
        return viewer == whose or self._registry.granted.has(viewer, KIND, whose)

    def readers(self, whose: UserId) -> set[UserId]:
        """Who else may read his log."""
        known = self._registry
        objects = (whose, *(group.id for group in known.groups_of(whose)))
        grants = (grant for id in objects for grant in known.granted.of(KIND, id))
        return {user for grant in grants for user in known.granted.users(grant)} - {whose}

    def _users(self, id: str) -> Iterator[User]:
        """One user, or those of a group."""
        known = self._registry
        group = known.groups.get(GroupId(id))
        for user in (id,) if group is None else group.members:
            if (row := known.users.get(UserId(user))) is not None:
                yield row

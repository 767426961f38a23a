"""Whom and what a connection knows of: all else is answered like what does not exist."""

from collections.abc import Iterator
from dataclasses import dataclass

from tws.errors import missing
from tws.organisation.actor import Actor, GroupId, ScimConnectionId, UserId
from tws.organisation.model import Group, ScimConnection, User
from tws.organisation.registry import Registry
from tws.protocols.scim.errors import ScimError


def connection_of(registry: Registry, actor: Actor) -> ScimConnection:
    row = registry.scim_connections.get(ScimConnectionId(actor.session or ""))
    if row is None or not actor.manages(row.company):
        raise missing("SCIM connection")
    return row


@dataclass(frozen=True, slots=True)
class Sight:
    registry: Registry
    connection: ScimConnection

    @classmethod
    def of(cls, registry: Registry, actor: Actor) -> "Sight":
        return cls(registry, connection_of(registry, actor))

    def owns(self, row: User | Group) -> bool:
        own = row.user_import if isinstance(row, User) else row.brought_by
        return own == self.connection.id and row.company == self.connection.company

    def sees(self, row: User | Group) -> bool:
        """Its own, and those that it may take over."""
        if self.owns(row):
            return True
        if not self.connection.take_over or row.domain != self.connection.domain:
            return False
        by = row.user_import if isinstance(row, User) else row.brought_by
        return by not in self.registry.user_imports and by not in self.registry.scim_connections

    def users(self) -> list[User]:
        """Oldest first."""
        return sorted(filter(self.sees, self.registry.users.values()), key=lambda row: row.id)

    def groups(self) -> list[Group]:
        return sorted(filter(self.sees, self.registry.groups.values()), key=lambda row: row.id)

    def groups_of(self, user: UserId) -> Iterator[Group]:
        return filter(self.sees, self.registry.groups_of(user))

    def user(self, id: str) -> User:
        row = self.registry.users.get(UserId(id))
        if row is None or not self.sees(row):
            raise ScimError(404, "There is no such user.")
        return row

    def group(self, id: str) -> Group:
        row = self.registry.groups.get(GroupId(id))
        if row is None or not self.sees(row):
            raise ScimError(404, "There is no such group.")
        return row

    def refuse_foreign(self, row: User | Group) -> None:
        """What it may take over it may not take away."""
        if not self.owns(row):
            raise ScimError(403, "This connection has not brought it.")

"""What is granted to whom, in memory: the one place that answers whether somebody has a grant for
something, and why (7.4).

A user has what is granted to him in person, to a group he is in, or to everybody of his domain.
What is granted of a group's is granted of each of its members.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tws.organisation.actor import GroupId, UserId
from tws.organisation.grant import Grant, GranteeKind, GrantKind
from tws.organisation.model import Group, User
from tws.storage.replica import Index


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody has something."""

    grant: Grant
    by: str
    "Id of the user himself, of his group, or of his domain: whom it is granted to."
    of: str
    "Id of the object itself, or of the group by which it is granted."


class Granted:
    def __init__(
        self,
        users: Mapping[UserId, User],
        groups: Mapping[GroupId, Group],
        groups_of: Index[UserId, Group],
    ) -> None:
        self._users, self._groups, self._memberships = users, groups, groups_of
        self._exactly = Index[tuple[GrantKind, str, str], Grant](
            lambda grant: ((grant.kind, grant.object, grant.grantee),)
        )
        self._of = Index[tuple[GrantKind, str], Grant](lambda grant: ((grant.kind, grant.object),))
        self._to = Index[tuple[GrantKind, str], Grant](
            lambda grant: ((grant.kind, grant.grantee),)
        )
        self.indexes = (self._exactly, self._of, self._to)

    def objects(self, user: UserId, kind: GrantKind) -> frozenset[str]:
        """Ids of all of that kind that the user has; a group stands for its members."""
        return frozenset(
            grant.object for to in self._holders(user) for grant in self._to.any((kind, to))
        )

    def has(self, user: UserId, kind: GrantKind, object: str) -> bool:
        return next(self._reasons(user, kind, object), None) is not None

    def why(self, user: UserId, kind: GrantKind, object: str) -> tuple[Reason, ...]:
        """All the reasons, those in person first; none = he has not."""
        return tuple(self._reasons(user, kind, object))

    def all_reasons(self, user: UserId) -> Iterator[Reason]:
        """Why he has whatever he has, by type, those in person first; a group stands for its
        members."""
        holders = self._holders(user)
        for kind in GrantKind:
            for by in holders:
                for grant in self._to[kind, by]:
                    yield Reason(grant, by, grant.object)

    def exactly(self, kind: GrantKind, object: str, grantee: str) -> Grant | None:
        """The grant of just that to just them, whoever they are."""
        return self._exactly.first((kind, object, grantee))

    def of(self, kind: GrantKind, object: str) -> tuple[Grant, ...]:
        """To whom this is granted, oldest first."""
        return self._of[kind, object]

    def to(self, kind: GrantKind, grantee: str) -> tuple[Grant, ...]:
        """What is granted to just them, oldest first."""
        return self._to[kind, grantee]

    def users(self, grant: Grant) -> Collection[UserId]:
        """To whom it is granted, by whatever."""
        match grant.grantee_kind:
            case GranteeKind.USER:
                return (UserId(grant.grantee),)
            case GranteeKind.GROUP:
                group = self._groups.get(GroupId(grant.grantee))
                return () if group is None else group.members
            case GranteeKind.DOMAIN:
                return [id for id, row in self._users.items() if row.domain == grant.grantee]
            case _:
                return ()

    def _reasons(self, user: UserId, kind: GrantKind, object: str) -> Iterator[Reason]:
        parts = dict.fromkeys((object, *self._groups_of(object)))
        for by in self._holders(user):
            # Whichever is less: what they are granted, or what the object is part of.
            if self._to.count((kind, by)) > len(parts):
                for of in parts:
                    if (grant := self._exactly.first((kind, of, by))) is not None:
                        yield Reason(grant, by, of)
            else:
                for grant in self._to.any((kind, by)):
                    if grant.object in parts:
                        yield Reason(grant, by, grant.object)

    def _holders(self, user: UserId) -> list[str]:
        row = self._users.get(user)
        return [user, *self._groups_of(user), *([] if row is None else [row.domain])]

    def _groups_of(self, user: str) -> list[GroupId]:
        """None of what is no user."""
        return [group.id for group in self._memberships[UserId(user)]]

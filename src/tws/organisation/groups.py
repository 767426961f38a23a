"""Groups of users (7.3): what is granted to a group is granted to its members."""

from collections.abc import Collection
from dataclasses import replace
from functools import partial

from tws.errors import missing
from tws.organisation import store, words
from tws.organisation.actor import (
    Actor,
    CompanyId,
    DomainId,
    GroupId,
    UserId,
)
from tws.organisation.applications import Application
from tws.organisation.grant import GranteeKind, GrantKind, ObjectKind
from tws.organisation.granting import uses
from tws.organisation.joining import join, leave
from tws.organisation.kinds import GROUP, PARAMETER_VALUE, USER
from tws.organisation.model import LAST_RANK, Group
from tws.organisation.part import Part, by_name, changed, of_place, refuse_taken
from tws.organisation.permission import sees
from tws.organisation.registry import Registry
from tws.organisation.walls import RefuseBeyond
from tws.records.changing import create, present, refuse_if_used, remove, remove_all, write
from tws.storage import Storage, new_id

RANKS = (0, LAST_RANK)


class Groups(Part):
    def __init__(self, storage: Storage, registry: Registry, refuse_beyond: RefuseBeyond) -> None:
        super().__init__(storage, registry)
        self._refuse_beyond = refuse_beyond

    async def create_group(
        self, actor: Actor, *, domain: DomainId, name: str, rank: int = LAST_RANK
    ) -> Group:
        place = self._managed(actor, self._registry.domains, domain, "domain", "domain")

        def make() -> Group:
            group = Group(
                id=GroupId(new_id()),
                version=1,
                company=place.company,
                domain=place.id,
                name=words.name(name),
                rank=words.whole(rank, "rank", *RANKS),
            )
            self._group_name_is_free(group)
            return group

        return await self._create(actor, GROUP, make)

    async def update_group(
        self,
        actor: Actor,
        id: GroupId,
        version: int,
        *,
        name: str | None = None,
        rank: int | None = None,
    ) -> Group:
        """What is None stays."""
        self._managed(actor, self._registry.groups, id, "group")

        def change(before: Group) -> Group:
            after = changed(
                before,
                name=None if name is None else words.name(name),
                rank=None if rank is None else words.whole(rank, "rank", *RANKS),
            )
            self._group_name_is_free(after)
            return after

        return await self._update(actor, GROUP, id, version, change)

    async def set_members(
        self, actor: Actor, group: GroupId, version: int, members: Collection[UserId]
    ) -> Group:
        """Exactly these, who may be of any domain of the group's company."""
        company = self._managed(actor, self._registry.groups, group, "group").company
        for member in members:
            user = self._managed(actor, self._registry.users, member, "user", "members")
            if user.company != company:
                raise missing("user", "members")

        def change(before: Group) -> Group:
            self._refuse_unlicensed(group, frozenset(members) - before.members)
            return changed(before, members=frozenset(members))

        return await self._update(actor, GROUP, group, version, change)

    async def add_members(self, actor: Actor, id: GroupId, users: Collection[UserId]) -> None:
        """Those of them who are not in it yet, as they are now. Conflict beyond the licence."""
        company = self._managed(actor, self._registry.groups, id, "group").company
        async with self._transaction() as tx:
            group = await GROUP.rows.find(tx, id)
            if group is None:
                raise missing("group")
            there = await USER.rows.locked(tx, users)
            if len(there) < len(users) or any(u.company != company for u in there.values()):
                raise missing("user", "members")
            new = [user.id for user in there.values() if user.id not in group.members]
            self._refuse_unlicensed(id, new)
            if new:
                await join(tx, actor, group, new)

    async def write_group(self, actor: Actor, before: Group | None, after: Group) -> Group:
        """As another system has it: made, or changed with its members in one step. Conflict where
        it was changed since it was seen, or beyond the licence."""
        self._managed(actor, self._registry.domains, after.domain, "domain")
        after = replace(after, name=words.name(after.name))
        async with self._transaction() as tx:
            self._group_name_is_free(after)
            if before is None:
                await create(tx, actor, GROUP, replace(after, members=frozenset()))
                row = replace(after, members=frozenset())
            else:
                there = await present(tx, GROUP, before.id, before.version)
                row = await write(tx, actor, GROUP, there, replace(after, members=there.members))
            left, came = row.members - after.members, after.members - row.members
            users = await USER.rows.locked(tx, came)
            if len(users) < len(came) or any(u.company != row.company for u in users.values()):
                raise missing("user", "members")
            self._refuse_unlicensed(row.id, came)
            if left:
                row = await leave(tx, actor, row, left)
            return await join(tx, actor, row, came) if came else row

    async def delete_group(self, actor: Actor, id: GroupId, version: int) -> None:
        """Its memberships and values of parameters go with it; Conflict while something is granted
        to it, or its calendars to others."""
        self._managed(actor, self._registry.groups, id, "group")
        async with self._transaction() as tx:
            group = await present(tx, GROUP, id, version)
            granted = await uses(tx, id, GranteeKind.GROUP, ObjectKind.GROUP)
            used = {"user_imports": store.user_import.c.group}
            await refuse_if_used(tx, group.name, id, used, granted)
            valued = store.parameter_value.c.group
            await remove_all(tx, actor, PARAMETER_VALUE, valued, id)
            await remove(tx, actor, GROUP, group)

    def list_groups(
        self, actor: Actor, company: CompanyId | None = None, *, domain: DomainId | None = None
    ) -> tuple[Group, ...]:
        found = of_place(self._registry.groups.values(), partial(sees, actor), company, domain)
        return by_name(found, lambda group: group.name)

    def get_group(self, actor: Actor, id: GroupId) -> Group:
        return self._seen(actor, self._registry.groups, id, "group")

    def _refuse_unlicensed(self, group: GroupId, joining: Collection[UserId]) -> None:
        """Each of them may then use what is granted to the group."""
        known = self._registry
        for grant in known.granted.to(GrantKind.APPLICATION, group):
            application = Application(grant.object)
            new = [user for user in joining if application not in known.applications(user)]
            self._refuse_beyond(application, len(new))

    def _group_name_is_free(self, group: Group) -> None:
        others = self._registry.groups.values()
        beside = (other for other in others if other.domain == group.domain)
        refuse_taken(group, beside, "A group named {name} exists already.")

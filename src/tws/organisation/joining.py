"""Many users at once into a group, or out of all: the audit log is told who came and who left, not
everybody who is in it."""

from collections.abc import Collection

from tws.organisation import store
from tws.organisation.actor import Actor, UserId
from tws.organisation.events import GroupChanged
from tws.organisation.kinds import GROUP
from tws.organisation.model import Group
from tws.organisation.part import changed
from tws.storage import Transaction


async def join(tx: Transaction, actor: Actor, group: Group, users: Collection[UserId]) -> Group:
    """Of whom nobody is in it."""
    await store.add_members(tx, group.id, users)
    after = changed(group, members=group.members.union(users))
    return await _tell(tx, actor, group, after, [], users)


async def leave(tx: Transaction, actor: Actor, group: Group, users: Collection[UserId]) -> Group:
    """Those of them who are in it."""
    await store.drop_members(tx, group.id, users)
    after = changed(group, members=group.members.difference(users))
    return await _tell(tx, actor, group, after, group.members.intersection(users), [])


async def _tell(
    tx: Transaction,
    actor: Actor,
    before: Group,
    after: Group,
    left: Collection[UserId],
    came: Collection[UserId],
) -> Group:
    after = GROUP.next_version(after)
    await store.count_version(tx, after)
    tx.publish(GroupChanged(before, after))
    said = (
        {"version": before.version, "members": sorted(left)},
        {"version": after.version, "members": sorted(came)},
    )
    await tx.audit(actor, "group changed", after.id, *said, company=after.company)
    return after

"""Many users at once, as an import brings them: the rules are those of `Users` and `Devices`, and
so are the lines of the audit log and the events; only the statements are fewer."""

from collections.abc import Iterable, Sequence

from tws.errors import Conflict
from tws.organisation import store
from tws.organisation.actor import Actor, UserId
from tws.organisation.joining import leave
from tws.organisation.kinds import DEVICE, GROUP, USER
from tws.organisation.model import User, UserDevice
from tws.organisation.part import Part
from tws.organisation.permission import may_change
from tws.organisation.user_changes import DeviceChange, UserChange
from tws.organisation.users import remove_what_is_set
from tws.records.changing import create_many, present_many, remove_many, write_many
from tws.storage import Transaction

Devices = list[UserDevice]


class UserBatches(Part):
    async def change_users(self, actor: Actor, changes: Sequence[UserChange]) -> None:
        """All of them or none, in this order. Each `after` is as `users.checked` leaves it.
        Conflict where one was changed since it was seen, or a name or a number is taken."""
        for change in changes:
            user = change.before or change.after
            if user is not None:
                may_change(actor, user.company, "user")
        devices = [device for change in changes for device in change.devices]
        async with self._transaction() as tx:
            self._names_are_free(changes)
            self._numbers_are_free(devices)
            await present_many(tx, USER, [c.before for c in changes if c.before is not None])
            await present_many(tx, DEVICE, [d.before for d in devices if d.before is not None])
            gone = [c.before for c in changes if c.before is not None and c.after is None]
            await self._remove(
                tx, actor, gone, [d.before for d in devices if d.before and not d.after]
            )
            renamed = [
                (c.before, c.after)
                for c in changes
                if c.before is not None and c.after is not None and c.after != c.before
            ]
            await write_many(tx, actor, USER, renamed)
            new = [c.after for c in changes if c.before is None and c.after is not None]
            await create_many(tx, actor, USER, new)
            moved = [(d.before, d.after) for d in devices if d.before and d.after]
            await write_many(tx, actor, DEVICE, moved)
            given = [d.after for d in devices if d.before is None and d.after is not None]
            await create_many(tx, actor, DEVICE, given)

    async def leave_groups(self, actor: Actor, users: Sequence[User]) -> None:
        """Before many of them are deleted: each group changes once, not once for each batch."""
        for user in users:
            may_change(actor, user.company, "user")
        async with self._transaction() as tx:
            await self._leave_groups(tx, actor, [user.id for user in users])

    # ------------------------------------------------------------ those who go

    async def _remove(
        self, tx: Transaction, actor: Actor, users: Sequence[User], devices: Devices
    ) -> None:
        ids = [user.id for user in users]
        if ids:
            theirs = [d for id in ids for d in self._registry.devices_of(id)]
            there = await DEVICE.rows.locked(tx, [device.id for device in theirs])
            devices = [*devices, *there.values()]
        await remove_many(tx, actor, DEVICE, devices)
        if not ids:
            return
        await self._leave_groups(tx, actor, ids)
        for id in await store.users_with_settings(tx, ids):
            await remove_what_is_set(tx, actor, id)
        await remove_many(tx, actor, USER, users)

    async def _leave_groups(self, tx: Transaction, actor: Actor, ids: Sequence[UserId]) -> None:
        for group in await store.groups_with(tx, ids):
            before = await GROUP.rows.find(tx, group)
            if before is not None:
                await leave(tx, actor, before, ids)

    # ------------------------------------------------------------ what is taken

    def _names_are_free(self, changes: Sequence[UserChange]) -> None:
        """Others than these users may not have a name; among themselves the database sees to
        it."""
        changing = {change.before.id for change in changes if change.before is not None}
        for change in changes:
            user = change.after
            if user is None or (change.before and change.before.username == user.username):
                continue
            for other in self._registry.users_named(user.username):
                if other.company == user.company and other.id not in changing:
                    raise Conflict(
                        f"A user named {other.username} exists already.", field="username"
                    )

    def _numbers_are_free(self, devices: Iterable[DeviceChange]) -> None:
        devices = list(devices)
        changing = {device.before.id for device in devices if device.before is not None}
        for device in devices:
            if (after := device.after) is None:
                continue
            self._registry.listening.refuse_taken(after, changing)

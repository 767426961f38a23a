"""Photos of users: a small JPEG each, made by whoever gives it."""

from dataclasses import replace

from tws.errors import missing
from tws.organisation import store
from tws.organisation.actor import Actor, UserId
from tws.organisation.kinds import USER
from tws.organisation.model import User
from tws.organisation.part import Part
from tws.records.changing import write


class UserPhotos(Part):
    def photographed(self, actor: Actor, id: UserId) -> User:
        """A user whose photo the actor may change: an administrator, or himself."""
        own = self._registry.users.get(id) if actor.user == id else None
        return own or self._managed(actor, self._registry.users, id, "user")

    async def set_user_photo(
        self, actor: Actor, id: UserId, hash: str = "", jpeg: bytes | None = None
    ) -> User:
        """In place of the one before; `jpeg` None = there is none any more."""
        self.photographed(actor, id)
        async with self._transaction() as tx:
            before = await USER.rows.find(tx, id)
            if before is None:
                raise missing("user")
            await store.write_user_photo(tx, id, jpeg)
            if before.photo == hash:
                return before
            return await write(tx, actor, USER, before, replace(before, photo=hash))

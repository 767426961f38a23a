"""Photos that users, or their administrators, give."""

import asyncio
from collections.abc import AsyncIterator

from tws.directory.cards import LARGEST_PHOTO
from tws.directory.photo_making import Make
from tws.directory.photos import NoPhoto
from tws.errors import Invalid, TooMany
from tws.organisation.actor import Actor, UserId
from tws.organisation.model import User
from tws.organisation.user_photos import UserPhotos

AT_ONCE = 2
"Photos that are made at the same time."
MOST_WAITING = 20


class UserPhotoService:
    def __init__(self, photos: UserPhotos, make: Make) -> None:
        self._photos, self._make = photos, make
        self._turn, self._coming = asyncio.Semaphore(AT_ONCE), 0

    async def set(self, actor: Actor, user: UserId | None, content: AsyncIterator[bytes]) -> User:
        """`user` None: of the actor himself. Invalid where it is no picture, or too large."""
        id = self._whose(actor, user)
        if self._coming >= MOST_WAITING:
            raise TooMany("Others are sending their photos: try again in a moment.")
        self._coming += 1
        try:
            whole = await _whole(content)  # before the turn: some send slowly
            async with self._turn:
                [found] = await self._make([whole])
        finally:
            self._coming -= 1
        if isinstance(found, NoPhoto):
            raise Invalid(f"This is {found}.", field="content")
        return await self._photos.set_user_photo(actor, id, found.hash, found.bytes)

    async def delete(self, actor: Actor, user: UserId | None) -> User:
        return await self._photos.set_user_photo(actor, self._whose(actor, user))

    def _whose(self, actor: Actor, user: UserId | None) -> UserId:
        id = user or actor.user
        if id is None:
            raise Invalid("Say whose photo it is.", field="user")
        return self._photos.photographed(actor, id).id


async def _whole(content: AsyncIterator[bytes]) -> bytes:
    taken = bytearray()
    async for block in content:
        taken += block
        if len(taken) > LARGEST_PHOTO:
            raise Invalid(f"A photo has at most {LARGEST_PHOTO >> 20} MB.", field="content")
    return bytes(taken)

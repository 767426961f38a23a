"""What was written and read: what is kept, and what is in memory only, as one."""

from collections.abc import Callable
from datetime import datetime

from tws.messaging.chat import store
from tws.messaging.chat.model import ChatMessage, MessageId, ReadMark
from tws.messaging.chat.passing import Passing
from tws.messaging.chat.unread import Unread
from tws.messaging.party import Party
from tws.storage import Storage


class ChatLog:
    def __init__(self, storage: Storage, clock: Callable[[], datetime]) -> None:
        self._storage, self._clock = storage, clock
        self.passing, self.unread = Passing(), Unread()

    async def load(self) -> None:
        async with self._storage.reading() as reader:
            self.unread.load(await store.unseen(reader))

    async def found(self, one: Party, two: Party, id: MessageId) -> ChatMessage | None:
        passing = self.passing.of(one, two, self._clock())
        found = next((message for message in passing if message.id == id), None)
        if found is not None:
            return found
        async with self._storage.reading() as reader:
            kept = await store.found(reader, id)
        return kept if kept is not None and {kept.sender, kept.recipient} == {one, two} else None

    async def marked(self, user: str, other: str) -> ReadMark | None:
        async with self._storage.reading() as reader:
            kept = await store.mark(reader, user, other)
        passing = self.passing.marked(user, other)
        known = [mark for mark in (kept, passing) if mark is not None]
        return max(known, key=lambda mark: mark.upto, default=None)

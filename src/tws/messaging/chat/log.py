"""What was written and read: what is kept, and what is in memory only, as one."""

from collections.abc import Callable
from datetime import datetime

from tws.messaging.chat import store
from tws.messaging.chat.model import ChatMessage, MessageId, ReadMark
from tws.messaging.chat.passing import Passing
from tws.messaging.chat.unread import Unread, Unseen
from tws.messaging.party import Party
from tws.messaging.party import user as party
from tws.organisation.actor import UserId
from tws.storage import Storage

Addressee = tuple[str, str]
"Who was written something, and by whom."


class ChatLog:
    """All that asks what is kept: StorageUnavailable."""

    def __init__(self, storage: Storage, clock: Callable[[], datetime]) -> None:
        self._storage, self._clock = storage, clock
        self.passing, self.unread = Passing(), Unread()

    async def load(self) -> None:
        async with self._storage.reading() as reader:
            self.unread.load(await store.unseen(reader))

    async def reload(self) -> set[UserId]:
        """The same once more, with what is in memory only; who has something to read. Of those
        of whom anything is heard while it is read it is not taken up: that is newer."""
        with self.unread.watched() as touched:
            unseen, marks = await self._stored()
        self._take_up(unseen, marks, touched)
        return self.unread.users()

    async def _stored(self) -> tuple[list[tuple[UserId, str, Unseen]], dict[Addressee, MessageId]]:
        async with self._storage.reading() as reader:
            unseen = await store.unseen(reader)
            marks = {
                (mark.user, mark.other): mark.upto
                for user, other in self.passing.readers()
                if (mark := await store.mark(reader, user, other)) is not None
            }
        return unseen, marks

    def _take_up(
        self,
        unseen: list[tuple[UserId, str, Unseen]],
        marks: dict[Addressee, MessageId],
        touched: set[Addressee],
    ) -> None:
        self.unread.load(unseen, but=touched)
        for user, other in self.passing.readers():
            if (user, other) in touched:
                continue
            passing = self.passing.marked(user, other)
            upto = max(marks.get((user, other), ""), "" if passing is None else passing.upto)
            for message in self.passing.to(user, other):
                if message.id > upto:
                    self.unread.add(UserId(user), other, message.id)

    async def found(self, one: Party, two: Party, id: MessageId) -> ChatMessage | None:
        """Of what they wrote to each other."""
        passing = self.passing.of(one, two, self._clock())
        found = next((message for message in passing if message.id == id), None)
        if found is not None:
            return found
        async with self._storage.reading() as reader:
            kept = await store.found(reader, id)
        return kept if kept is not None and {kept.sender, kept.recipient} == {one, two} else None

    async def written(self, sender: Party, recipient: Party, id: MessageId) -> ChatMessage | None:
        """The same, in that direction."""
        message = await self.found(sender, recipient, id)
        return message if message is not None and message.sender == sender else None

    async def sent(self, sender: Party, recipient: Party, key: str | None) -> ChatMessage | None:
        """What was sent under that key; what is kept may be to somebody else."""
        if key is None:
            return None
        passing = self.passing.sent(sender, recipient, key)
        return passing if passing is not None else await self.kept(sender, key)

    async def kept(self, sender: Party, key: str) -> ChatMessage | None:
        async with self._storage.reading() as reader:
            return await store.sent(reader, sender.id, key)

    async def waiting(self, user: UserId) -> list[ChatMessage]:
        """What he wrote and no network has taken yet, oldest first."""
        async with self._storage.reading() as reader:
            return await store.waiting(reader, user)

    async def read(self, user: UserId, other: Party, upto: MessageId) -> int | None:
        """The user has read what `other` wrote, up to that message; how many of them were new to
        him. None: there was nothing to read."""
        seen = 0
        while (waits := self.unread.between(user, other.id)) is not None and waits.partly(upto):
            passing = self.passing.of(party(user), other, self._clock())
            seen = sum(m.sender == other and waits.after < m.id <= upto for m in passing)
            async with self._storage.reading() as reader:
                seen += await store.written(reader, other.id, user, waits.after, upto)
            if self.unread.between(user, other.id) is waits:  # else something came, or went
                break
        waited = self.unread.count(user, other.id)
        if not self.unread.read(user, other.id, upto, seen):
            return None
        return waited - self.unread.count(user, other.id)

    async def marked(self, user: str, other: str) -> ReadMark | None:
        async with self._storage.reading() as reader:
            kept = await store.mark(reader, user, other)
        passing = self.passing.marked(user, other)
        known = [mark for mark in (kept, passing) if mark is not None]
        return max(known, key=lambda mark: mark.upto, default=None)

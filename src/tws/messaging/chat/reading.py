"""What somebody is shown of what he wrote and was written: of those to whom he may write."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from tws.errors import NotFound
from tws.messaging.chat import store
from tws.messaging.chat.log import ChatLog
from tws.messaging.chat.model import (
    ChatFile,
    ChatMessage,
    Conversation,
    FileId,
    History,
    MessageId,
)
from tws.messaging.chat.rights import ChatRights
from tws.messaging.party import user as party
from tws.organisation.actor import Actor, UserId
from tws.storage import Storage

MOST_SHOWN = 200
"Messages of an answer."


class ChatReading:
    def __init__(
        self, storage: Storage, clock: Callable[[], datetime], rights: ChatRights, log: ChatLog
    ) -> None:
        self._storage, self._clock = storage, clock
        self._rights, self._log = rights, log

    async def conversations(self, actor: Actor) -> list[Conversation]:
        """With those to whom he may write, the last first."""
        own, now = self._rights.own(actor), self._clock()
        latest = await self._storage.read(partial(store.latest, user=own))
        last = {_other(own, one): one for one in latest}
        for id in self._log.passing.others(party(own)):
            messages = self._log.passing.of(party(own), self._rights.party(own, id), now)
            for one in messages[-1:]:
                kept = last.get(id)
                last[id] = one if kept is None else max(one, kept, key=lambda m: m.id)
        found = [
            Conversation(
                kind=self._rights.party(own, other).kind,
                other=other,
                last=one,
                unread=self._log.unread.count(own, other),
                kept=self._rights.kept(own, other),
            )
            for other, one in last.items()
            if self._rights.may_write(own, other)
        ]
        return sorted(found, key=lambda each: each.last.id if each.last else "", reverse=True)

    async def history(
        self, actor: Actor, other: str, before: MessageId | None = None, limit: int = 50
    ) -> History:
        own, limit = self._rights.between(actor, other), min(limit, MOST_SHOWN)
        async with self._storage.reading() as reader:
            kept = await store.between(reader, own, other, before, limit + 1)
        passing = self._log.passing.of(party(own), self._rights.party(own, other), self._clock())
        both = [*kept, *(m for m in passing if before is None or m.id < before)]
        newest = sorted(both, key=lambda message: message.id, reverse=True)
        return History(
            messages=tuple(newest[:limit]),
            more=len(newest) > limit,
            kept=self._rights.kept(own, other),
            read=await self._log.marked(other, own),
        )

    async def file(self, actor: Actor, id: FileId) -> tuple[ChatFile, bytes]:
        """A file that the actor sent, or was sent; NotFound."""
        own, content = self._rights.own(actor), b""
        passing = self._log.passing.file(id, self._clock())
        if passing is not None:
            message, content = passing
        else:
            async with self._storage.reading() as reader:
                kept = await store.file_of(reader, id)
                if kept is None or not self._sees(own, kept):
                    raise NotFound("There is no such file.")
                message, content = kept, await store.content(reader, id)
        if message.file is None or not self._sees(own, message):
            raise NotFound("There is no such file.")
        return message.file, content

    def _sees(self, own: UserId, message: ChatMessage) -> bool:
        if party(own) not in (message.sender, message.recipient):
            return False
        return self._rights.may_write(own, _other(own, message))

    def waiting(self, user: UserId) -> dict[str, int]:
        """How much he has not read yet, by who wrote it: of those to whom he may write."""
        found = self._log.unread.of(user).items()
        return {other: count for other, count in found if self._rights.may_write(user, other)}


def _other(own: UserId, message: ChatMessage) -> str:
    return message.recipient.id if message.sender == party(own) else message.sender.id

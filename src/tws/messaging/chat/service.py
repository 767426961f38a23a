"""Chat between two: what they write to each other, and that it was read.

Kept is what both of them allow to be kept (`AuthorizedSaveChat`). The rest is in memory only, for
whoever has a page open: what could reach nobody is refused, never lost.
"""

from collections.abc import AsyncIterator, Callable
from datetime import datetime

from tws.bus import Bus
from tws.errors import Conflict, NotFound
from tws.messaging.chat import store
from tws.messaging.chat.events import (
    MessageSent,
    MessagesRead,
    MessagesSeen,
    Typing,
    UnreadChanged,
)
from tws.messaging.chat.files import plain_name, type_of, whole
from tws.messaging.chat.flood import Flood
from tws.messaging.chat.log import ChatLog
from tws.messaging.chat.model import (
    ChatFile,
    ChatMessage,
    Delivery,
    FileId,
    MessageId,
    ReadMark,
    said,
)
from tws.messaging.chat.reading import ChatReading
from tws.messaging.chat.remembering import Remembering
from tws.messaging.chat.rights import ChatRights
from tws.messaging.party import Party, PartyKind
from tws.messaging.party import user as party
from tws.organisation.actor import Actor, UserId
from tws.organisation.registry import Registry
from tws.presence.service import PresenceService
from tws.schedule import Schedule
from tws.storage import RowClash, Storage, new_id


class ChatService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        clock: Callable[[], datetime],
        presence: PresenceService,
        schedule: Schedule,
    ) -> None:
        self._storage, self._registry, self._bus = storage, registry, bus
        self._clock, self._presence = clock, presence
        self.log, self.rights = ChatLog(storage, clock), ChatRights(registry, presence)
        self.passing, self.unread, self.flood = self.log.passing, self.log.unread, Flood()
        self.reading = ChatReading(storage, clock, self.rights, self.log)
        self._remembering = Remembering(bus, schedule, self.log)

    async def load(self) -> None:
        """Take up what was not read before a stop."""
        await self.log.load()

    async def send(self, actor: Actor, to: str, text: str, key: str | None = None) -> ChatMessage:
        """Invalid, TooMany, or Conflict where it would reach nobody. `key`: the client's own id
        of it; what was sent under it before is answered again, and not sent."""
        own = self.rights.between(actor, to)
        said(text)
        if (before := await self._before(own, to, key)) is not None:
            return self._same(before, to, text)
        self.flood.one_more(own, self._clock())
        return await self._send(self._message(own, to, text, key=key))

    async def send_file(
        self,
        actor: Actor,
        to: str,
        name: str,
        content: AsyncIterator[bytes],
        key: str | None = None,
    ) -> ChatMessage:
        """The same of a file; Conflict for people outside."""
        own = self.rights.between(actor, to)
        if self.rights.gateway(own, to) is not None:
            raise Conflict("Files can be sent to colleagues only.", why="chatNoFiles")
        plain = plain_name(name)
        if (before := await self._before(own, to, key)) is not None:
            return self._same(before, to, "")
        self._reaches(own, to)
        self.flood.one_more(own, self._clock())
        taken = await whole(content)
        own = self.rights.between(actor, to)  # it may have taken its time
        file = ChatFile(id=FileId(new_id()), name=plain, type=type_of(taken), size=len(taken))
        message = self._message(own, to, "", key=key, file=file)
        if not message.kept and not self.passing.has_room(message.sender, file.size):
            raise Conflict(
                "There is no room for more files that are not kept: wait, or send a smaller one.",
                why="chatNoRoom",
            )
        return await self._send(message, taken)

    def _message(
        self, own: UserId, to: str, text: str, *, key: str | None, file: ChatFile | None = None
    ) -> ChatMessage:
        self._reaches(own, to)
        return ChatMessage(
            id=MessageId(new_id()),
            company=self._registry.users[own].company,
            sender=party(own),
            recipient=self.rights.party(own, to),
            sent=self._clock(),
            text=text,
            file=file,
            kept=self.rights.kept(own, to),
            key=key,
            delivery=None if self.rights.gateway(own, to) is None else Delivery.WAITING,
        )

    def _reaches(self, own: UserId, to: str) -> None:
        if (gateway := self.rights.gateway(own, to)) is not None:
            gateway.refuse_undelivered(own, self.rights.kept(own, to))
        elif not self.rights.kept(own, to) and not self._presence.has_page(UserId(to)):
            raise Conflict(
                "Not delivered: your colleague has no page open, and nothing that you write to"
                " each other is kept.",
                why="chatNotDelivered",
            )

    async def _send(self, message: ChatMessage, content: bytes = b"") -> ChatMessage:
        to, by = message.recipient.id, UserId(message.sender.id)
        if message.kept:
            try:
                async with self._storage.transaction() as tx:
                    await store.write(tx, message, content)
            except RowClash:
                # Sent twice at the same time: the other was first.
                before = await self.log.kept(message.sender, message.key or "")
                if before is None:
                    raise
                return self._same(before, to, message.text)
        elif before := self.passing.sent(message.sender, message.recipient, message.key):
            return self._same(before, to, message.text)
        else:
            self.passing.add(message, content)
            self._remembering.tell_file(message, content)
        self.flood.wrote(by, to)
        if (gateway := self.rights.gateway(by, to)) is not None:
            self._bus.publish(MessageSent(message, (by,)))
            gateway.send(by, message)
        elif message.recipient.kind is PartyKind.USER:
            self._bus.publish(MessageSent(message, (by, UserId(to))))
            self._bus.publish(UnreadChanged(UserId(to)))
        return message

    async def _before(self, own: UserId, to: str, key: str | None) -> ChatMessage | None:
        return await self.log.sent(party(own), self.rights.party(own, to), key)

    def _same(self, before: ChatMessage, to: str, text: str) -> ChatMessage:
        if before.recipient.id != to or before.text != text:
            raise Conflict("Another message was sent with this key.", field="key", why="keyReused")
        return before

    def typing(self, actor: Actor, to: str) -> None:
        """The other is told, not too often; nothing is stored."""
        own = self.rights.between(actor, to)
        if not self.flood.types(own, to, self._clock()):
            return
        if (gateway := self.rights.gateway(own, to)) is not None:
            gateway.tell_typing(own, to)
        else:
            self._bus.publish(Typing(own, UserId(to)))

    async def read(self, actor: Actor, other: str, upto: MessageId) -> None:
        """What the other wrote is read up to that message; NotFound where it is none of theirs."""
        own = self.rights.between(actor, other)
        them = self.rights.party(own, other)
        message = await self.log.found(party(own), them, upto)
        if message is None:
            raise NotFound("There is no such message.")
        new = await self.mark(own, other, message)
        await self.seen(own, them, upto)
        if new and (gateway := self.rights.gateway(own, other)) is not None:
            gateway.tell_read(own, other, message)

    async def seen(self, user: UserId, other: Party, upto: MessageId) -> bool:
        """It waits no more to be read; whether it did. StorageUnavailable."""
        seen = await self.log.read(user, other, upto)
        if seen is None:
            return False
        self._bus.publish(MessagesSeen(user, other.id, upto, seen))
        self._bus.publish(UnreadChanged(user))
        return True

    async def mark(self, user: str, other: str, message: ChatMessage) -> bool:
        """Note that the one has read what the other wrote, up to that message; No where he had
        read as much already. StorageUnavailable."""
        mark = ReadMark(
            company=message.company, user=user, other=other, upto=message.id, at=self._clock()
        )
        before = await self.log.marked(mark.user, mark.other)
        if before is not None and before.upto >= mark.upto:
            return False
        if message.kept:
            async with self._storage.transaction() as tx:
                await store.write_mark(tx, mark)
        else:
            self.passing.mark(mark)
        self._bus.publish(MessagesRead(mark, message.kept))
        return True

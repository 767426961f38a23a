"""Chat between two: what they write to each other, what is kept of it, and who may. The other is
a colleague, or somebody outside who is reached by a gateway.

Kept is what both of them allow to be kept (`AuthorizedSaveChat`). The rest is in memory only, for
whoever has a page open: what could reach nobody is refused, never lost.
"""

from collections.abc import AsyncIterator, Callable
from datetime import datetime

from tws.bus import Bus
from tws.errors import Conflict, NotFound
from tws.messaging.chat import store
from tws.messaging.chat.events import MessageSent, MessagesRead, Typing, UnreadChanged
from tws.messaging.chat.files import plain_name, type_of, whole
from tws.messaging.chat.flood import Flood
from tws.messaging.chat.gateway import Gateway
from tws.messaging.chat.model import (
    ChatFile,
    ChatMessage,
    Conversation,
    Delivery,
    FileId,
    History,
    MessageId,
    ReadMark,
    said,
)
from tws.messaging.chat.passing import Passing
from tws.messaging.chat.unread import Unread
from tws.messaging.party import Party, PartyKind
from tws.messaging.party import user as party
from tws.organisation.actor import Actor, UserId
from tws.organisation.parameters.catalogue.caller import AUTHORIZE_CHAT, AUTHORIZED_SAVE_CHAT
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import IN_CALLER, forbidden_by, may_use, users_only
from tws.organisation.registry import Registry
from tws.presence.service import PresenceService
from tws.storage import RowClash, Storage, new_id

MOST_SHOWN = 200
"Messages of an answer."


class ChatService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        clock: Callable[[], datetime],
        presence: PresenceService,
    ) -> None:
        self._storage, self._registry, self._bus = storage, registry, bus
        self._clock, self._presence = clock, presence
        self._parameters = Parameters(registry)
        self.passing, self.unread, self.flood = Passing(), Unread(), Flood()
        self.gateways: list[Gateway] = []
        "How people outside are reached; given once, before anything is asked."

    async def load(self) -> None:
        """Take up what was not read before a stop."""
        async with self._storage.reading() as reader:
            self.unread.load(await store.unseen(reader))

    # ------------------------------------------------------------ who may

    def may_write(self, user: UserId, other: str) -> bool:
        """To each other."""
        if user == other:
            return False
        colleague = self._presence.sight.way(user, UserId(other)).chat
        return colleague or self.gateway(user, other) is not None

    def gateway(self, user: UserId, other: str) -> Gateway | None:
        """By which he reaches somebody outside; None for a colleague, and for nobody."""
        return next((one for one in self.gateways if one.knows(user, other)), None)

    def party(self, user: UserId, other: str) -> Party:
        """Of whom he may write to."""
        gateway = self.gateway(user, other)
        return party(UserId(other)) if gateway is None else Party(gateway.kind, other)

    def name(self, id: str) -> str:
        """What a party is called; "" where there is none."""
        if (row := self._registry.users.get(UserId(id))) is not None:
            return row.display_name
        return next((name for one in self.gateways if (name := one.name(id))), "")

    def is_there(self, id: str) -> bool:
        """Whether there is such a party, whoever may write to it."""
        return id in self._registry.users or any(one.has(id) for one in self.gateways)

    def chats(self, user: UserId) -> bool:
        """Whether there is chat for him at all."""
        return self._presence.sight.chats(user)

    def kept(self, user: UserId, other: str) -> bool:
        """Whether what they write to each other now is kept; who is outside has no say in it."""
        both = [one for one in (user, UserId(other)) if one in self._registry.users]
        return all(bool(self._parameters.effective(one, AUTHORIZED_SAVE_CHAT)) for one in both)

    def own(self, actor: Actor) -> UserId:
        """NotAllowed to whoever may not chat."""
        user = users_only(actor, "Chat is for colleagues: sign in as a user.")
        may_use(actor, *IN_CALLER)
        if not self._parameters.effective(user, AUTHORIZE_CHAT):
            raise forbidden_by(AUTHORIZE_CHAT)
        return user

    def _between(self, actor: Actor, other: str) -> UserId:
        """Of two who may write to each other the one who asks; NotFound of whoever may not be
        written to, as of whoever is not there."""
        own = self.own(actor)
        if not self.may_write(own, other):
            raise NotFound("You cannot write to anybody of that id.")
        return own

    # ------------------------------------------------------------ written

    async def send(self, actor: Actor, to: str, text: str, key: str | None = None) -> ChatMessage:
        """Invalid, TooMany, or Conflict where it would reach nobody. `key`: the client's own id
        of it; what was sent under it before is answered again, and not sent."""
        own = self._between(actor, to)
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
        own = self._between(actor, to)
        if self.gateway(own, to) is not None:
            raise Conflict("Files can be sent to colleagues only.", why="chatNoFiles")
        plain = plain_name(name)
        if (before := await self._before(own, to, key)) is not None:
            return self._same(before, to, "")
        self._reaches(own, to)
        self.flood.one_more(own, self._clock())
        taken = await whole(content)
        own = self._between(actor, to)  # it may have taken its time
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
            recipient=self.party(own, to),
            sent=self._clock(),
            text=text,
            file=file,
            kept=self.kept(own, to),
            key=key,
            delivery=None if self.gateway(own, to) is None else Delivery.WAITING,
        )

    def _reaches(self, own: UserId, to: str) -> None:
        if (gateway := self.gateway(own, to)) is not None:
            gateway.refuse_undelivered(own, self.kept(own, to))
        elif not self.kept(own, to) and not self._presence.has_page(UserId(to)):
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
                before = await self._kept_before(by, message.key or "")
                if before is None:
                    raise
                return self._same(before, to, message.text)
        elif before := self.passing.sent(message.sender, message.recipient, message.key):
            return self._same(before, to, message.text)
        else:
            self.passing.add(message, content)
        self.flood.wrote(by, to)
        if (gateway := self.gateway(by, to)) is not None:
            self._bus.publish(MessageSent(message, (by,)))
            gateway.send(by, message)
        elif message.recipient.kind is PartyKind.USER:
            self.unread.add(UserId(to), by, message.id)
            self._bus.publish(MessageSent(message, (by, UserId(to))))
            self._bus.publish(UnreadChanged(UserId(to)))
        return message

    async def _before(self, own: UserId, to: str, key: str | None) -> ChatMessage | None:
        if key is None:
            return None
        found = self.passing.sent(party(own), self.party(own, to), key)
        return found if found is not None else await self._kept_before(own, key)

    async def _kept_before(self, own: UserId, key: str) -> ChatMessage | None:
        async with self._storage.reading() as reader:
            return await store.sent(reader, own, key)

    def _same(self, before: ChatMessage, to: str, text: str) -> ChatMessage:
        if before.recipient.id != to or before.text != text:
            raise Conflict("Another message was sent with this key.", field="key", why="keyReused")
        return before

    def typing(self, actor: Actor, to: str) -> None:
        """The other is told, not too often; nothing is stored."""
        own = self._between(actor, to)
        if not self.flood.types(own, to, self._clock()):
            return
        if (gateway := self.gateway(own, to)) is not None:
            gateway.tell_typing(own, to)
        else:
            self._bus.publish(Typing(own, UserId(to)))

    async def read(self, actor: Actor, other: str, upto: MessageId) -> None:
        """What the other wrote is read up to that message; NotFound where it is none of theirs."""
        own = self._between(actor, other)
        message = await self._find(own, other, upto)
        if message is None:
            raise NotFound("There is no such message.")
        before = await self._marked(own, other)
        if before is not None and before.upto >= upto:
            return
        mark = ReadMark(
            company=message.company, user=own, other=other, upto=message.id, at=self._clock()
        )
        await self.mark(mark, kept=message.kept)
        if self.unread.read(own, other, upto):
            self._bus.publish(UnreadChanged(own))
        if (gateway := self.gateway(own, other)) is not None:
            gateway.tell_read(own, other, message)

    async def mark(self, mark: ReadMark, *, kept: bool) -> None:
        """Note who has read what, unless he had read as much already; StorageUnavailable."""
        before = await self._marked(mark.user, mark.other)
        if before is not None and before.upto >= mark.upto:
            return
        if kept:
            async with self._storage.transaction() as tx:
                await store.write_mark(tx, mark)
        else:
            self.passing.mark(mark)
        self._bus.publish(MessagesRead(mark))

    async def _find(self, own: UserId, other: str, id: MessageId) -> ChatMessage | None:
        one, two = party(own), self.party(own, other)
        passing = self.passing.of(one, two, self._clock())
        found = next((message for message in passing if message.id == id), None)
        if found is not None:
            return found
        async with self._storage.reading() as reader:
            kept = await store.found(reader, id)
        return kept if kept is not None and {kept.sender, kept.recipient} == {one, two} else None

    async def _marked(self, user: str, other: str) -> ReadMark | None:
        async with self._storage.reading() as reader:
            kept = await store.mark(reader, user, other)
        passing = self.passing.marked(user, other)
        known = [mark for mark in (kept, passing) if mark is not None]
        return max(known, key=lambda mark: mark.upto, default=None)

    # ------------------------------------------------------------ shown

    async def conversations(self, actor: Actor) -> list[Conversation]:
        """With those to whom he may write, the last first."""
        own, now = self.own(actor), self._clock()
        async with self._storage.reading() as reader:
            last = {_other(own, one): one for one in await store.latest(reader, own)}
        for id in self.passing.others(party(own)):
            messages = self.passing.of(party(own), self.party(own, id), now)
            for one in messages[-1:]:
                kept = last.get(id)
                last[id] = one if kept is None else max(one, kept, key=lambda m: m.id)
        found = [
            Conversation(
                kind=self.party(own, other).kind,
                other=other,
                last=one,
                unread=self.unread.count(own, other),
                kept=self.kept(own, other),
            )
            for other, one in last.items()
            if self.may_write(own, other)
        ]
        return sorted(found, key=lambda each: each.last.id if each.last else "", reverse=True)

    async def history(
        self, actor: Actor, other: str, before: MessageId | None = None, limit: int = 50
    ) -> History:
        own, limit = self._between(actor, other), min(limit, MOST_SHOWN)
        async with self._storage.reading() as reader:
            kept = await store.between(reader, own, other, before, limit + 1)
        passing = self.passing.of(party(own), self.party(own, other), self._clock())
        both = [*kept, *(m for m in passing if before is None or m.id < before)]
        newest = sorted(both, key=lambda message: message.id, reverse=True)
        return History(
            messages=tuple(newest[:limit]),
            more=len(newest) > limit,
            kept=self.kept(own, other),
            read=await self._marked(other, own),
        )

    async def file(self, actor: Actor, id: FileId) -> tuple[ChatFile, bytes]:
        """A file that the actor sent, or was sent; NotFound."""
        own, content = self.own(actor), b""
        passing = self.passing.file(id, self._clock())
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
        return self.may_write(own, _other(own, message))

    def waiting(self, user: UserId) -> dict[str, int]:
        """How much he has not read yet, by who wrote it: of those to whom he may write."""
        found = self.unread.of(user).items()
        return {other: count for other, count in found if self.may_write(user, other)}


def _other(own: UserId, message: ChatMessage) -> str:
    return message.recipient.id if message.sender == party(own) else message.sender.id

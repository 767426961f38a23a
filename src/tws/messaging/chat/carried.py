"""What a gateway brings: messages of people outside, and how far those came that left by it."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from tws.bus import Bus
from tws.errors import TooMany
from tws.messaging.chat import store
from tws.messaging.chat.events import (
    MessageDelivered,
    MessageSent,
    Typing,
    UnreadChanged,
)
from tws.messaging.chat.model import ChatMessage, Delivery, MessageId
from tws.messaging.chat.service import ChatService
from tws.messaging.party import Party
from tws.messaging.party import user as party
from tws.organisation.actor import CompanyId, UserId
from tws.storage import RowClash, Storage, new_id

EARLIER = {
    Delivery.SENT: (Delivery.WAITING,),
    Delivery.DELIVERED: (Delivery.WAITING, Delivery.SENT),
    Delivery.FAILED: (Delivery.WAITING, Delivery.SENT),
}
"From which states a message comes to each: what arrives late changes nothing."


class Carried:
    def __init__(
        self,
        storage: Storage,
        bus: Bus,
        clock: Callable[[], datetime],
        chats: ChatService,
    ) -> None:
        self._storage, self._bus, self._clock, self._chats = storage, bus, clock, chats
        self._log = chats.log

    async def arrived(
        self,
        user: UserId,
        company: CompanyId,
        other: Party,
        text: str,
        *,
        key: str | None,
        sent: datetime,
        own: bool = False,
    ) -> ChatMessage | None:
        """What came for the user from `other`; `own`: what he wrote to `other` with another
        program. None: it is there already. `key`: the network's id of it. StorageUnavailable."""
        sender, recipient = (party(user), other) if own else (other, party(user))
        message = ChatMessage(
            id=MessageId(new_id()),
            company=company,
            sender=sender,
            recipient=recipient,
            sent=min(sent, self._clock()),
            text=text,
            kept=self._chats.rights.kept(user, other.id),
            key=key,
            delivery=Delivery.SENT if own else None,
        )
        written = await self._written(message)
        if written is None:
            return None
        self._bus.publish(MessageSent(written, (user,)))
        self._bus.publish(UnreadChanged(user))
        return written

    async def _written(self, message: ChatMessage) -> ChatMessage | None:
        """Programs that count their messages begin again at one: what has the id of another, but
        another text, is another message."""
        if message.key is not None:
            before = await self._log.sent(message.sender, message.recipient, message.key)
            if before is not None:
                if before.recipient == message.recipient and before.text == message.text:
                    return None
                message = replace(message, key=None)
        if not message.kept:
            self._chats.passing.add(message)
            return message
        try:
            async with self._storage.transaction() as tx:
                await store.write(tx, message)
        except RowClash:
            return None  # it came twice at the same time
        return message

    async def waiting(self, user: UserId) -> list[ChatMessage]:
        """What he wrote and no network has taken yet, oldest first; StorageUnavailable."""
        return await self._log.waiting(user)

    async def delivered(
        self, user: UserId, other: Party, id: MessageId, delivery: Delivery
    ) -> None:
        """How far a message of his came; what is not his, or came farther, is left alone."""
        message = await self._log.written(party(user), other, id)
        if message is None or message.delivery not in EARLIER[delivery]:
            return
        after = replace(message, delivery=delivery)
        if message.kept:
            async with self._storage.transaction() as tx:
                await store.write_delivery(tx, id, delivery, EARLIER[delivery])
        else:
            self._chats.passing.replace(after)
        self._bus.publish(MessageDelivered(user, other.id, id, delivery))

    async def read(self, user: UserId, other: Party, id: MessageId) -> None:
        """`other` has read what the user wrote, up to that message (XEP-0333)."""
        message = await self._log.written(party(user), other, id)
        if message is None:
            return
        await self.delivered(user, other, id, Delivery.DELIVERED)
        await self._chats.mark(other.id, user, message)

    async def seen_elsewhere(self, user: UserId, other: Party, key: str) -> None:
        """The user has read, with another program, up to the message of that key."""
        message = await self._log.sent(other, party(user), key)
        if message is not None and await self._chats.seen(user, other, message.id):
            await self._chats.mark(user, other.id, message)

    def types(self, user: UserId, other: Party) -> None:
        if self._chats.flood.types(other.id, user, self._clock()):
            self._bus.publish(Typing(other.id, user))

    def refuses(self, other: Party) -> bool:
        """Whether that party writes so much at once that no more of it is taken."""
        try:
            self._chats.flood.one_more(other.id, self._clock())
        except TooMany:
            return True
        return False

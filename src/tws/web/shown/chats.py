"""Messages that colleagues write to each other, and people outside, as values."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from tws.messaging.chat.model import (
    CallMessage,
    ChatMessage,
    Conversation,
    History,
    ReadMark,
)
from tws.messaging.party import PartyKind
from tws.organisation.actor import UserId
from tws.telephony.model import LegId
from tws.web.shown.known import Known
from tws.web.shown.values import Value

DeliveryName = Literal["waiting", "sent", "delivered", "failed"]
Correspondent = Annotated[
    str, msgspec.Meta(description="Id of the colleague, or of the external contact.")
]
External = Annotated[bool, msgspec.Meta(description="Whether it is an external contact.")]


class ChatFileValue(Value):
    """A file that was sent."""

    id: str
    name: str
    type: Annotated[
        str,
        msgspec.Meta(
            description="By its content, not its name: `image/png`, `image/jpeg`, `image/gif`,"
            " `image/webp`, or `application/octet-stream`."
        ),
    ]
    size: Annotated[int, msgspec.Meta(description="Bytes.")]
    address: Annotated[str, msgspec.Meta(description="Where it is served.")]


class ChatMessageValue(Value):
    """A message between two. Its text is plain: never show it as HTML."""

    id: Annotated[str, msgspec.Meta(description="The order of ids is that of messages.")]
    sender: Annotated[str, msgspec.Meta(description="Id of the user, or of the external contact.")]
    recipient: Annotated[str, msgspec.Meta(description="The same.")]
    sent: datetime
    text: str
    file: ChatFileValue | None
    kept: Annotated[
        bool,
        msgspec.Meta(description="False: it is gone after twelve hours, or with a restart."),
    ]
    key: Annotated[str | None, msgspec.Meta(description="The client's own id, as it was sent.")]
    delivery: Annotated[
        DeliveryName | None,
        msgspec.Meta(description="How far a message to an external contact came; else null."),
    ] = None


class CallMessageValue(Value):
    """A message to everybody in a conference call. Its text is plain: never show it as HTML."""

    id: str
    connection: Annotated[str, msgspec.Meta(description="The call: your own leg in it.")]
    sender: Annotated[str, msgspec.Meta(description="Id of the user.")]
    sender_name: str
    sent: datetime
    text: str
    key: Annotated[str | None, msgspec.Meta(description="The client's own id, as it was sent.")]


class ChatReadValue(Value):
    """Up to which message somebody has read."""

    upto: Annotated[str, msgspec.Meta(description="Id of the message.")]
    at: datetime


class ChatValue(Value):
    """A conversation with a colleague, or an external contact."""

    user: Correspondent
    external: External
    display_name: str
    last: ChatMessageValue | None
    unread: int
    kept: Annotated[bool, msgspec.Meta(description="Whether what is written now is kept.")]


class ChatHistoryValue(Value):
    """Some messages of a conversation."""

    messages: Annotated[list[ChatMessageValue], msgspec.Meta(description="Newest first.")]
    before: Annotated[
        str | None, msgspec.Meta(description="To ask for older ones; null = there are none.")
    ]
    kept: Annotated[bool, msgspec.Meta(description="Whether what is written now is kept.")]
    read: Annotated[ChatReadValue | None, msgspec.Meta(description="What the other has read.")]


class ChatUnreadValue(Value):
    """What somebody wrote and you have not read yet."""

    user: Correspondent
    external: External
    display_name: str
    messages: Annotated[int, msgspec.Meta(description="How many.")]


class ChatsValue(Value):
    """That you may chat, and what waits to be read."""

    unread: list[ChatUnreadValue]


def message(one: ChatMessage) -> ChatMessageValue:
    file = None
    if one.file is not None:
        file = ChatFileValue(
            id=one.file.id,
            name=one.file.name,
            type=one.file.type,
            size=one.file.size,
            address=f"/api/v1/chat-files/{one.file.id}",
        )
    return ChatMessageValue(
        id=one.id,
        sender=one.sender.id,
        recipient=one.recipient.id,
        sent=one.sent,
        text=one.text,
        file=file,
        kept=one.kept,
        key=one.key,
        delivery=None if one.delivery is None else one.delivery.value,
    )


def call_message(known: Known, one: CallMessage, leg: LegId) -> CallMessageValue:
    row = known.registry.users.get(UserId(one.sender.id))
    return CallMessageValue(
        id=one.id,
        connection=leg,
        sender=one.sender.id,
        sender_name="" if row is None else row.display_name,
        sent=one.sent,
        text=one.text,
        key=one.key,
    )


def conversation(known: Known, one: Conversation) -> ChatValue:
    return ChatValue(
        user=one.other,
        external=one.kind is PartyKind.EXTERNAL,
        display_name=known.chats.rights.name(one.other),
        last=None if one.last is None else message(one.last),
        unread=one.unread,
        kept=one.kept,
    )


def history(found: History) -> ChatHistoryValue:
    return ChatHistoryValue(
        messages=[message(one) for one in found.messages],
        before=found.messages[-1].id if found.more else None,
        kept=found.kept,
        read=None if found.read is None else read(found.read),
    )


def read(mark: ReadMark) -> ChatReadValue:
    return ChatReadValue(upto=mark.upto, at=mark.at)


def chats(known: Known, user: UserId) -> ChatsValue:
    return ChatsValue(
        unread=[
            ChatUnreadValue(
                user=id,
                external=known.chats.rights.party(user, id).kind is PartyKind.EXTERNAL,
                display_name=known.chats.rights.name(id),
                messages=count,
            )
            for id, count in sorted(known.chats.reading.waiting(user).items())
        ]
    )

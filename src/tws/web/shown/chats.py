"""Messages that colleagues write to each other, as values."""

from datetime import datetime
from typing import Annotated

import msgspec

from tws.messaging.chat.model import CallMessage, ChatMessage, Conversation, History, ReadMark
from tws.organisation.actor import UserId
from tws.telephony.model import LegId
from tws.web.shown.known import Known
from tws.web.shown.values import Value


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
    """A message between two colleagues. Its text is plain: never show it as HTML."""

    id: Annotated[str, msgspec.Meta(description="The order of ids is that of messages.")]
    sender: Annotated[str, msgspec.Meta(description="Id of the user.")]
    recipient: Annotated[str, msgspec.Meta(description="Id of the user.")]
    sent: datetime
    text: str
    file: ChatFileValue | None
    kept: Annotated[
        bool,
        msgspec.Meta(description="False: it is gone after twelve hours, or with a restart."),
    ]
    key: Annotated[str | None, msgspec.Meta(description="The client's own id, as it was sent.")]


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
    """A conversation with a colleague."""

    user: Annotated[str, msgspec.Meta(description="Id of the colleague.")]
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
    read: Annotated[ChatReadValue | None, msgspec.Meta(description="What the colleague has read.")]


class ChatUnreadValue(Value):
    """What a colleague wrote and you have not read yet."""

    user: Annotated[str, msgspec.Meta(description="Id of the colleague.")]
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
        display_name=known.registry.users[one.other].display_name,
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
    users, waiting = known.registry.users, known.chats.waiting(user)
    return ChatsValue(
        unread=[
            ChatUnreadValue(user=id, display_name=users[id].display_name, messages=count)
            for id, count in sorted(waiting.items())
        ]
    )

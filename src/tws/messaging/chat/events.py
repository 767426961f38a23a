"""What the room publishes."""

from msgspec import Struct

from tws.messaging.chat.model import (
    CallMessage,
    ChatMessage,
    Delivery,
    FileId,
    MessageId,
    ReadMark,
)
from tws.organisation.actor import UserId


class MessageSent(Struct, frozen=True):
    """To all who are told: its sender is one of them."""

    message: ChatMessage
    told: tuple[UserId, ...]


class CallMessageSent(Struct, frozen=True):
    """To all who are in a conference, its sender too."""

    message: CallMessage


class Typing(Struct, frozen=True):
    """Somebody writes to another, at this moment."""

    sender: str
    "The id of the party."
    recipient: UserId


class MessagesRead(Struct, frozen=True):
    """Somebody has read what another wrote to him."""

    mark: ReadMark
    kept: bool = True
    "Else in memory only."


class MessagesSeen(Struct, frozen=True):
    """So many that waited to be read wait no more."""

    user: UserId
    other: str
    upto: MessageId
    seen: int


class MessagesGone(Struct, frozen=True):
    """What was kept is no more: for whom each was, from whom, and its id."""

    messages: tuple[tuple[UserId, str, MessageId], ...]


class FilePassing(Struct, frozen=True):
    """A part of a file that is kept nowhere, for the memory of the other nodes."""

    file: FileId
    part: int
    parts: int
    content: bytes


class MessagesPassing(Struct, frozen=True):
    """A conversation that is kept nowhere, for nodes that have not heard it."""

    messages: tuple[ChatMessage, ...]
    marks: tuple[ReadMark, ...]


class MessageDelivered(Struct, frozen=True):
    """How far a message to somebody outside came is other than before."""

    user: UserId
    "Who sent it."
    other: str
    message: MessageId
    delivery: Delivery


class PartyGone(Struct, frozen=True):
    """A party that is no user is no more: nothing of it is kept."""

    id: str


class UnreadChanged(Struct, frozen=True):
    """What somebody has not read yet is more, or less, than before."""

    user: UserId

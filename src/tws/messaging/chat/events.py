"""What the room publishes."""

from msgspec import Struct

from tws.messaging.chat.model import CallMessage, ChatMessage, Delivery, MessageId, ReadMark
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

"""What a message is, and what is known of who has read it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NewType

from msgspec import Struct

from tws.errors import Invalid
from tws.messaging.party import Party, PartyKind
from tws.organisation.actor import CompanyId, UserId
from tws.telephony.model import LegId

MessageId = NewType("MessageId", str)
"A UUIDv7: the order of ids is that of messages."
FileId = NewType("FileId", str)
LONGEST = 5000
"Characters of a message."
LARGEST = 10 * 1024 * 1024
"Bytes of a file."
LONGEST_NAME = 200
"Characters of a file's name."


class ChatFile(Struct, frozen=True, kw_only=True):
    """A file that was sent, without its content."""

    id: FileId
    name: str
    "As the sender had it, without its folder."
    type: str
    "By its content: that of a picture, or `application/octet-stream`."
    size: int
    "Bytes."


class Delivery(StrEnum):
    """How far a message came that leaves by a gateway. It only goes on."""

    WAITING = "waiting"
    "The network has not taken it yet: it is given to it again when there is a connection."
    SENT = "sent"
    DELIVERED = "delivered"
    "A program of the other has it (XEP-0184)."
    FAILED = "failed"
    "It came back."


class ChatMessage(Struct, frozen=True, kw_only=True):
    id: MessageId
    company: CompanyId
    sender: Party
    recipient: Party
    sent: datetime
    text: str
    file: ChatFile | None = None
    kept: bool
    "In the database; else in memory only, for a while."
    key: str | None = None
    "The client's own id of it: one that comes again makes no second message."
    delivery: Delivery | None = None
    "None: it leaves by no gateway."


class CallMessage(Struct, frozen=True, kw_only=True):
    """To everybody in a conference call."""

    id: MessageId
    sender: Party
    recipient: Party
    "The call, by its thread."
    told: Mapping[UserId, LegId]
    "Who was in it then, and by which leg each of them knows it."
    sent: datetime
    text: str
    key: str | None = None


class ReadMark(Struct, frozen=True, kw_only=True):
    """Up to which message somebody has read what another wrote to him."""

    company: CompanyId
    user: str
    "Who has read it: the id of a party."
    other: str
    upto: MessageId
    at: datetime


class Conversation(Struct, frozen=True, kw_only=True):
    """Of a user with a colleague, or somebody outside."""

    kind: PartyKind
    other: str
    "The id of the party."
    last: ChatMessage | None
    unread: int
    kept: bool
    "Whether what is written now is kept."


class History(Struct, frozen=True, kw_only=True):
    """Some messages of a conversation, newest first."""

    messages: tuple[ChatMessage, ...]
    more: bool
    "Whether there are older ones."
    kept: bool
    read: ReadMark | None
    "What the other has read."


def said(text: str) -> str:
    """A text that can be a message; Invalid."""
    if not text.strip():
        raise Invalid("There is nothing to send.", field="text", why="needed")
    if len(text) > LONGEST:
        raise Invalid(
            f"A message has at most {LONGEST} characters.",
            field="text",
            why="longerThan",
            parameters={"most": LONGEST},
        )
    return text

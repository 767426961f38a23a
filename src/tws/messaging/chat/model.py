"""What a message is, and what is known of who has read it."""

from datetime import datetime
from typing import NewType

from msgspec import Struct

from tws.messaging.party import Party
from tws.organisation.actor import CompanyId, UserId

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


class ReadMark(Struct, frozen=True, kw_only=True):
    """Up to which message somebody has read what another wrote to him."""

    company: CompanyId
    user: UserId
    other: UserId
    upto: MessageId
    at: datetime


class Conversation(Struct, frozen=True, kw_only=True):
    """Of a user with a colleague."""

    other: UserId
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

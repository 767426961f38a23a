"""Conversations of which nothing is kept: the last messages, in memory, for some hours.

They are gone with this process. Pure: the time is an argument.
"""

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta

from tws.messaging.chat.model import ChatMessage, FileId, MessageId, ReadMark
from tws.messaging.party import Party, PartyKind

MOST = 100
"Messages of a conversation."
FOR = timedelta(hours=12)
ROOM = 64 * 1024 * 1024
"Bytes of files, of everybody."
ROOM_OF_ONE = 20 * 1024 * 1024
"Of one sender."
Pair = tuple[str, ...]


def pair(one: Party, other: Party) -> Pair:
    """The same in both directions; what goes to a conference is one conversation, whoever wrote
    it."""
    calls = [party.id for party in (one, other) if party.kind is PartyKind.CALL]
    return tuple(calls) or tuple(sorted((one.id, other.id)))


class Passing:
    def __init__(self) -> None:
        self._conversations: dict[Pair, deque[ChatMessage]] = {}
        self._files: dict[FileId, tuple[ChatMessage, bytes]] = {}
        self._marks: dict[tuple[str, str], ReadMark] = {}

    def add(self, message: ChatMessage, content: bytes | None = None) -> None:
        """The oldest of the conversation goes where there are too many."""
        between = pair(message.sender, message.recipient)
        messages = self._conversations.setdefault(between, deque())
        messages.append(message)
        if message.file is not None and content is not None:
            self._files[message.file.id] = message, content
        while len(messages) > MOST:
            self._gone(messages.popleft())

    def has(self, message: ChatMessage) -> bool:
        messages = self._conversations.get(pair(message.sender, message.recipient), ())
        return any(one.id == message.id for one in messages)

    def holds(self, file: FileId) -> bool:
        return file in self._files

    def put(self, message: ChatMessage) -> None:
        """One of earlier, in its place; without its file."""
        self.add(message)
        between = pair(message.sender, message.recipient)
        self._conversations[between] = deque(
            sorted(self._conversations[between], key=lambda one: one.id)
        )

    def named(self, sender: Party, other: str, id: MessageId) -> ChatMessage | None:
        """What he wrote to that party, by its id."""
        messages = self._conversations.get(tuple(sorted((sender.id, other))), ())
        return next((one for one in messages if one.id == id), None)

    def readers(self) -> list[tuple[str, str]]:
        """Who was written something, and by whom: the ids of parties, users among them."""
        return sorted(
            {
                (one.recipient.id, one.sender.id)
                for messages in self._conversations.values()
                for one in messages
                if one.recipient.kind is PartyKind.USER
            }
        )

    def to(self, user: str, other: str) -> list[ChatMessage]:
        """What the other wrote to that user, oldest first."""
        messages = self._conversations.get(tuple(sorted((user, other))), ())
        return [one for one in messages if one.sender.id == other]

    def conversations(self) -> Iterator[tuple[list[ChatMessage], list[ReadMark]]]:
        """All that is remembered, with how far each has read."""
        for between, messages in self._conversations.items():
            marks = [mark for ids, mark in self._marks.items() if sorted(ids) == sorted(between)]
            yield list(messages), marks

    def replace(self, message: ChatMessage) -> bool:
        """By another state of it; whether it is there."""
        messages = self._conversations.get(pair(message.sender, message.recipient), deque())
        for at, one in enumerate(messages):
            if one.id == message.id:
                messages[at] = message
                return True
        return False

    def of(self, one: Party, other: Party, now: datetime) -> list[ChatMessage]:
        """Oldest first."""
        messages = self._conversations.get(pair(one, other), ())
        return [message for message in messages if message.sent > now - FOR]

    def sent(self, sender: Party, recipient: Party, key: str | None) -> ChatMessage | None:
        """The message of that key."""
        if key is None:
            return None
        messages = self._conversations.get(pair(sender, recipient), ())
        same = (one for one in messages if one.key == key and one.sender == sender)
        return next(same, None)

    def others(self, one: Party) -> Iterator[str]:
        """Ids of those with whom there is a conversation."""
        for between in self._conversations:
            if one.id in between:
                yield next((id for id in between if id != one.id), one.id)

    def file(self, id: FileId, now: datetime) -> tuple[ChatMessage, bytes] | None:
        found = self._files.get(id)
        return found if found is not None and found[0].sent > now - FOR else None

    def has_room(self, sender: Party, size: int) -> bool:
        """Whether one more file of that size can be held."""
        held = [(message.sender, len(content)) for message, content in self._files.values()]
        own = sum(length for who, length in held if who == sender)
        return own + size <= ROOM_OF_ONE and sum(n for _, n in held) + size <= ROOM

    def mark(self, mark: ReadMark) -> None:
        self._marks[mark.user, mark.other] = mark

    def marked(self, user: str, other: str) -> ReadMark | None:
        return self._marks.get((user, other))

    def forget_old(self, now: datetime) -> list[ChatMessage]:
        """What is held for too long; that which went."""
        gone: list[ChatMessage] = []
        for between, messages in list(self._conversations.items()):
            while messages and messages[0].sent <= now - FOR:
                gone.append(self._gone(messages.popleft()))
            if not messages:
                del self._conversations[between]
        for ids, mark in list(self._marks.items()):
            if mark.at <= now - FOR:
                del self._marks[ids]
        return gone

    def forget(self, id: str) -> None:
        """All that is of that party."""
        for between in [one for one in self._conversations if id in one]:
            for message in self._conversations.pop(between):
                self._gone(message)
        for ids in [one for one in self._marks if id in one]:
            del self._marks[ids]

    def _gone(self, message: ChatMessage) -> ChatMessage:
        if message.file is not None:
            self._files.pop(message.file.id, None)
        return message

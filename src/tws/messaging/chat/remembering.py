"""What chat keeps in memory, by what happened at whichever node: how much waits to be read, and
the conversations that are kept nowhere else."""

from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from tws.bus import Bus
from tws.messaging.chat.events import (
    FilePassing,
    MessageDelivered,
    MessageSent,
    MessagesGone,
    MessagesPassing,
    MessagesRead,
    MessagesSeen,
    UnreadChanged,
)
from tws.messaging.chat.log import ChatLog
from tws.messaging.chat.model import ChatMessage, FileId
from tws.messaging.party import PartyKind
from tws.messaging.party import user as party
from tws.node_memory import when_wanted
from tws.organisation.actor import UserId
from tws.rereading import when_missed
from tws.schedule import Schedule

PART = 500_000
"Bytes of a file in one message: NATS takes a million."
REREAD = "read again what waits to be read"


class Remembering:
    def __init__(self, bus: Bus, schedule: Schedule, log: ChatLog) -> None:
        self._bus, self._schedule, self._log = bus, schedule, log
        self._files: defaultdict[FileId, dict[int, bytes]] = defaultdict(dict)
        "Parts that were heard of files of which the message comes behind."
        bus.follow(MessageSent, self._sent)
        bus.follow(MessagesRead, self._read)
        bus.follow(MessagesSeen, self._seen)
        bus.follow(MessagesGone, self._gone)
        bus.follow(MessageDelivered, self._delivered)
        bus.follow(FilePassing, self._file)
        bus.follow(MessagesPassing, self._passing)
        when_missed(bus, schedule, REREAD, self.read_again)
        when_wanted(bus, self._tell)

    def tell_file(self, message: ChatMessage, content: bytes) -> None:
        """To the other nodes, before the message."""
        if self._bus.node and message.file is not None:
            parts = -(-len(content) // PART) or 1
            for n in range(parts):
                some = content[n * PART : (n + 1) * PART]
                self._bus.publish(FilePassing(message.file.id, n, parts, some))

    async def read_again(self) -> None:
        """What waits, by what is kept and what is in memory."""
        users = self._log.unread.users() | await self._log.reload()
        for user in users:
            self._bus.hear(UnreadChanged(user))

    # ------------------------------------------------------------ what happened

    def _sent(self, event: MessageSent) -> None:
        message, passing = event.message, self._log.passing
        if not message.kept and not passing.has(message):
            content = self._content(message)
            passing.add(message, content)
        to, by = message.recipient, message.sender
        if to.kind is PartyKind.USER and to.id in event.told and to != by:
            self._log.unread.add(UserId(to.id), by.id, message.id)

    def _content(self, message: ChatMessage) -> bytes | None:
        """None where not all of it was heard."""
        if message.file is None:
            return None
        parts = self._files.pop(message.file.id, {})
        content = b"".join(parts[n] for n in sorted(parts))
        return content if len(content) == message.file.size else None

    def _file(self, event: FilePassing) -> None:
        if self._log.passing.holds(event.file):
            return
        self._files[event.file][event.part] = event.content

    def _read(self, event: MessagesRead) -> None:
        if not event.kept:
            self._log.passing.mark(event.mark)

    def _seen(self, event: MessagesSeen) -> None:
        self._log.unread.read(event.user, event.other, event.upto, event.seen)

    def _gone(self, event: MessagesGone) -> None:
        for user, other, message in event.messages:
            if self._log.unread.gone(user, other, message):
                self._bus.publish(UnreadChanged(user))

    def _delivered(self, event: MessageDelivered) -> None:
        message = self._log.passing.named(party(event.user), event.other, event.message)
        if message is not None:
            self._log.passing.replace(replace(message, delivery=event.delivery))

    # ------------------------------------------------------------ who has not heard

    async def _tell(self) -> None:
        for some in self._told():
            self._bus.publish(some)

    def _told(self) -> Iterator[MessagesPassing]:
        """Without what files hold: who was not there has to ask for them again."""
        for messages, marks in self._log.passing.conversations():
            yield MessagesPassing(tuple(messages), tuple(marks))

    def _passing(self, event: MessagesPassing) -> None:
        passing, unread = self._log.passing, self._log.unread
        for mark in event.marks:
            known = passing.marked(mark.user, mark.other)
            if known is None or known.upto < mark.upto:
                passing.mark(mark)
        for message in event.messages:
            if passing.has(message):
                continue
            passing.put(message)
            to, by = message.recipient, message.sender
            read = passing.marked(to.id, by.id)
            if to.kind is PartyKind.USER and (read is None or read.upto < message.id):
                unread.add(UserId(to.id), by.id, message.id)
                self._bus.publish(UnreadChanged(UserId(to.id)))

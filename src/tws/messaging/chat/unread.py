"""How much nobody has read yet, by who is to read it and who wrote it: in memory, for the signs
of all pages. Of each two it is one entry, however much waits. Pure."""

from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from tws.messaging.chat.model import MessageId
from tws.organisation.actor import UserId


class Unseen(NamedTuple):
    """What somebody has not read of what another wrote."""

    messages: int
    after: str
    "It has read all up to this id; no message need have it."
    newest: MessageId

    def partly(self, upto: MessageId) -> bool:
        """Whether some of it, but not all, is seen by then; how much, this does not know."""
        return self.after < upto < self.newest


class Unread:
    def __init__(self) -> None:
        self._unseen: dict[UserId, dict[str, Unseen]] = {}
        self._touched: set[tuple[str, str]] | None = None

    def load(
        self, unseen: Iterable[tuple[UserId, str, Unseen]], but: Container[tuple[str, str]] = ()
    ) -> None:
        """This, and nothing that was known before; of those two (`but`) all stays."""
        before = [
            (user, other, one)
            for user, of in self._unseen.items()
            for other, one in of.items()
            if (user, other) in but
        ]
        self._unseen.clear()
        for user, other, one in (*before, *(one for one in unseen if one[:2] not in but)):
            self._put(user, other, one)

    @contextmanager
    def watched(self) -> Iterator[set[tuple[str, str]]]:
        """Meanwhile: who is to read more or less, and who wrote it."""
        touched = set[tuple[str, str]]()
        self._touched = touched
        try:
            yield touched
        finally:
            self._touched = None

    def add(self, user: UserId, other: str, message: MessageId) -> None:
        known = self.between(user, other)
        if known is None:
            self._put(user, other, Unseen(1, _just_before(message), message))
        else:
            # Two that were sent at once may come in the other order.
            after = min(known.after, _just_before(message))
            self._put(user, other, Unseen(known.messages + 1, after, max(known.newest, message)))

    def between(self, user: UserId, other: str) -> Unseen | None:
        """None: he has read all."""
        return self._unseen.get(user, {}).get(other)

    def read(self, user: UserId, other: str, upto: MessageId, seen: int = 0) -> bool:
        """Whether there was anything to read. `seen`: how many of them are, where they are some
        of those that wait."""
        known = self.between(user, other)
        if known is None or upto <= known.after:
            return False
        left = known.messages - seen if upto < known.newest else 0
        self._put(user, other, Unseen(left, upto, known.newest))
        return True

    def gone(self, user: UserId, other: str, message: MessageId) -> bool:
        """A message is no more; whether it had not been read."""
        known = self.between(user, other)
        if known is None or not known.after < message <= known.newest:
            return False
        self._put(user, other, known._replace(messages=known.messages - 1))
        return True

    def forget(self, id: str) -> list[UserId]:
        """All of that party; who has fewer to read now."""
        self._unseen.pop(UserId(id), None)
        fewer = [user for user, of in self._unseen.items() if id in of]
        for user in fewer:
            del self._unseen[user][id]
        return fewer

    def users(self) -> set[UserId]:
        """Who has something to read."""
        return set(self._unseen)

    def of(self, user: UserId) -> dict[str, int]:
        """How many, by who wrote them."""
        return {other: one.messages for other, one in self._unseen.get(user, {}).items()}

    def count(self, user: UserId, other: str) -> int:
        known = self.between(user, other)
        return 0 if known is None else known.messages

    def _put(self, user: UserId, other: str, now: Unseen) -> None:
        if self._touched is not None:
            self._touched.add((user, other))
        if now.messages > 0:
            self._unseen.setdefault(user, {})[other] = now
            return
        of = self._unseen.get(user, {})
        of.pop(other, None)
        if not of:
            self._unseen.pop(user, None)


def _just_before(message: MessageId) -> str:
    """What comes behind all earlier ids, and before this one."""
    return message[:-1]

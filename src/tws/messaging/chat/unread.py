"""What nobody has read yet, by who is to read it and who wrote it: in memory, for the signs of all
pages. Pure."""

from bisect import bisect_right, insort
from collections.abc import Iterable

from tws.messaging.chat.model import MessageId
from tws.organisation.actor import UserId

Unseen = tuple[UserId, str, MessageId]
"Who is to read it, who wrote it, and which message."


class Unread:
    def __init__(self) -> None:
        self._ids: dict[UserId, dict[str, list[MessageId]]] = {}

    def load(self, unseen: Iterable[Unseen]) -> None:
        for user, other, message in unseen:
            self.add(user, other, message)

    def add(self, user: UserId, other: str, message: MessageId) -> None:
        insort(self._ids.setdefault(user, {}).setdefault(other, []), message)

    def read(self, user: UserId, other: str, upto: MessageId) -> bool:
        """Whether there was anything to read."""
        ids = self._ids.get(user, {}).get(other, [])
        seen = bisect_right(ids, upto)
        if not seen:
            return False
        del ids[:seen]
        self._tidy(user, other)
        return True

    def gone(self, user: UserId, other: str, message: MessageId) -> bool:
        """A message is no more; whether it had not been read."""
        ids = self._ids.get(user, {}).get(other, [])
        if message not in ids:
            return False
        ids.remove(message)
        self._tidy(user, other)
        return True

    def forget(self, id: str) -> list[UserId]:
        """All of that party; who has fewer to read now."""
        self._ids.pop(UserId(id), None)
        fewer = [user for user, of in self._ids.items() if id in of]
        for user in fewer:
            del self._ids[user][id]
        return fewer

    def of(self, user: UserId) -> dict[str, int]:
        """How many, by who wrote them."""
        return {other: len(ids) for other, ids in self._ids.get(user, {}).items()}

    def count(self, user: UserId, other: str) -> int:
        return len(self._ids.get(user, {}).get(other, ()))

    def _tidy(self, user: UserId, other: str) -> None:
        if not self._ids[user][other]:
            del self._ids[user][other]
        if not self._ids[user]:
            del self._ids[user]

"""Conversations of NTLM, whoever checks them: each signs in the connection by which it comes, and
of those that have begun there are few, and not for long."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from tws.access.negotiator import TicketRefused
from tws.errors import TooMany
from tws.protocols import ntlm

LONGEST = 16 * 1024
"Bytes of a message."
LASTS = 10.0
"Seconds for the client to go on."
C = TypeVar("C")


def begins(token: bytes, connection: str) -> bool:
    """Whether it is the first message of a conversation; else it is the last. TicketRefused."""
    if not connection:
        raise TicketRefused("NTLM signs in a connection, and none is known here")
    if len(token) > LONGEST:
        raise TicketRefused("the message of NTLM is too long")
    try:
        return ntlm.kind(token) == ntlm.NEGOTIATE
    except ntlm.NotNtlm as error:
        raise TicketRefused(str(error)) from error


@dataclass(slots=True)
class _Open(Generic[C]):
    address: str
    of: C
    over: asyncio.TimerHandle | None = None


class Conversations(Generic[C]):
    """What is known of each, by its connection."""

    def __init__(self, *, most: int, of_address: int, end: Callable[[C], None]) -> None:
        """An address that begins more than its share pushes out its own; `end`: of one that comes
        to no answer."""
        self._most, self._of_address, self._end = most, of_address, end
        self._open: dict[str, _Open[C]] = {}

    def __iter__(self) -> Iterator[C]:
        return iter([one.of for one in self._open.values()])

    def begin(self, connection: str, address: str, of: C) -> None:
        """TooMany."""
        self._drop(connection)
        theirs = [key for key, one in self._open.items() if one.address == address]
        if len(theirs) >= self._of_address:
            self._drop(theirs[0])
        if len(self._open) >= self._most:
            raise TooMany("Too many are signing in: try again.", retry_after=1)
        self._open[connection] = _Open(address, of)

    def wait(self, connection: str, of: C) -> None:
        """Its challenge goes out: from now on it has `LASTS` for its answer."""
        one = self._open.get(connection)
        if one is None or one.of is not of:  # another was begun meanwhile
            self._end(of)
            return
        loop = asyncio.get_running_loop()
        one.over = loop.call_later(LASTS, self.forget, connection, of)

    def take(self, connection: str) -> C:
        """It is good once. TicketRefused where nothing waits."""
        one = self._open.pop(connection, None)
        if one is None or one.over is None:
            if one is not None:
                self._end(one.of)
            raise TicketRefused("nobody has begun that on this connection, or too long ago")
        one.over.cancel()
        return one.of

    def forget(self, connection: str, of: C) -> None:
        one = self._open.get(connection)
        if one is not None and one.of is of:
            self._drop(connection)
        else:
            self._end(of)

    def _drop(self, connection: str) -> None:
        one = self._open.pop(connection, None)
        if one is None:
            return
        if one.over is not None:
            one.over.cancel()
        self._end(one.of)

    def close(self) -> None:
        for connection in list(self._open):
            self._drop(connection)

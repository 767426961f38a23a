"""Idempotency-Key: a request sent again is answered again, and done once.

A key belongs to its actor for ten minutes after the first answer. The same key with the same
request gets the same answer, waiting for it if need be; with another request it is refused.
Answers live in the memory of this process; when it holds too many, new keys are refused:
forgetting one early would let a telephone be dialled twice. For the same reason a key is noted in
a file before its request goes to the PBX: sent again to the next process it is not done again, and
answered that nobody knows how it ended.
"""

import asyncio
import hashlib
import json
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from tws.errors import ServiceError, TooMany
from tws.telephony.commands import CommandId
from tws.web.errors import Problem, problem
from tws.web.noted import Noted

KEPT_FOR = 600.0
"Seconds."
FOR_EACH = 5_000
IN_ALL = 50_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent, and sent again."""

    status: int
    body: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class _Entry:
    request: str
    answer: asyncio.Task[Answer]


@dataclass(slots=True)
class Idempotency:
    """The keys in use. `clock`: seconds that never go back."""

    clock: Callable[[], float]
    noted: Noted
    _entries: dict[tuple[str, str], _Entry] = field(default_factory=dict)
    _answered: deque[tuple[float, tuple[str, str]]] = field(default_factory=deque)
    _count: dict[str, int] = field(default_factory=dict)

    async def once(
        self,
        owner: str,
        key: str,
        request: str,
        work: Callable[[], Coroutine[Any, Any, Answer]],
    ) -> Answer:
        """The answer of `work`, which runs for the first of equal requests only.

        What `work` raises is raised for all who wait, and not kept: nothing was done.
        """
        self._forget_old()
        name = (owner, key)
        entry = self._entries.get(name)
        before = entry.request if entry else self.noted.request(command_id(owner, key))
        if before not in (None, request):
            raise Problem(
                "idempotencyKeyReused",
                "This Idempotency-Key was sent before with another request.",
            )
        if entry is None:
            if before is not None:
                return outcome_unknown()
            # In a task of its own: it goes on when the client that asked goes away.
            entry = self._begin(name, request, work)
        return await asyncio.shield(entry.answer)

    def _begin(
        self,
        name: tuple[str, str],
        request: str,
        work: Callable[[], Coroutine[Any, Any, Answer]],
    ) -> _Entry:
        owner = name[0]
        if self._count.get(owner, 0) >= FOR_EACH or len(self._entries) >= IN_ALL:
            raise TooMany("Too many Idempotency-Keys within ten minutes.", retry_after=60)
        self.noted.note(command_id(*name), request)
        task = asyncio.get_running_loop().create_task(work())
        entry = self._entries[name] = _Entry(request, task)
        self._count[owner] = self._count.get(owner, 0) + 1
        task.add_done_callback(lambda _: self._done(name, task))
        return entry

    def _done(self, name: tuple[str, str], task: asyncio.Task[Answer]) -> None:
        if task.cancelled():
            self._remove(name)  # noted still: the PBX may have been asked
        elif (error := task.exception()) is not None:
            self._remove(name)
            if isinstance(error, ServiceError):
                self.noted.forget(command_id(*name))
        else:
            self._answered.append((self.clock() + KEPT_FOR, name))

    def _forget_old(self) -> None:
        now = self.clock()
        while self._answered and self._answered[0][0] <= now:
            self._remove(self._answered.popleft()[1])

    def _remove(self, name: tuple[str, str]) -> None:
        del self._entries[name]
        self._count[name[0]] -= 1
        if not self._count[name[0]]:
            del self._count[name[0]]


def outcome_unknown() -> Answer:
    """Without Retry-After: under the same key there will be no other answer."""
    response = problem(
        "outcomeUnknown",
        "The server was restarted since this request first came: the PBX may have done it.",
    )
    return Answer(response.status_code, bytes(response.body), str(response.media_type))


def command_id(owner: str, key: str) -> CommandId:
    """The id under which the PBX link knows the command: the same for the same owner and key."""
    return CommandId(hashlib.sha256(f"{owner}\n{key}".encode()).hexdigest()[:32])


def fingerprint(operation: str, body: object) -> str:
    """Equal for equal requests, however their JSON was laid out."""
    canonical = json.dumps([operation, body], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()

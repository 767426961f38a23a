"""Idempotency-Key: a request sent again is answered again, and done once.

A key belongs to its actor for ten minutes after the first answer. The same key with the same
request gets the same answer, waiting for it if need be; with another request it is refused.
Answers live in the memory of this process; when it holds too many, new keys are refused:
forgetting one early would let a telephone be dialled twice. For the same reason a key is noted in
a file before its request goes to the PBX: sent again to the next process it is not done again, and
answered that nobody knows how it ended. Of several nodes each knows what the others have answered:
the same key gets the first answer at whichever node.
"""

import asyncio
import hashlib
import json
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from tws.bus import Bus
from tws.errors import ServiceError, TooMany
from tws.node_memory import NodeMemory
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


class Told(Struct, frozen=True):
    """What another node knows of a key."""

    request: str
    answer: Answer | None = None
    asked: bool = True
    "The PBX may have been; else nothing was done."


class Elsewhere:
    """The keys of other nodes, for as long as they hold."""

    def __init__(self, bus: Bus, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._memory = NodeMemory[Told](bus, "idempotency keys", Told, self._changed)
        self._node = bus.node
        self._told: dict[str, Told] = {}
        self._until: deque[tuple[float, str]] = deque()
        self._waiting: dict[str, asyncio.Event] = {}

    def tell(self, name: tuple[str, str], told: Told | None) -> None:
        """Of this node's; None: it holds no longer."""
        if self._node:
            self._memory.put("\n".join(name), told)

    async def of(self, name: tuple[str, str]) -> Told | None:
        """Once it is answered there, or will not be; None: no other node has it."""
        self._forget_old()
        key = "\n".join(name)
        while (told := self._told.get(key)) is not None and told.asked and told.answer is None:
            if self._memory.first(key) is None:
                break  # its node is gone
            await self._waiting.setdefault(key, asyncio.Event()).wait()
        return told if told is not None and told.asked else None

    def _changed(self, key: str) -> None:
        if key in self._memory.own:
            return
        told = self._memory.first(key)
        if told is not None:
            if key not in self._told:
                self._until.append((self._clock() + KEPT_FOR, key))
            self._told[key] = told
        if (waiting := self._waiting.pop(key, None)) is not None:
            waiting.set()

    def _forget_old(self) -> None:
        now = self._clock()
        while self._until and self._until[0][0] <= now:
            self._told.pop(self._until.popleft()[1], None)


class Idempotency:
    """The keys in use. `clock`: seconds that never go back."""

    def __init__(self, clock: Callable[[], float], noted: Noted, bus: Bus) -> None:
        self.clock, self.noted = clock, noted
        self._elsewhere = Elsewhere(bus, clock)
        self._entries: dict[tuple[str, str], _Entry] = {}
        self._answered: deque[tuple[float, tuple[str, str]]] = deque()
        self._count: dict[str, int] = {}

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
        told = None if name in self._entries else await self._elsewhere.of(name)
        entry = self._entries.get(name)
        before = entry.request if entry else self.noted.request(command_id(owner, key))
        if entry is None and told is not None:
            before = told.request
        if before not in (None, request):
            raise Problem(
                "idempotencyKeyReused",
                "This Idempotency-Key was sent before with another request.",
            )
        if entry is None:
            if told is not None and told.answer is not None:
                return told.answer
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
        self._elsewhere.tell(name, Told(request))
        task = asyncio.get_running_loop().create_task(work())
        entry = self._entries[name] = _Entry(request, task)
        self._count[owner] = self._count.get(owner, 0) + 1
        task.add_done_callback(lambda _: self._done(name, task))
        return entry

    def _done(self, name: tuple[str, str], task: asyncio.Task[Answer]) -> None:
        if task.cancelled():
            self._remove(name)  # noted still: the PBX may have been asked
        elif (error := task.exception()) is not None:
            if isinstance(error, ServiceError):
                self.noted.forget(command_id(*name))
                self._elsewhere.tell(name, Told("", asked=False))
            self._remove(name)
        else:
            request = self._entries[name].request
            self._elsewhere.tell(name, Told(request, task.result()))
            self._answered.append((self.clock() + KEPT_FOR, name))

    def _forget_old(self) -> None:
        now = self.clock()
        while self._answered and self._answered[0][0] <= now:
            self._remove(self._answered.popleft()[1])

    def _remove(self, name: tuple[str, str]) -> None:
        del self._entries[name]
        self._elsewhere.tell(name, None)
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

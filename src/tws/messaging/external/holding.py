"""One account that is to be connected: its connection, what came by it, how people are."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from msgspec.structs import replace

from tws.messaging.external.model import AccountCondition, AccountState, ExternalAccount, Standing
from tws.messaging.external.network import Heard, Line
from tws.sources.errors import ConnectorError

MOST_QUEUED, FEW = 200, 50
"What was heard and not taken yet: with so much no more is read, with so little it is again."
NOBODY = Standing()


@dataclass(eq=False)
class Holding:
    account: ExternalAccount
    line: Line | None = None
    condition: AccountCondition = field(
        default_factory=lambda: AccountCondition(AccountState.CONNECTING)
    )
    failures: int = 0
    "Of connecting, one after the other."
    since: datetime | None = None
    "Connected."
    queue: deque[Heard] = field(default_factory=deque)
    paused: bool = False
    standings: dict[str, Standing] = field(default_factory=dict)
    "By address."
    overfull: bool = False
    "It was logged that this connection tells of more people than are taken."
    flushed: bool = False
    "What waited has been given to this connection."
    given: set[str] = field(default_factory=set)
    "Ids of that."
    later: list[tuple[str, str, str]] = field(default_factory=list)
    "What is to be sent behind it: address, id, text."

    @property
    def connected(self) -> bool:
        return self.line is not None and self.condition.state is AccountState.CONNECTED

    def standing(self, address: str) -> Standing:
        return self.standings.get(address, NOBODY)

    def answered(self, address: str) -> None:
        self.standings[address] = replace(self.standing(address), asks=False)

    def put(self, what: Heard) -> None:
        self.queue.append(what)
        if len(self.queue) >= MOST_QUEUED and not self.paused and self.line is not None:
            self.paused = True
            self.line.pause()

    def taken(self) -> None:
        """The first of the queue is done with."""
        self.queue.popleft()
        if self.paused and len(self.queue) <= FEW and self.line is not None:
            self.paused = False
            self.line.resume()

    def send(self, address: str, id: str, text: str) -> None:
        """In the order in which it was written."""
        if self.line is None or id in self.given:
            return
        if self.flushed:
            self.line.send(address, id, text)
        else:
            self.later.append((address, id, text))

    def cut(self) -> None:
        """There is no connection any more; what came by it is still taken."""
        if self.line is not None:
            self.line.close()
        self.line, self.since, self.paused = None, None, False
        self.overfull = False
        self.flushed, self.given, self.later = False, set(), []
        self.standings.clear()


class Listening:
    """What one connection tells; nothing counts any more once there is another."""

    def __init__(
        self,
        holding: Holding,
        on_connected: Callable[[], None],
        on_lost: Callable[[ConnectorError], None],
        on_heard: Callable[[], None],
    ) -> None:
        self._holding, self._over = holding, False
        self._on_connected, self._on_lost, self._on_heard = on_connected, on_lost, on_heard

    def end(self) -> None:
        self._over = True

    def connected(self) -> None:
        if not self._over:
            self._on_connected()

    def lost(self, why: ConnectorError) -> None:
        if not self._over:
            self._over = True
            self._on_lost(why)

    def hear(self, what: Heard) -> None:
        if not self._over:
            self._holding.put(what)
            self._on_heard()

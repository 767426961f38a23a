"""One client's live stream: what it watches, what waits for it, and its connection, if any."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from tws.organisation.actor import Actor
from tws.web.live.outbox import Outbox
from tws.web.live.views.scope import Scope
from tws.web.live.wire import Wire


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Times in seconds."""

    tick: float = 15.0
    "Between two ticks."
    kept: float = 60.0
    "How long the stream of a lost connection can be resumed."
    slow: float = 10.0
    "How long a connection may stay congested while something waits for it."
    hello: float = 10.0
    "How long a new connection may take to say hello."
    settle: float = 0.2
    "How long changes of rows may gather before administrators' lists are made again."
    pace: float = 0.2
    "Between two changes of how somebody is, the first of which is told at once."
    slice: float = 0.010
    "How long streams are reconsidered, or contents made, before others have a turn."
    streams: int = 64
    "Connections at once for each user or administrator."
    lost: int = 16
    "Lost connections that can be resumed, for each user or administrator."


class Stream:
    """Numbers, queue and rights of one page or program; outlives its connection for a while."""

    def __init__(self, id: str, token: str, actor: Actor, page: bool = True) -> None:
        self.id = id
        self.page = page
        "People look at it: they are there."
        self.helper = actor.helper
        "It is that of the helper of a desk, which is there no longer than its connection."
        self.token = token
        "What the actor is known by: rights are asked for again, never kept."
        self.actor = actor
        self.outbox = Outbox()
        self.scopes: set[Scope] = set()
        self.watched: tuple[str, ...] = ()
        "Ids of the users whose presence it asked for."
        self.visible = False
        "Somebody looks at the page."
        self.wire: Wire | None = None
        self.timer: asyncio.TimerHandle | None = None
        "Ends the stream: of a connection that is too slow, or lost for too long."

    @property
    def owner(self) -> str:
        return self.actor.user or self.actor.administrator or ""

    def after(self, seconds: float, callback: Callable[["Stream"], None]) -> None:
        """Arm the timer, unless it runs already."""
        if self.timer is None:
            loop = asyncio.get_running_loop()
            self.timer = loop.call_later(seconds, callback, self)

    def unhurried(self) -> None:
        """Disarm the timer."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None

"""The running PBX: the switch, what listens to it (monitors, watchers), and how it misbehaves.

Everything that happens, whoever caused it (a CSTA client, a person at the page, a timer, traffic),
goes through `do`, so that facts go out in the order in which they happened.
"""

from collections import Counter
from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from tws.protocols.csta.message import Event as CstaEvent
from tws.protocols.csta.message import Message
from tws.simulator.link.misbehaviour import Misbehaviour
from tws.simulator.link.monitors import Monitors
from tws.simulator.link.rendering import Renderer
from tws.simulator.settings import PbxSettings
from tws.simulator.switching.facts import Fact
from tws.simulator.switching.pbx import Pbx
from tws.simulator.switching.switch import Switch

P = ParamSpec("P")
T = TypeVar("T")


class Client(Protocol):
    """A CSTA connection, as the exchange sees it."""

    @property
    def registered(self) -> bool: ...

    def send_events(self, events: list[CstaEvent]) -> None: ...

    def tell_status(self, status: str) -> None: ...

    def send_bytes(self, data: bytes) -> None: ...

    def request(self, message: Message) -> None: ...

    def close(self, why: str, *, abort: bool = False, half: bool = False) -> None: ...

    def end_session(self) -> None: ...

    def stop_monitors(self) -> None: ...

    def thaw(self) -> None: ...


class Exchange:
    def __init__(self, settings: PbxSettings, clock: Callable[[], float]) -> None:
        self.settings = settings
        self.switch = Switch(settings)
        self.render = Renderer(settings.link)
        self.monitors = Monitors(self.render, settings.link.monitor_limit)
        self.misbehaviour = Misbehaviour()
        self.clients: dict[Client, None] = {}
        self.counters: Counter[str] = Counter()
        self.on_activity: Callable[[], None] = lambda: None
        "Called after anything may have changed: timers and watchers look again."
        self._clock = clock
        self._dropping = False

    @property
    def pbx(self) -> Pbx:
        """To look at; changes go through `do`."""
        return self.switch.pbx

    def now(self) -> float:
        return self._clock()

    def do(
        self,
        action: Callable[Concatenate[Pbx, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Do something and tell everybody. Raises the action's `Refusal`."""
        try:
            return self.act(action, *args, **kwargs)
        finally:
            self.flush()

    def act(
        self,
        action: Callable[Concatenate[Pbx, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Do something; `flush` must follow."""
        return self.switch.act(self.now(), action, *args, **kwargs)

    def timer(self) -> float | None:
        return self.switch.timer()

    def handle_timer(self, now: float) -> None:
        self.switch.handle_timer(now)
        self.flush()

    def flush(self) -> None:
        """Tell the monitors what happened."""
        facts = self.switch.facts()
        if facts:
            self.counters["facts"] += len(facts)
            self.monitors.publish(self._kept(facts))
        self.on_activity()

    def _kept(self, facts: list[Fact]) -> list[Fact]:
        wanted = self.misbehaviour.drop_events
        if wanted == 0:
            return facts
        dropped = len(facts) if wanted < 0 else min(wanted, len(facts))
        self.counters["dropped"] += dropped
        self._dropping = True
        if wanted > 0:
            self.drop_events(wanted - dropped)
        return facts[dropped:]

    def drop_events(self, count: int) -> None:
        """Set how many facts are still to be kept from all monitors; 0 ends it, and says so."""
        self.misbehaviour.drop_events = count
        if count == 0 and self._dropping:
            self._dropping = False
            self.tell_status("messagesLost")

    def tell_status(self, status: str) -> None:
        """SystemStatus to whoever registered for it."""
        for client in list(self.clients):
            if client.registered:
                client.tell_status(status)

"""A PBX dialect: bytes in, events out; commands in, bytes out. The interface every link driver
implements.

A driver opens no socket, reads no clock, starts no task and touches no database. `now` is
monotonic seconds and drives timers only. A driver never raises on what a peer sent: it counts,
reports through `events()`, or closes. After every call to a driver the supervisor drains
`outputs()` and `events()`, then re-arms `timer()`. Whoever has turned on `trace` takes `pdus()`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NewType, Protocol, runtime_checkable

from tws.net.carrier import Carriage, Tls
from tws.organisation.device_protocols import DeviceProtocol
from tws.sentences import Sentence, Words
from tws.telephony.commands import Command
from tws.telephony.event_reports import Event
from tws.telephony.model import CallOrigin, DeviceId, ForwardingType

Peer = NewType("Peer", str)
"""One connection of a link, or one UDP address. A dialled link names its own; a listener names
each phone.
"""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to dial. `tls` None = plain."""

    host: str
    port: int
    tls: Tls | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """Please dial `address` for `peer`. The carrier backs off and retries until `Close`."""

    peer: Peer
    address: Address


@dataclass(frozen=True, slots=True)
class Send:
    peer: Peer
    data: bytes


@dataclass(frozen=True, slots=True)
class Close:
    """Please close. A dialled peer that was not told `stop` is dialled again by the carrier, after
    its back-off.
    """

    peer: Peer
    why: Words
    stop: bool = False


Output = Open | Send | Close


@dataclass(frozen=True, slots=True)
class Pdu:
    """One message for the trace: secrets already replaced by asterisks."""

    sent: bool
    peer: Peer
    devices: tuple[DeviceId, ...]
    text: str
    head: bytes = b""
    "What the framing puts before it."
    tail: bytes = b""
    "And behind it."

    @property
    def data(self) -> bytes:
        """What a driver takes for this message, when a trace is replayed."""
        return self.head + self.text.encode() + self.tail


class LinkDriver(Protocol):
    """One link of one PBX. Built by its `Dialect` from the link's settings; starts when `start` is
    called.
    """

    def start(self, now: float) -> None:
        """Ask for the connections wanted (an `Open` output), or nothing for a listener."""

    def stop(self, now: float) -> None:
        """Take leave of the PBX: give back its monitors and sessions, then `Close(stop=True)`."""

    def commands(self, device: DeviceId) -> frozenset[type[Command[Any]]]:
        """What this device can be asked now: two firmwares differ, and a page shows no button for
        the rest.
        """

    def forwardings(self, device: DeviceId) -> frozenset[tuple[ForwardingType, CallOrigin]]:
        """Which forwardings can be set on this device."""

    def connected(self, peer: Peer, now: float) -> None:
        """We dialled it, it called us, or its first datagram came."""

    def receive_data(self, peer: Peer, data: bytes, now: float) -> None:
        """Any bytes, split anywhere. Never raises on what the peer sent."""

    def disconnected(self, peer: Peer, why: Words, now: float) -> None:
        """`LinkStopped` follows, and every command under way is refused `linkDown`."""

    def send(self, command: Command[Any], now: float) -> None:
        """One `CommandDone` or `CommandRefused` with its id follows, in time-out too."""

    def timer(self) -> float | None:
        """When `handle_timer` must be called next, on the clock of `now`."""

    def handle_timer(self, now: float) -> None: ...

    def outputs(self) -> list[Output]:
        """Take what is to be done on the network, in order."""

    def events(self) -> list[Event]:
        """Take what happened, command outcomes included, in one order."""

    def trace(self, on: bool) -> None:
        """Whether `pdus` should be filled; off at first."""

    def pdus(self) -> list[Pdu]:
        """Take what was said since it was last asked, while traced."""

    @property
    def counters(self) -> dict[str, int]:
        """What was survived: unknown elements, malformed messages, unexpected events; by name."""


@runtime_checkable
class MakesIds(Protocol):
    """A driver that names calls itself: from the same seed it makes the same names, so that a
    trace can be replayed."""

    @property
    def seed(self) -> str: ...

    def sow(self, seed: str) -> None:
        """Before `start`; ValueError for what is no seed."""


@runtime_checkable
class HidesNumbers(Protocol):
    """A driver that can make a call without telling the number to who is called."""

    def hides_number(self, device: DeviceId) -> bool:
        """Whether `hide_number` of `MakeCall` and of `ConsultationCall` can be asked for this
        device now."""


@runtime_checkable
class RemembersWithheld(Protocol):
    """A driver that switches off, for the time of a call, that a telephone tells its number: what
    it could not switch on again is asked of the PBX by the next driver of the link."""

    def remembers_withheld(
        self,
        withheld: Collection[DeviceId],
        remember: Callable[[Collection[DeviceId]], None],
    ) -> None:
        """Before `start`. `withheld`: the telephones that were left so; `remember`: told all of
        them at each change, before the PBX is asked for it."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Text that an administrator adds to one configuration file of the PBX."""

    file: str
    title: str
    text: str


class Dialect(Protocol):
    """The entry of a dialect in the register `tws.links`: its settings and its driver."""

    name: ClassVar[str]
    title: ClassVar[str]
    "As administrators know it."
    Settings: ClassVar[type[Any]]
    """A frozen dataclass of which `tws.forms` makes the administration form and its validation. It
    raises ValueError with words on values that cannot work."""

    adds_to_pbx: ClassVar[bool]
    "Whether it has snippets."
    protocol: ClassVar[DeviceProtocol]
    "What telephones are called that it controls (specification 3.3.4)."
    advice: ClassVar[Sentence]
    "What to look at on a PBX that is not reached."

    @staticmethod
    def driver(settings: Any, now: float) -> LinkDriver: ...

    @staticmethod
    def without_effect(settings: Any) -> Mapping[str, Sentence]:
        """Settings that would change nothing, and why. A form with one is refused; a link that
        was stored with one goes on."""

    @staticmethod
    def carriage(settings: Any) -> Carriage:
        """How its bytes come and go: we dial, or are called."""

    @staticmethod
    def address(settings: Any) -> Address | None:
        """Where its PBX is dialled; None where the PBX or its telephones call us."""

    @staticmethod
    def snippets(settings: Any, servers: Sequence[str]) -> tuple[Snippet, ...]:
        """What must be added to the PBX for this link; nothing for most. `servers`: the addresses
        from which TWS reaches it; none = not known."""

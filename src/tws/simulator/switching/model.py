"""What our PBX is made of: parties, connections, calls, phones, lines, queues.

The words are those of ECMA-269. Everything here is plain data changed by the other modules of the
simulator; nothing here knows CSTA messages, sockets or clocks. Times are seconds of the clock that
the switch is driven by.
"""

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum

from tws.simulator.settings import PhoneSettings, QueueSettings


class State(StrEnum):
    """Connection states of ECMA-269 clause 6.1.5, spelled as ECMA-323 spells them."""

    NULL = "null"
    INITIATED = "initiated"
    ALERTING = "alerting"
    CONNECTED = "connected"
    HOLD = "hold"
    QUEUED = "queued"
    FAIL = "fail"


class When(StrEnum):
    """When a forwarding applies."""

    IMMEDIATE = "immediate"
    BUSY = "busy"
    NO_ANSWER = "noAnswer"
    DO_NOT_DISTURB = "doNotDisturb"


class Origin(StrEnum):
    """To which calls a forwarding applies."""

    ALL = "all"
    INTERNAL = "internal"
    EXTERNAL = "external"


class Kind(StrEnum):
    """What sort of device a connection ends at."""

    PHONE = "phone"
    TRUNK = "trunk"
    QUEUE = "queue"
    MAILBOX = "mailbox"
    PARK = "park"


class Refusal(Exception):
    """A request that can't be done. `category` and `code` are those of ECMA-323's CSTAErrorCode:
    `operation`/`invalidDestination`, `stateIncompatibility`/`noActiveCall`...
    """

    def __init__(self, category: str, code: str) -> None:
        super().__init__(f"{category}: {code}")
        self.category = category
        self.code = code


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a call, as shown to the others."""

    number: str
    name: str = ""
    restricted: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Forward:
    """One forwarding as set; a phone has at most one for each (when, origin)."""

    when: When
    origin: Origin
    active: bool
    destination: str = ""
    ring_seconds: float | None = None
    "Only for no answer: how long the phone rings first; None = the PBX's usual time."


@dataclass(slots=True, eq=False)
class Leg:
    """A connection: one device in one call."""

    call: "Call"
    device: str
    kind: Kind
    party: Party
    state: State
    since: float
    stamp: int
    "Changes with each change of state: a timer set for an older stamp is void."
    answered: float | None = None
    "When this side began to talk; None on a line that was dialled and has not answered yet."
    cause: str = "newCall"
    "Why the call came here: said again when it is answered."
    prompted: bool = False
    "The phone rings to be lifted, and then dials `dialled`."
    dialled: str = ""
    joining: Party | None = None
    "Who asked this device to join a call under way (single step conference)."
    silent: bool = False
    "Listens only."
    heard: str = ""
    "Digits that others sent to this side."

    @property
    def number(self) -> str:
        """The call id of its ConnectionID."""
        return self.call.id

    @property
    def live(self) -> bool:
        """A person who is there: without one, nobody is left for the others to wait for."""
        if self.kind not in (Kind.PHONE, Kind.TRUNK):
            return False
        if self.state is State.INITIATED:
            return True
        return self.state in (State.CONNECTED, State.HOLD) and self.answered is not None


@dataclass(frozen=True, slots=True)
class Failure:
    """The far end that could not be reached: its tone is what the caller hears."""

    device: str
    party: Party
    cause: str


@dataclass(slots=True, eq=False)
class Call:
    id: str
    linkage: str
    "Stays for the caller while the id changes (callLinkageData)."
    legs: dict[str, Leg] = field(default_factory=dict)
    calling: Party | None = None
    called: Party | None = None
    last_redirection: Party | None = None
    external: bool = False
    "It came from, or goes to, the outside."
    trunk: str | None = None
    failure: Failure | None = None
    conference: bool = False
    recall_to: str | None = None
    "The phone that transferred it, until somebody answers."
    queue: str | None = None
    queued_since: float = 0.0


@dataclass(slots=True, eq=False)
class Agent:
    """A phone as a member of queues."""

    logged_on: bool = True
    ready: bool = True
    idle_since: float = 0.0
    rests_until: float = 0.0
    "After a call that it let ring: others are asked first."


@dataclass(slots=True, eq=False)
class Phone:
    settings: PhoneSettings
    plugged: bool = True
    do_not_disturb: bool = False
    caller_id_provided: bool = True
    "Whom it calls is told who calls."
    forwards: dict[tuple[When, Origin], Forward] = field(default_factory=dict)
    messages: int = 0
    message_waiting: bool = False
    agent: Agent | None = None

    @property
    def number(self) -> str:
        return self.settings.number

    @property
    def party(self) -> Party:
        return Party(self.settings.number, self.settings.name)


@dataclass(slots=True, eq=False)
class Trunk:
    """An outside line: it carries one call at a time."""

    number: str
    out_of_order: bool = False


@dataclass(slots=True, eq=False)
class Queue:
    settings: QueueSettings
    waiting: deque[Leg] = field(default_factory=deque)

    @property
    def party(self) -> Party:
        return Party(self.settings.number, self.settings.name)

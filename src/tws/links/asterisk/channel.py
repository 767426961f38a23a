"""One channel of Asterisk: what has been reported of it, and the mark that it bears."""

from dataclasses import dataclass
from enum import Enum

from tws.links.asterisk.naming import Name, party
from tws.telephony.model import UNKNOWN, CallId, Party

PRESENTATION = "CALLERID(pres)"
RINGS = 2
UNTOLD = "?"
"A park place of which only that is known that somebody waits there."
STEPS = {
    "Down": 0,
    "Rsrvd": 0,
    "OffHook": 1,
    "Dialing": 1,
    "Ring": RINGS,
    "Ringing": RINGS,
    "Up": 3,
}
"How far a channel has come, by the state that Asterisk gives it."


class Role(Enum):
    """How a channel began."""

    CALLER = "caller"
    "It dialled into the PBX."
    PROMPTED = "prompted"
    "The PBX called it, to let it make a call."
    CALLED = "called"


@dataclass(frozen=True, slots=True)
class Mark:
    """The value of TWS_CALL: what a new owner of the link could not find out otherwise.

    `id`, then `!` if its phone holds, `<` if it was called, then `~uniqueid~device` of who has
    put it on hold.
    """

    call: CallId
    holder: str | None = None
    device: str | None = None
    holding: bool = False
    "Its phone put the other party on hold: Asterisk tells that once and never again."
    called: bool = False

    def __str__(self) -> str:
        call = self.call + "!" * self.holding + "<" * self.called
        return "~".join((call, self.holder, self.device or "")) if self.holder else call

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        call, _, rest = text.partition("~")
        holder, _, device = rest.partition("~")
        name = call.rstrip("!<")
        if not name or name == "(null)":
            return None
        flags = call[len(name) :]
        return cls(CallId(name), holder or None, device or None, "!" in flags, "<" in flags)


@dataclass(slots=True)
class Channel:
    uid: str
    name: str
    parts: Name
    number: int
    "Order of appearance."
    state: str = "Down"
    caller: Party = UNKNOWN
    connected: Party = UNKNOWN
    restricted: bool = False
    "Its number is withheld."
    hides: bool = False
    "Since we made it call so, which no event tells."
    asked: float | None = None
    "When Asterisk was asked whether it is, until it answers."
    context: str = ""
    exten: str = ""
    linked: str = ""
    role: Role | None = None
    dialled: str | None = None
    consultations: int = 0
    "How often it was sent to call somebody from our place."
    mark: Mark | None = None
    bridge: str | None = None
    place: str | None = None
    "hold, wait or call-...: where in the cti context it has arrived."
    appeared: float | None = None
    "When it came, if that was told."
    left: float | None = None
    "When it left a bridge, until it is reported somewhere."
    holding: bool = False
    "Its phone put the other party on hold."
    parked: str | None = None
    "The park place where it waits."
    queue: str | None = None
    queue_waiting: int = 0
    queue_position: int = 0
    progress: bool = False
    "The far end sent sound before an answer."
    device: str | None = None
    "Of an outside party: fixed when first needed."

    @property
    def up(self) -> bool:
        return self.state == "Up"

    def advance(self, state: str) -> None:
        """To that state, never back: an event may have been written before the one that came
        ahead of it, and a channel that rang is never down again."""
        if STEPS.get(state, RINGS) >= STEPS.get(self.state, 0):
            self.state = state

    @property
    def is_party(self) -> bool:
        return self.parts.is_party

    def presented(self, presentation: str) -> None:
        """CALLERID(pres) of it is known: events never tell it for a call that comes in."""
        self.asked = None
        if presentation.startswith("prohib"):
            self.withhold()

    def withhold(self) -> None:
        self.restricted = True
        self.caller = party("", "", restricted=True)


@dataclass(slots=True)
class Dial:
    """A running dial into a channel; `answered` until both ends are in a bridge."""

    source: str | None
    answered: bool = False
    overtaken: float | None = None
    "When its source entered a bridge though nobody here had answered: how it ended comes later."


@dataclass(frozen=True, slots=True)
class Departed:
    """A channel that was hung up, and why."""

    channel: Channel
    cause: str
    code: str

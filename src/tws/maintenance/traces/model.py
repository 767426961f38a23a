"""What a replay finds, as values."""

from datetime import datetime

from msgspec import Struct


class LegState(Struct, frozen=True):
    device: str
    state: str
    direction: str
    number: str | None = None


class Step(Struct, frozen=True):
    """A call as it was after one change of it."""

    at: datetime
    cause: str
    legs: tuple[LegState, ...]
    ended: tuple[tuple[str, str], ...] = ()
    "Devices that left, and by which cause."


class CallLife(Struct):
    number: int
    "In the order in which they appeared."
    steps: list[Step]


class Difference(Struct, frozen=True):
    """One call, one step: what the server had then, and what this replay has. None = no more."""

    call: int
    step: int
    recorded: Step | None
    replayed: Step | None


class Replay(Struct, kw_only=True):
    link: str
    dialect: str
    recorded_by: str
    "The version of TWS that recorded it."
    device: str
    began: datetime
    ended: datetime | None = None
    records: int = 0
    messages: int = 0
    skipped: int = 0
    "Records from before the link began, which nothing could be made of."
    begun: bool = False
    "The link began in it."
    dropped: int = 0
    "Records that the trace lacks."
    calls: list[CallLife] = []
    call_count: int = 0
    not_understood: dict[str, int] = {}
    "What the driver survived, and events that fit no state; by name."
    unlike_sent: int = 0
    "Messages that the driver sends otherwise now."
    differences: list[Difference] = []
    difference_count: int = 0

    @property
    def whole(self) -> bool:
        """It can be compared: of all devices, from a beginning of the link, nothing missing."""
        return self.device == "*" and self.begun and not self.dropped

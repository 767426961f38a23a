"""Why something happens to a call: what the messages said, kept until the comparison asks."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tws.links.asterisk.channel import Departed
from tws.links.asterisk.naming import DIALLED, cleared
from tws.telephony.model import CallId, Cause, Party

REMEMBERED = 2_000
"Reasons kept: each is used within the second, or never."
FAILURES = frozenset(
    {
        Cause.BUSY,
        Cause.BLOCKED,
        Cause.DEST_NOT_OBTAINABLE,
        Cause.DEST_OUT_OF_ORDER,
        Cause.DO_NOT_DISTURB,
        Cause.NETWORK_CONGESTION,
        Cause.NUMBER_UNALLOCATED,
        Cause.TRUNKS_BUSY,
    }
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is about to change: an ECMA-269 cause, who did it, where it goes."""

    cause: str
    by: Party | None = None
    to: Party | None = None


class _Recent(OrderedDict[str, Reason]):
    """A dictionary that forgets its oldest."""

    def __setitem__(self, key: str, value: Reason) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        while len(self) > REMEMBERED:
            self.popitem(last=False)


@dataclass(slots=True)
class Reasons:
    """What the messages said, by Uniqueid."""

    gone: _Recent = field(default_factory=_Recent)
    "A channel was hung up."
    left: _Recent = field(default_factory=_Recent)
    "A channel left its bridge: who does so first has hung up first."
    dial: _Recent = field(default_factory=_Recent)
    "A dial into this channel ended without an answer."
    transferred: _Recent = field(default_factory=_Recent)
    "This channel transferred its call."
    forwarded: _Recent = field(default_factory=_Recent)
    "The call of this calling channel goes on, `by` the device that it was for, `to` another."
    failed: _Recent = field(default_factory=_Recent)
    "The call of this calling channel found `by` busy or worse."
    picked: _Recent = field(default_factory=_Recent)
    "This ringing channel's call was answered elsewhere, at `to`."
    rang: _Recent = field(default_factory=_Recent)
    "This channel rings, which is not told before it is known who calls."
    parked: _Recent = field(default_factory=_Recent)
    "This channel was parked, in `to`."
    unparked: _Recent = field(default_factory=_Recent)
    "This channel waits parked no more: `to` fetched it, or is rung again."
    operation: dict[CallId, Reason] = field(default_factory=dict)
    "What a command is doing to this call."
    arriving: dict[CallId, Reason] = field(default_factory=dict)
    "How the next party comes into this call."

    def departed(self, one: Departed) -> None:
        self.gone[one.channel.uid] = Reason(cleared(one.code))

    def of(self, table: _Recent, uids: Iterable[str]) -> Reason | None:
        return next((table[uid] for uid in uids if uid in table), None)


def dial_reason(status: str) -> Reason:
    return Reason(DIALLED.get(status, Cause.CALL_CANCELLED))

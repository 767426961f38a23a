"""How a leg ended, for its user: a table of direction, answered or not, and the cause of its end.

A cause that is in no row means: the parties hung up (answered), nobody took the call (incoming),
or the caller gave up (outgoing). Words outside ECMA-269 that PBXs use for the same are listed too.
Who hung up is told by the cause alone: what PBXs put into releasingDevice (ECMA-269) is for some
who did, for others whose connection it was, which would make every missed call a refused one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tws.journal.model import Outcome as O
from tws.telephony.model import Cause, Direction

_HANDED_ON: Mapping[str, O] = {
    Cause.TRANSFER: O.TRANSFERRED,
    Cause.SINGLE_STEP_TRANSFER: O.TRANSFERRED,
    Cause.PARK: O.TRANSFERRED,
}
_SENT_ON: Mapping[str, O] = {
    Cause.CALL_FORWARD: O.FORWARDED,
    Cause.CALL_FORWARD_BUSY: O.FORWARDED,
    Cause.CALL_FORWARD_IMMEDIATE: O.FORWARDED,
    Cause.CALL_FORWARD_NO_ANSWER: O.FORWARDED,
    Cause.OVERFLOW: O.FORWARDED,
    Cause.REDIRECTED: O.FORWARDED,
    Cause.CALL_PICKUP: O.ANSWERED_ELSEWHERE,
    "callRejected": O.REFUSED,
    "rejected": O.REFUSED,
}
_NOT_REACHED: Mapping[str, O] = {
    Cause.BUSY: O.BUSY,
    Cause.DO_NOT_DISTURB: O.REFUSED,
    "callRejected": O.REFUSED,
    "rejected": O.REFUSED,
    **dict.fromkeys(
        (
            Cause.BLOCKED,
            Cause.DEST_NOT_OBTAINABLE,
            Cause.DEST_OUT_OF_ORDER,
            Cause.NETWORK_CONGESTION,
            Cause.NO_AVAILABLE_AGENTS,
            Cause.NUMBER_UNALLOCATED,
            Cause.TRUNKS_BUSY,
            "incompatibleDestination",
            "invalidNumberFormat",
            "networkNotObtainable",
            "networkOutOfOrder",
            "networkSignal",
            "reorderTone",
            "resourcesNotAvailable",
        ),
        O.FAILED,
    ),
    **_HANDED_ON,
}

OUTCOMES: Mapping[tuple[Direction, bool], tuple[Mapping[str, O], O]] = {
    (Direction.INCOMING, True): (_HANDED_ON, O.ANSWERED),
    (Direction.OUTGOING, True): (_HANDED_ON, O.ANSWERED),
    (Direction.INCOMING, False): (_SENT_ON, O.MISSED),
    (Direction.OUTGOING, False): (_NOT_REACHED, O.CANCELLED),
}
"By (direction, answered): what each cause means, and what any other one does."


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """What is known of how a leg ended."""

    direction: Direction
    answered: bool
    cause: str
    failure: str | None = None
    "Why the call could not reach whom it was for."
    rang: bool = False
    sent_on: bool = False
    "It is told where the call went on."
    taken_elsewhere: bool = False
    "Somebody else is talking to the caller."

    @property
    def why(self) -> str:
        """The cause that tells most: why nobody was reached, rather than that the caller hung up
        on hearing so."""
        if self.answered or self.direction is Direction.INCOMING or self.failure is None:
            return self.cause
        return self.cause if self.cause == Cause.END_NOT_SEEN else self.failure


def outcome(end: End) -> O:
    cause = end.why
    if cause == Cause.END_NOT_SEEN:
        return O.END_NOT_SEEN
    causes, otherwise = OUTCOMES[end.direction, end.answered]
    if cause in causes:
        return causes[cause]
    if end.answered:
        return O.TRANSFERRED if end.sent_on else otherwise
    if end.direction is Direction.OUTGOING:
        return O.FAILED if end.failure is not None else otherwise
    if end.sent_on:
        return O.FORWARDED
    if end.taken_elsewhere:
        return O.ANSWERED_ELSEWHERE
    return O.REFUSED if cause == Cause.BUSY and end.rang else otherwise

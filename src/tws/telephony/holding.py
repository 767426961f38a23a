"""Which links this process holds: all of them, or its share where it is one of several nodes."""

from collections.abc import Mapping
from typing import Protocol

from tws.telephony.known_link import KnownLink
from tws.telephony.model import ConnectionId, LinkId
from tws.telephony.snapshots import KnownLeg
from tws.telephony.tracing import Tap


class Holding(Protocol):
    async def want(self, link: LinkId) -> bool:
        """There is this link: whether it is this process's at once. Else `Network.hold` is called
        when it is."""

    async def no_more(self, link: LinkId) -> None:
        """This process is not to hold it (any more)."""

    async def lost(self, link: LinkId) -> None:
        """Another process has a higher epoch of it."""

    async def began(self, link: LinkId, own: KnownLink) -> None:
        """It is held from now on, and nothing has happened on it yet."""

    async def ended(self, link: LinkId) -> None:
        """What happens on it from now on is nobody's business."""

    def trace(self, link: LinkId, tap: Tap | None, *, anew: bool = False) -> None:
        """Of one that is held elsewhere: note what crosses it, `anew` from its beginning; None =
        no more."""


class Alone:
    """One process holds everything."""

    async def want(self, link: LinkId) -> bool:
        return True

    async def no_more(self, link: LinkId) -> None: ...

    async def lost(self, link: LinkId) -> None: ...

    async def began(self, link: LinkId, own: KnownLink) -> None: ...

    async def ended(self, link: LinkId) -> None: ...

    def trace(self, link: LinkId, tap: Tap | None, *, anew: bool = False) -> None: ...


def known_legs(link: KnownLink) -> Mapping[ConnectionId, KnownLeg]:
    """What the holder before told of the open legs: it may have had no time to write them down."""
    known: dict[ConnectionId, KnownLeg] = {}
    for call in link.open.calls.values():
        for device, own in call.connections.items():
            if device not in link.open.watched:
                continue
            others = (other.party.number for other in call.others(device))
            known[own.id] = KnownLeg(
                leg=own.leg,
                thread=call.thread,
                direction=own.direction,
                number=next((number for number in others if number), None),
                created=own.created,
                alerted=own.alerted,
                answered=own.answered,
                via=own.via,
            )
    return known

"""The links of a node: those that it holds, of which it tells, and those of which it hears."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Protocol

from nats.aio.client import Client

from tws.bus import Bus
from tws.cluster.leases import Leases
from tws.cluster.link_ear import LinkEar
from tws.cluster.link_voice import LinkVoice
from tws.cluster.taps import TapsElsewhere, TapsHere
from tws.schedule import Schedule
from tws.telephony.known_link import KnownLink
from tws.telephony.model import LinkId
from tws.telephony.told_link import ToldLink
from tws.telephony.tracing import Tap

PREFIX = "link."
HAND_OVER = "hand over a link"


def holders_of_links(holders: Mapping[str, str]) -> dict[LinkId, str]:
    """Link -> node, of who has which duty."""
    return {
        LinkId(duty.removeprefix(PREFIX)): holder
        for duty, holder in holders.items()
        if duty.startswith(PREFIX)
    }


class Links(Protocol):
    """The network, as far as it is told whose its links are."""

    async def hold(self, link: LinkId) -> None: ...

    async def let_go(self, link: LinkId) -> None: ...

    def told(self, link: LinkId, known: ToldLink) -> None: ...

    def trace(self, link: LinkId, tap: Tap | None) -> None: ...

    async def trace_anew(self, link: LinkId, tap: Tap) -> None: ...


class SharedLinks:
    """A `telephony.holding.Holding`: each link is a duty, which one node has at a time."""

    def __init__(
        self,
        client: Client,
        bus: Bus,
        schedule: Schedule,
        leases: Leases,
        network: Links,
        let_go: Callable[[LinkId], Awaitable[None]],
        clock: Callable[[], datetime],
    ) -> None:
        """`let_go`: what is to be written before another node has it."""
        self._client, self._bus, self._leases, self._network = client, bus, leases, network
        self._schedule, self._let_go, self._clock = schedule, let_go, clock
        self._taps_here, self._taps_elsewhere = TapsHere(client, network), TapsElsewhere(client)
        self._ears: dict[LinkId, LinkEar] = {}
        self._voices: dict[LinkId, LinkVoice] = {}

    # ------------------------------------------------------------ asked by the network

    async def want(self, link: LinkId) -> bool:
        await self._listen(link)
        self._leases.want(PREFIX + link)
        return False

    async def no_more(self, link: LinkId) -> None:
        await self._taps_here.end(link)
        await self._hear_no_more(link)
        await self._let_go(link)
        await self._leases.no_more(PREFIX + link)

    async def lost(self, link: LinkId) -> None:
        self._leases.forget(PREFIX + link)
        await self._taps_here.end(link)
        await self._listen(link)

    async def began(self, link: LinkId, own: KnownLink) -> None:
        voice = self._voices[link] = LinkVoice(self._client, self._bus, link, own)
        await voice.start()
        await self._taps_here.begin(link)

    def trace(self, link: LinkId, tap: Tap | None, *, anew: bool = False) -> None:
        self._taps_elsewhere.trace(link, tap, anew=anew)

    async def ended(self, link: LinkId) -> None:
        if (voice := self._voices.pop(link, None)) is not None:
            await voice.stop()

    # ------------------------------------------------------------ told by the leases, which wait
    # for nobody: they are renewed meanwhile

    def taken(self, duty: str) -> None:
        link = LinkId(duty.removeprefix(PREFIX))
        self._schedule.once(HAND_OVER, partial(self._take, link), key=link)

    def leave(self, duty: str) -> None:
        link = LinkId(duty.removeprefix(PREFIX))
        self._schedule.once(HAND_OVER, partial(self._give, link), key=link)

    async def stop(self) -> None:
        await self._schedule.end(HAND_OVER)
        await self._taps_elsewhere.stop()
        for link in [*self._ears]:
            await self._hear_no_more(link)
        for link in [*self._voices]:
            await self._taps_here.end(link)
            await self.ended(link)

    async def _take(self, link: LinkId) -> None:
        await self._hear_no_more(link)
        await self._network.hold(link)

    async def _give(self, link: LinkId) -> None:
        try:
            await self._taps_here.end(link)
            await self._network.let_go(link)
            await self._let_go(link)
        finally:
            await self._leases.release(PREFIX + link)
        await self._listen(link)

    # ------------------------------------------------------------ hearing

    async def _listen(self, link: LinkId) -> None:
        if link in self._ears:
            return
        ear = self._ears[link] = LinkEar(
            self._client, link, known=self._network.told, hear=self._bus.hear, clock=self._clock
        )
        await ear.start()

    async def _hear_no_more(self, link: LinkId) -> None:
        if (ear := self._ears.pop(link, None)) is not None:
            await ear.stop()

"""All links of this process: a supervisor for each enabled link row, kept as the rows are
changed. It is the door to them: nobody above holds a supervisor, only the name of a link.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

import structlog

from tws.bus import Bus
from tws.errors import NotFound
from tws.net.carrier import Carrier, CarrierUser
from tws.organisation.events import (
    IntercomGroupChanged,
    LinkChanged,
    QueueChanged,
    UserDeviceChanged,
)
from tws.organisation.listening import Holder, places
from tws.organisation.model import Link
from tws.organisation.registry import Registry
from tws.schedule import Retry, Schedule
from tws.sentences import Words, said, sentence
from tws.storage import StorageUnavailable
from tws.telemetry import nobodys
from tws.telephony.commands import Command
from tws.telephony.counts import LinkCounts
from tws.telephony.event_reports import LINK_DOWN
from tws.telephony.events import (
    CallChanged,
    LinkResynchronised,
    LinkStatus,
    LinkStatusChanged,
    OwnershipLost,
    Parked,
)
from tws.telephony.holding import Alone, Holding, known_legs
from tws.telephony.known_link import Forwardings, KnownLink, OwnLink
from tws.telephony.link import LinkDriver
from tws.telephony.model import (
    Call,
    CallId,
    Connection,
    ConnectionId,
    Device,
    DeviceId,
    LegId,
    LinkId,
    LinkState,
    ThreadId,
)
from tws.telephony.permitted import Kinds
from tws.telephony.requests import Refusal
from tws.telephony.snapshots import KnownLeg
from tws.telephony.supervisor import Supervisor
from tws.telephony.told_link import ToldLink, as_step, unseen
from tws.telephony.tracing import Tap

R = TypeVar("R")
ToldBefore = Callable[[LinkId, int, Sequence[CallChanged]], None]
AGAIN = Retry(0.5, 2.0)
"While the database is away: calls wait for it to be back."
START = "start link"
FAULT = sentence("an error inside TWS: see its log")
WAITS_FOR_DATABASE = sentence("waiting for the database")
DISABLED = sentence("disabled")
STOPPED = sentence("the service of links is stopped")
OF_ANOTHER = sentence("owned by another process")
ELSEWHERE = sentence("held by another node, which has told nothing yet")
log = structlog.get_logger(__name__)


class Network:
    """All PBXs: those that this process holds, and those of which another node tells."""

    holding: Holding = Alone()

    def __init__(
        self,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        *,
        driver: Callable[[Link], LinkDriver],
        carrier: Callable[[Link, CarrierUser], Carrier],
        own_link: Callable[[str], Awaitable[int]],
        load_open: Callable[[LinkId], Awaitable[Mapping[ConnectionId, KnownLeg]]],
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        told_before: ToldBefore = lambda link, epoch, calls: None,
    ) -> None:
        """`told_before`: given the calls that the holder before us told of, as steps, before
        anything happens on the link."""
        self.registry, self.bus, self.clock, self.new_id = registry, bus, clock, new_id
        self.schedule = schedule
        self._driver, self._carrier = driver, carrier
        self._own_link, self._load_open = own_link, load_open
        self._told_before = told_before
        self._supervisors: dict[LinkId, Supervisor] = {}
        self._known: dict[LinkId, KnownLink] = {}
        "Those that run, here or elsewhere."
        self._held: set[LinkId] = set()
        "Those that are ours, whether they run or not."
        self._before: dict[LinkId, KnownLink] = {}
        "As the holder before us told of those that we have taken, until all of it is asked again."
        self._idle: dict[LinkId, LinkStatus] = {}
        "Links that have no supervisor: switched off, waiting, or with settings that cannot work."
        self._taps: dict[LinkId, Tap] = {}
        self._started = self._stopped = False
        self._changing = asyncio.Lock()
        bus.follow(UserDeviceChanged, lambda c: self._listen(c.before, c.after))
        bus.follow(QueueChanged, lambda c: self._listen(c.before, c.after))
        bus.follow(IntercomGroupChanged, lambda c: self._listen(c.before, c.after))
        bus.follow_here(LinkResynchronised, self._resynchronised)
        bus.act(
            LinkChanged,
            self._link_changed,
            key=lambda change: _link_of(change).id,
            keep=True,
            everywhere=True,
        )
        bus.act(OwnershipLost, self._ownership_lost, key=lambda lost: lost.link, keep=True)

    async def start(self) -> None:
        """Start every link that is ours; what changes from now on is followed."""
        async with self._changing:
            self._started, self._stopped = True, False
            links = list(self.registry.links.values())
            started = await asyncio.gather(
                *(self._want(link) for link in links), return_exceptions=True
            )
            for link, outcome in zip(links, started, strict=True):
                if isinstance(outcome, Exception):
                    # A fault of ours in one link must not keep the others from starting.
                    log.error("link failed to start", link=link.id, exc_info=outcome)
                    self._unusable(link, LinkState.DOWN, FAULT)

    async def stop(self) -> None:
        """Let go of every PBX. What is asked is refused as while a link is down."""
        async with self._changing:
            self._started, self._stopped = False, True
            for link in [*self._supervisors, *self._idle]:
                await self._stop(link)
            for row in self.registry.links.values():
                await self.holding.no_more(LinkId(row.id))
                self._told_no_more(LinkId(row.id))
                self._stand_still(row)
            self._held.clear()

    @property
    def started(self) -> bool:
        return self._started

    # ------------------------------------------------------------ whose it is

    async def hold(self, link: LinkId) -> None:
        """It is ours from now on."""
        async with self._changing:
            row = self.registry.links.get(link)
            if row is None or not self._started:
                await self.holding.no_more(link)
                return
            self._held.add(link)
            self._idle.pop(link, None)
            if link in self._taps:
                self.holding.trace(link, None)
            if (told := self._known.pop(link, None)) is not None:
                self._before[link] = told
            await self._start_or_wait(row)

    async def let_go(self, link: LinkId) -> None:
        """It is ours no more, and will be another node's."""
        async with self._changing:
            self._held.discard(link)
            await self._stop(link)
            if (tap := self._taps.get(link)) is not None:
                self.holding.trace(link, tap)
            if (row := self.registry.links.get(link)) is not None and self._started:
                self._elsewhere(row)

    def told(self, link: LinkId, known: ToldLink) -> None:
        """Another node holds it, and tells of it."""
        if link not in self._held:
            self._idle.pop(link, None)
            self._known[link] = known

    async def _want(self, link: Link) -> None:
        if await self.holding.want(LinkId(link.id)):
            self._held.add(LinkId(link.id))
            await self._start_or_wait(link)
        elif LinkId(link.id) not in self._known:
            self._elsewhere(link)

    def _told_no_more(self, link: LinkId) -> None:
        """Whatever another node told of it is over."""
        if (known := self._known.pop(link, None)) is not None:
            for call in tuple(known.open.calls.values()):
                self.bus.hear(unseen(call, known.open.watched, self.clock()))

    def _elsewhere(self, link: Link) -> None:
        self._idle[LinkId(link.id)] = status = self._idle_status(
            link, LinkState.CONNECTING, ELSEWHERE
        )
        self.bus.hear(LinkStatusChanged(status))

    def _resynchronised(self, event: LinkResynchronised) -> None:
        """Calls that the holder before had, and that the PBX has no more, ended unseen."""
        before, own = self._before.pop(event.link, None), self._known.get(event.link)
        if before is None or own is None:
            return
        for call in before.open.calls.values():
            if call.id not in own.open.calls:
                self.bus.publish(unseen(call, before.open.watched, event.at))

    # ------------------------------------------------------------ asking

    async def request(self, link: LinkId, command: Command[R]) -> R:
        """The result of a command, from whoever owns the link; Refusal."""
        if (known := self._known.get(link)) is None:
            raise Refusal(LINK_DOWN)
        return await known.request(command)

    def known(self, link: LinkId) -> KnownLink | None:
        return self._known.get(link)

    def status(self, link: LinkId) -> LinkStatus | None:
        if known := self._known.get(link):
            return known.status
        return self._idle.get(link)

    def statuses(self) -> list[LinkStatus]:
        return [*(known.status for known in self._known.values()), *self._idle.values()]

    def own_statuses(self) -> list[LinkStatus]:
        """Of all links but those that are another node's."""
        shared = not isinstance(self.holding, Alone)
        return [one for one in self.statuses() if one.link in self._held or not shared]

    def device(self, link: LinkId, device: DeviceId) -> Device | None:
        known = self._known.get(link)
        return known.devices.get(device) if known else None

    def devices(self, link: LinkId) -> list[Device]:
        known = self._known.get(link)
        return list(known.devices.values()) if known else []

    def call(self, link: LinkId, call: CallId) -> Call | None:
        known = self._known.get(link)
        return known.open.calls.get(call) if known else None

    def threads(self) -> set[ThreadId]:
        """Those that still have a call, whoever it rings: between two members of a group it rings
        nobody, and goes on all the same."""
        links = self._known.values()
        return {call.thread for known in links for call in known.open.calls.values()}

    def calls_of(self, link: LinkId, device: DeviceId) -> list[Call]:
        known = self._known.get(link)
        return known.open.of(device) if known else []

    def handed_on(self, link: LinkId, device: DeviceId) -> list[Call]:
        """The calls that `device` handed on by a single step, and that still ring there."""
        known = self._known.get(link)
        return known.open.handed_on(device) if known else []

    def leg(self, leg: LegId) -> tuple[Call, Connection] | None:
        for known in self._known.values():
            if found := known.open.leg(leg):
                return found
        return None

    def awaited(self, link: LinkId, leg: LegId) -> bool:
        """Whether the holder before us told of it, and the PBX has still to say that it goes
        on."""
        before = self._before.get(link)
        return before is not None and before.open.leg(leg) is not None

    def parked(self, link: LinkId) -> list[Parked]:
        """The calls that wait at a park place, oldest first."""
        known = self._known.get(link)
        return list(known.parked.values()) if known else []

    def commands(self, link: LinkId, device: DeviceId) -> Kinds:
        """What the PBX can be asked for this device now."""
        known = self._known.get(link)
        return known.commands(device) if known else frozenset()

    def hides_number(self, link: LinkId, device: DeviceId) -> bool:
        """Whether calls of this device can be made without telling its number."""
        known = self._known.get(link)
        return known is not None and known.hides_number(device)

    def forwardings(self, link: LinkId, device: DeviceId) -> Forwardings:
        known = self._known.get(link)
        return known.forwardings(device) if known else frozenset()

    def counted(self) -> Mapping[LinkId, LinkCounts]:
        """What each running link has counted, for those who look after it."""
        return {link: owner.counted() for link, owner in self._supervisors.items()}

    # ------------------------------------------------------------ traces

    def trace(self, link: LinkId, tap: Tap | None) -> None:
        """Note what crosses this link from now on, whenever it runs; None = no more."""
        self._taps.pop(link, None)
        if tap is not None:
            self._taps[link] = tap
        if owner := self._supervisors.get(link):
            owner.trace(tap)
        elif link not in self._held:
            self.holding.trace(link, tap)

    async def trace_anew(self, link: LinkId, tap: Tap) -> None:
        """The same from its beginning: let go of the link, and start it as after a change."""
        async with self._changing:
            row = self.registry.links.get(link)
            if row is None or not self._started or link not in self._held:
                self._taps[link] = tap
                self.holding.trace(link, tap, anew=True)
                return
            await self._stop(link)
            self._taps[link] = tap
            self._idle.pop(link, None)
            await self._start_or_wait(row)

    # ------------------------------------------------------------ links

    async def _start(self, link: Link) -> None:
        """StorageUnavailable, which the link's state tells."""
        link_id = LinkId(link.id)
        if not link.enabled:
            self._unusable(link, LinkState.DOWN, DISABLED)
            return
        try:
            driver = self._driver(link)
        except ValueError as error:
            self._unusable(link, LinkState.MISCONFIGURED, str(error))
            return
        try:
            epoch = await self._own_link(link.id)
        except StorageUnavailable as error:
            self._unusable(link, LinkState.CONNECTING, WAITS_FOR_DATABASE, str(error))
            raise
        except NotFound:
            return  # deleted a moment ago
        self._idle.pop(link_id, None)
        supervisor = Supervisor(
            link_id,
            driver=driver,
            carrier=partial(self._carrier, link),
            capacity=link.capacity,
            epoch=epoch,
            known=await self._open_legs(link_id, epoch),
            publish=self.bus.publish,
            clock=self.clock,
            new_id=self.new_id,
            tap=self._taps.get(link_id),
        )
        self._supervisors[link_id] = supervisor
        self._known[link_id] = own = OwnLink(supervisor)
        await self.holding.began(link_id, own)
        for number in sorted(self.registry.listening.numbers_on(link.id)):
            supervisor.watch(DeviceId(number))
        # A connection lives on when whoever let it be opened has long been answered.
        start = supervisor.start()
        await asyncio.get_running_loop().create_task(start, context=nobodys())

    async def _open_legs(self, link: LinkId, epoch: int) -> Mapping[ConnectionId, KnownLeg]:
        """As written down, and as the holder before us has told: it may have had no time to
        write."""
        stored = await self._load_open(link)
        if (before := self._before.get(link)) is None:
            return stored
        now = self.clock()
        self._told_before(link, epoch, [as_step(call, now) for call in before.open.calls.values()])
        return {**stored, **known_legs(before)}

    async def _start_or_wait(self, link: Link) -> None:
        """Nobody can own a link without the database: another process may. It is tried again."""
        try:
            await self._start(link)
        except StorageUnavailable:
            again = partial(self._start_again, LinkId(link.id))
            self.schedule.once(START, again, key=link.id, after=AGAIN.first, retry=AGAIN)

    async def _start_again(self, link: LinkId) -> None:
        async with self._changing:
            row = self.registry.links.get(link)
            if row is not None and link in self._held:
                await self._start(row)

    async def _stop(self, link: LinkId) -> None:
        self.schedule.cancel(START, key=link)
        self._known.pop(link, None)
        self._before.pop(link, None)
        if supervisor := self._supervisors.pop(link, None):
            await self.holding.ended(link)
            await supervisor.stop()

    def _unusable(
        self, link: Link, state: LinkState, words: Words, error: str | None = None
    ) -> None:
        status = self._idle_status(link, state, words)
        log.warning(
            "link not started", link=link.id, state=state.value, why=str(words), error=error
        )
        self._idle[status.link] = status
        self.bus.publish(LinkStatusChanged(status))

    def _stand_still(self, link: Link) -> None:
        status = self._idle_status(link, LinkState.DOWN, STOPPED if link.enabled else DISABLED)
        self._idle[status.link] = status
        # How the calls of another node's link go on is not ours to say.
        tell = self.bus.publish if status.link in self._held else self.bus.hear
        tell(LinkStatusChanged(status))

    def _idle_status(self, link: Link, state: LinkState, words: Words) -> LinkStatus:
        return LinkStatus(
            link=LinkId(link.id),
            state=state,
            why=said(words),
            since=self.clock(),
            capacity=link.capacity,
        )

    async def _link_changed(self, change: LinkChanged) -> None:
        """A change of what the link is made of starts it anew; a new name does not."""
        before, after = change.before, change.after
        if before and after and _made_of(before) == _made_of(after):
            return
        link = LinkId(_link_of(change).id)
        async with self._changing:
            row = self.registry.links.get(_link_of(change).id)
            if not self._started:  # `start` reads the row as it is then
                self._idle.pop(link, None)
                if row is not None and self._stopped:
                    self._stand_still(row)
                return
            if row is None:
                await self._stop(link)
                self._idle.pop(link, None)
                self._held.discard(link)
                await self.holding.no_more(link)
            elif link in self._held:
                await self._stop(link)
                self._idle.pop(link, None)
                await self._start_or_wait(row)
            elif before is None:
                await self._want(row)
            elif not row.enabled:
                self._told_no_more(link)
                self._stand_still(row)

    async def _ownership_lost(self, lost: OwnershipLost) -> None:
        """Two owners of one PBX harm more than none: ours lets go of it."""
        async with self._changing:
            supervisor = self._supervisors.get(lost.link)
            if supervisor is None or supervisor.status.epoch != lost.epoch:
                return  # we have taken it again since
            await self._stop(lost.link)
            if (row := self.registry.links.get(lost.link)) is not None:
                self._unusable(row, LinkState.DOWN, OF_ANOTHER)
            self._held.discard(lost.link)
            await self.holding.lost(lost.link)

    # ------------------------------------------------------------ devices

    def _listen(self, was: Holder | None, now: Holder | None) -> None:
        """What nobody else listens to is let go; the registry knows of the change already."""
        before, after = places(was), places(now)
        for link, number in before - after:
            old = self._supervisors.get(LinkId(link))
            if old and not self.registry.listening.hears(link, number):
                old.unwatch(DeviceId(number))
        for link, number in after - before:
            if new := self._supervisors.get(LinkId(link)):
                new.watch(DeviceId(number))


def _made_of(link: Link) -> Link:
    return replace(link, version=0, name="", epoch=0)


def _link_of(change: LinkChanged) -> Link:
    link = change.after or change.before
    if link is None:
        raise ValueError("a change has a before or an after")
    return link

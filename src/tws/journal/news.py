"""What came into a user's journal since he looked at it: missed calls, voice messages, and public
notes of others about his calls."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec import Struct

from tws.bus import Bus
from tws.journal import store
from tws.journal.events import JournalSeen, VoiceNoticed
from tws.journal.model import News, VoiceNotice
from tws.organisation.actor import Actor, UserId
from tws.organisation.model import UserDevice
from tws.organisation.permission import caller_row
from tws.organisation.registry import Registry
from tws.rereading import RowsMissed
from tws.storage import Storage, Transaction, new_id
from tws.telephony.events import DeviceChanged
from tws.telephony.model import DeviceId, LinkId

MOST_MESSAGES = 20
Beside = Callable[[Transaction, VoiceNotice], Awaitable[None]]


class Lamp(Struct, frozen=True):
    """Whether messages wait at a telephone is other than before."""

    device: UserDevice
    on: bool
    at: datetime


class LampsDue(Struct, frozen=True):
    """Lamps were told that are not looked at yet."""


class NewsService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        clock: Callable[[], datetime],
        beside: Beside | None = None,
    ) -> None:
        """`beside`: what is written of voice messages that came, in the same transaction."""
        self._storage, self._registry, self._bus, self._clock = storage, registry, bus, clock
        self._beside = beside
        self._lamps: dict[tuple[LinkId, DeviceId], bool] = {}
        "As the PBXs told them last."
        self._due: list[Lamp] = []
        self._noting: Counter[str] = Counter()
        "By device: lamps that are being noted; what is written of it may be other in a moment."
        self._start = new_id()
        self._changes: dict[UserId, str] = {}
        bus.follow_here(DeviceChanged, self._device_changed)
        bus.follow(JournalSeen, lambda event: self._change(event.user))
        bus.follow(VoiceNoticed, lambda event: self._change(event.user))
        bus.follow(RowsMissed, lambda _: self._missed())
        bus.act(LampsDue, self._look, key=lambda due: None, keep=True)
        bus.act(Lamp, self._note_lamp, key=lambda lamp: lamp.device.id, keep=True)

    def changes(self, user: UserId) -> str:
        """Another text after each change here, but for calls and notes."""
        return self._changes.get(user, self._start)

    def _missed(self) -> None:
        """Anything may be other."""
        self._start = new_id()
        self._changes.clear()

    async def news(self, actor: Actor) -> News:
        user, reading = self._user(actor)
        async with self._storage.reading() as reader:
            seen = await store.seen_at(reader, user)
            return News(
                seen=seen,
                missed=await store.missed_since(reader, reading.company, user, seen),
                notes=await store.said_of(reader, reading, seen),
                messages=tuple(await store.notices_of(reader, user, MOST_MESSAGES)),
            )

    async def see(self, actor: Actor, until: datetime) -> None:
        """All that came up to then is read; what was read stays so."""
        user, _ = self._user(actor)
        until = min(until, self._clock())
        async with self._storage.transaction() as tx:
            before = await store.seen_at(tx, user)
            if before is None or before < until:
                await store.mark_seen(tx, user, until)
                tx.publish(JournalSeen(user))

    def _user(self, actor: Actor) -> tuple[UserId, store.Reading]:
        row = caller_row(actor, self._registry.users, "Only a user has a journal.")
        return row.id, store.Reading(company=row.company, domain=row.domain, user=row.id)

    # ------------------------------------------------------------ voice messages

    def _device_changed(self, event: DeviceChanged) -> None:
        """A PBX tells the lamp again after every gap: only another state is news."""
        device = event.device
        on, place = device.messages_waiting, (device.link, device.id)
        if on is None or self._lamps.get(place) is on:
            return
        self._lamps[place] = on
        row = self._registry.device_at(device.link, device.id)
        if row is not None:
            if not self._due:
                self._bus.publish(LampsDue())
            self._due.append(Lamp(row, on, self._clock()))

    async def _look(self, _: LampsDue) -> None:
        """Those that say what is not written are noted. After a start each telephone tells its
        lamp, and nearly all say nothing new: they are looked up together."""
        due, self._due = self._due, []
        async with self._storage.reading() as reader:
            lit = await store.waiting_among(reader, {lamp.device.id for lamp in due})
        for lamp in due:
            device = lamp.device.id
            if self._noting[device] or lamp.on is not (device in lit):
                self._noting[device] += 1
                self._bus.publish(lamp)

    async def _note_lamp(self, lamp: Lamp) -> None:
        """What another process, or this one before it ended, has written already is no news."""
        try:
            await self._noted(lamp)
        finally:
            self._noting[lamp.device.id] -= 1
            if not self._noting[lamp.device.id]:
                del self._noting[lamp.device.id]

    async def _noted(self, lamp: Lamp) -> None:
        device = lamp.device
        async with self._storage.transaction() as tx:
            if await store.waiting_at(tx, device.id) is lamp.on:
                return
            if lamp.on:
                notice = VoiceNotice(
                    id=new_id(),
                    company=device.company,
                    user=device.user,
                    device_row=device.id,
                    at=lamp.at,
                )
                await store.write_notice(tx, notice)
                if self._beside is not None:
                    await self._beside(tx, notice)
            else:
                await store.end_notices(tx, device.id, lamp.at)
            tx.publish(VoiceNoticed(device.user))

    def _change(self, user: UserId) -> None:
        self._changes[user] = new_id()

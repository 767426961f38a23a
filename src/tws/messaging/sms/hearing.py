"""What providers tell later: that telephones have messages, or will never have them.

It comes at any time, also before it is written down that the message was sent, and while the
database is away.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec
import structlog

from tws.bus import Bus
from tws.messaging.sms import store
from tws.messaging.sms.events import ReceiptAside, SmsChanged
from tws.messaging.sms.model import Sms, SmsId, SmsState
from tws.messaging.sms.provider import Receipt
from tws.organisation.actor import SmsProviderId
from tws.schedule import AGAIN, Schedule
from tws.sentences import NOTHING
from tws.storage import Storage, StorageUnavailable, Transaction

HEAR = "receipts of text messages"
MOST = 10_000
"Receipts that wait to be written."
EARLY = 1_000
"Receipts of which the message is not known, or not yet."
log = structlog.get_logger(__name__)
Heard = tuple[SmsProviderId, Receipt]


class Hearing:
    def __init__(
        self, storage: Storage, bus: Bus, schedule: Schedule, clock: Callable[[], datetime]
    ) -> None:
        self._storage, self._bus, self._schedule, self._clock = storage, bus, schedule, clock
        self._heard: deque[Heard] = deque()
        self._early: dict[tuple[SmsProviderId, str], Receipt] = {}
        self.turn = asyncio.Lock()
        "Who writes how far a message has come: what is told meanwhile waits."
        bus.follow(ReceiptAside, self._told_elsewhere)

    def hear(self, provider: SmsProviderId, receipt: Receipt) -> None:
        """It waits for its turn; never raises."""
        if len(self._heard) >= MOST:
            log.error("receipt of a text message dropped: too many wait", provider=provider)
            return
        self._heard.append((provider, receipt))
        self._schedule.once(HEAR, self._work, retry=AGAIN)

    def known(self, provider: SmsProviderId, references: Iterable[str]) -> None:
        """These are written down from now on: what was told of them before is taken up."""
        for reference in references:
            if (receipt := self._early.pop((provider, reference), None)) is not None:
                self.hear(provider, receipt)

    async def _work(self) -> None:
        while self._heard:
            provider, receipt = self._heard[0]
            try:
                async with self.turn:
                    if not await self._taken(provider, receipt):
                        self._put_aside(provider, receipt)
            except StorageUnavailable:
                raise
            except Exception:
                # A fault of ours, or a row that the database does not take: it holds up nobody
                # else's receipts. The job fails with it.
                self._heard.popleft()
                log.error("receipt of a text message dropped", provider=provider)
                self._schedule.once(HEAR, self._work, retry=AGAIN)
                raise
            self._heard.popleft()

    def _told_elsewhere(self, aside: ReceiptAside) -> None:
        """Gateways tell any node; the one that sends knows of what it is, or will."""
        if aside.node != self._bus.node and self._schedule.works():
            self.hear(aside.provider, aside.receipt)

    def _put_aside(self, provider: SmsProviderId, receipt: Receipt) -> None:
        if not self._schedule.works():
            self._bus.publish(ReceiptAside(self._bus.node, provider, receipt))
            return
        self._early[provider, receipt.reference] = receipt
        while len(self._early) > EARLY:
            self._early.pop(next(iter(self._early)))

    async def _taken(self, provider: SmsProviderId, receipt: Receipt) -> bool:
        """False: nobody knows of what it is."""
        state = SmsState.DELIVERED if receipt.state == "delivered" else SmsState.FAILED
        async with self._storage.transaction() as tx:
            part = await store.part_of(tx, provider, receipt.reference)
            if part is None:
                sms = await store.found(tx, SmsId(receipt.reference))
                if sms is None or sms.provider != provider or sms.state is SmsState.SENDING:
                    return False
                await self._come(tx, sms, state, receipt)
                return True
            id, number = part
            await tx.lock(f"parts of text message {id}")  # other nodes are told of other parts
            await store.mark_part(tx, id, number, state)
            parts = await store.parts(tx, id)
            sms = await store.found(tx, id)
            if sms is not None and (whole := _whole(parts.values())) is not None:
                await self._come(tx, sms, whole, receipt)
        return True

    async def _come(self, tx: Transaction, sms: Sms, state: SmsState, receipt: Receipt) -> None:
        reason = receipt.reason if state is SmsState.FAILED else NOTHING
        now = msgspec.structs.replace(sms, state=state, reason=reason, changed=self._clock())
        if await store.advance(tx, now):
            tx.publish(SmsChanged(sms.user))


def _whole(parts: Iterable[SmsState]) -> SmsState | None:
    """What becomes of a message by what became of its parts; None = nothing new."""
    states = set(parts)
    if SmsState.FAILED in states:
        return SmsState.FAILED
    return SmsState.DELIVERED if states == {SmsState.DELIVERED} else None

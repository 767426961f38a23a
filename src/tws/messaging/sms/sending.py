"""Gives text messages to their providers: one after the other for each domain, tried again for a
while where a provider is away, over restarts too.

That one is being given away is written down before, and what became of it after: one of which
that is not known, because the server was stopped or the line broke meanwhile, is never sent again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from tws.bus import Bus
from tws.messaging.sms import store
from tws.messaging.sms.events import SmsChanged, SmsQueued
from tws.messaging.sms.giving import NOBODY, Giving, Outcome
from tws.messaging.sms.hearing import Hearing
from tws.messaging.sms.model import Sms, SmsState
from tws.messaging.sms.providers import Providers
from tws.messaging.sms.reaching import Reaching
from tws.organisation.actor import DomainId, UserId
from tws.organisation.events import SmsProviderChanged
from tws.rereading import when_missed
from tws.schedule import AGAIN, Schedule
from tws.sentences import sentence
from tws.storage import Storage, StorageUnavailable

SEND, LOOK = "send text messages", "look for text messages that wait"
INTERRUPTED = sentence("The server was interrupted while the message was being sent.")
NOT_ALLOWED = sentence("Whoever sent it may not send text messages any more.")


class Sender:
    def __init__(
        self,
        storage: Storage,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        providers: Providers,
        hearing: Hearing,
        authorised: Callable[[UserId], bool],
    ) -> None:
        """`authorised`: whether a user may send, at the moment when one of his goes."""
        self._storage, self._schedule, self._clock = storage, schedule, clock
        self._providers, self._hearing, self._authorised = providers, hearing, authorised
        self._giving = Giving(providers, clock)
        self._reaching = Reaching(bus, schedule, providers)
        self._outcomes: dict[DomainId, Outcome] = {}
        "Not written down yet, of each domain the only one: the database was away."
        self.started = False
        bus.follow(SmsQueued, lambda queued: self._wake(queued.domain))
        when_missed(bus, schedule, LOOK, self._look)
        bus.follow(SmsProviderChanged, self._provider_changed)

    async def start(self) -> None:
        """What waits is sent, also what an earlier process left."""
        self.started = True
        await self._look()
        await self._reaching.start()

    async def _look(self) -> None:
        """Also for what other nodes have put into the queue."""
        if not self.started:
            return
        async with self._storage.reading() as reader:
            domains = await store.domains(reader)
        for domain in {*domains, *self._outcomes}:
            self._wake(domain)

    async def stop(self) -> None:
        """What waits, and what is queued meanwhile, waits for the start."""
        self.started = False
        await self._reaching.stop()
        await self._schedule.end(SEND)
        await self._providers.close()

    def _provider_changed(self, change: SmsProviderChanged) -> None:
        """What waited for it need not wait any longer."""
        if change.after is not None:
            self._wake(change.after.domain)

    # ------------------------------------------------------------ the queue

    def _wake(self, domain: DomainId) -> None:
        if self.started:
            self._schedule.once(SEND, partial(self._work, domain), key=domain, retry=AGAIN)

    async def _work(self, domain: DomainId) -> None:
        with self._settled_next(domain):
            await self._write_outcome(domain)
        await self._settle(domain)
        while True:
            async with self._storage.reading() as reader:
                sms = await store.due(reader, domain, self._clock())
                coming = await store.next_due(reader, domain)
            if sms is None:
                break
            await self._handle(sms)
        if coming is not None:
            wait = max(1.0, (coming - self._clock()).total_seconds())
            work = partial(self._work, domain)
            self._schedule.once(SEND, work, key=domain, after=wait, retry=AGAIN)

    async def _settle(self, domain: DomainId) -> None:
        """Of what was being sent when somebody stopped it, or a fault, nobody knows more: this
        job is the only one that sends for the domain, and it begins here."""
        async with self._storage.reading() as reader:
            interrupted = await store.interrupted(reader, domain)
        for sms in interrupted:
            await self._write(Outcome(self._giving.now(sms, SmsState.UNKNOWN, INTERRUPTED)))

    async def _handle(self, sms: Sms) -> None:
        if not self._authorised(sms.user):
            await self._write(Outcome(self._giving.now(sms, SmsState.FAILED, NOT_ALLOWED)))
            return
        row = self._providers.active(sms.domain)
        if row is None:
            await self._write(Outcome(self._giving.put_off(sms, NOBODY)))
            return
        tries = sms.tries + 1
        begun = self._giving.now(sms, SmsState.SENDING, provider=row.id, tries=tries)
        async with self._storage.transaction() as tx:
            if not await store.advance(tx, begun):
                return
            tx.publish(SmsChanged(sms.user))
        with self._settled_next(sms.domain):
            self._outcomes[sms.domain] = await self._giving.give(row, begun)
            await self._write_outcome(sms.domain)

    @contextmanager
    def _settled_next(self, domain: DomainId) -> Iterator[None]:
        """A fault of ours, or an outcome that the database does not take, stops nothing but the
        message that it is about: the job fails with it, and the next one settles it."""
        try:
            yield
        except StorageUnavailable:
            raise
        except Exception:
            self._outcomes.pop(domain, None)
            self._wake(domain)
            raise

    # ------------------------------------------------------------ written down

    async def _write_outcome(self, domain: DomainId) -> None:
        if (outcome := self._outcomes.get(domain)) is not None:
            await self._write(outcome)
            del self._outcomes[domain]

    async def _write(self, outcome: Outcome) -> None:
        """Where it was written before, by a commit of which nobody heard, people are told."""
        sms = outcome.sms
        async with self._hearing.turn:
            async with self._storage.transaction() as tx:
                if await store.advance(tx, sms) and sms.provider is not None:
                    await store.put_parts(tx, sms.id, sms.provider, outcome.references)
                tx.publish(SmsChanged(sms.user))
            if sms.provider is not None:
                self._hearing.known(sms.provider, outcome.references)

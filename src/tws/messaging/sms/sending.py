"""Gives text messages to their providers: one after the other for each domain, tried again for a
while where a provider is away, over restarts too.

That one is being given away is written down before, and what became of it after: one of which
that is not known, because the server was stopped or the line broke meanwhile, is never sent again.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

import msgspec
import structlog
from msgspec import Struct

from tws.bus import Bus
from tws.messaging.sms import store
from tws.messaging.sms.events import SmsChanged, SmsQueued
from tws.messaging.sms.hearing import Hearing
from tws.messaging.sms.model import GIVEN_UP, Sms, SmsId, SmsState, later
from tws.messaging.sms.provider import OutcomeUnknown, Outgoing, SmsRefused
from tws.messaging.sms.providers import Providers
from tws.organisation.actor import DomainId
from tws.organisation.events import SmsProviderChanged
from tws.organisation.model import SmsProvider as Row
from tws.schedule import AGAIN, Schedule
from tws.sentences import NOTHING, Sentence, sentence
from tws.sources.errors import ConnectorError, Unreachable
from tws.storage import Storage

SEND = "send text messages"
KEEP, REACH = "keep SMS providers", "reach SMS providers"
WHOLE = 120.0
"Seconds for giving away one message."
EVERY = 30.0
"Seconds between two looks at whether providers are there to hear of deliveries."
log = structlog.get_logger(__name__)


class Outcome(Struct, frozen=True):
    """What became of a message, until it is written down."""

    sms: Sms
    references: tuple[str, ...] = ()


class Sender:
    def __init__(
        self,
        storage: Storage,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        providers: Providers,
        hearing: Hearing,
    ) -> None:
        self._storage, self._bus, self._schedule, self._clock = storage, bus, schedule, clock
        self._providers, self._hearing = providers, hearing
        self._outcomes: dict[SmsId, Outcome] = {}
        "Not written down yet: the database was away."
        self.started = False
        bus.follow(SmsQueued, lambda queued: self._wake(queued.domain))
        bus.follow(SmsProviderChanged, self._provider_changed)

    async def start(self) -> None:
        """What waits is sent, also what an earlier process left."""
        await self._write_outcomes()
        async with self._storage.reading() as reader:
            domains = await store.domains(reader)
        self.started = True
        for domain in domains:
            self._wake(domain)
        self._schedule.every(KEEP, EVERY, self._keep)
        self._schedule.once(REACH, self._keep)

    async def stop(self) -> None:
        """What waits, and what is queued meanwhile, waits for the start."""
        self.started = False
        for job in (KEEP, REACH, SEND):
            await self._schedule.end(job)
        await self._providers.close()

    def _provider_changed(self, change: SmsProviderChanged) -> None:
        """What waited for it need not wait any longer."""
        row = change.after
        if row is None or not self.started:
            return
        self._wake(row.domain)
        self._schedule.once(REACH, self._keep)

    # ------------------------------------------------------------ the queue

    def _wake(self, domain: DomainId) -> None:
        if self.started:
            self._schedule.once(SEND, partial(self._work, domain), key=domain, retry=AGAIN)

    async def _work(self, domain: DomainId) -> None:
        await self._write_outcomes()
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
        why = sentence("The server was interrupted while the message was being sent.")
        for sms in interrupted:
            await self._write(Outcome(self._now(sms, SmsState.UNKNOWN, why)))

    async def _handle(self, sms: Sms) -> None:
        row = self._providers.active(sms.domain)
        if row is None:
            nobody = Unreachable("No provider of text messages is active in the domain.")
            await self._write(Outcome(self._put_off(sms, nobody)))
            return
        begun = self._now(sms, SmsState.SENDING, provider=row.id, tries=sms.tries + 1)
        async with self._storage.transaction() as tx:
            if not await store.write(tx, begun):
                return
            tx.publish(SmsChanged(sms.user))
        outcome = await self._given(row, begun)
        self._outcomes[sms.id] = outcome
        await self._write_outcomes()

    async def _given(self, row: Row, sms: Sms) -> Outcome:
        outgoing = Outgoing(id=sms.id, to=sms.number, sender=row.sender, text=sms.text)
        try:
            provider = self._providers.of(row)
            async with asyncio.timeout(WHOLE):
                references = await provider.send(outgoing)
        except SmsRefused as error:
            self._providers.went(row.id)
            return Outcome(self._now(sms, SmsState.FAILED, error.said))
        except (TimeoutError, OutcomeUnknown) as error:
            late = sentence("It was not answered within {seconds} seconds.", seconds=round(WHOLE))
            why = error if isinstance(error, OutcomeUnknown) else Unreachable(late)
            self._providers.went(row.id, why)
            log.warning("text message of unknown outcome", sms=sms.id, why=why.said.template)
            return Outcome(self._now(sms, SmsState.UNKNOWN, why.said))
        except ConnectorError as error:
            self._providers.went(row.id, error)
            return Outcome(self._put_off(sms, error))
        self._providers.went(row.id)
        return Outcome(self._now(sms, SmsState.SENT), references)

    def _put_off(self, sms: Sms, error: ConnectorError) -> Sms:
        """It was not taken: it is tried again, but not for ever."""
        now, lost = self._clock(), self._clock() - sms.created >= GIVEN_UP
        log.warning(
            "text message not sent",
            sms=sms.id,
            tries=sms.tries,
            lost=lost,
            why=error.said.template,
        )
        if lost:
            return self._now(sms, SmsState.FAILED, error.said)
        return self._now(sms, SmsState.WAITING, error.said, due=now + later(sms.tries))

    def _now(self, sms: Sms, state: SmsState, reason: Sentence = NOTHING, **more: object) -> Sms:
        fields = {"state": state, "reason": reason, "changed": self._clock(), "due": None, **more}
        return msgspec.structs.replace(sms, **fields)

    # ------------------------------------------------------------ written down

    async def _write_outcomes(self) -> None:
        for id, outcome in list(self._outcomes.items()):
            await self._write(outcome)
            self._outcomes.pop(id, None)

    async def _write(self, outcome: Outcome) -> None:
        sms = outcome.sms
        async with self._hearing.turn:
            async with self._storage.transaction() as tx:
                if not await store.write(tx, sms):
                    return
                if sms.provider is not None:
                    await store.put_parts(tx, sms.id, sms.provider, outcome.references)
                tx.publish(SmsChanged(sms.user))
            if sms.provider is not None:
                self._hearing.known(sms.provider, outcome.references)

    # ------------------------------------------------------------ there to hear

    async def _keep(self) -> None:
        for row in self._providers.all_active():
            try:
                async with asyncio.timeout(WHOLE):
                    kept = await self._providers.of(row).keep()
            except TimeoutError:
                late = "It was not answered within {seconds} seconds."
                self._providers.went(row.id, Unreachable(late, seconds=round(WHOLE)))
            except ConnectorError as error:
                self._providers.went(row.id, error)
            else:
                if kept:
                    self._providers.went(row.id)

"""Sends mails: one after the other for each company, tried again for days, over restarts too."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog

from tws.bus import Bus
from tws.errors import Invalid, Unavailable
from tws.mail import store
from tws.mail.events import MailQueued
from tws.mail.model import GIVEN_UP, Letter, Trial, Waiting, later
from tws.mail.servers import MailServers
from tws.mail.transport import RecipientRefused, Transport
from tws.mail.writing import is_address, message
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.permission import administrators_only, managed_company
from tws.organisation.registry import Registry
from tws.rereading import when_missed
from tws.schedule import AGAIN, Schedule
from tws.sentences import Sentence, sentence
from tws.sources.errors import ConnectorError
from tws.storage import Storage, Transaction, new_id
from tws.storage.secrets import SecretLost, Secrets

SEND = "mail"
MOST = 1000
"Mails of a company that wait."
LOOK = "look for mails that wait"
log = structlog.get_logger(__name__)


class MailService:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        secrets: Secrets,
        *,
        servers: MailServers,
        transport: Transport,
    ) -> None:
        self._storage, self._registry, self._secrets = storage, registry, secrets
        self._schedule, self._clock, self._transport = schedule, clock, transport
        self._parameters = Parameters(registry)
        self.servers = servers
        self.failing: dict[CompanyId, Sentence] = {}
        "Why the last mail of a company could not be sent."
        self.started = False
        bus.follow(MailQueued, lambda queued: self._wake(queued.company))
        when_missed(bus, schedule, LOOK, self._look)

    async def start(self) -> None:
        """What waits is sent, also what an earlier process left."""
        self.started = True
        await self._look()

    async def _look(self) -> None:
        """Also at what other nodes have put into the queue."""
        if not self.started:
            return
        async with self._storage.reading() as reader:
            found = await store.companies(reader)
        for company in found:
            self._wake(CompanyId(company))

    async def stop(self) -> None:
        """What waits, and what is put into the queue meanwhile, waits for the start."""
        self.started = False
        await self._schedule.end(SEND)

    async def put(self, tx: Transaction, letter: Letter) -> str:
        """Into the queue, with what else the transaction does: its id there. Unavailable when it
        is full."""
        if await store.count(tx, letter.company) >= MOST:
            log.error("mail not queued: queue full", company=letter.company)
            raise Unavailable("Too many mails wait to be sent.")
        id = new_id()
        await store.put(tx, self._secrets, id, letter, self._clock())
        tx.publish(MailQueued(letter.company))
        return id

    async def waiting(self) -> int:
        """How many mails wait to be sent, of all companies: for monitoring."""
        async with self._storage.reading() as reader:
            return await store.waiting(reader)

    async def try_out(
        self, actor: Actor, company: CompanyId, to: str, subject: str, text: str
    ) -> Trial:
        """For administrators: a mail to `to`, now, and what became of it."""
        administrators_only(actor)
        row = managed_company(actor, self._registry.companies, company, "company")
        if not is_address(to):
            raise Invalid(
                "an e-mail address looks like name@company.example", field="to", why="email"
            )
        letter = Letter(company=row.id, to=to, subject=subject, text=text)
        try:
            await self._send(letter, new_id(), self._clock())
        except ConnectorError as error:
            return Trial(False, error.said)
        self.failing.pop(row.id, None)
        self._wake(row.id)
        return Trial(True, sentence("The mail server took the mail to {to}.", to=to))

    async def _send(self, letter: Letter, id: str, at: datetime) -> None:
        """ConnectorError."""
        if not is_address(letter.to):
            raise RecipientRefused("{to} is no address to which mails go.", to=letter.to)
        server = self.servers.of(letter.company, letter.user)
        written = message(
            sender=server.sender,
            to=letter.to,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            at=at,
            id=id,
        )
        await self._transport(server, letter.to, written)

    # ---------------------------------------------------------------- the queue

    def _wake(self, company: CompanyId) -> None:
        if self.started:
            self._schedule.once(SEND, partial(self._work, company), key=company, retry=AGAIN)

    async def _work(self, company: CompanyId) -> None:
        while True:
            try:
                async with self._storage.reading() as reader:
                    waiting = await store.due(reader, self._secrets, company, self._clock())
                    coming = await store.next_due(reader, company)
            except SecretLost as error:
                log.error("mails lost with their key", company=company, said=str(error))
                async with self._storage.transaction() as tx:
                    await store.forget(tx, company)
                return
            if waiting is None:
                break
            await self._handle(company, waiting)
        if coming is not None:
            wait = max(1.0, (coming - self._clock()).total_seconds())
            work = partial(self._work, company)
            self._schedule.once(SEND, work, key=company, after=wait, retry=AGAIN)

    async def _handle(self, company: CompanyId, waiting: Waiting) -> None:
        if not self._still_allowed(waiting.letter):
            async with self._storage.transaction() as tx:
                await store.take(tx, waiting.id)
            return
        try:
            await self._send(waiting.letter, waiting.id, waiting.created)
        except ConnectorError as error:
            await self._failed(company, waiting, error)
            return
        self.failing.pop(company, None)
        log.info("mail sent", mail=waiting.id, company=company, tries=waiting.tries + 1)
        async with self._storage.transaction() as tx:
            await store.take(tx, waiting.id)

    def _still_allowed(self, letter: Letter) -> bool:
        """A letter may have waited for days."""
        if letter.user is None or not letter.allowed_by:
            return True
        known = letter.user in self._registry.users
        return known and bool(self._parameters.effective(letter.user, letter.allowed_by))

    async def _failed(self, company: CompanyId, waiting: Waiting, error: ConnectorError) -> None:
        tries, now = waiting.tries + 1, self._clock()
        lost = isinstance(error, RecipientRefused) or now - waiting.created >= GIVEN_UP
        log.warning(
            "mail not sent",
            mail=waiting.id,
            company=company,
            tries=tries,
            lost=lost,
            why=error.said.template,
        )
        # That one address is refused says nothing of the server, which takes others.
        if not isinstance(error, RecipientRefused):
            self.failing[company] = error.said
        async with self._storage.transaction() as tx:
            if lost:
                await store.take(tx, waiting.id)
            else:
                await store.put_off(tx, waiting.id, tries, now + later(tries))

"""Connections of the accounts: made while they may be, made again when they are lost, with pauses
that grow; cut at once with the right."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog

from tws.bus import Bus
from tws.messaging.chat.carried import Carried
from tws.messaging.external.book import Book
from tws.messaging.external.events import ExternalAccountChanged, ExternalStateChanged
from tws.messaging.external.holding import Holding, Listening
from tws.messaging.external.model import (
    AccountCondition,
    AccountState,
    ExternalAccount,
    OpenedAccount,
)
from tws.messaging.external.network import Dial, Line
from tws.messaging.external.receiving import Receiving
from tws.messaging.external.rights import ExternalRights
from tws.organisation.actor import UserId
from tws.organisation.events import (
    GrantChanged,
    GroupChanged,
    ParameterValueChanged,
    UserChanged,
)
from tws.presence.events import PresenceChanged
from tws.register import NotInstalled
from tws.schedule import AGAIN, Schedule
from tws.sources.errors import ConnectorError, SignInRefused, Unreachable
from tws.storage import StorageUnavailable
from tws.storage.secrets import SecretLost, Secrets

LOOK, CONNECT = "look at external chats", "connect external chats"
TAKE, FLUSH = "take external messages", "send what waits"
FIRST, LONGEST = 1.0, 300.0
"Seconds until a connection that was lost is made again."
LASTS = timedelta(minutes=1)
"After which a connection has held, and the pauses begin anew."
log = structlog.get_logger(__name__)


class Lines:
    def __init__(
        self,
        book: Book,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        secrets: Secrets,
        *,
        rights: ExternalRights,
        carried: Carried,
        receiving: Receiving,
        dial: Dial,
    ) -> None:
        self._book, self._bus, self._schedule, self._clock = book, bus, schedule, clock
        self._secrets, self._rights, self._dial = secrets, rights, dial
        self._carried, self._receiving = carried, receiving
        self._held: dict[UserId, Holding] = {}
        self._hearing: dict[UserId, Listening] = {}
        self._closing: set[Line] = set()
        self.started = False
        bus.follow(ExternalAccountChanged, self._account_changed)
        bus.follow(PresenceChanged, lambda event: self.look(event.user))
        for kind in (
            UserChanged,
            GrantChanged,
            GroupChanged,
            ParameterValueChanged,
        ):
            bus.follow(kind, lambda _: self._schedule.once(LOOK, self._look_at_all))

    async def start(self) -> None:
        self.started = True
        await self._look_at_all()

    async def stop(self) -> None:
        """What was written and has not left waits."""
        self.started = False
        for user in list(self._held):
            self._drop(user)
        for job in (LOOK, CONNECT, TAKE, FLUSH):
            await self._schedule.end(job)
        for line in list(self._closing):
            await line.closed()
        self._closing.clear()

    # ------------------------------------------------------------ known

    def holding(self, user: UserId) -> Holding | None:
        return self._held.get(user)

    def condition(self, user: UserId) -> AccountCondition:
        holding = self._held.get(user)
        return AccountCondition() if holding is None else holding.condition

    def line(self, user: UserId) -> Line | None:
        """One that is connected."""
        holding = self._held.get(user)
        return holding.line if holding is not None and holding.connected else None

    # ------------------------------------------------------------ which there are

    def look(self, user: UserId) -> None:
        """Whether there is to be a connection of his account now."""
        account, holding = self._book.account(user), self._held.get(user)
        if account is None or not self.started or not self._rights.connects(user):
            if holding is not None:
                self._drop(user)
            return
        if holding is None:
            self._held[user] = Holding(account)
            self._soon(user, 0.0)
            self.tell(user)
        elif (line := self.line(user)) is not None:
            line.tell_here(self._rights.is_here(user))

    def again(self, user: UserId) -> None:
        """Now, whatever happened before: the account may have been mended."""
        if user in self._held:
            self._drop(user)
        self.look(user)

    async def _look_at_all(self) -> None:
        """Once for many changes that come together."""
        for account in self._book.accounts():
            self.look(account.user)

    def _account_changed(self, event: ExternalAccountChanged) -> None:
        row = event.after or event.before
        assert row is not None
        self.again(row.user)

    def _drop(self, user: UserId) -> None:
        holding = self._held.pop(user)
        self._cut(user, holding)
        holding.queue.clear()
        for job in (CONNECT, TAKE, FLUSH):
            self._schedule.cancel(job, key=user)
        self.tell(user)

    def _cut(self, user: UserId, holding: Holding) -> None:
        if (hearing := self._hearing.pop(user, None)) is not None:
            hearing.end()
        if holding.line is not None:
            self._closing.add(holding.line)
        holding.cut()

    # ------------------------------------------------------------ one connection

    def _soon(self, user: UserId, after: float) -> None:
        self._schedule.once(CONNECT, partial(self._connect, user), key=user, after=after)

    async def _connect(self, user: UserId) -> None:
        await self._tidy()
        holding = self._held.get(user)
        if holding is None or holding.line is not None:
            return
        hearing = Listening(
            holding,
            partial(self._connected, user, holding),
            partial(self._lost, user, holding),
            partial(self._take_soon, user),
        )
        try:
            opened = self._opened(holding.account)
            holding.line = self._dial(opened, hearing)
        except (SecretLost, NotInstalled) as why:
            self._stands(user, holding, AccountCondition(AccountState.REFUSED, why.said))
            return
        self._hearing[user] = hearing

    async def _tidy(self) -> None:
        """Forget those that are closed."""
        for line in list(self._closing):
            await line.closed()
            self._closing.discard(line)

    def _opened(self, account: ExternalAccount) -> OpenedAccount:
        """SecretLost where its password cannot be opened."""
        return OpenedAccount(
            address=account.address,
            password=str(self._secrets.open(account.password, account.id, "password")),
            resource=f"TWS-{account.id[-8:]}",
            host=account.host,
            port=account.port,
        )

    def _connected(self, user: UserId, holding: Holding) -> None:
        holding.since = self._clock()
        self._stands(user, holding, AccountCondition(AccountState.CONNECTED))
        if holding.line is not None:
            holding.line.tell_here(self._rights.is_here(user))
        self._schedule.once(FLUSH, partial(self._flush, user), key=user, retry=AGAIN)

    def _lost(self, user: UserId, holding: Holding, why: ConnectorError) -> None:
        held = holding.since is not None and self._clock() - holding.since > LASTS
        self._cut(user, holding)
        holding.failures = 1 if held else holding.failures + 1
        away = isinstance(why, Unreachable)
        state = AccountState.AWAY if away else AccountState.REFUSED
        log.info("external chat not connected", account=holding.account.id, state=state)
        self._stands(user, holding, AccountCondition(state, why.said))
        if not isinstance(why, SignInRefused):  # asking on may lock the account
            pause = min(FIRST * 2.0 ** min(holding.failures - 1, 10), LONGEST) if away else LONGEST
            self._soon(user, pause * random.uniform(0.5, 1.0))  # noqa: S311 - nobody guesses it

    def _stands(self, user: UserId, holding: Holding, condition: AccountCondition) -> None:
        holding.condition = condition
        self.tell(user)

    def tell(self, user: UserId) -> None:
        self._bus.publish(ExternalStateChanged(user))

    # ------------------------------------------------------------ what comes and goes

    def _take_soon(self, user: UserId) -> None:
        self._schedule.once(TAKE, partial(self._take, user), key=user, retry=AGAIN)

    async def _take(self, user: UserId) -> None:
        """What was heard, in its order. While the database is away it waits, and so does what the
        server has not been told to have come."""
        holding = self._held.get(user)
        while holding is not None and holding.queue and holding is self._held.get(user):
            try:
                await self._receiving.take(holding, holding.queue[0])
            except StorageUnavailable:
                raise
            except Exception:
                # A fault of ours stops nothing but what it is about: the server would bring it
                # again and again. The job fails with it.
                holding.taken()
                self._take_soon(user)
                raise
            if holding.queue:
                holding.taken()

    async def _flush(self, user: UserId) -> None:
        """Give to the connection what waited for it, and behind it what was written since."""
        holding = self._held.get(user)
        if holding is None or not holding.connected or holding.flushed:
            return
        line = holding.line
        found = await self._carried.waiting(user)
        if line is None or holding.line is not line:
            return
        holding.flushed = True
        for one in found:
            contact = self._book.contact(one.recipient.id)
            if contact is not None:
                line.send(contact.address, one.id, one.text)
                holding.given.add(one.id)
        later, holding.later = holding.later, []
        for address, id, text in later:
            holding.send(address, id, text)

"""The connection of each account: made, and made again when it is lost, with pauses that grow.

Those with one server take turns: a server that came back, or TWS itself, is not met by thousands
of handshakes at once, and one that does not answer holds up nobody who is with another.
"""

import asyncio
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from weakref import WeakValueDictionary

import structlog

from tws.bus import Bus
from tws.messaging.external.events import ExternalStateChanged
from tws.messaging.external.holding import Holding, Listening
from tws.messaging.external.model import (
    AccountCondition,
    AccountState,
    ExternalAccount,
    OpenedAccount,
)
from tws.messaging.external.network import Dial, Line
from tws.messaging.external.rights import ExternalRights
from tws.messaging.external.traffic import Traffic
from tws.register import NotInstalled
from tws.schedule import Schedule
from tws.sources.errors import ConnectorError, SignInRefused, Unreachable
from tws.storage.secrets import SecretLost, Secrets

CONNECT = "connect external chats"
AT_ONCE = 20
"Connections with one server that are being made."
FIRST, LONGEST = 1.0, 300.0
"Seconds until a connection that was lost is made again."
LASTS = timedelta(minutes=1)
"After which a connection has held, and the pauses begin anew."
log = structlog.get_logger(__name__)


class Connecting:
    def __init__(
        self,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        secrets: Secrets,
        *,
        rights: ExternalRights,
        traffic: Traffic,
        dial: Dial,
    ) -> None:
        self._bus, self._schedule, self._clock = bus, schedule, clock
        self._secrets, self._rights, self._dial = secrets, rights, dial
        self._traffic = traffic
        self._hearing: dict[Holding, Listening] = {}
        self._closing: set[Line] = set()
        self._turns = WeakValueDictionary[str, asyncio.Semaphore]()
        "By server; one that nobody waits for or has is forgotten."
        self._dialling: dict[Holding, asyncio.Semaphore] = {}

    def soon(self, holding: Holding, after: float = 0.0) -> None:
        """Connect in so many seconds, and for as long as it is not cut."""
        user, connect = holding.account.user, partial(self._connect, holding)
        self._schedule.once(CONNECT, connect, key=user, after=after)

    def end(self, holding: Holding) -> None:
        """It is not wanted any more."""
        self._cut(holding)
        self._schedule.cancel(CONNECT, key=holding.account.user)

    async def closed(self) -> None:
        """Until those that were cut are closed."""
        for line in list(self._closing):
            await line.closed()
            self._closing.discard(line)

    # ------------------------------------------------------------ begun

    async def _connect(self, holding: Holding) -> None:
        await self.closed()
        if holding.line is not None:
            return
        turns = self._turns.setdefault(holding.account.server, asyncio.Semaphore(AT_ONCE))
        await turns.acquire()
        self._dialling[holding] = turns
        hearing = Listening(
            holding,
            partial(self._connected, holding),
            partial(self._lost, holding),
            partial(self._traffic.take_soon, holding),
        )
        try:
            opened = self._opened(holding.account)
            holding.line = self._dial(opened, hearing)
        except (SecretLost, NotInstalled) as why:
            self._stands(holding, AccountCondition(AccountState.REFUSED, why.said))
            return
        finally:
            if holding.line is None:
                self._end_turn(holding)
        self._hearing[holding] = hearing

    def _opened(self, account: ExternalAccount) -> OpenedAccount:
        """SecretLost where its password cannot be opened."""
        return OpenedAccount(
            address=account.address,
            password=str(self._secrets.open(account.password, account.id, "password")),
            resource=f"TWS-{account.id[-8:]}",
            host=account.host,
            port=account.port,
        )

    # ------------------------------------------------------------ what becomes of it

    def _connected(self, holding: Holding) -> None:
        self._end_turn(holding)
        holding.since = self._clock()
        self._stands(holding, AccountCondition(AccountState.CONNECTED))
        if holding.line is not None:
            holding.line.tell_here(self._rights.is_here(holding.account.user))
        self._traffic.flush_soon(holding)

    def _lost(self, holding: Holding, why: ConnectorError) -> None:
        held = holding.since is not None and self._clock() - holding.since > LASTS
        self._cut(holding)
        holding.failures = 1 if held else holding.failures + 1
        away = isinstance(why, Unreachable)
        state = AccountState.AWAY if away else AccountState.REFUSED
        log.info("external chat not connected", account=holding.account.id, state=state)
        self._stands(holding, AccountCondition(state, why.said))
        if not isinstance(why, SignInRefused):  # asking on may lock the account
            pause = min(FIRST * 2.0 ** min(holding.failures - 1, 10), LONGEST) if away else LONGEST
            self.soon(holding, pause * random.uniform(0.5, 1.0))  # noqa: S311 - nobody guesses it

    def _cut(self, holding: Holding) -> None:
        self._end_turn(holding)
        if (hearing := self._hearing.pop(holding, None)) is not None:
            hearing.end()
        if holding.line is not None:
            self._closing.add(holding.line)
        holding.cut()

    def _end_turn(self, holding: Holding) -> None:
        if (turns := self._dialling.pop(holding, None)) is not None:
            turns.release()

    def _stands(self, holding: Holding, condition: AccountCondition) -> None:
        holding.condition = condition
        self._bus.publish(ExternalStateChanged(holding.account.user))

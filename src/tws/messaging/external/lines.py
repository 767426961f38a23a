"""Which accounts are connected: those that may be, as long as they may. A right that is lost cuts
the connection at once."""

import random

from tws.bus import Bus
from tws.messaging.external.book import Book
from tws.messaging.external.connecting import CONNECT, Connecting
from tws.messaging.external.events import ExternalAccountChanged, ExternalStateChanged
from tws.messaging.external.holding import Holding
from tws.messaging.external.model import AccountCondition
from tws.messaging.external.network import Line
from tws.messaging.external.rights import ExternalRights
from tws.messaging.external.traffic import FLUSH, TAKE, Traffic
from tws.organisation.actor import UserId
from tws.organisation.events import (
    GrantChanged,
    GroupChanged,
    ParameterValueChanged,
    UserChanged,
)
from tws.presence.events import PresenceChanged
from tws.schedule import Schedule

LOOK = "look at external chats"
JOBS = (LOOK, CONNECT, TAKE, FLUSH)
FEW, A_SECOND = 20, 50
"Accounts that are connected at once; where more begin together, so many each second."


class Lines:
    def __init__(
        self,
        book: Book,
        bus: Bus,
        schedule: Schedule,
        rights: ExternalRights,
        connecting: Connecting,
        traffic: Traffic,
    ) -> None:
        self._book, self._bus, self._schedule, self._rights = book, bus, schedule, rights
        self.connecting, self._traffic = connecting, traffic
        self._held: dict[UserId, Holding] = {}
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
        for job in JOBS:
            await self._schedule.end(job)
        await self.connecting.closed()

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

    # ------------------------------------------------------------ looked at

    def look(self, user: UserId, within: float = 0.0) -> None:
        """Whether there is to be a connection of his account now; a new one begins within so many
        seconds."""
        account, holding = self._book.account(user), self._held.get(user)
        if account is None or not self._connects(user):
            if holding is not None:
                self._drop(user)
        elif holding is None:
            self._held[user] = begun = Holding(account)
            self.connecting.soon(begun, random.uniform(0.0, within))  # noqa: S311 - nobody guesses it
            self.tell(user)
        elif holding.connected and holding.line is not None:
            holding.line.tell_here(self._rights.is_here(user))

    def again(self, user: UserId) -> None:
        """Now, whatever happened before: the account may have been mended."""
        if user in self._held:
            self._drop(user)
        self.look(user)

    def tell(self, user: UserId) -> None:
        self._bus.publish(ExternalStateChanged(user))

    def _connects(self, user: UserId) -> bool:
        return self.started and self._rights.connects(user)

    async def _look_at_all(self) -> None:
        """Once for many changes that come together."""
        users = [account.user for account in self._book.accounts()]
        begin = [user for user in users if user not in self._held and self._connects(user)]
        within = len(begin) / A_SECOND if len(begin) > FEW else 0.0
        for user in users:
            self.look(user, within)

    def _account_changed(self, event: ExternalAccountChanged) -> None:
        row = event.after or event.before
        assert row is not None
        self.again(row.user)

    def _drop(self, user: UserId) -> None:
        holding = self._held.pop(user)
        self.connecting.end(holding)
        holding.queue.clear()
        self._traffic.forget(user)
        self.tell(user)

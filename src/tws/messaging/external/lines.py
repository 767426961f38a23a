"""Which accounts are connected: those that may be, as long as they may. A right that is lost cuts
the connection at once."""

import random

from tws.bus import Bus
from tws.messaging.external.book import Book
from tws.messaging.external.connecting import CONNECT, Connecting
from tws.messaging.external.elsewhere import RUNS, LineElsewhere, Seen, SeenLines
from tws.messaging.external.events import (
    ExternalAccountChanged,
    ExternalStateChanged,
    LineAsked,
)
from tws.messaging.external.holding import NOBODY, Holding
from tws.messaging.external.model import AccountCondition, Standing
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
        self._seen = SeenLines(bus, "external chats", Seen, self._seen_changed)
        "At whichever node holds them."
        self.started = False
        bus.follow(ExternalStateChanged, lambda event: self._show(event.user))
        bus.follow(LineAsked, self._asked)
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
        self._seen.put(RUNS, Seen())
        await self._look_at_all()

    async def stop(self) -> None:
        """What was written and has not left waits."""
        self.started = False
        self._seen.put(RUNS, None)
        for user in list(self._held):
            self._drop(user)
        for job in JOBS:
            await self._schedule.end(job)
        await self.connecting.closed()

    # ------------------------------------------------------------ known

    @property
    def runs(self) -> bool:
        """Here, or at another node."""
        return self.started or self._seen.first(RUNS) is not None

    def condition(self, user: UserId) -> AccountCondition:
        return self._known(user).condition

    def standing(self, user: UserId, address: str) -> Standing:
        return self._known(user).standings.get(address, NOBODY)

    def line(self, user: UserId) -> Line | LineElsewhere | None:
        """One that is connected."""
        holding = self._held.get(user)
        if holding is not None:
            return holding.line if holding.connected else None
        return LineElsewhere(self._bus, user) if self._known(user).connected else None

    def send(self, user: UserId, address: str, id: str, text: str) -> None:
        """In the order in which it was written; where there is no connection it waits."""
        holding = self._held.get(user)
        if holding is not None:
            if holding.connected:
                holding.send(address, id, text)
        elif self._known(user).connected:
            LineElsewhere(self._bus, user).send(address, id, text)

    def answered(self, user: UserId, address: str) -> None:
        """He who asked to see how the user is."""
        holding = self._held.get(user)
        if holding is not None:
            holding.answered(address)
            self.tell(user)

    def _known(self, user: UserId) -> Seen:
        holding = self._held.get(user)
        if holding is not None:
            return Seen(holding.condition, holding.standings)
        return self._seen.first(user) or Seen()

    # ------------------------------------------------------------ told to other nodes

    def _show(self, user: UserId) -> None:
        if self._bus.node:
            holding = self._held.get(user)
            now = None
            if holding is not None:
                now = Seen(holding.condition, dict(holding.standings))
            self._seen.put(user, now)

    def _seen_changed(self, user: str) -> None:
        if user != RUNS and not self.started:
            self._bus.publish(ExternalStateChanged(UserId(user)))

    def _asked(self, asked: LineAsked) -> None:
        """By another node, whose user is at a page there."""
        if not self.started:
            return
        match asked.service, asked.parameters:
            case "again", _:
                self.again(asked.user)
            case "send", (address, id, text):
                self.send(asked.user, address, id, text)
            case service, parameters:
                self._do(asked.user, service, parameters)

    def _do(self, user: UserId, service: str, parameters: tuple[str, ...]) -> None:
        if (line := self.line(user)) is None:
            return
        match service, parameters:
            case "typing", (address,):
                line.tell_typing(address)
            case "read", (address, id):
                line.tell_read(address, id)
            case "add", (address, name):
                line.add(address, name)
            case "remove", (address,):
                line.remove(address)
            case "answer", (address, yes):
                line.answer(address, bool(yes))
                self.answered(user, address)

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
        if self._bus.node and not self.started:
            LineElsewhere(self._bus, user).ask("again")
            return
        self._anew(user)

    def _anew(self, user: UserId) -> None:
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
        self._anew(row.user)

    def _drop(self, user: UserId) -> None:
        holding = self._held.pop(user)
        self.connecting.end(holding)
        holding.queue.clear()
        self._traffic.forget(user)
        self.tell(user)

"""Slowing down who guesses wide: passwords of many accounts from one address, or of one account
from many. One account from one address is the throttle's business (decision 70)."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from operator import itemgetter

from tws.access.errors import LoginRefused, SecondFactorNeeded
from tws.access.tries.throttle import Throttle
from tws.errors import TooMany, Unavailable
from tws.storage import StorageUnavailable

WINDOW = timedelta(hours=1)
"For how long a failure counts."
ACCOUNTS, ADDRESSES = 50, 20
"So many whose last try failed, of one address and of one account: the next ones come one by one."
PACE = timedelta(seconds=5)
"From one of them to the next."
REMEMBERED = 1_000
"Addresses, and accounts, of which there are too many; and as many others."
NOT_AT_HOME = 0
AT_HOME = 20_000
"Accounts and where they signed in, the oldest forgotten."
OF_A_SITE = 64
"Bits: of IPv6 one subscriber has so many addresses that each is good for one try."


def source_of(address: str) -> str:
    """Whose address it is, as far as anybody can tell; other texts are as they are."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, OF_A_SITE), strict=False))


class Spread:
    """Of each key with how many others it failed lately, by their marks: names are long. Once
    there are `most` of them its tries come at a pace."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._few: OrderedDict[int, dict[int, datetime]] = OrderedDict()
        self._many: OrderedDict[int, dict[int, datetime]] = OrderedDict()
        # Apart, so that whoever fails with thousands of names drives out none of these.
        self._next: dict[int, datetime] = {}

    def __len__(self) -> int:
        """Everything that is remembered."""
        return sum(len(of) for kept in (self._few, self._many) for of in kept.values())

    def wait(self, id: int, now: datetime) -> timedelta:
        """Until the next try; nothing while there are few."""
        if not self._slow(id, now):
            return timedelta(0)
        return max(self._next.get(id, now) - now, timedelta(0))

    def begin(self, id: int, now: datetime) -> datetime | None:
        """A try, which had not to wait. What `undo` wants."""
        before = self._next.get(id)
        if self._slow(id, now):
            self._next[id] = now + PACE
        return before

    def undo(self, id: int, before: datetime | None) -> None:
        """The try came to nothing: the next need not wait for it."""
        if before is None:
            self._next.pop(id, None)
        elif id in self._next:
            self._next[id] = before

    def failed(self, id: int, other: int, now: datetime) -> None:
        of = self._many.pop(id, None) or self._few.pop(id, None) or {}
        self._forget_old(of, now)
        of[other] = max(of.pop(other, now), now)
        if any(at > now for at in of.values()):  # told late by another node
            of = dict(sorted(of.items(), key=itemgetter(1)))
        if len(of) > self._most:
            del of[next(iter(of))]
        self._keep(id, of)

    def succeeded(self, id: int, other: int) -> bool:
        """Who mistyped, and then did not, is nobody who guesses. Whether they had mistyped."""
        found = [kept[id].pop(other, None) for kept in (self._few, self._many) if id in kept]
        return any(at is not None for at in found)

    # ------------------------------------------------------------ at other nodes

    def failed_elsewhere(self, id: int, other: int, at: datetime) -> None:
        """However often it is told; the next one waits for it as for those here."""
        self.failed(id, other, at)
        if self._slow(id, at):
            self._next[id] = max(self._next.get(id, at), at + PACE)

    def known(self, now: datetime) -> list[tuple[int, int, datetime]]:
        """Who failed with whom, and when last."""
        return [
            (id, other, at)
            for kept in (self._many, self._few)
            for id, of in kept.items()
            for other, at in of.items()
            if now - at <= WINDOW
        ]

    def _slow(self, id: int, now: datetime) -> bool:
        of = self._many.get(id)
        if of is None:
            return False
        self._forget_old(of, now)
        if len(of) >= self._most:
            return True
        del self._many[id]
        self._keep(id, of)
        return False

    def _keep(self, id: int, of: dict[int, datetime]) -> None:
        kept = self._many if len(of) >= self._most else self._few
        kept[id] = of
        if len(kept) > REMEMBERED:
            oldest, _ = kept.popitem(last=False)
            self._next.pop(oldest, None)
        if kept is self._few:
            self._next.pop(id, None)

    @staticmethod
    def _forget_old(of: dict[int, datetime], now: datetime) -> None:
        while of and now - next(iter(of.values())) > WINDOW:
            del of[next(iter(of))]


def _nowhere(account: int, source: int, right: bool, home: int) -> None:
    """There are no others."""


class Guessing:
    """Tries of passwords, slowed down in each of the ways in which they can be guessed."""

    def __init__(
        self,
        throttle: Throttle,
        open_at: Callable[[Hashable], Iterator[str]],
        mark: Callable[[Hashable], int] = hash,
    ) -> None:
        """`open_at`: the addresses of an account's present sessions; `mark`: as what accounts and
        addresses are remembered."""
        self._throttle, self._open_at, self._mark = throttle, open_at, mark
        self.by_address, self.by_account = Spread(ACCOUNTS), Spread(ADDRESSES)
        self.home: OrderedDict[int, None] = OrderedDict()
        "Marks of accounts, each with an address of its own."
        self.noted: Callable[[int, int, bool, int], None] = _nowhere
        """Told of each that failed, and of one that succeeded where something is other by it: its
        account, from where, whether it succeeded, and the mark of both if they are at home."""

    @contextmanager
    def trying(self, account: Hashable, address: str, now: datetime) -> Iterator[None]:
        """One try of an account's password, which succeeds, fails, or comes to nothing as what is
        done within does. TooMany(retry_after): nobody looked at it."""
        source = source_of(address)
        whose, place = self._mark(account), self._mark(source)
        both = self._mark((account, source))
        home = self._at_home(account, source, both)
        keys = () if home else ((self.by_address, place), (self.by_account, whose))
        self._in_turn([spread.wait(key, now) for spread, key in keys], account, address)
        begun = [(spread, key, spread.begin(key, now)) for spread, key in keys]
        try:
            with self._throttle.trying((account, address), now):
                yield
        except (TooMany, Unavailable, StorageUnavailable, SecondFactorNeeded):
            for spread, key, before in begun:
                spread.undo(key, before)
            raise
        except LoginRefused:
            self.by_address.failed(place, whose, now)
            if not home:
                self.by_account.failed(whose, place, now)
            self.noted(whose, place, False, both if home else NOT_AT_HOME)
            raise
        mistyped = self.by_address.succeeded(place, whose), self.by_account.succeeded(whose, place)
        if any(mistyped) or both not in self.home:
            self.noted(whose, place, True, both)
        self.settle(both)

    def _in_turn(self, waits: list[timedelta], account: Hashable, address: str) -> None:
        wait = max(waits, default=timedelta(0))
        if wait > timedelta(0):
            self._throttle.too_early((account, address), wait)

    def _at_home(self, account: Hashable, source: str, both: int) -> bool:
        """Whether they signed in from there before: then nobody else's failures are theirs."""
        if both in self.home:
            return True
        return any(source_of(address) == source for address in self._open_at(account))

    def settle(self, both: int) -> None:
        """An account at an address, by their mark: they are at home there from now on."""
        self.home[both] = None
        self.home.move_to_end(both)
        if len(self.home) > AT_HOME:
            self.home.popitem(last=False)

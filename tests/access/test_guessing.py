"""Passwords guessed by the thousand, in each of the ways: few are looked at, little is remembered,
and whose the account is still signs in."""

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.access.conftest import PASSWORD, Door
from tests.organisation.world import Place
from tws.access.errors import LoginRefused
from tws.access.login_method import Credentials
from tws.access.memory import Memory
from tws.access.passwords import Hashing
from tws.access.tries.guessing import (
    ACCOUNTS,
    ADDRESSES,
    PACE,
    REMEMBERED,
    WINDOW,
    Guessing,
    Spread,
    source_of,
)
from tws.access.tries.throttle import FREE_TRIES, Throttle
from tws.errors import TooMany, Unavailable
from tws.organisation.actor import SYSTEM

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
TRIES = 10_000
SECOND = timedelta(seconds=1)


class Guesser:
    """Somebody who knows no password, and never waits as told."""

    def __init__(self, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
        self.door, self.hashed, self.waits = door, 0, 0
        verify = Hashing.verify

        async def counted(hashing: Hashing, hash: str | None, password: str) -> bool:
            self.hashed += 1
            return await verify(hashing, hash, password)

        monkeypatch.setattr(Hashing, "verify", counted)

    async def guess(self, tries: Iterable[tuple[str, str]]) -> None:
        """Ten in a second."""
        self.hashed = 0
        for n, (username, address) in enumerate(tries):
            try:
                await self.door.login(username, f"guess {n}", address)
            except LoginRefused:
                pass
            except TooMany as refused:
                wait = refused.details["retry_after"]
                assert isinstance(wait, int) and 0 < wait <= 15 * 60
                self.waits += 1
            self.door.clock.passes(seconds=0.1)
        assert self.hashed + self.waits == TRIES


@pytest.fixture
async def guesser(door: Door, place: Place, monkeypatch: pytest.MonkeyPatch) -> Guesser:
    administrators = door.world.service.administrators
    await administrators.create_administrator(SYSTEM, username="chief", super_user=True)
    return Guesser(door, monkeypatch)


SECONDS = TRIES // 10
PACED = SECONDS // int(PACE / SECOND) + 1


def remembered(door: Door) -> int:
    guessing = door.access.signing._guessing
    return len(guessing.by_address) + len(guessing.by_account)


async def test_one_account_from_one_address(door: Door, guesser: Guesser) -> None:
    await guesser.guess([("alice", "10.6.6.6")] * TRIES)
    assert guesser.hashed <= 20  # within a thousand seconds
    await door.login()  # from elsewhere she never was before
    with pytest.raises(TooMany):
        await door.login(address="10.6.6.6")


async def test_many_accounts_from_one_address(door: Door, guesser: Guesser) -> None:
    """A colleague's computer, say: they share an address with it."""
    await door.login(address="192.0.2.1")
    await guesser.guess((f"name {n}", "192.0.2.1") for n in range(TRIES))
    assert ACCOUNTS <= guesser.hashed <= ACCOUNTS + PACED
    assert remembered(door) <= ACCOUNTS + REMEMBERED
    await door.login(address="192.0.2.1")
    await door.login(address="192.0.2.2")


async def test_one_account_from_many_addresses(door: Door, guesser: Guesser) -> None:
    await door.login(address="2001:db8:0:1::5")
    await guesser.guess(("alice", f"2001:db8:1:{n:x}::{n:x}") for n in range(TRIES))
    assert ADDRESSES <= guesser.hashed <= ADDRESSES + PACED
    assert remembered(door) <= ADDRESSES + REMEMBERED
    await door.login(address="2001:db8:0:1::6")  # of the same site
    door.clock.passes(seconds=PACE.total_seconds())
    await door.login(address="198.51.100.1")  # a new one, in turn


async def test_a_present_session_says_where_somebody_is_at_home(door: Door, place: Place) -> None:
    """After a restart, too, of which the session is all that is left."""
    _, token = await door.login(address="192.0.2.7")
    again = AgainAt(door)
    await again.load()
    assert again.memory.session(again.of(token)) is not None
    now = door.clock.now
    for n in range(ACCOUNTS):
        failing(again.guessing, f"name {n}", "192.0.2.7", now)
    assert tried(again.guessing, place.alice.id, "192.0.2.7", now) == 0
    assert tried(again.guessing, "stranger", "192.0.2.7", now) == 0  # the first in turn
    assert tried(again.guessing, "another", "192.0.2.7", now) == PACE / SECOND
    assert tried(again.guessing, place.alice.id, "192.0.2.7", now) == 0


class AgainAt:
    """What another process knows of who guesses: nothing but the sessions."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def load(self) -> None:
        self.sessions = await self._door.again()
        self.memory: Memory = self.sessions.memory
        self.guessing = Guessing(Throttle(), self.memory.addresses_of)

    def of(self, token: str) -> str | None:
        actor = self.sessions.actor_of(token)
        return None if actor is None else actor.session


async def test_colleagues_who_mistype_keep_nobody_out(door: Door, place: Place) -> None:
    """Monday morning, behind one address: each is right the second time."""
    users, access = door.world.service.users, door.access
    for n in range(2 * ACCOUNTS):
        user = await users.create_user(SYSTEM, domain=place.paris.id, username=f"user{n}")
        await access.passwords.set_password(place.administrator, user.id, PASSWORD)
        for password in ("mistyped", PASSWORD):
            with pytest.raises(LoginRefused):  # the second time: not authorised
                await door.login(user.username, password, "192.0.2.1")
    await door.login("alice", address="192.0.2.1")


async def test_administrators_are_guessed_at_the_same_pace(door: Door, guesser: Guesser) -> None:
    administrators = door.world.service.administrators
    ada = await administrators.create_administrator(SYSTEM, username="ada", super_user=True)
    await door.access.passwords.set_administrator_password(SYSTEM, ada.id, PASSWORD)

    async def come(password: str, address: str) -> None:
        shown = Credentials("Ada ", password, address=address)
        await door.access.signing.login_administrator(shown, agent="")

    await come(PASSWORD, "10.0.0.9")
    for n in range(ADDRESSES + 1):
        with pytest.raises(LoginRefused):
            await come("a guess", f"10.1.0.{n}")
    with pytest.raises(TooMany):
        await come(PASSWORD, "10.1.1.1")
    await come(PASSWORD, "10.0.0.9")
    assert guesser.hashed == ADDRESSES + 3


# ---------------------------------------------------------------- the rule itself


def tried(guessing: Guessing, account: str, address: str, now: datetime) -> float:
    """Seconds to wait; 0: it was one, and right."""
    try:
        with guessing.trying(account, address, now):
            return 0
    except TooMany as refused:
        wait = refused.details["retry_after"]
        assert isinstance(wait, int)
        return wait


def failing(guessing: Guessing, account: str, address: str, now: datetime) -> bool:
    """Whether somebody looked at it."""
    try:
        with guessing.trying(account, address, now):
            raise LoginRefused("")
    except LoginRefused:
        return True
    except TooMany:
        return False


def nowhere() -> Guessing:
    return Guessing(Throttle(), lambda account: iter(()))


NAMES = st.sampled_from([f"name {n}" for n in range(80)])
PLACES = st.sampled_from([f"10.0.{n}.1" for n in range(40)])
GAPS = st.sampled_from([0.0, 0.1, 1.0, 6.0])
GUESSES = st.lists(st.tuples(NAMES, PLACES, GAPS), min_size=100, max_size=300)


@given(
    guesses=GUESSES,
    home=st.sampled_from(["10.0.0.1", "10.0.7.1", "192.0.2.9"]),
    one_place=st.booleans(),
    one_name=st.booleans(),
)
def test_whoever_is_at_home_gets_in_whatever_others_do(
    guesses: list[tuple[str, str, float]], home: str, one_place: bool, one_name: bool
) -> None:
    guessing, now = nowhere(), START
    assert tried(guessing, "name 0", home, now) == 0
    for name, place, gap in guesses:
        name = "name 0" if one_name else name
        place = "10.0.0.1" if one_place else place
        now += SECOND * gap
        if (name, place) != ("name 0", home):
            failing(guessing, name, place, now)
    assert tried(guessing, "name 0", home, now) == 0


@given(
    gaps=st.lists(st.floats(0, 8), min_size=ACCOUNTS, max_size=300),
    wide=st.sampled_from(["accounts", "addresses"]),
)
def test_who_guesses_wide_is_looked_at_at_the_pace(gaps: list[float], wide: str) -> None:
    guessing, now, looked = nowhere(), START, []
    for n, gap in enumerate(gaps):
        now += SECOND * gap
        if wide == "accounts":
            seen = failing(guessing, f"name {n}", "10.0.0.1", now)
        else:
            seen = failing(guessing, "alice", f"10.0.{n}.1", now)
        if seen:
            looked.append(now)
    most = ACCOUNTS if wide == "accounts" else ADDRESSES
    assert len(looked) >= most
    paced = looked[most:]
    assert all(later - one >= PACE for one, later in itertools.pairwise(paced))


@given(places=st.lists(st.integers(0, 2**64 - 1), min_size=2, max_size=5))
def test_a_site_has_one_address(places: list[int]) -> None:
    assert len({source_of(f"2001:db8::{p & 0xFFFF:x}:{p >> 48:x}") for p in places}) == 1
    assert source_of("::ffff:192.0.2.1") == source_of("192.0.2.1") == "192.0.2.1"
    assert source_of("fe80::1%eth0") == "fe80::/64"
    assert source_of("2001:db8:0:1::1") != source_of("2001:db8:0:2::1")
    assert source_of("a socket") == "a socket"


def test_it_ends_by_itself() -> None:
    guessing = nowhere()
    for n in range(ACCOUNTS + 1):
        assert failing(guessing, f"name {n}", "10.0.0.1", START)
    assert tried(guessing, "alice", "10.0.0.1", START) > 0
    later = START + WINDOW + SECOND
    for n in range(ACCOUNTS):
        assert failing(guessing, f"name {n}", "10.0.0.1", later)


def test_a_try_that_came_to_nothing_takes_nobodys_turn() -> None:
    guessing = nowhere()
    for n in range(ACCOUNTS):
        failing(guessing, f"name {n}", "10.0.0.1", START)
    for _ in range(FREE_TRIES):
        with pytest.raises(Unavailable), guessing.trying("alice", "10.0.0.1", START):
            raise Unavailable("The server is away.")
    assert tried(guessing, "alice", "10.0.0.1", START) == 0
    assert tried(guessing, "bob", "10.0.0.1", START) == PACE / SECOND


def test_its_memory_has_an_end_and_thousands_of_names_drive_nobody_out() -> None:
    spread = Spread(3)
    for other in range(3):
        spread.failed(-9, other, START)
    for key in range(5 * REMEMBERED):
        for other in range(2):
            spread.failed(key, other, START)
    assert spread.begin(-9, START) is None and spread.wait(-9, START) == PACE
    assert len(spread) <= 3 + 2 * REMEMBERED
    for key in range(5 * REMEMBERED):
        for other in range(9):
            spread.failed(key, other, START)
    assert len(spread) <= (3 + 2) * REMEMBERED

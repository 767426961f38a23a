"""Thousands of accounts with people outside, and lists of contacts longer than what is taken."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from structlog.testing import capture_logs

from tws.bus import Bus
from tws.messaging.external import connecting, lines, traffic
from tws.messaging.external.book import Book
from tws.messaging.external.connecting import AT_ONCE, CONNECT, Connecting
from tws.messaging.external.events import ExternalAccountChanged, ExternalContactChanged
from tws.messaging.external.holding import Holding
from tws.messaging.external.lines import Lines
from tws.messaging.external.model import (
    MOST_CONTACTS,
    ContactId,
    ExternalAccount,
    ExternalContact,
    OpenedAccount,
)
from tws.messaging.external.network import Hearer, Listed, Until
from tws.messaging.external.receiving import Receiving
from tws.messaging.external.traffic import Traffic
from tws.organisation.actor import CompanyId, UserId
from tws.schedule import Schedule
from tws.sources.errors import Unreachable
from tws.storage.secrets import Secrets

COMPANY = CompanyId("SSDEI")
ALICE = UserId("alice")
MANY = 3 * AT_ONCE


class Rights:
    """Whoever has an account may use it."""

    def connects(self, user: UserId) -> bool:
        return True

    def is_here(self, user: UserId) -> bool:
        return False


class Server:
    """Whom it lets wait, until it says what becomes of them."""

    def __init__(self) -> None:
        self.waiting: dict[str, list[Hearer]] = {}
        self.most = 0
        self.asked = asyncio.Semaphore(0)

    def dial(self, account: OpenedAccount, hearer: Hearer) -> Any:
        waiting = self.waiting.setdefault(account.address.partition("@")[2], [])
        waiting.append(hearer)
        self.most = max(self.most, len(waiting))
        self.asked.release()
        return Silent()


class Silent:
    def __getattr__(self, name: str) -> Any:
        return lambda *_: None

    async def closed(self) -> None:
        return


class Begun(Schedule):
    """Knows after how many seconds connections were to begin."""

    def __init__(self) -> None:
        super().__init__()
        self.after: list[float] = []

    def once(self, name: str, work: Any, *, after: float = 0.0, **more: Any) -> None:
        if name == CONNECT:
            self.after.append(after)
        super().once(name, work, after=after, **more)


def account(n: int, domain: str, secrets: Secrets) -> ExternalAccount:
    return ExternalAccount(
        id=f"account-{domain}-{n}",
        version=1,
        company=COMPANY,
        user=UserId(f"user-{domain}-{n}"),
        address=f"user{n}@{domain}",
        password=secrets.seal("pw", f"account-{domain}-{n}", "password"),
    )


@asynccontextmanager
async def house(folder: Path, *accounts: tuple[int, str]) -> AsyncIterator[Any]:
    """The connections of so many accounts with each domain, and who they dial."""
    bus, schedule, secrets, server = Bus(), Begun(), Secrets(folder), Server()
    book, rights = Book(cast("Any", None), bus), cast("Any", Rights())
    receiving = Receiving(book, bus, cast("Any", None), cast("Any", None))
    passing = Traffic(book, schedule, cast("Any", Nothing()), receiving)
    made = Connecting(
        bus,
        schedule,
        lambda: datetime.now(UTC),
        secrets,
        rights=rights,
        traffic=passing,
        dial=server.dial,
    )
    held = Lines(book, bus, schedule, rights, made, passing)
    for many, domain in accounts:
        for n in range(many):
            bus.publish(ExternalAccountChanged(None, account(n, domain, secrets)))
    await held.start()
    try:
        async with asyncio.timeout(20):
            yield server, schedule
    finally:
        await held.stop()
        await schedule.stop()


class Nothing:
    """That waits to be sent."""

    async def waiting(self, user: UserId) -> list[Any]:
        return []


async def test_those_with_one_server_take_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "A_SECOND", 10_000)
    monkeypatch.setattr(connecting, "FIRST", 1000.0)
    monkeypatch.setattr(connecting, "LONGEST", 1000.0)
    async with house(tmp_path, (MANY, "there.example"), (1, "small.example")) as found:
        server, _ = found
        for _ in range(AT_ONCE + 1):
            await server.asked.acquire()
        assert len(server.waiting["there.example"]) == AT_ONCE
        assert len(server.waiting["small.example"]) == 1  # it is not held up by the others
        waiting, ended = server.waiting["there.example"], AT_ONCE
        while waiting:
            one = waiting.pop()
            if ended % 2:
                one.connected()
            else:
                one.lost(Unreachable("{host} does not answer.", host="there.example"))
            if ended < MANY:
                await server.asked.acquire()
                ended += 1
        assert ended == MANY and server.most == AT_ONCE


async def test_many_do_not_begin_at_the_same_moment(tmp_path: Path) -> None:
    async with house(tmp_path, (MANY, "there.example")) as (_, schedule):
        assert len(set(schedule.after)) > MANY / 2
        assert 0 < max(schedule.after) <= MANY / lines.A_SECOND
    async with house(tmp_path, (1, "there.example")) as (_, schedule):
        assert schedule.after == [0.0]


# ---------------------------------------------------------------- long lists


def listed(n: int) -> Listed:
    return Listed(address=f"{n}@there.example", name="", shown=True, asked=False)


async def test_a_list_that_is_too_long_holds_up_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus, schedule = Bus(), Schedule()
    book = Book(cast("Any", None), bus)
    for n in range(MOST_CONTACTS):
        row = ExternalContact(
            id=ContactId(f"{n:08}"),
            version=1,
            company=COMPANY,
            user=ALICE,
            address=f"known{n}@there.example",
        )
        bus.publish(ExternalContactChanged(None, row))
    monkeypatch.setattr(Book, "contacts", None)  # nobody lists them to count them
    receiving = Receiving(book, bus, cast("Any", None), cast("Any", None))
    passing = Traffic(book, schedule, cast("Any", None), receiving)
    row_of = ExternalAccount(
        id="a", version=1, company=COMPANY, user=ALICE, address="a@there.example", password=""
    )
    holding, done, turns = Holding(row_of), asyncio.Event(), 0
    holding.queue.extend(listed(n) for n in range(2000))
    holding.queue.append(Until(done.set))
    with capture_logs() as logs:
        passing.take_soon(holding)
        while not done.is_set():
            await asyncio.sleep(0)
            turns += 1
    assert turns >= 2000 / traffic.TOGETHER
    assert [one["event"] for one in logs] == ["external contacts not taken"]
    assert not holding.standings
    holding.cut()
    assert not holding.overfull
    await schedule.stop()

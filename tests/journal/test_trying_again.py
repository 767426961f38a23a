"""What the journal does from time to time, or once the database is back, with nobody asking."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.journal.calls import answers, hangs_up, rings, shown
from tests.journal.desk import MARIE, Desk, away
from tests.telephony.words import START
from tws.journal import store
from tws.organisation.events import CompanyChanged


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tws.journal.keeper.RETRY", 0.02)
    monkeypatch.setattr("tws.journal.keeper.TOUCH", 0.02)


@pytest.fixture
def desk(sqlite_desk: Desk) -> Desk:
    return sqlite_desk


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "tws.db"


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(30):
        while not await true():  # it asks the database: others have their turns
            pass


async def test_a_gap_is_marked_once_the_database_is_back(desk: Desk, database: Path) -> None:
    boss = desk.people.administrator(desk.people.company)
    with away(database):
        desk.resync({}, START)
        await desk.bus.settle()

    async def marked() -> bool:
        return bool((await desk.journal.list_call_gaps(boss)).entries)

    await until(marked)


async def test_a_company_is_forgotten_once_the_database_is_back(
    desk: Desk, database: Path
) -> None:
    desk.take(rings("1", MARIE), hangs_up("1", MARIE))
    assert await desk.number_of_rows() == 1
    company = desk.people.registry.companies[desk.people.company]
    with away(database):
        desk.bus.publish(CompanyChanged(company, None))
        await desk.bus.settle()

    async def forgotten() -> bool:
        return await desk.number_of_rows() == 0

    await until(forgotten)


async def test_open_legs_are_noted_with_nobody_asking(desk: Desk) -> None:
    desk.take(rings("1", MARIE), answers("1", MARIE))
    await desk.settled()
    again = await desk.reborn()
    again.resync(await again.own(), marie=(shown("1", MARIE),))
    await again.settled()
    again.tick(300)

    async def noted() -> bool:
        (leg,) = await again.open_legs()
        async with again.people.storage.reading() as reader:
            heard = await store.heard_at(reader, again.link)
        return leg.last_seen == heard == again.now

    await until(noted)

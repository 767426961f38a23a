"""Jobs: when each runs, what of it is counted, and that a stop waits for nothing."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from tests.telephony.paper import later
from tws.app.house import open_house
from tws.config import Settings
from tws.schedule import Retry, Schedule
from tws.storage import StorageUnavailable


@pytest.fixture
async def schedule() -> AsyncIterator[Schedule]:
    schedule = Schedule()
    yield schedule
    await schedule.stop()


class Job:
    """Ends when the test says so, or at once."""

    def __init__(self, *errors: Exception | None, slow: bool = False) -> None:
        self.errors, self.slow = list(errors), slow
        self.begun = self.ended = 0
        self.go_on = asyncio.Event()

    async def __call__(self) -> None:
        self.begun += 1
        if self.slow:
            await self.go_on.wait()
        if self.errors and (error := self.errors.pop(0)) is not None:
            raise error
        self.ended += 1


async def pass_by(schedule: Schedule, seconds: float) -> None:
    await later(seconds)
    await schedule.settle()


async def test_a_job_runs_once_when_its_time_has_come(schedule: Schedule) -> None:
    now, soon = Job(), Job()
    schedule.once("now", now)
    schedule.once("soon", soon, after=10)
    await schedule.settle()
    assert (now.ended, soon.ended) == (1, 0)
    await pass_by(schedule, 9)
    assert soon.ended == 0
    for _ in range(2):
        await pass_by(schedule, 10)
        assert (now.ended, soon.ended) == (1, 1)


async def test_asked_for_again_it_runs_instead(schedule: Schedule) -> None:
    first, second, other = Job(), Job(), Job()
    schedule.once("job", first, key=1, after=10)
    schedule.once("job", second, key=1, after=20)
    schedule.once("job", other, key=2, after=10)
    await pass_by(schedule, 10)
    assert (first.ended, second.ended, other.ended) == (0, 0, 1)
    await pass_by(schedule, 10)
    assert (first.ended, second.ended) == (0, 1)


async def test_asked_for_while_it_runs_it_runs_again_and_once(schedule: Schedule) -> None:
    job = Job(slow=True)
    schedule.once("job", job)
    await later(0)
    for _ in range(3):
        schedule.once("job", job)
    await later(0)
    assert job.begun == 1
    job.go_on.set()
    await schedule.settle()
    assert (job.begun, job.ended) == (2, 2)


async def test_at_an_interval_whatever_happens(schedule: Schedule) -> None:
    job = Job(ZeroDivisionError(), StorageUnavailable("away"), None)
    schedule.every("job", 60, job)
    await schedule.settle()
    assert job.begun == 0
    for begun in (1, 2, 3, 4):
        await pass_by(schedule, 60)
        assert job.begun == begun
    assert job.ended == 2
    assert schedule.failed == {"job": 1}


async def test_while_the_database_is_away_it_is_tried_ever_less_often(schedule: Schedule) -> None:
    job = Job(*[StorageUnavailable("away")] * 5)
    schedule.once("job", job, retry=Retry(1, 5))
    await schedule.settle()
    for begun, delay in enumerate((1, 2, 4, 5, 5), 1):
        assert job.begun == begun
        await pass_by(schedule, delay - 0.5)
        assert job.begun == begun
        await pass_by(schedule, 0.5)
    assert (job.begun, job.ended) == (6, 1)
    await pass_by(schedule, 60)
    assert job.begun == 6
    assert schedule.failed == {}


async def test_a_failure_is_counted_and_not_tried_again(schedule: Schedule) -> None:
    bad, away = Job(ZeroDivisionError()), Job(StorageUnavailable("away"))
    schedule.once("bad", bad, retry=Retry(1, 1))
    schedule.once("away", away)
    await schedule.settle()
    await pass_by(schedule, 60)
    assert (bad.begun, away.begun) == (1, 1)
    assert schedule.failed == {"bad": 1, "away": 1}


async def test_what_is_cancelled_runs_no_more(schedule: Schedule) -> None:
    waiting, running, often = Job(), Job(slow=True), Job(slow=True)
    schedule.once("waiting", waiting, after=1)
    schedule.once("running", running)
    schedule.every("often", 1, often)
    await later(1)
    schedule.once("waiting", waiting, after=1)
    for name in ("waiting", "running", "often", "unknown"):
        schedule.cancel(name)
    await schedule.settle()
    await pass_by(schedule, 60)
    assert (waiting.ended, running.begun, running.ended) == (1, 1, 0)
    assert (often.begun, often.ended) == (1, 0)
    assert schedule.failed == {}
    schedule.once("running", waiting)
    await schedule.settle()
    assert waiting.ended == 2


async def test_a_stop_cancels_everything(schedule: Schedule) -> None:
    waiting, running = Job(), Job(slow=True)
    away = Job(*[StorageUnavailable("away")] * 100)
    schedule.once("waiting", waiting, after=1)
    schedule.once("running", running)
    schedule.once("away", away, retry=Retry(1, 1))
    await later(0)
    schedule.once("running", running)
    await schedule.stop()
    schedule.once("new", waiting)
    await pass_by(schedule, 60)
    assert (waiting.begun, running.begun, running.ended, away.begun) == (0, 1, 0, 1)


async def test_failures_are_in_the_metrics(tmp_path: Path) -> None:
    async with open_house(Settings(data_dir=tmp_path, state_dir=tmp_path)) as house:
        house.schedule.once("bad", Job(ZeroDivisionError()))
        await house.schedule.settle()
        told = generate_latest(house.rooms.metrics).decode()
    assert 'tws_job_failures_total{task="bad"} 1.0' in told

"""An empty directory is filled while its source is read, and nobody sees it before the end."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.directory.people import People
from tests.directory.sources import PATIENCE, Library, Paper
from tws.directory import store
from tws.directory.connector import Entry
from tws.directory.service import DirectoryService
from tws.directory.sync import reading
from tws.directory.sync.messages import Ended, Read
from tws.organisation.actor import SYSTEM
from tws.organisation.model import Directory
from tws.schedule import Schedule
from tws.sources.errors import Unreachable
from tws.sources.run_states import RunProblem, RunState

ROWS = [{"id": f"{n:03}", "sn": f"Person{n}", "tel": f"0155{n:06}"} for n in range(40)]
FIRST = 20


class Slow(Paper):
    """Says the first rows, and the others once it may go on."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = list(ROWS)
        self.go_on = threading.Event()

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        for place, entry in enumerate(super().entries(mailbox)):
            if place == FIRST and not self.go_on.wait(PATIENCE):
                raise AssertionError("the test does not let it go on")
            yield entry


class Beside(Library):
    """Reads beside the server, as the reader's process does."""

    async def _read(self, question: Read, progress: Callable[[int], None]) -> Ended:
        loop = asyncio.get_running_loop()

        def told(read: int) -> None:
            loop.call_soon_threadsafe(progress, read)

        reading_on = super()._read
        return await asyncio.to_thread(lambda: asyncio.run(reading_on(question, told)))


@pytest.fixture
async def library(
    people: People, schedule: Schedule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Beside]:
    monkeypatch.setattr(reading, "BATCH", FIRST // 2)
    library = Beside(people, schedule, tmp_path, paper=Slow())
    await library.sync.start()
    yield library
    paper(library).go_on.set()
    await schedule.stop()


def paper(library: Library) -> Slow:
    assert isinstance(library.paper, Slow)
    return library.paper


@asynccontextmanager
async def half_brought(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Directory]:
    """The directory, of which what was read so far is in the database."""
    there, brought, bring = 0, asyncio.Event(), store.bring

    async def watched(*args: Any, **more: Any) -> None:
        nonlocal there
        await bring(*args, **more)
        there += len(args[2])
        if there == FIRST:
            brought.set()

    monkeypatch.setattr(store, "bring", watched)
    directory = await library.directory()
    await library.sync.synchronise(SYSTEM, directory.id)
    async with asyncio.timeout(PATIENCE):
        await brought.wait()
    while await written(library) < FIRST:
        pass
    yield directory


async def written(library: Library) -> int:
    async with library.people.storage.reading() as reader:
        query = select(func.count()).select_from(store.contact)
        return int((await reader.execute(query)).scalar_one())


async def seen(people: People, service: DirectoryService) -> int:
    actor = people.administrator(people.company)
    return len(await service.search(actor, "person", 100, company=people.company))


async def ended(library: Library, directory: Directory) -> None:
    async with asyncio.timeout(PATIENCE):
        while not (run := library.sync.last(directory.id)) or not run.state.over:
            library.changed.clear()
            await library.changed.wait()
    await library.schedule.settle()


async def test_nobody_sees_it_before_the_end(
    people: People,
    directory: DirectoryService,
    library: Beside,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    actor = people.administrator(people.company)
    async with half_brought(library, monkeypatch) as made:
        assert await seen(people, directory) == 0
        assert await directory.reverse(actor, ROWS[0]["tel"], company=people.company) is None
        paper(library).go_on.set()
        await ended(library, made)
    run = library.sync.last(made.id)
    assert run is not None and run.state is RunState.DONE
    assert (run.counts.created, run.merged) == (len(ROWS), len(ROWS))
    assert await seen(people, directory) == await written(library) == len(ROWS)
    again = await library.run(made, *ROWS)
    assert again.counts.unchanged == len(ROWS)


async def test_of_a_source_that_fails_nothing_stays(
    people: People,
    directory: DirectoryService,
    library: Beside,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with half_brought(library, monkeypatch) as made:
        library.paper.fails = Unreachable("It went away.")
        paper(library).go_on.set()
        await ended(library, made)
    run = library.sync.last(made.id)
    assert run is not None and run.problem is RunProblem.UNREACHABLE
    assert await written(library) == await seen(people, directory) == 0


async def test_of_a_run_that_is_cancelled_nothing_stays(
    library: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with half_brought(library, monkeypatch) as made:
        await library.sync.cancel(SYSTEM, made.id)
        await library.schedule.settle()
        assert await written(library) == 0


async def test_of_a_server_that_was_killed_nothing_stays(
    people: People,
    directory: DirectoryService,
    library: Beside,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with half_brought(library, monkeypatch) as made:
        next_one = Schedule()
        restarted = Library(people, next_one, library.folder)
        await restarted.sync.start()
        await next_one.settle()
        run = restarted.sync.last(made.id)
        assert run is not None and run.problem is RunProblem.INTERRUPTED
        assert await written(library) == 0
        await next_one.stop()

"""The process that reads a source: what it tells, and that nothing of it is left."""

import asyncio
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tws.directory.sync.messages import Read
from tws.directory.sync.process import read
from tws.directory.sync.staging import Staging
from tws.presence.calendars.messages import Found, Part, PartFailed, ReadCalendars
from tws.presence.calendars.process import read as read_calendars
from tws.sources.errors import Misconfigured, Unreachable

READER = (sys.executable, "-m", "tws.source_reader")
MAPPING = {"identifier": "id", "last_name": "sn"}


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., Read]:
    def made(file: str = "people.csv", connector: str = "csv", **more: object) -> Read:
        staging = Staging(tmp_path / "staging.db")
        staging.begin()
        staging.close()
        return Read(
            connector=connector,
            settings={"file": file},
            files=str(tmp_path),
            staging=str(tmp_path / "staging.db"),
            mapping=MAPPING,
            plan=None,
            **{"memory": 250, **more},  # type: ignore[arg-type]
        )

    return made


async def test_a_source_is_read_into_the_staging_file(
    tmp_path: Path, ask: Callable[..., Read]
) -> None:
    rows = "".join(f"{n};Person{n}\n" for n in range(1200))
    (tmp_path / "people.csv").write_text("id;sn\n" + rows)
    told: list[int] = []
    remarks = (await read(READER, ask(), told.append)).remarks
    assert remarks.read == 1200
    assert told == [500, 1000, 1200]
    staging = Staging(tmp_path / "staging.db")
    assert staging.ended and staging.counts().created == 1200
    staging.close()


async def test_why_a_source_cannot_be_read_comes_back(ask: Callable[..., Read]) -> None:
    with pytest.raises(Misconfigured, match=r"people\.csv"):
        await read(READER, ask(), print)
    with pytest.raises(Misconfigured, match="telepathy"):
        await read(READER, ask(connector="telepathy"), print)


async def test_a_source_that_takes_too_much_memory_is_given_up(
    tmp_path: Path, ask: Callable[..., Read]
) -> None:
    """One field of 60 MB, where the process may take 80."""
    with (tmp_path / "people.csv").open("w") as file:
        file.write("id;sn\n1;")
        for _ in range(60):
            file.write("x" * 1024 * 1024)
    with pytest.raises((Misconfigured, Unreachable)):
        await read(READER, ask(memory=80), print)


async def test_a_silent_reader_is_given_up(ask: Callable[..., Read]) -> None:
    silent = (sys.executable, "-c", "import threading; threading.Event().wait()")
    with pytest.raises(Unreachable, match="Nothing was read"):
        await read(silent, ask(), print, silence=0.5)


async def test_a_reader_that_dies_says_so(ask: Callable[..., Read]) -> None:
    with pytest.raises(Unreachable, match="ended without a word"):
        await read((sys.executable, "-c", "raise SystemExit(3)"), ask(), print)


async def test_a_cancelled_reader_is_gone_with_what_it_started(
    tmp_path: Path, ask: Callable[..., Read]
) -> None:
    """The process below it, too: a driver that waits for its database."""
    held = tmp_path / "held"
    os.mkfifo(held)
    hold = f"open({str(held)!r}, 'w')"
    text = (
        "import subprocess, sys\n"
        f"below = [sys.executable, '-c', \"file = {hold}; print('there', flush=True); input()\"]\n"
        "pipe = subprocess.PIPE\n"
        "below = subprocess.Popen(below, stdin=pipe, stdout=pipe)\n"
        f"file = {hold}\n"
        "below.stdout.readline()\n"
        'print(\'{"type":"progress","read":1}\', flush=True)\n'
        "below.wait()\n"
    )
    begun = asyncio.Event()
    command = (sys.executable, "-c", text)
    reading = asyncio.create_task(read(command, ask(), lambda read: begun.set()))
    with await asyncio.to_thread(held.open) as end:
        async with asyncio.timeout(20):
            await begun.wait()
            reading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await reading
            # Its end comes once nobody holds it open any more.
            assert await asyncio.to_thread(end.read) == ""


async def test_calendars_are_read_part_by_part(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    away: dict[str, object] = {"url": "http://127.0.0.1:1/{user}.ics"}
    question = ReadCalendars(
        connector="ical",
        files=str(tmp_path),
        parts=[
            Part({}, []),
            Part({"url": "nowhere"}, ["a@arda.example"]),
            Part(away, ["b@arda.example"]),
        ],
        since=now,
        until=now,
        zone="Europe/Paris",
        memory=250,
    )
    told: list[Found | PartFailed] = []
    await read_calendars((*READER, "calendars"), question, told.append)
    wrong, unread = told
    assert isinstance(wrong, PartFailed) and wrong.failed.problem == "misconfigured"
    assert wrong.part == 1 and "url" in str(wrong.failed.said)
    assert isinstance(unread, Found) and unread.failed is not None
    assert unread.failed.problem == "unreachable"


async def test_a_reader_of_calendars_has_its_time(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    question = ReadCalendars(
        connector="ical",
        files=str(tmp_path),
        parts=[],
        since=now,
        until=now,
        zone="UTC",
        memory=250,
    )
    sleeps = (sys.executable, "-c", "import time; time.sleep(1000)")
    with pytest.raises(Unreachable, match="within 0 s"):
        await read_calendars(sleeps, question, print, longest=0.1)


async def test_it_loads_no_database() -> None:
    """That took two thirds of its start, of which there is one for each source that is read."""
    loaded = "import sys, tws.source_reader; print('sqlalchemy' in sys.modules)"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", loaded, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert out == b"False\n"

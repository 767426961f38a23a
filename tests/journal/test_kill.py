"""kill -9 in the middle of a call: afterwards no line of the log is lost, and none is doubled."""

import asyncio
import os
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.directory.people import founded
from tests.journal.calls import OUTSIDE, hangs_up, shown
from tests.journal.desk import MARIE, Desk, away
from tws.bus import Bus
from tws.journal.model import Outcome
from tws.storage import Storage

PATIENCE = 60.0
"Seconds for a process to start, on a busy machine."

Kill = Callable[..., Awaitable[Desk]]


async def say(victim: Process, word: str) -> None:
    assert victim.stdin is not None
    victim.stdin.write(f"{word}\n".encode())
    await hear(victim, f"{word} written")


async def hear(victim: Process, line: str) -> None:
    assert victim.stdout is not None
    async with asyncio.timeout(PATIENCE):
        while (heard := (await victim.stdout.readline()).decode()).strip() != line:
            assert heard, "the process ended"


@pytest.fixture
async def desk(
    storage: Storage, bus: Bus, migrated_url: str, tmp_path: Path
) -> AsyncIterator[Desk]:
    """Users, and a journal that is not opened."""
    desk = Desk(await founded(storage, bus), migrated_url, tmp_path / "state")
    desk.marie = await desk.people.user("Marie", "Durand", MARIE)
    desk.paul = desk.marie
    yield desk
    await desk.close()


async def started(desk: Desk) -> Process:
    arguments = ("-m", "tests.journal.victim", desk.url, str(desk.state), str(desk.link))
    victim = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdin=PIPE, stdout=PIPE, cwd=Path(__file__).parents[2]
    )
    await hear(victim, "ready")
    return victim


async def killed_after(desk: Desk, *words: str, broken: Path | None = None) -> Desk:
    """Another process lives through `words` and is killed; the one after it. The database is away
    from the second word on where `broken` names its file."""
    victim = await started(desk)
    try:
        await say(victim, words[0])
        if broken is None:
            for word in words[1:]:
                await say(victim, word)
        else:
            with away(broken):
                for word in words[1:]:
                    await say(victim, word)
                os.kill(victim.pid, signal.SIGKILL)
                await victim.wait()
    finally:
        if victim.returncode is None:
            victim.kill()
        await victim.wait()
        await victim.communicate()
    again = await desk.reborn()
    again.tick(60)
    return again


async def test_killed_between_answer_and_hang_up(desk: Desk) -> None:
    again = await killed_after(desk, "ring", "answer")
    (leg,) = await again.open_legs()
    again.resync(await again.own(), marie=(shown("1", MARIE),))
    again.take(hangs_up("1", OUTSIDE), hangs_up("1", MARIE))
    entry = await again.only()
    assert (entry.id, entry.outcome) == (leg.id, Outcome.ANSWERED)
    assert (entry.answered, entry.started) == (leg.answered, leg.created)
    assert entry.gap and not entry.joined_late
    assert await again.number_of_rows() == 1


async def test_killed_and_the_call_ended_meanwhile(desk: Desk) -> None:
    again = await killed_after(desk, "ring", "answer")
    (leg,) = await again.open_legs()
    again.resync(await again.own())
    entry = await again.only()
    assert (entry.id, entry.outcome) == (leg.id, Outcome.END_NOT_SEEN)
    assert entry.ended == leg.last_seen
    assert await again.open_legs() == []
    assert await again.number_of_rows() == 1


async def test_killed_after_the_call(desk: Desk) -> None:
    again = await killed_after(desk, "ring", "caller", "hangup")
    again.resync(await again.own())
    entry = await again.only()
    assert entry.outcome is Outcome.MISSED and not entry.gap


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_killed_before_anything_was_written(desk: Desk, tmp_path: Path) -> None:
    """Another program holds the database: what the journal heard waits behind it."""
    lock = sqlite3.connect(tmp_path / "tws.db", isolation_level=None)
    try:
        victim = await started(desk)
        lock.execute("BEGIN IMMEDIATE")
        for word in ("ring!", "answer!", "caller!", "hangup!"):
            await say(victim, word)
        victim.kill()
        await victim.communicate()
    finally:
        lock.close()
    again = await desk.reborn()
    again.resync(await again.own())
    entry = await again.only()
    assert (entry.outcome, entry.ringing, entry.duration) == (Outcome.ANSWERED, 1, 2)
    assert await again.number_of_rows() == 1


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_killed_while_the_database_was_away(desk: Desk, tmp_path: Path) -> None:
    database = tmp_path / "tws.db"
    again = await killed_after(desk, "ring", "answer", broken=database)
    (leg,) = await again.open_legs()
    assert leg.answered is not None
    again.resync(await again.own(), marie=(shown("1", MARIE),))
    again.take(hangs_up("1", OUTSIDE), hangs_up("1", MARIE))
    assert (await again.only()).outcome is Outcome.ANSWERED
    assert await again.number_of_rows() == 1


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_killed_after_a_call_that_the_database_did_not_see_end(
    desk: Desk, tmp_path: Path
) -> None:
    database = tmp_path / "tws.db"
    again = await killed_after(desk, "ring", "answer", "caller", "hangup", broken=database)
    again.resync(await again.own())
    entry = await again.only()
    assert (entry.outcome, entry.duration) == (Outcome.ANSWERED, 2)
    assert await again.number_of_rows() == 1

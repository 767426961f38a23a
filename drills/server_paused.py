"""The server is stopped in its tracks (SIGSTOP) for 10 s and wakes; its link was taken meanwhile.

The other owner is a raised epoch in the database, which is all that one is to the journal. Goals:
what the woken one writes is refused, and it lets the link go; what it wrote before stays, once.
"""

import asyncio
import signal
import time

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from drills.databases import postgresql_database
from drills.journal import compared, plain, rows
from drills.outcome import Outcome
from drills.stage import Plan, Stage, staged

SECONDS = 10.0
AGAIN = 5.0
"Seconds after its wake in which it answers again, where nobody has taken its link."


async def run() -> list[Outcome]:
    async with postgresql_database() as url, staged(Plan(), url) as stage:
        return [
            await paused(stage, "server paused 10 s", SECONDS),
            await owned_by_another(stage, "server paused, link taken meanwhile", SECONDS),
        ]


async def paused(stage: Stage, drill: str, seconds: float) -> Outcome:
    """Nobody else was there: it hears what waited for it in the sockets."""
    (node,) = stage.nodes
    began = await stage.begins()
    node.signal(signal.SIGSTOP)
    await asyncio.sleep(seconds)
    node.signal(signal.SIGCONT)
    woken = time.monotonic()
    controlled, _ = await stage.back(woken)
    return await stage.outcome(
        drill,
        controlled=controlled,
        goal=AGAIN,
        notes=[f"longest pause between two commands {stage.hands[0].longest_pause(began):.1f} s"],
    )


async def owned_by_another(stage: Stage, drill: str, seconds: float) -> Outcome:
    (node,) = stage.nodes
    (link,) = stage.founded.links
    await stage.begins()
    node.signal(signal.SIGSTOP)
    epoch = await asyncio.to_thread(_raise_epoch, stage.database, link)
    before = await rows(stage.database, stage.lives, stage.founded.links)
    await asyncio.sleep(seconds)
    node.signal(signal.SIGCONT)
    woken = time.monotonic()
    async with asyncio.timeout(60):
        while not any("link owned by another process" in line for line in node.said):  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # its log is another process's
    learned = time.monotonic() - woken
    await asyncio.gather(*(calls.finish() for calls in stage.calls))
    after = await rows(stage.database, stage.lives, stage.founded.links)
    changed = set(after) - set(before)
    left = await node.metric("tws_link_devices")
    every = [call for calls in stage.calls for call in calls.all]
    doubled = compared(every, after, stage.deaf).doubled
    broken = [f"{len(changed)} rows were written after epoch {epoch}"] if changed else []
    if left:
        broken.append(f"it still hears {left:.0f} telephones of the link")
    return Outcome(
        drill=drill,
        controlled=learned,
        goal=AGAIN,
        lines=len(after),
        doubled=doubled,
        screen=stage.screens[0].words(),
        broken=tuple(broken),
        slow=() if learned <= AGAIN else (f"it learned after {learned:.1f} s",),
        notes=(f"it learned of the other owner {learned:.2f} s after it woke, and wrote nothing",),
    )


def _raise_epoch(url: str, link: str) -> int:
    """As another server does that takes the link."""
    raised = text("UPDATE link SET epoch = epoch + 1 WHERE id = :id RETURNING epoch")
    with create_engine(plain(url), poolclass=NullPool).begin() as connection:
        return int(connection.execute(raised, {"id": link}).scalar_one())

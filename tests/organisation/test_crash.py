"""A process that is killed in the middle of changes leaves nothing half done."""

import asyncio
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from tests.organisation.world import new_place, new_world
from tws.bus import Bus
from tws.organisation.actor import SYSTEM
from tws.organisation.registry import Registry
from tws.storage import Storage
from tws.storage.audit import audit

CHANGES = 25


async def change_for_ever(url: str) -> None:
    """Rename a user again and again; say each version when it is done."""
    bus = Bus()
    storage = Storage(url, bus.publish)
    await storage.open(migrate=False)
    world = await new_world(storage, bus)
    place = await new_place(world.service)
    user = place.alice
    while True:
        user = await world.service.users.update_user(
            SYSTEM, user.id, user.version, first_name=f"n{user.version}"
        )
        print(user.version, flush=True)


async def test_what_was_said_to_be_done_is_there_after_a_kill(migrated_url: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.organisation.test_crash",
        migrated_url,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    said = 0
    while said < CHANGES:
        said = int(await process.stdout.readline())
    process.kill()
    rest = await process.stdout.read()
    await process.wait()
    said = int(rest.split()[-1]) if rest else said

    storage = Storage(migrated_url, print)
    await storage.open()
    registry = Registry(Bus())
    await registry.load(storage)
    [alice] = registry.users_named("alice")
    async with storage.reading() as reader:
        query = select(func.count()).where(audit.c.target == alice.id)
        told = (await reader.execute(query)).scalar_one()
    await storage.close()
    # The last one may have been written just before it could be said.
    assert alice.version in (said, said + 1)
    assert alice.first_name == f"n{alice.version - 1}"
    assert told == alice.version


if __name__ == "__main__":
    asyncio.run(change_for_ever(sys.argv[1]))

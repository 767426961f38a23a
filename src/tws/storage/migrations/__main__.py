"""`python -m tws.storage.migrations "what it does"`: write the next migration, to be read and
corrected."""

import asyncio
import importlib
import sys
import tempfile
from pathlib import Path

from tws.storage.database import backend_for
from tws.storage.migrations import REVISIONS
from tws.storage.schema import UPGRADE


async def main(message: str) -> None:
    tool = importlib.import_module(UPGRADE)
    with tempfile.TemporaryDirectory() as folder:
        backend = backend_for(f"sqlite:///{Path(folder) / 'scratch.db'}")
        backend.prepare()
        async with backend.migrating() as connection:
            await connection.run_sync(tool.upgrade)
        async with backend.migrating() as connection:
            number = f"{len(REVISIONS) + 1:04d}"
            await connection.run_sync(lambda c: tool.write_next(c, message, number))
        await backend.dispose()


asyncio.run(main(sys.argv[1]))

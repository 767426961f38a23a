"""The tables that rooms hold in memory, read again when the answer to a commit was lost.

What the database wrote then nobody was told; reading again tells it, by the events that should
have told it.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from tws.bus import Bus
from tws.storage import CommitInDoubt, Storage, StorageUnavailable
from tws.storage.replica import Replica, refresh

RETRY = 1.0
"Seconds until a database that is away is asked again."


class Rereading:
    def __init__(self, storage: Storage, bus: Bus, replicas: Sequence[Replica[Any]]) -> None:
        """`replicas`: of every room; those first whose events others look up in the rest."""
        self._storage, self._bus, self._replicas = storage, bus, replicas
        self._stopped = asyncio.Event()
        bus.act(CommitInDoubt, self._settle, key=lambda _: None, keep=True)

    def stop(self) -> None:
        """Ask the database nothing more: what it wrote is read at the next start."""
        self._stopped.set()

    async def _settle(self, event: CommitInDoubt) -> None:
        while not self._stopped.is_set():
            try:
                await refresh(self._storage, self._replicas, self._bus.publish)
                return
            except StorageUnavailable:
                with suppress(TimeoutError):
                    async with asyncio.timeout(RETRY):
                        await self._stopped.wait()

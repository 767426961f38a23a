"""Support bundles for super users, of a server that runs."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from tws.config import Settings
from tws.maintenance.support.collecting import Asked, Collecting, Office, Running
from tws.organisation.actor import Actor
from tws.organisation.permission import super_users_only
from tws.storage import StorageUnavailable

log = structlog.get_logger(__name__)
NOT_AUDITED = "The database was away: that this bundle was made is only in the server's log."


class SupportService:
    def __init__(
        self,
        settings: Settings,
        office: Office,
        running: Running,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings, self._office, self._running = settings, office, running
        self._clock = clock
        self._turn = asyncio.Lock()

    async def bundle(self, actor: Actor, *, personal: bool, traces: bool) -> tuple[str, bytes]:
        """The name of the archive and its bytes; one at a time. `personal`: numbers and names as
        they are. That it was made is in the audit log, also while it is being made."""
        super_users_only(actor)
        async with self._turn:
            asked = Asked(actor=actor, personal=personal, traces=traces)
            made = self._clock()
            collecting = Collecting(asked, self._settings, made, self._office, self._running)
            if not await self._audited(asked):
                collecting.bundle.lacks("audit line", NOT_AUDITED)
            bundle = await collecting.collect()
            log.info("support bundle made", personal_data=personal, traces=traces)
            return named(made), await asyncio.to_thread(bundle.archive)

    async def _audited(self, asked: Asked) -> bool:
        told = {"personal": asked.personal, "traces": asked.traces}
        try:
            async with self._office.storage.transaction() as tx:
                await tx.audit(asked.actor, "support bundle made", "support", None, told)
        except StorageUnavailable:
            return False
        return True


def named(made: datetime) -> str:
    return f"tws-support-{made:%Y%m%dT%H%M%SZ}.zip"

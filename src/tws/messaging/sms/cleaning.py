"""What leaves what users have sent, every night: as calls leave their logs (10.2)."""

from collections.abc import Callable
from datetime import datetime

import structlog

from tws.bus import Bus
from tws.journal.retention import Limits, Logged, LogType, surplus
from tws.messaging.chat.flood import Flood
from tws.messaging.sms import store
from tws.organisation.actor import UserId
from tws.organisation.model import Domain
from tws.organisation.nightly import Nightly
from tws.organisation.parameters.catalogue.system import (
    CALL_LOG_NUMBER_DAYS_OF_STORAGE,
    CALL_LOG_NUMBER_MAX_OF_STORAGE,
    CALL_LOG_NUMBER_TO_KEEP_IN_STORAGE,
    CALL_LOG_START_CLEANING_HOUR,
)
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.registry import Registry
from tws.schedule import Schedule
from tws.storage import Storage

TOGETHER = 500
"Messages deleted in one transaction."
log = structlog.get_logger(__name__)


class Cleaning:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        schedule: Schedule,
        clock: Callable[[], datetime],
        flood: Flood,
    ) -> None:
        """`flood`: what it counts of whoever sends is forgotten too."""
        self._storage, self._clock, self._flood = storage, clock, flood
        self._parameters = Parameters(registry)
        self._nights = Nightly(
            registry,
            bus,
            schedule,
            clock,
            job="clean text messages",
            hour=CALL_LOG_START_CLEANING_HOUR,
            work=self.clean,
        )

    def start(self) -> None:
        self._nights.look()

    async def clean(self, domain: Domain) -> None:
        """Of those who sent them from this domain."""
        self._flood.forget_old(self._clock())
        async with self._storage.reading() as reader:
            users = await store.users(reader, domain.id)
        removed = 0
        for user in users:
            async with self._storage.reading() as reader:
                over = await store.over(reader, user)
            logged = [Logged(id, LogType.OUTGOING, created) for id, created in over]
            gone = surplus(logged, self._limits(user), self._clock())
            for start in range(0, len(gone), TOGETHER):
                async with self._storage.transaction() as tx:
                    await store.remove(tx, gone[start : start + TOGETHER])
            removed += len(gone)
        log.info("text messages cleaned", domain=domain.id, removed=removed)

    def _limits(self, user: UserId) -> Limits:
        known = self._parameters
        return Limits(
            most=int(known.effective(user, CALL_LOG_NUMBER_MAX_OF_STORAGE)),
            days=int(known.effective(user, CALL_LOG_NUMBER_DAYS_OF_STORAGE)),
            least=int(known.effective(user, CALL_LOG_NUMBER_TO_KEEP_IN_STORAGE)),
        )

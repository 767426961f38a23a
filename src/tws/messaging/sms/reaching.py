"""Keeps the providers that send: those whose gateway tells of deliveries on a session have one.

Each has a job of its own: a gateway that does not answer is waited for by nobody else.
"""

import asyncio
from functools import partial

from tws.bus import Bus
from tws.messaging.sms.providers import Providers
from tws.organisation.actor import DomainId, SmsProviderId
from tws.organisation.events import SmsProviderChanged
from tws.organisation.model import SmsProvider
from tws.schedule import Schedule
from tws.sources.errors import ConnectorError, Unreachable

KEEP, REACH = "keep SMS providers", "reach SMS providers"
EVERY = 30.0
"Seconds between two looks."
WHOLE = 120.0
"Seconds for one provider."


class Reaching:
    def __init__(self, bus: Bus, schedule: Schedule, providers: Providers) -> None:
        self._schedule, self._providers = schedule, providers
        self._on = False
        bus.follow(SmsProviderChanged, self._changed)

    async def start(self) -> None:
        self._on = True
        self._schedule.every(KEEP, EVERY, self._look)
        await self._look()

    async def stop(self) -> None:
        self._on = False
        for job in (KEEP, REACH):
            await self._schedule.end(job)

    async def _look(self) -> None:
        for row in self._providers.all_active():
            self._soon(row)

    def _soon(self, row: SmsProvider) -> None:
        self._schedule.once(REACH, partial(self._reach, row.domain, row.id), key=row.id)

    def _changed(self, change: SmsProviderChanged) -> None:
        """Also another one of the domain may send from now on."""
        if self._on and change.after is not None:
            row = self._providers.active(change.after.domain)
            if row is not None:
                self._soon(row)

    async def _reach(self, domain: DomainId, id: SmsProviderId) -> None:
        row = self._providers.active(domain)
        if row is None or row.id != id:
            return
        try:
            async with asyncio.timeout(WHOLE):
                kept = await self._providers.of(row).keep()
        except TimeoutError:
            late = "It was not answered within {seconds} seconds."
            self._providers.went(id, Unreachable(late, seconds=round(WHOLE)))
        except ConnectorError as error:
            self._providers.went(id, error)
        else:
            if kept:
                self._providers.went(id)

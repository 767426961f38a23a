"""This room as one thing: which browsers are told, by which key, of which calls."""

import time
from collections.abc import Callable
from datetime import datetime

from tws.access.sessions import Sessions
from tws.bus import Bus
from tws.naming import Names
from tws.organisation.registry import Registry
from tws.push.keys import Keys
from tws.push.postman import Postman
from tws.push.sending import Sending
from tws.push.subscriptions import Subscriptions
from tws.push.telling import Telling
from tws.schedule import Schedule
from tws.storage import Storage
from tws.storage.replica import load
from tws.storage.secrets import Secrets
from tws.telephony.state import TelephonyState


class PushService:
    """`postman`: None where nobody can be told."""

    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        sessions: Sessions,
        secrets: Secrets,
        bus: Bus,
        schedule: Schedule,
        names: Names,
        telephony: TelephonyState,
        clock: Callable[[], datetime],
        postman: Postman | None,
    ) -> None:
        self._storage = storage
        self.keys = Keys(storage, secrets, clock)
        self.subscriptions = Subscriptions(
            storage,
            registry,
            sessions,
            secrets,
            bus,
            self.keys,
            clock,
            offered=postman is not None,
        )
        self.telling = Telling(self.subscriptions, registry, bus, names, telephony, clock)
        self._sending = Sending(
            self.subscriptions, self.keys, bus, schedule, time.monotonic, postman
        )

    async def load(self) -> None:
        await self.keys.load()
        await load(self._storage, [self.subscriptions.replica])

    async def stop(self) -> None:
        await self._sending.stop()

"""This room as one thing: which browsers are told, by which key, of which calls. A part
of the server, which is started and stopped."""

import time
from collections.abc import Callable
from datetime import datetime

from tws.access.sessions import Sessions
from tws.bus import Bus
from tws.errors import invalid
from tws.naming import Names
from tws.organisation.actor import Actor
from tws.organisation.permission import super_users_only
from tws.organisation.registry import Registry
from tws.push.events import KeyRenewed
from tws.push.keys import ROW, Keys
from tws.push.postman import Postman
from tws.push.sending import Sending
from tws.push.subscriptions import Subscriptions
from tws.push.telling import Telling
from tws.records.transactions import transaction
from tws.rereading import RowsMissed
from tws.schedule import AGAIN, Schedule
from tws.storage import Storage
from tws.storage.replica import load
from tws.storage.secrets import SecretLost, Secrets
from tws.telephony.state import TelephonyState

READ = "read the push key again"


class PushService:
    """`postman`: None where nobody can be told."""

    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        sessions: Sessions,
        secrets: Secrets,
        keys: Keys,
        bus: Bus,
        schedule: Schedule,
        names: Names,
        telephony: TelephonyState,
        clock: Callable[[], datetime],
        postman: Postman | None,
    ) -> None:
        self._storage = storage
        self.keys = keys
        for missed in (KeyRenewed, RowsMissed):
            bus.follow(missed, lambda _: schedule.once(READ, keys.read, retry=AGAIN))
        self.subscriptions = Subscriptions(
            storage,
            registry,
            sessions,
            secrets,
            bus,
            keys,
            clock,
            offered=postman is not None,
        )
        self.telling = Telling(self.subscriptions, registry, bus, names, telephony, clock)
        self._sending = Sending(self.subscriptions, keys, bus, schedule, time.monotonic, postman)
        self.started = False

    async def load(self) -> None:
        await self.keys.load()
        await load(self._storage, [self.subscriptions.replica])

    async def renew_key(self, actor: Actor) -> None:
        """For super users: a new key, where what sealed the old one will not come back, or
        somebody else has it. Every browser is forgotten, and subscribes again once its page is
        opened."""
        super_users_only(actor)
        async with transaction(self._storage) as tx:
            try:
                await self.keys.make(tx)
            except SecretLost as lost:
                raise invalid(lost.said) from lost
            known = len(self.subscriptions.replica.rows)
            await self.subscriptions.forget_all(tx)
            await tx.audit(actor, "push key renewed", ROW, None, {"browsers": known})
            tx.publish(KeyRenewed())
        await self.keys.read()

    async def start(self) -> None:
        self.started = True
        self._sending.start()

    async def stop(self) -> None:
        """Who is called meanwhile is told nothing of it later."""
        self.started = False
        await self._sending.stop()

"""The tokens of SCIM connections: made, revoked, and when each was last used."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from tws.access.provisioners import new_token, provisioner
from tws.organisation.actor import Actor, ScimConnectionId
from tws.organisation.model import ScimConnection
from tws.organisation.registry import Registry
from tws.organisation.scim_connections import ScimConnections
from tws.schedule import Schedule
from tws.storage import StorageUnavailable

TENDED_EVERY = 60.0
"Seconds."
WRITTEN_EVERY = timedelta(minutes=5)
"How exactly the database knows when a token was last used."


class Tokens:
    def __init__(
        self, registry: Registry, connections: ScimConnections, clock: Callable[[], datetime]
    ) -> None:
        self._registry, self._connections, self._clock = registry, connections, clock
        self._seen: dict[str, datetime] = {}

    async def make_token(self, actor: Actor, id: str) -> tuple[ScimConnection, str]:
        """Told this once. The one before is worth nothing any more."""
        token, hashed = new_token(ScimConnectionId(id))
        row = await self._connections.set_secret(
            actor, ScimConnectionId(id), hashed, self._clock()
        )
        return row, token

    async def revoke_token(self, actor: Actor, id: str) -> ScimConnection:
        """For ever. Whom the connection brought stay, and stay its own."""
        return await self._connections.set_secret(actor, ScimConnectionId(id), "", None)

    def actor_of(self, token: str) -> Actor | None:
        """Who shows this token; it counts as a use."""
        actor = provisioner(self._registry, token)
        if actor is not None and actor.session is not None:
            self._seen[actor.session] = self._clock()
        return actor

    def last_used(self, row: ScimConnection) -> datetime | None:
        """At whichever node."""
        known = [at for at in (self._seen.get(row.id), row.seen) if at is not None]
        return max(known, default=None)

    def start(self, schedule: Schedule) -> None:
        schedule.every("look after SCIM tokens", TENDED_EVERY, self.tend)

    async def stop(self) -> None:
        """Write down what was used last, where the database can still be reached."""
        with suppress(StorageUnavailable):
            await self._write(timedelta(0))

    async def tend(self) -> None:
        await self._write(WRITTEN_EVERY)

    async def _write(self, every: timedelta) -> None:
        for id, at in list(self._seen.items()):
            row = self._registry.scim_connections.get(ScimConnectionId(id))
            if row is None:
                del self._seen[id]
            elif row.seen is None or at - row.seen > every:
                await self._connections.connection_used(id, at)

"""The very first start: the first administrator, company and domain (3.2)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tws.access import store
from tws.access.model import Owner
from tws.access.passwords import SHORTEST_OF_ADMINISTRATOR, Hashing, check_password
from tws.organisation import words
from tws.organisation.actor import Actor
from tws.organisation.founding import first_rows, found, founded
from tws.organisation.registry import Registry
from tws.records.transactions import transaction
from tws.storage import Storage


class FirstStart:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        hashing: Hashing,
        clock: Callable[[], datetime],
    ) -> None:
        self._storage, self._registry = storage, registry
        self._hashing, self._clock = hashing, clock

    async def needed(self) -> bool:
        """No administrator yet. As long as none is known the database is asked: the command
        `tws initialise` may have made one beside this process. StorageUnavailable."""
        if not self._registry.administrators:
            await self._registry.refresh(self._storage)
        return not self._registry.administrators

    async def initialise(
        self, *, username: str, password: str, company: str, domain: Mapping[str, Any]
    ) -> Actor:
        """The first administrator, company and domain; Conflict once there is one.

        `domain`: the fields of `Domains.create_domain`, without its company.
        """
        if not await self.needed():
            raise founded()
        check_password(password, words.username(username), SHORTEST_OF_ADMINISTRATOR)
        rows = first_rows(username, company, domain)
        administrator = rows.administrator
        hash = await self._hashing.hash(password)
        actor = Actor(
            label=f"administrator {administrator.username}",
            administrator=administrator.id,
            companies=None,
        )
        async with transaction(self._storage) as tx:
            await found(tx, actor, rows)
            owner = Owner(administrator=administrator.id)
            await store.write_password(tx, owner, hash, self._clock())
        return actor

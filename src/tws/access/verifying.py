"""Whether a password is right, for whoever tries no faster than people do."""

from collections.abc import Callable, Hashable
from datetime import datetime

import structlog

from tws.access import store
from tws.access.errors import LoginRefused
from tws.access.keeping import Keeping
from tws.access.passwords import Hashing
from tws.access.store import Owner
from tws.access.throttle import Throttle
from tws.bus import Bus
from tws.organisation.errors import TooMany
from tws.organisation.registry import Registry
from tws.storage import Storage, StorageUnavailable

log = structlog.get_logger(__name__)

REFUSED = "Name or password refused. (If your name exists in several companies, give yours.)"


class Verifying(Keeping):
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        clock: Callable[[], datetime],
        *,
        hashing: Hashing | None = None,
    ) -> None:
        super().__init__(storage, registry, bus, clock)
        self._hashing = hashing or Hashing()
        self._throttle = Throttle()

    async def _verified(
        self, owner: Owner, password: str, who: Hashable, address: str, *, refused: str = REFUSED
    ) -> str:
        """The hash that `password` has. LoginRefused, TooMany; StorageUnavailable.

        `who` is slowed down after failures. An owner without a password takes as long as another.
        """
        self._throttle.begin(who, self._clock())
        try:
            async with self._storage.reading() as reader:
                hash = await store.password_hash(reader, owner)
            right = await self._hashing.verify(hash, password)
        except (TooMany, StorageUnavailable):
            self._throttle.undo(who)
            raise
        if hash is None or not right:
            log.warning("password refused", address=address)
            raise LoginRefused(refused)
        self._throttle.succeeded(who)
        return hash

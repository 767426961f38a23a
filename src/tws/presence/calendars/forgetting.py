"""What is known of people's calendars no more, and is to be forgotten by the database too."""

from collections.abc import Callable

from tws.organisation.actor import CollaborationId, UserId
from tws.presence.calendars import store
from tws.presence.calendars.knowledge import Knowledge
from tws.schedule import AGAIN, Schedule
from tws.storage import Storage

FORGET = "forget calendars"
"While the database is away."
BATCH = 200
"People forgotten in one transaction."


class Forgetting:
    def __init__(self, storage: Storage, schedule: Schedule, known: Knowledge) -> None:
        self._storage, self._schedule, self._known = storage, schedule, known
        self._gone: set[tuple[CollaborationId, UserId]] = set()

    def person(self, user: UserId, source: CollaborationId | None = None) -> None:
        """All that is known of somebody, or what that source says."""
        self._gone.update(one.key for one in self._known.forget(user, source))
        self.soon()

    def row(self, key: tuple[CollaborationId, UserId]) -> None:
        """One that the database has, and that means nothing any more."""
        self._gone.add(key)

    def source(self, id: CollaborationId, unless: Callable[[], bool]) -> None:
        """How it was read last; `unless` it has been read again by then."""

        if not self._schedule.works():
            return  # another node does

        async def work() -> None:
            async with self._storage.transaction() as tx:
                if not unless():
                    await store.forget_refresh(tx, id)

        self._schedule.once(FORGET, work, key=id, retry=AGAIN)

    def soon(self) -> None:
        if self._gone and self._schedule.works():
            self._schedule.once(FORGET, self._forgotten_people, retry=AGAIN)

    async def _forgotten_people(self) -> None:
        while batch := list(self._gone)[:BATCH]:
            gone = [key for key in batch if self._known.reading(key[1], key[0]) is None]
            async with self._storage.transaction() as tx:
                await store.forget_readings(tx, gone)
            self._gone.difference_update(batch)

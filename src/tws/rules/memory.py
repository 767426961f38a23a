"""What TWS set in the PBXs: in memory, and stored before the PBX is asked."""

from collections.abc import Mapping

from tws.bus import Bus
from tws.rules import store
from tws.rules.events import KeptChanged
from tws.rules.model import Kept, Place, Slot
from tws.storage import Storage


class Memory:
    def __init__(self, storage: Storage, bus: Bus) -> None:
        self._storage = storage
        self._of: dict[Place, dict[Slot, Kept]] = {}
        self._publish = bus.publish
        bus.follow(KeptChanged, self._changed)

    async def load(self) -> None:
        async with self._storage.reading() as reader:
            stored = await store.all_kept(reader)
        self._of.clear()
        for (place, slot), kept in stored.items():
            self._of.setdefault(place, {})[slot] = kept

    def places(self) -> list[Place]:
        return list(self._of)

    def forget_link(self, link: str) -> None:
        """It is no more, nor is what was stored of it."""
        self._of = {place: kept for place, kept in self._of.items() if place.link != link}

    def of(self, place: Place) -> Mapping[Slot, Kept]:
        return self._of.get(place, {})

    async def write(self, place: Place, changes: Mapping[Slot, Kept | None]) -> None:
        """StorageUnavailable; then nothing is other than before."""
        known = self.of(place)
        changes = {slot: now for slot, now in changes.items() if known.get(slot) != now}
        if not changes:
            return
        async with self._storage.transaction() as tx:
            await store.write_kept(tx, place, changes)
        self._publish(KeptChanged(place, tuple(changes.items())))

    def _changed(self, event: KeptChanged) -> None:
        after = {**self.of(event.place), **dict(event.changes)}
        self._of[event.place] = {slot: now for slot, now in after.items() if now is not None}
        if not self._of[event.place]:
            del self._of[event.place]

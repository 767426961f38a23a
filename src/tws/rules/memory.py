"""What TWS set in the PBXs: in memory, and stored before the PBX is asked."""

from collections.abc import Mapping

from tws.organisation.actor import DeviceRowId
from tws.rules import store
from tws.rules.model import Kept, Place, Slot
from tws.storage import Storage


class Memory:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._of: dict[DeviceRowId, dict[Slot, Kept]] = {}

    async def load(self) -> None:
        async with self._storage.reading() as reader:
            stored = await store.all_kept(reader)
        self._of.clear()
        for (device, slot), kept in stored.items():
            self._of.setdefault(device, {})[slot] = kept

    def devices(self) -> list[DeviceRowId]:
        return list(self._of)

    def of(self, device: DeviceRowId) -> Mapping[Slot, Kept]:
        return self._of.get(device, {})

    async def write(self, device: DeviceRowId, changes: Mapping[Slot, Kept | None]) -> None:
        """StorageUnavailable; then nothing is other than before."""
        known = self.of(device)
        changes = {slot: now for slot, now in changes.items() if known.get(slot) != now}
        if not changes:
            return
        async with self._storage.transaction() as tx:
            rows: dict[Place, Kept | None] = {(device, slot): now for slot, now in changes.items()}
            await store.write_kept(tx, rows)
        after = {**self.of(device), **changes}
        self._of[device] = {slot: now for slot, now in after.items() if now is not None}
        if not self._of[device]:
            del self._of[device]

"""Whether every leg of every call stands in the journal, once."""

import asyncio
from collections import Counter
from dataclasses import dataclass

import msgspec

from bench.soak.site import Plant

PATIENCE = 120.0
"Seconds until every leg must be written."
ROWS = "SELECT device, call FROM call_leg WHERE ended IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Account:
    """Legs: as the PBXs had them, and rows of the journal."""

    made: int
    rows: int
    lost: int
    doubled: int
    "Rows of no leg, or more than one of it."

    def __str__(self) -> str:
        return (
            f"{self.made:,} legs at the PBXs, {self.rows:,} rows in the journal: "
            f"{self.lost} lost, {self.doubled} doubled"
        )


async def compared(plant: Plant) -> Account:
    """Everybody hangs up; what was not written in time counts as lost."""
    plant.legs.unlink(missing_ok=True)
    plant.exchanges.order(end=True)
    async with asyncio.timeout(PATIENCE):
        while not plant.legs.exists():  # noqa: ASYNC110
            await asyncio.sleep(0.1)  # of another process: there is no event to wait for
    made = Counter(msgspec.json.decode(plant.legs.read_bytes(), type=list[tuple[str, str]]))
    found = await _rows(plant)
    loop = asyncio.get_running_loop()
    ends = loop.time() + PATIENCE
    while found.total() < made.total() and loop.time() < ends:
        await asyncio.sleep(1)
        found = await _rows(plant)
    return Account(
        made=made.total(),
        rows=found.total(),
        lost=(made - found).total(),
        doubled=(found - made).total(),
    )


async def _rows(plant: Plant) -> Counter[tuple[str, str]]:
    return Counter((device, call) for device, call in await plant.asked(ROWS))

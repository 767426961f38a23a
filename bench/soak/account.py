"""Whether every leg of every call stands in the journal, once."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from bench.soak.sampling import Sampler
from bench.soak.site import Running, asked

PATIENCE = 120.0
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


async def settled(sampler: Sampler) -> None:
    """Every call is over and written. TimeoutError."""

    def over(sample: dict[str, object]) -> bool:
        servers = sample["servers"]
        assert isinstance(servers, list)
        return not any(one["open"] or one["journal"] or one["bus"] for one in servers)

    async with asyncio.timeout(PATIENCE):
        while not over(await sampler.sample()):  # noqa: ASYNC110
            await asyncio.sleep(1)  # they are other processes: there is no event to wait for


async def compared(running: Running, sampler: Sampler, tell: Callable[[str], None]) -> Account:
    """After everybody has hung up. The PBXs are ended by it."""
    running.exchanges.order(end=True)
    try:
        await settled(sampler)
    except TimeoutError:
        tell("  not all calls were over and written in time")
    found = Counter((device, call) for device, call in await asked(running, ROWS))
    running.exchanges.order(stop=True)
    await running.exchanges.ended()
    legs: list[tuple[str, str]] = msgspec.json.decode(
        running.legs.read_bytes(), type=list[tuple[str, str]]
    )
    made = Counter(legs)
    return Account(
        made=made.total(),
        rows=found.total(),
        lost=(made - found).total(),
        doubled=(found - made).total(),
    )

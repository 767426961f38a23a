"""All that belongs to one company: given out whole, and taken away whole (3.1: companies share
nothing, so nothing of it is anybody else's)."""

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from pathlib import Path

from tws.bus import Bus
from tws.errors import Invalid
from tws.maintenance import store
from tws.maintenance.archives import archive
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.model import Company
from tws.organisation.permission import managed_company, super_users_only
from tws.organisation.registry import Registry
from tws.storage import Storage
from tws.storage.belonging import OfCompany, Whose

FIRST = (
    *("grants", "call_queue", "intercom_group", "user_device"),
    *("user_import", "scim_connection", "link"),
)
"""Taken away before the rest: what is watched, imports and identity providers make more rows; and
what names those."""
TRACES = "trace"
"In counts, beside the names of tables."


class CompanyData:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        files: Path,
        reread: Callable[[], Awaitable[None]],
        forget_traces: Callable[[CompanyId], Awaitable[int]],
    ) -> None:
        """`files`: where companies have folders; `reread`: has everybody hear of what is gone."""
        self._forget_traces = forget_traces
        self._storage, self._registry, self._bus = storage, registry, bus
        self._files, self._reread = files, reread

    # ---------------------------------------------------------------- given out

    async def export(self, actor: Actor, company: CompanyId) -> AsyncIterator[bytes]:
        """A ZIP file: a file of JSON lines for each table, and the company's own files. Passwords,
        keys and secrets are left out. For who manages the company."""
        row = self._company(actor, company)
        files = await asyncio.to_thread(_files, self._files / row.id)
        async for block in archive(self._storage, OfCompany(row.id), files):
            yield block

    # ---------------------------------------------------------------- taken away

    async def held(self, actor: Actor, company: CompanyId) -> Mapping[str, int]:
        """How many rows of which table an erasure would take away now. For who may erase it."""
        whose = OfCompany(self._company(actor, company).id)
        super_users_only(actor)
        return await counted(self._storage, store.tables_of(whose), whose)

    async def erase(self, actor: Actor, company: CompanyId, name: str) -> Mapping[str, int]:
        """Everything of it, for ever: how many rows of which table. By a super user who gives its
        name; Invalid for another. One that was interrupted is asked for again."""
        row = self._company(actor, company)
        super_users_only(actor)
        if name.strip() != row.name:
            raise Invalid(
                f"Write {row.name} to erase it.",
                field="name",
                why="nameToErase",
                parameters={"name": row.name},
            )
        tables = list(reversed(store.tables_of(OfCompany(company))))
        erased: Counter[str] = Counter()
        for table in (t for t in tables if t in FIRST):
            erased[table] += await emptied(self._storage, table, OfCompany(company))
        await self._reread()
        await self._bus.settle()
        for table in tables:
            erased[table] += await emptied(self._storage, table, OfCompany(company))
        erased[TRACES] = await self._forget_traces(company)
        async with self._storage.transaction() as tx:
            counts = {name: number for name, number in erased.items() if number}
            await tx.audit(actor, "company erased", company, {"name": row.name}, counts)
        await self._reread()
        await asyncio.to_thread(shutil.rmtree, self._files / company, ignore_errors=True)
        return counts

    def _company(self, actor: Actor, id: CompanyId) -> Company:
        return managed_company(actor, self._registry.companies, id)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file())


async def counted(storage: Storage, tables: Iterable[str], whose: Whose) -> dict[str, int]:
    """The rows of each table; of one that has none nothing is said."""
    async with storage.reading() as reader:
        found = {table: await store.count(reader, table, whose) for table in tables}
    return {table: number for table, number in found.items() if number}


async def emptied(storage: Storage, table: str, whose: Whose) -> int:
    """How many rows. A few in each transaction: others write meanwhile."""
    total = 0
    while True:
        async with storage.transaction() as tx:
            gone = await store.take_away(tx, table, whose)
        total += gone
        if gone < store.PAGE:
            return total

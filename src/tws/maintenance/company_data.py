"""All that belongs to one company: given out whole, and taken away whole (3.1: companies share
nothing, so nothing of it is anybody else's)."""

import asyncio
import base64
import json
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from tws.bus import Bus
from tws.errors import Invalid, NotAllowed, missing
from tws.maintenance import store
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.model import Company
from tws.organisation.permission import may_change
from tws.organisation.registry import Registry
from tws.storage import Storage
from tws.storage.secrets import is_sealed

BLOCK = 256 * 1024
FIRST = ("user_device", "link")
"Taken away before the rest: telephones and PBXs that are watched make more rows."


class CompanyData:
    def __init__(
        self,
        storage: Storage,
        registry: Registry,
        bus: Bus,
        files: Path,
        reread: Callable[[], Awaitable[None]],
    ) -> None:
        """`files`: where companies have folders; `reread`: has everybody hear of what is gone."""
        self._storage, self._registry, self._bus = storage, registry, bus
        self._files, self._reread = files, reread

    # ---------------------------------------------------------------- given out

    async def export(self, actor: Actor, company: CompanyId) -> AsyncIterator[bytes]:
        """A ZIP file: a file of JSON lines for each table, and the company's own files. Passwords,
        keys and secrets are left out. For who manages the company."""
        row = self._company(actor, company)
        with tempfile.TemporaryFile() as file:
            await self._write(file, row)
            file.seek(0)
            while block := await asyncio.to_thread(file.read, BLOCK):
                yield block

    async def _write(self, file: IO[bytes], company: Company) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            async with self._storage.reading() as reader:
                for table in store.tables_of_companies():
                    with archive.open(f"{table}.jsonl", "w", force_zip64=True) as member:
                        async for rows in store.pages(reader, table, company.id):
                            lines = "".join(f"{_json(row)}\n" for row in rows).encode()
                            await asyncio.to_thread(member.write, lines)
            for path in await asyncio.to_thread(_files, self._files / company.id):
                await asyncio.to_thread(archive.write, path, f"files/{path.name}")

    # ---------------------------------------------------------------- taken away

    async def erase(self, actor: Actor, company: CompanyId, name: str) -> Mapping[str, int]:
        """Everything of it, for ever: how many rows of which table. By a super user who gives its
        name; Invalid for another. One that was interrupted is asked for again."""
        row = self._company(actor, company)
        if not actor.super_user:
            raise NotAllowed("Only a super user may do this.", why="superUsersOnly")
        if name.strip() != row.name:
            raise Invalid(
                f"Write {row.name} to erase it.",
                field="name",
                why="nameToErase",
                parameters={"name": row.name},
            )
        tables = list(reversed(store.tables_of_companies()))
        erased: Counter[str] = Counter()
        for table in (t for t in tables if t in FIRST):
            erased[table] += await self._emptied(table, company)
        await self._reread()
        await self._bus.settle()
        for table in tables:
            erased[table] += await self._emptied(table, company)
        async with self._storage.transaction() as tx:
            counts = {name: number for name, number in erased.items() if number}
            await tx.audit(actor, "company erased", company, {"name": row.name}, counts)
        await self._reread()
        await asyncio.to_thread(shutil.rmtree, self._files / company, ignore_errors=True)
        return counts

    async def _emptied(self, table: str, company: CompanyId) -> int:
        """A few rows in each transaction: others write meanwhile."""
        total = 0
        while True:
            async with self._storage.transaction() as tx:
                gone = await store.take_away(tx, table, company)
            total += gone
            if gone < store.PAGE:
                return total

    def _company(self, actor: Actor, id: CompanyId) -> Company:
        company = self._registry.companies.get(id)
        if company is None:
            raise missing("company")
        may_change(actor, id, "company")
        return company


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file())


def _json(row: Mapping[str, Any]) -> str:
    return json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False)


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case bytes():
            return base64.b64encode(value).decode()
        case datetime():
            return value.isoformat()
        case str() if is_sealed(value):
            return store.NEVER_TOLD
        case None | str() | int() | float() | bool():
            return value
    raise TypeError(f"a {type(value).__name__} has no form in an export")

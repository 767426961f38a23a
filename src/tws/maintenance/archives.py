"""Rows of the database as a ZIP file: JSON lines for each table, without anything secret."""

import asyncio
import base64
import json
import tempfile
import zipfile
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from tws.maintenance import store
from tws.storage import Storage
from tws.storage.belonging import Whose
from tws.storage.secrets import is_sealed

BLOCK = 256 * 1024


async def archive(
    storage: Storage, whose: Whose, files: Sequence[Path] = ()
) -> AsyncIterator[bytes]:
    """As one moment has them; `files` besides, in a folder of that name."""
    with tempfile.TemporaryFile() as file:
        await _write(file, storage, whose, files)
        file.seek(0)
        while block := await asyncio.to_thread(file.read, BLOCK):
            yield block


async def _write(file: IO[bytes], storage: Storage, whose: Whose, files: Sequence[Path]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        async with storage.reading() as reader:
            for table in store.tables_of(whose):
                with made.open(f"{table}.jsonl", "w", force_zip64=True) as member:
                    async for rows in store.pages(reader, table, whose):
                        lines = "".join(f"{_json(row)}\n" for row in rows).encode()
                        await asyncio.to_thread(member.write, lines)
        for path in files:
            await asyncio.to_thread(made.write, path, f"files/{path.name}")


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

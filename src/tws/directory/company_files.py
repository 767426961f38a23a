"""The files that directories are read from: one folder for each company.

A file is written beside its place under a name of its own and takes its place once it is whole: a
synchronisation that reads the earlier one goes on reading that.
"""

import asyncio
import errno
import re
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath

from tws.directory.arriving import arrive
from tws.directory.events import CompanyFileChanged
from tws.errors import Conflict, Invalid, TooMany, Unavailable, missing
from tws.organisation.actor import Actor, CompanyId
from tws.organisation.model import Directory
from tws.organisation.parameters.catalogue import DEFINITIONS
from tws.organisation.parameters.parameter import ValueKind
from tws.organisation.permission import managed_company
from tws.organisation.registry import Registry
from tws.storage import Storage, new_id

LARGEST = 200 * 1024 * 1024
"Bytes of a file."
MOST_FILES, MOST_BYTES = 100, 2 * 1024 * 1024 * 1024
"Of a company."
TOO_LARGE = f"A file has at most {LARGEST} bytes, those of a company together {MOST_BYTES}."
AT_ONCE = 4
"Files that are written at the same time, whoever sends them."
NAME = re.compile(r"[\w(][\w ()+,.@&'’-]{0,119}")
"No path, no hidden file, nothing that a shell or Windows reads in another way."
_OF_FILES = frozenset(each.name for each in DEFINITIONS if each.kind is ValueKind.FILE)
COMING = ".coming-"
"How the name of a file begins that is not whole."


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyFile:
    name: str
    size: int
    "Bytes."
    changed: datetime
    directories: tuple[Directory, ...]
    "Which are read from it."


class CompanyFileService:
    def __init__(self, storage: Storage, registry: Registry, files: Path) -> None:
        """`files`: in it is the folder of each company."""
        self._storage, self._registry, self._files = storage, registry, files
        self._coming = 0
        for left in files.glob(f"*/{COMING}*"):
            left.unlink(missing_ok=True)

    async def list_files(self, actor: Actor, company: CompanyId) -> list[CompanyFile]:
        folder = self._folder(actor, company)
        return [self._file(company, path) for path in await asyncio.to_thread(_in, folder)]

    async def put(
        self, actor: Actor, company: CompanyId, name: str, content: AsyncIterator[bytes]
    ) -> CompanyFile:
        """In place of one of that name. Invalid where it is too large, or its name cannot be."""
        folder, name = self._folder(actor, company), _checked(name)
        if self._coming >= AT_ONCE:
            raise TooMany("Other files are being written: try again in a moment.")
        self._coming += 1
        coming = folder / f"{COMING}{new_id()}"
        try:
            room = await asyncio.to_thread(_room, folder, name)
            await arrive(coming, content, room, TOO_LARGE)
            path = folder / name
            coming.replace(path)
            found = self._file(company, path)
            await self._told(actor, company, "file stored", name, size=found.size)
            return found
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            words = "The disk is full." if full else "The file cannot be written."
            raise Unavailable(words) from error
        finally:
            self._coming -= 1
            coming.unlink(missing_ok=True)

    async def read(self, actor: Actor, company: CompanyId, name: str, most: int) -> bytes:
        """Its content; Invalid where it has more bytes than `most`."""
        path = self._folder(actor, company) / _checked(name)
        if path.is_symlink() or not path.is_file():
            raise missing("file")
        content = await asyncio.to_thread(_begun, path, most + 1)
        if len(content) > most:
            raise Invalid(f"{name} has more than {most} bytes.", field="name")
        return content

    async def delete(self, actor: Actor, company: CompanyId, name: str) -> None:
        """Conflict while a directory is read from it, or a parameter names it."""
        path = self._folder(actor, company) / _checked(name)
        if path.is_symlink() or not path.is_file():
            raise missing("file")
        if used := self._file(company, path).directories:
            names = ", ".join(directory.name for directory in used)
            raise Conflict(f"{name} is used by {names}.")
        if self._chosen(company, path.name):
            raise Conflict(f"{name} is used by a parameter: choose another there first.")
        path.unlink(missing_ok=True)
        await self._told(actor, company, "file deleted", path.name)

    def _folder(self, actor: Actor, company: CompanyId) -> Path:
        """NotFound for what is no company of the actor's."""
        managed_company(actor, self._registry.companies, company)
        return self._files / company

    def _file(self, company: CompanyId, path: Path) -> CompanyFile:
        about = path.stat()
        return CompanyFile(
            name=path.name,
            size=about.st_size,
            changed=datetime.fromtimestamp(about.st_mtime, UTC),
            directories=tuple(
                directory
                for directory in self._registry.directories.values()
                if directory.company == company and names(directory, path.name)
            ),
        )

    def _chosen(self, company: CompanyId, name: str) -> bool:
        """Whether a parameter has it for anybody of the company."""
        return any(
            row.company == company and row.value == name and row.parameter in _OF_FILES
            for row in self._registry.parameter_values.values()
        )

    async def _told(
        self, actor: Actor, company: CompanyId, action: str, name: str, **more: object
    ) -> None:
        async with self._storage.transaction() as tx:
            what = {"file": name, **more}
            await tx.audit(actor, action, company, None, what, company=company)
            tx.publish(CompanyFileChanged(company, name))


def names(directory: Directory, file: str) -> bool:
    """Whether a setting of the directory names that file, as `file` or inside a connection
    string."""
    named = re.compile(rf"(?<![\w.-]){re.escape(file)}(?![\w.-])", re.IGNORECASE)
    return any(
        PureWindowsPath(value.strip()).name == file or named.search(value)
        for value in directory.settings.values()
        if isinstance(value, str)
    )


def _checked(name: str) -> str:
    name = unicodedata.normalize("NFC", name)
    if not NAME.fullmatch(name) or name != name.strip() or len(name.encode()) > 240:
        raise Invalid(
            "A file's name has letters, digits, blanks and . - _ ( ), at most 120 of them, and no"
            " folder.",
            field="name",
        )
    return name


def _begun(path: Path, most: int) -> bytes:
    """Its first bytes."""
    with path.open("rb") as file:
        return file.read(most)


def _in(folder: Path) -> list[Path]:
    """The whole files of a folder, by name."""
    if not folder.is_dir():
        return []
    found = [
        path
        for path in folder.iterdir()
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    ]
    return sorted(found, key=lambda path: path.name.casefold())


def _room(folder: Path, name: str) -> int:
    """Bytes that the file of that name may have."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    others = [path for path in _in(folder) if path.name != name]
    if len(others) >= MOST_FILES:
        raise Invalid(f"A company has at most {MOST_FILES} files: delete some.", field="name")
    return min(LARGEST, MOST_BYTES - sum(path.stat().st_size for path in others))

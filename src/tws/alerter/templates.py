"""The templates of all companies, in memory: read at the start, and again when a file changes.

They are files of a company. Any other XML there is left alone: what is no template is one with
mistakes, and nobody is told of it but who looks at it or chose it.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import structlog

from tws.alerter.events import TemplateRead
from tws.alerter.model import Mistake, Template
from tws.alerter.template import LARGEST, Mistaken, parse
from tws.bus import Bus
from tws.directory.events import CompanyFileChanged
from tws.organisation.actor import CompanyId
from tws.organisation.events import CompanyChanged
from tws.rereading import RowsMissed

SUFFIX = ".xml"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """One file; `template` None = it has the mistakes."""

    template: Template | None
    mistakes: tuple[Mistake, ...] = ()


def is_template(name: str) -> bool:
    """By its name."""
    return name.lower().endswith(SUFFIX)


class Templates:
    def __init__(self, files: Path, bus: Bus) -> None:
        """`files`: in it is the folder of each company."""
        self._files, self._bus = files, bus
        self._read: dict[tuple[str, str], Read] = {}
        bus.follow(CompanyChanged, self._company_changed)
        bus.act(
            CompanyFileChanged,
            self._changed,
            key=lambda event: event.company,
            keep=True,
            everywhere=True,
        )

        bus.act(RowsMissed, self._missed, key=lambda _: None, keep=True, everywhere=True)

    async def _missed(self, _: RowsMissed) -> None:
        """Files may be others, of which nothing was heard."""
        before = self._read
        await self.load()
        for company, name in before.keys() | self._read.keys():
            if before.get((company, name)) != self._read.get((company, name)):
                self._bus.hear(TemplateRead(CompanyId(company), name))

    async def load(self) -> None:
        """From the disk, whatever was there before."""
        found = await asyncio.to_thread(self._all)
        self._read = dict(found)

    def of(self, company: CompanyId, name: str) -> Read | None:
        """None: there is no such file."""
        return self._read.get((company, name))

    def _company_changed(self, event: CompanyChanged) -> None:
        if event.before is not None and event.after is None:
            for key in [key for key in self._read if key[0] == event.before.id]:
                del self._read[key]

    async def _changed(self, event: CompanyFileChanged) -> None:
        if is_template(event.name):
            await self.read(event.company, event.name)

    async def read(self, company: CompanyId, name: str) -> None:
        """That file, again."""
        found = await asyncio.to_thread(_read, self._files / company / name)
        if found is None:
            self._read.pop((company, name), None)
        else:
            self._read[company, name] = found
        self._bus.publish(TemplateRead(company, name))

    def _all(self) -> list[tuple[tuple[str, str], Read]]:
        return [
            ((path.parent.name, path.name), read)
            for path in sorted(self._files.glob("*/*"))
            if is_template(path.name) and not path.name.startswith(".")
            if (read := _read(path)) is not None
        ]


def _read(path: Path) -> Read | None:
    """None: it is not there, or cannot be read; the latter is logged."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        log.warning("template cannot be read", file=path.name, why=str(error))
        return None
    try:
        return Read(parse(content))
    except Mistaken as error:
        return Read(None, error.mistakes)

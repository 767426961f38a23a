"""Access databases, .mdb and .accdb, by the programs of mdbtools."""

import csv
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import ClassVar

from tws.connectors.databases.sql import Sql
from tws.connectors.files.company_folder import found
from tws.connectors.files.csv_file import LONGEST_FIELD
from tws.connectors.processes import parent
from tws.connectors.processes.parent import Output
from tws.connectors.processes.values import row
from tws.directory.connector import Entry, Header
from tws.forms import About
from tws.sources.errors import Misconfigured

SILENCE = 60
DATES = ("-D", "%Y-%m-%d", "-T", "%Y-%m-%d %H:%M:%S")
"Of fields that have a date, and of those that have a time too."
MIDNIGHT = re.compile(r"(?<=^\d{4}-\d\d-\d\d) 00:00:00$")
BINARY = ("-b", "strip")
"Pictures are wrapped in objects that only Access opens."


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessSettings:
    file: str = field(metadata=About(help="Its name; it lies in the company's folder."))
    table: str = field(metadata=About(help="The name of the table."))


class Access:
    title: ClassVar[str] = "Access database"
    Settings: ClassVar[type[AccessSettings]] = AccessSettings
    private: ClassVar[bool] = False
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = Sql.suggested

    def __init__(self, settings: AccessSettings, files: Path) -> None:
        self._settings, self._files = settings, files
        self.header = Header()

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        self.header.begin()
        path = found(self._files, self._settings.file)
        table = _table(path, self._settings.table)
        command = [_program("mdb-export"), *DATES, *BINARY, "--", str(path), table]
        csv.field_size_limit(LONGEST_FIELD)
        with parent.running(command) as (process, pipe):
            text = TextIOWrapper(
                BufferedReader(Output(pipe, path.name, SILENCE)), "utf-8", "replace", newline=""
            )
            try:
                rows = csv.reader(text)
                names = tuple(name.strip() for name in next(rows, []))
                self.header.columns = names
                for each in rows:
                    if fields := row(names, tuple(map(_shown, each))):
                        yield Entry(fields)
            except csv.Error as error:
                raise _damaged(path) from error
            if process.wait(SILENCE):
                raise _damaged(path)


def _shown(cell: str) -> str:
    """A date without a time has midnight."""
    return MIDNIGHT.sub("", cell.strip())


def _table(path: Path, wanted: str) -> str:
    """As the file spells it: Access makes no difference between A and a."""
    with parent.running([_program("mdb-tables"), "-1", "--", str(path)]) as (process, pipe):
        listed = BufferedReader(Output(pipe, path.name, SILENCE)).read()
        if process.wait(SILENCE):
            raise _damaged(path)
    names = [name for name in listed.decode(errors="replace").splitlines() if name]
    for name in names:
        if name.casefold() == wanted.strip().casefold():
            return name
    if not names:
        raise Misconfigured("{file} has no tables.", file=path.name)
    raise Misconfigured(
        "{file} has no table {table}. There are: {there}.",
        file=path.name,
        table=wanted,
        there=", ".join(names[:10]),
    )


def _program(name: str) -> str:
    place = shutil.which(name)
    if place is None:
        raise Misconfigured(
            "{name} is not on this machine: install its package (Debian: mdbtools).", name=name
        )
    return place


def _damaged(path: Path) -> Misconfigured:
    return Misconfigured("{file} is no Access database, or a damaged one.", file=path.name)

"""Excel files, .xls and .xlsx. First line of a sheet: the names of the fields."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from tws.connectors.files.company_folder import found
from tws.connectors.files.csv_file import CsvFile
from tws.connectors.processes import parent
from tws.connectors.processes.child import Request
from tws.directory.connector import Entry, Header
from tws.forms import About
from tws.sources.errors import Misconfigured

TIMEOUT = 120
"Seconds until a large file gives its first row."


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcelSettings:
    file: str = field(metadata=About(help="Its name; it lies in the company's folder."))
    sheet: str = field(
        default="", metadata=About(help="Its name, or [Contacts$]; empty: the first one.")
    )


class Excel:
    title: ClassVar[str] = "Excel file"
    Settings: ClassVar[type[ExcelSettings]] = ExcelSettings
    private: ClassVar[bool] = False
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = CsvFile.suggested

    def __init__(self, settings: ExcelSettings, files: Path) -> None:
        self._settings, self._files = settings, files
        self.header = Header()

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        path = found(self._files, self._settings.file)
        request = Request(file=str(path), source=sheet_name(self._settings.sheet), timeout=TIMEOUT)
        yield from parent.entries("excel", request, path.name, self.header)


def sheet_name(written: str) -> str:
    """`[Contacts$]`, as ODBC names a sheet, is Contacts. Misconfigured for a part of one."""
    name = written.strip()
    if inside := re.fullmatch(r"\[(.*)\]|'(.*)'|`(.*)`", name):
        name = next(each for each in inside.groups() if each is not None).strip("'")
    sheet, dollar, cells = name.rpartition("$")
    if dollar and re.fullmatch(r"[A-Za-z]+[0-9]*:[A-Za-z]+[0-9]*", cells):
        raise Misconfigured("Only a whole sheet can be read: write [{sheet}$].", sheet=sheet)
    return sheet if dollar and not cells else name

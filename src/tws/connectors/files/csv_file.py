"""CSV files, as many programs write them. First line: the names of the fields."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Literal, TextIO

from tws.connectors.files.company_folder import found, unreadable
from tws.directory.connector import Entry, Header
from tws.forms import About
from tws.sources.errors import Misconfigured
from tws.spreadsheets import unguarded

LONGEST_FIELD = 1 << 20
"Characters of one field; longer ones are a quote that is never closed."
LONGEST_LINES = 50
"Lines of one field: an address or a note may have some, more are a quote that was not meant."
SAMPLE = 64 * 1024
"Bytes that are looked at to know how a file is written."
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
TOLD = re.compile(r"\"?sep=([^\"\r\n\w])\"?\s*", re.IGNORECASE)
SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t", "bar": "|"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvSettings:
    file: str = field(metadata=About(help="Its name; it lies in the company's folder."))
    encoding: Literal["auto", "utf-8", "windows-1252", "utf-16"] = field(
        default="auto", metadata=About(expert=True, help="Automatic: UTF-8, else Windows-1252.")
    )
    separator: Literal["auto", "semicolon", "comma", "tab", "bar"] = field(
        default="auto", metadata=About(expert=True, help="What stands between two fields.")
    )


class CsvFile:
    title: ClassVar[str] = "CSV file"
    Settings: ClassVar[type[CsvSettings]] = CsvSettings
    private: ClassVar[bool] = False
    public: ClassVar[bool] = True
    suggested: ClassVar[Mapping[str, str]] = {
        "identifier": "Id",
        "last_name": "lastname",
        "first_name": "firstname",
        "organisation": "company",
        "work": "tel1",
    }

    suggested_users: ClassVar[Mapping[str, str]] = {
        "username": "username",
        "identifier": "Id",
        "number": "tel1",
    }

    def __init__(self, settings: CsvSettings, files: Path) -> None:
        self._settings, self._files = settings, files
        self.header = Header()

    def entries(self, mailbox: str | None = None) -> Iterator[Entry]:
        self.header.begin()
        path = found(self._files, self._settings.file)
        try:
            with path.open("rb") as raw:
                sample = raw.read(SAMPLE)
                raw.seek(0)
                self._check(path, sample)
                text = io.TextIOWrapper(raw, self._encoding(path, sample), newline="")
                yield from self._rows(path, text, sample)
        except UnicodeError as error:
            raise self._undecoded(path) from error
        except OSError as error:
            raise unreadable(path, error) from error

    def _rows(self, path: Path, text: TextIO, sample: bytes) -> Iterator[Entry]:
        csv.field_size_limit(LONGEST_FIELD)
        told = _told(text)
        separator = SEPARATORS.get(self._settings.separator) or told or _separator(text)
        rows = csv.reader(text, delimiter=separator, strict=True)
        above = 1 if told else 0
        begins = 1 + above
        try:
            names = [name.strip() for name in next(rows, [])]
            if not any(names):
                raise Misconfigured(
                    "{file} has no first line with the names of its fields.", file=path.name
                )
            self.header.columns = tuple(names)
            begins = rows.line_num + 1 + above
            for row in rows:
                if rows.line_num + above - begins >= LONGEST_LINES and _swallowed(row):
                    raise Misconfigured(
                        "{file}, line {line}: a field has more than {most} lines: a "
                        "quote that opens in this row is not closed.",
                        file=path.name,
                        line=begins,
                        most=LONGEST_LINES,
                    )
                if any(row[len(names) :]):
                    self.header.long_rows.append(begins)
                begins = rows.line_num + 1 + above
                values = {
                    name: unguarded(value)
                    for name, value in zip(names, row, strict=False)
                    if name and value
                }
                if values:
                    yield Entry(values)
        except csv.Error as error:
            # In mid-field at the end of the file, or of what a field may have.
            if "expected after" in str(error):
                raise Misconfigured(
                    "{file}, line {line}: a quote is closed, and the field goes on behind it.",
                    file=path.name,
                    line=rows.line_num + above,
                ) from error
            raise Misconfigured(
                "{file}, line {line}: a quote that opens in this row is not closed.",
                file=path.name,
                line=begins,
            ) from error

    def _check(self, path: Path, sample: bytes) -> None:
        """Windows-1252 can be read out of anything."""
        if sample.startswith(WORKBOOKS):
            raise Misconfigured(
                "{file} is no text: a workbook is read as an Excel file.", file=path.name
            )
        if not self._encoding(path, sample).startswith("utf-16") and b"\0" in sample:
            raise Misconfigured(
                "{file} is no text, or is UTF-16: then choose that encoding.", file=path.name
            )

    def _encoding(self, path: Path, sample: bytes) -> str:
        chosen = self._settings.encoding
        if chosen == "utf-16":
            return _utf_16(sample)
        if chosen != "auto":
            return "utf-8-sig" if chosen == "utf-8" else chosen
        if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        # The whole file is looked at: the first accent may stand in its last line.
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        try:
            with path.open("rb") as raw:
                while block := raw.read(1 << 20):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "windows-1252"
        return "utf-8-sig"

    def _undecoded(self, path: Path) -> Misconfigured:
        chosen = self._settings.encoding
        if chosen == "auto":
            return Misconfigured(
                "{file} is written neither in UTF-8 nor in Windows-1252: save it in UTF-8.",
                file=path.name,
            )
        return Misconfigured(
            "{file} is not written in {encoding}: choose its encoding.",
            file=path.name,
            encoding=chosen,
        )


def _utf_16(sample: bytes) -> str:
    """Without a mark in front: what most texts have most of says which byte comes first."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-16-be" if sample[::2].count(0) > sample[1::2].count(0) else "utf-16-le"


def _swallowed(row: list[str]) -> bool:
    """Whether a field has so many lines that others must be among them."""
    return any(len(re.split(r"\r\n|\r|\n", field)) > LONGEST_LINES for field in row)


def _told(text: TextIO) -> str | None:
    """By a first line `sep=;`, as Excel reads and other programs write it for Excel; `text` is
    then behind it."""
    if (found := TOLD.fullmatch(text.readline())) is not None:
        return found[1]
    text.seek(0)
    return None


def _separator(text: TextIO) -> str:
    """What the first line has most of, outside of quotes."""
    first = text.readline()
    text.seek(0)
    bare = "".join(first.split('"')[::2])
    return max(SEPARATORS.values(), key=bare.count)

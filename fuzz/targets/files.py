"""Files that people send: contacts and users in CSV, vCard and Excel."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from fuzz.choices import Choices
from fuzz.mutation import ByTokens, ByUnits
from fuzz.scratch import folder
from fuzz.target import Target, holds
from tws.connectors.files import sheets
from tws.connectors.files.csv_file import CsvFile, CsvSettings
from tws.connectors.files.vcard_file import VcardFile, VcardFileSettings
from tws.connectors.processes import values
from tws.connectors.processes.child import Request
from tws.directory.cards import SourceCard, card
from tws.directory.connector import Entry
from tws.directory.mapping import mapping
from tws.directory.vcard_fields import SUGGESTED
from tws.protocols.vcard import Unreadable, cards, texts, unescaped, utf8
from tws.sources.errors import ConnectorError, Misconfigured
from tws.spreadsheets import csv_line, xlsx

NAME = "contacts"
ENCODINGS = ("auto", "utf-8", "windows-1252", "utf-16")
SEPARATORS = ("auto", "semicolon", "comma", "tab", "bar")


def _placed(data: bytes) -> None:
    (folder() / NAME).write_bytes(data)


def _cards_of(entries: list[Entry], written: Mapping[str, str]) -> None:
    """What becomes of entries: a card, or a word why not."""
    fields = mapping(written)
    for entry in entries:
        made = card(entry, fields)
        if isinstance(made, SourceCard):
            holds(made == card(entry, fields), "another card the second time")


def _csv(data: bytes) -> None:
    choices = Choices(data)
    encoding, separator = choices.one(ENCODINGS), choices.one(SEPARATORS)
    _placed(choices.rest)
    settings = CsvSettings(file=NAME, encoding=encoding, separator=separator)  # type: ignore[arg-type]
    reader = CsvFile(settings, folder())
    try:
        entries = list(reader.entries())
    except Misconfigured as error:
        holds(bool(str(error)), "no words")
        return
    holds(len(entries) <= len(choices.rest), "more rows than bytes")
    holds(bool(reader.header.columns), "no columns")
    _cards_of(entries, CsvFile.suggested)


CSVS = (
    b"Id;lastname;firstname;company;tel1\n1;Dupont;Jean;SSDEI;+33155171889\n\0",
    b'sep=,\r\nId,lastname\r\n1,"a\r\nb""c"\r\n2,\'=x\r\n\0\0',
    b"\xef\xbb\xbfId\tlastname\n1\t\xc3\xa9\n\x03\x00",
    "Id;lastname\n1;é\n".encode("utf-16") + b"\0\0",
    "Id;lastname\n1;é\n".encode("utf-16-le") + b"\0\x03",
    b"Id;lastname\n1;\xe9\n\x00\x02",
    b'Id;"lastname\n' + b"x\n" * 60,
    b"PK\x03\x04\0\0",
)
CSV_FILE = Target(
    feed=_csv,
    seeds=CSVS,
    words=(b'"', b'""', b";", b",", b"\t", b"\r\n", b"sep=", b"\xff\xfe", b"\0", b"'="),
    mutate=ByTokens(rb"[^;,\t\r\n\"]+|\r\n|.", CSVS, (b'"', b"\n", b";")),
)


def _csv_cell(data: bytes) -> None:
    """What we write into a sheet is read back, and is no formula there."""
    text = data.decode(errors="replace")
    _placed(csv_line(["a"]).encode() + csv_line([text or "b"]).encode())
    settings = CsvSettings(file=NAME, encoding="utf-8", separator="comma")
    try:
        found = [entry.values["a"] for entry in CsvFile(settings, folder()).entries()]
    except Misconfigured:
        return  # NUL bytes, and fields of more lines than people write
    if text.strip() == text and text and not text.startswith("'"):
        holds(found == [text], "another text is read")


CSV_CELL = Target(
    feed=_csv_cell,
    seeds=(b"=1+1", b'a"b;c,d', b"'=x", b"-1\n=2;@3", b"\t=a", b"x;=cmd|' /C calc'!A0"),
    words=(b"=", b"+", b"-", b"@", b"\t", b"\r\n", b";", b"'", b'"'),
    longest=512,
)


# ---------------------------------------------------------------- vCard


def _vcard(data: bytes) -> None:
    lines = data.splitlines(keepends=True)
    for found in cards(utf8(iter(lines))):
        if isinstance(found, Unreadable):
            holds(1 <= found.line and bool(str(found.why)), "nowhere")
            continue
        for one in found:
            holds(one.name == one.name.upper(), "a name in small letters")
            parts = texts(one.value, ";")
            if isinstance(one.value, str) and "\\" not in one.value:
                holds(";".join(parts) == one.value, "parts that are not the whole")
                holds(unescaped(one.value) == one.value, "?")
    _placed(data)
    try:
        entries = list(VcardFile(VcardFileSettings(file=NAME), folder()).entries())
    except Misconfigured:
        return
    _cards_of(entries, SUGGESTED)


VCARDS = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Dupont;Jean;;;\r\nFN:Jean Dupont\r\n"
    b"item1.TEL;TYPE=work,voice:+33 1 55 17 18 89\r\nitem1.X-ABLabel:_$!<Work>!$_\r\n"
    b"ADR;TYPE=HOME:;;1 rue\\, A\\nB;Paris;;75001;France\r\nEND:VCARD\r\n",
    b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:D=E9;J=\n=20\n"
    b"TEL;WORK;PREF:4001\nAGENT:\nBEGIN:VCARD\nEND:VCARD\nEND:VCARD\n",
    b"BEGIN:VCARD\nPHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQ\nSkZJRg==\n\nEND:VCARD\n",
    b'BEGIN:VCARD\nTEL;VALUE=uri;TYPE="work,voice":tel:+33-1\nPHOTO:data:image/jpeg;base64,/9j/\n'
    b"END:VCARD\n",
    "BEGIN:VCARD\nFN:é\nEND:VCARD\n".encode("utf-16"),
    b"BEGIN:VCARD\nFN:a\n",
)
VCARD_WORDS = (
    *(
        b"BEGIN:VCARD\n",
        b"END:VCARD\n",
        b"AGENT:\n",
        b"TEL;",
        b"ENCODING=BASE64:",
        b"TYPE=",
        b"\\",
    ),
    *(b";CHARSET=utf-7", b";CHARSET=idna", b"QUOTED-PRINTABLE", b'"', b"=\n", b"PHOTO:data:"),
)
VCARD_FILE = Target(
    feed=_vcard,
    seeds=VCARDS,
    words=VCARD_WORDS,
    mutate=ByTokens(rb"[^:;,\r\n]+|\r\n|.", VCARDS, VCARD_WORDS),
    short=700,
)


# ---------------------------------------------------------------- Excel


def _excel(data: bytes) -> None:
    """The parts of a workbook, zipped anew where the input is one."""
    _placed(data)
    request = Request(source="", file=str(folder() / NAME))
    try:
        names, *rows = sheets.read(request)
    except ConnectorError as error:
        holds(bool(str(error)), "no words")
        return
    columns = tuple(map(str, names))
    _cards_of(
        [Entry(values.row(columns, tuple(map(values.value, row)))) for row in rows],
        CsvFile.suggested,
    )


BOOK = xlsx("A", [["Id", "lastname", "tel1"], ["1", "Dupont", 155171889], ["2", "é", ""]])


def _parts(data: bytes) -> list[bytes]:
    """Name, line feed and content of each part of a workbook."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as book:
            return [name.encode() + b"\n" + book.read(name) for name in book.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, RuntimeError, NotImplementedError):
        return []
    except Exception as error:  # noqa: BLE001 - of a broken file zlib and struct say more
        del error
        return []


def _zipped(parts: list[bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as book:
        for part in {part.partition(b"\n")[0]: part for part in parts}.values():
            name, _, content = part.partition(b"\n")
            book.writestr(zipfile.ZipInfo(name.decode("latin-1") or "x"), content)
    return file.getvalue()


Inner = Callable[[bytes, int, int], bytes]
CELLS: Inner = ByTokens(
    rb"</?\w+|/?>|\w+=|\"[^\"]*\"|[^<>\"= ]+|.", _parts(BOOK), (b'"1e999"', b"<v>")
)
EXCEL_FILE = Target(
    feed=_excel,
    seeds=(
        _zipped(_parts(BOOK)),
        BOOK,
        b"PK\x05\x06" + bytes(18),
        b"\xd0\xcf\x11\xe0" + bytes(600),
    ),
    words=(b"<c r=", b'"A1048577"', b"<mergeCell ref=", b't="s"', b"<v>1e999</v>", b"PK\x01\x02"),
    mutate=ByUnits(_parts, _zipped, CELLS),
    longest=16384,
)

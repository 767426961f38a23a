"""CSV files as people have them."""

from pathlib import Path
from typing import Any

import pytest

from tests.contracts.connector import (
    check_class,
    check_entries,
    check_leaves_nothing_open,
    check_words,
)
from tws import connectors
from tws.connectors.files.csv_file import CsvFile
from tws.directory.connector import Header
from tws.errors import Invalid
from tws.sources.errors import Misconfigured

MARIE = {"Id": "1", "lastname": "Durand", "firstname": "Élodie", "tel1": "01 55 17 18 89"}
PAUL = {"Id": "2", "lastname": 'Martin; "Paul"', "tel1": "4092"}


def opened(folder: Path, **settings: Any) -> CsvFile:
    found = connectors.opened("csv", {"file": "people.csv", **settings}, folder)
    assert isinstance(found, CsvFile)
    return found


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "people.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_what_the_administration_looks_at() -> None:
    check_class(CsvFile)
    assert "csv" in connectors.connectors()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_however_it_is_written(tmp_path: Path, encoding: str, separator: str, end: str) -> None:
    lines = [
        ["Id", "lastname", "firstname", "tel1"],
        ["1", "Durand", "Élodie", "01 55 17 18 89"],
        ["2", '"Martin; ""Paul"""', "", "4092"],
    ]
    written(tmp_path, end.join(separator.join(line) for line in lines) + end, encoding)
    check_entries(opened(tmp_path), [MARIE, PAUL])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(tmp_path: Path, encoding: str) -> None:
    text = "Id;lastname;firstname;tel1\r\n1;Durand;Élodie;01 55 17 18 89\r\n"
    written(tmp_path, text, encoding)
    check_entries(opened(tmp_path, encoding="utf-16"), [MARIE])
    check_words(Misconfigured, lambda: list(opened(tmp_path).entries()), "UTF-16", "choose")


@pytest.mark.parametrize(
    ("content", "encoding", "words"),
    [
        (b"Id;lastname\n1;Dur\x81nd\n", "auto", "neither in UTF-8 nor in Windows-1252"),
        (b"Id;lastname\n1;Dur\x81nd\n", "windows-1252", "not written in windows-1252"),
        (b"Id;lastname\n1;Dur\xe9nd\n", "utf-8", "not written in utf-8"),
        (b"Id;lastname\n1;Durand\n", "utf-16", "not written in utf-16"),
        ("Id;lastname\n1;Durand\n".encode("utf-16") + b"x", "utf-16", "not written in utf-16"),
        (b"\xff\xfe" + b"\x00\xd8" * 20, "utf-16", "not written in utf-16"),
    ],
)
def test_what_is_written_otherwise_is_said(
    tmp_path: Path, content: bytes, encoding: str, words: str
) -> None:
    (tmp_path / "people.csv").write_bytes(content)
    made = opened(tmp_path, encoding=encoding)
    check_words(Misconfigured, lambda: list(made.entries()), words)


@pytest.mark.parametrize("told", ["sep=;", '"sep=;"', "SEP=;\r"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "windows-1252", "utf-16"])
def test_a_line_for_excel_says_the_separator(tmp_path: Path, told: str, encoding: str) -> None:
    written(tmp_path, f"{told}\nId;a,b,c\n1;Durand\n2;X;Y\n", encoding)
    made = opened(tmp_path)
    check_entries(made, [{"Id": "1", "a,b,c": "Durand"}, {"Id": "2", "a,b,c": "X"}])
    assert list(made.header.long_rows) == [4]
    check_entries(opened(tmp_path, separator="comma"), [{"Id;a": "1;Durand"}, {"Id;a": "2;X;Y"}])


def test_a_separator_that_only_that_line_knows(tmp_path: Path) -> None:
    written(tmp_path, "sep=^\nId^lastname\n1^Durand\n")
    check_entries(opened(tmp_path), [{"Id": "1", "lastname": "Durand"}])
    written(tmp_path, 'sep=;\nId;lastname\n1;"Durand\n')
    check_words(Misconfigured, lambda: list(opened(tmp_path).entries()), "line 3")


def test_a_first_accent_far_behind(tmp_path: Path) -> None:
    many = "".join(f"{n};Durand\n" for n in range(20_000))
    written(tmp_path, f"Id;lastname\n{many}x;Lefèvre\n", "windows-1252")
    *_, last = opened(tmp_path).entries()
    assert last.values == {"Id": "x", "lastname": "Lefèvre"}


def test_a_windows_path_is_the_file_of_our_folder(tmp_path: Path) -> None:
    written(tmp_path, "Id;lastname\n1;Durand\n")
    there = opened(tmp_path, file=r"C:\Annuaire\people.csv")
    check_entries(there, [{"Id": "1", "lastname": "Durand"}])


@pytest.mark.parametrize("name", ["../secret.csv", "/etc/passwd", "..", "folder/../../secret.csv"])
def test_no_other_folder_is_read(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    (tmp_path / "secret.csv").write_text("Id\n1\n")
    check_words(Misconfigured, lambda: list(opened(folder, file=name).entries()))


def test_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("Id\n1\n")
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "people.csv").symlink_to(tmp_path / "elsewhere")
    check_words(Misconfigured, lambda: list(opened(folder).entries()), "people.csv")


def test_rows_that_are_too_long_or_too_short(tmp_path: Path) -> None:
    written(tmp_path, "Id;lastname\n1\n2;Martin;more;still\n;;\n\n")
    check_entries(opened(tmp_path), [{"Id": "1"}, {"Id": "2", "lastname": "Martin"}])


def test_nothing_is_left_open(tmp_path: Path) -> None:
    written(tmp_path, "Id;lastname\n" + "1;Durand\n" * 1000)
    check_leaves_nothing_open(opened(tmp_path))


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    check_words(Misconfigured, lambda: list(opened(tmp_path).entries()), "people.csv")
    written(tmp_path, "")
    check_words(Misconfigured, lambda: list(opened(tmp_path).entries()), "first line")
    written(tmp_path, f'Id;lastname\n1;"{"x" * 2_000_000}\n')
    check_words(Misconfigured, lambda: list(opened(tmp_path).entries()), "line 2")
    written(tmp_path, "Id;lastname\n1;Lefèvre\n", "windows-1252")
    check_words(
        Misconfigured, lambda: list(opened(tmp_path, encoding="utf-8").entries()), "encoding"
    )


def rows(number: int, odd: dict[int, str], plain: str = "{n};Name{n};4092") -> str:
    """A file in which row n is in line n + 1."""
    lines = [odd.get(n, plain.format(n=n)) for n in range(1, number + 1)]
    return "\n".join(["Id;lastname;tel1", *lines]) + "\n"


QUOTED = '"{n}";"Name{n}";"4092"'


@pytest.mark.parametrize(
    "text",
    [
        rows(1000, {800: '800;"Name800;4092'}),
        rows(1000, {800: '800;"Name800;4092', 900: '900;Name900";4092'}),
        rows(1000, {800: '"800";"Name800;"4092"'}, QUOTED),
        rows(1000, {800: '"800";""Name800";"4092"'}, QUOTED),
        rows(1000, {800: '800;Name800;"'}),
    ],
)
def test_a_stray_quote_ends_the_reading(tmp_path: Path, text: str) -> None:
    written(tmp_path, text)
    check_words(Misconfigured, lambda: list(opened(tmp_path).entries()), "line 801", "quote")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_field_of_several_lines_is_one(tmp_path: Path, end: str) -> None:
    note = end.join(f"line {n}" for n in range(50))
    written(tmp_path, end.join(["Id;a;b", f'1;"{note}";"{note}"', '2;"x";y', ""]))
    check_entries(
        opened(tmp_path), [{"Id": "1", "a": note, "b": note}, {"Id": "2", "a": "x", "b": "y"}]
    )


def test_a_form_that_is_wrong() -> None:
    with pytest.raises(Invalid) as wrong:
        connectors.validate("csv", {"file": "x.csv", "separator": "slash"})
    assert wrong.value.details["field"] == "settings.separator"
    with pytest.raises(Invalid):
        connectors.connector("nothing")


def test_what_was_guarded_against_spreadsheets_is_as_it_was(tmp_path: Path) -> None:
    written(tmp_path, "Id,lastname,tel1\n1,'=1+1,'+33 1 55 17 18 89\n2,'t Hooft,4092\n")
    expected = [
        {"Id": "1", "lastname": "=1+1", "tel1": "+33 1 55 17 18 89"},
        {"Id": "2", "lastname": "'t Hooft", "tel1": "4092"},
    ]
    check_entries(opened(tmp_path), expected)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00;Id", "is no text"),
        (b"PK\x03\x04" + bytes(range(1, 256)), "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "is no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is no text"),
        ("Id;lastname\n1;Durand\n".encode("utf-16-le"), "UTF-16"),
    ],
)
def test_what_is_no_text_is_not_read_as_one(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "people.csv").write_bytes(content)
    check_words(Misconfigured, lambda: list(opened(tmp_path).entries()), "people.csv", words)


def test_it_knows_its_columns(tmp_path: Path) -> None:
    written(tmp_path, "Id;lastname;empty\n1;Durand;\n2;Martin;;more\n")
    source = opened(tmp_path)
    for _ in range(2):
        assert len(list(source.entries())) == 2
        assert source.header == Header(("Id", "lastname", "empty"), [3])

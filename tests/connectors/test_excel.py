"""Excel files as people have them."""

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from tests.contracts.connector import (
    check_class,
    check_entries,
    check_leaves_nothing_open,
    check_words,
)
from tws import connectors
from tws.connectors.files.excel import Excel, sheet_name
from tws.connectors.processes.child import MEMORY
from tws.sources.errors import Misconfigured

NAMES = ["Id", "lastname", "firstname", "tel1", "born", "vip", "rate"]
ROWS: list[list[Any]] = [
    [1, "Durand", "Élodie", 155171889.0, date(1970, 1, 31), True, 12.5],
    [2, "Martin", None, "01 55 17 18 90", datetime.fromisoformat("2020-02-29 13:30"), False, None],
]
EXPECTED = [
    {
        "Id": "1",
        "lastname": "Durand",
        "firstname": "Élodie",
        "tel1": "155171889",
        "born": "1970-01-31",
        "vip": "true",
        "rate": "12.5",
    },
    {
        "Id": "2",
        "lastname": "Martin",
        "tel1": "01 55 17 18 90",
        "born": "2020-02-29 13:30:00",
        "vip": "false",
    },
]


def opened(folder: Path, file: str = "people.xlsx", **settings: Any) -> Excel:
    found = connectors.opened("excel", {"file": file, **settings}, folder)
    assert isinstance(found, Excel)
    return found


def xlsx(folder: Path, rows: list[list[Any]], sheet: str = "Contacts", merge: str = "") -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    cells = book.create_sheet(sheet, 0)
    for row in rows:
        cells.append(row)
    if merge:
        cells.merge_cells(merge)
    book.save(folder / "people.xlsx")


def xls(folder: Path, rows: list[list[Any]]) -> None:
    book = xlwt.Workbook()
    cells = book.add_sheet("Contacts")
    book.add_sheet("Notes")
    form = {date: "YYYY-MM-DD", datetime: "YYYY-MM-DD HH:MM:SS"}
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if type(cell) in form:
                cells.write(y, x, cell, xlwt.easyxf(num_format_str=form[type(cell)]))
            elif cell is not None:
                cells.write(y, x, cell)
    book.save(folder / "people.xls")


def test_what_the_administration_looks_at() -> None:
    check_class(Excel)
    assert "excel" in connectors.connectors()


@pytest.mark.parametrize("sheet", ["", "Contacts", "contacts", "[Contacts$]", "Contacts$"])
def test_xlsx(tmp_path: Path, sheet: str) -> None:
    xlsx(tmp_path, [NAMES, *ROWS])
    check_entries(opened(tmp_path, sheet=sheet), EXPECTED)


@pytest.mark.parametrize("sheet", ["", "[Contacts$]"])
def test_xls(tmp_path: Path, sheet: str) -> None:
    xls(tmp_path, [NAMES, *ROWS])
    check_entries(opened(tmp_path, r"C:\Annuaire\people.xls", sheet=sheet), EXPECTED)


def test_the_kind_is_what_is_inside(tmp_path: Path) -> None:
    """People rename files."""
    xlsx(tmp_path, [NAMES, *ROWS])
    (tmp_path / "people.xlsx").rename(tmp_path / "people.xls")
    check_entries(opened(tmp_path, "people.xls"), EXPECTED)


def test_empty_rows_and_columns(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [],
        [None],
        [None, "Id", "lastname", None],
        [],
        [None, 1, "Durand", "unnamed"],
        [None],
    ]
    xlsx(tmp_path, rows)
    check_entries(opened(tmp_path), [{"Id": "1", "lastname": "Durand"}])


def test_a_title_over_the_names(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Directory of the company"], ["Id", "lastname"], [1, "Durand"]]
    xlsx(tmp_path, rows, merge="A1:B1")
    check_entries(opened(tmp_path), [{"Id": "1", "lastname": "Durand"}])


def test_a_cell_over_several_rows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["company", "lastname"],
        ["SSDEI", "Durand"],
        [None, "Martin"],
        [None, "Petit"],
    ]
    xlsx(tmp_path, rows, merge="A2:A3")
    check_entries(
        opened(tmp_path),
        [
            {"company": "SSDEI", "lastname": "Durand"},
            {"company": "SSDEI", "lastname": "Martin"},
            {"lastname": "Petit"},
        ],
    )


def test_long_texts_formulas_and_faults(tmp_path: Path) -> None:
    xlsx(tmp_path, [["Id", "note", "sum"], [1, "x" * 32_000, "#N/A"], ["=1+1", "b", None]])
    long, formula = opened(tmp_path).entries()
    assert long.values == {"Id": "1", "note": "x" * 32_000}
    assert formula.values == {"note": "b"}, "never calculated by the program that wrote it"


def test_nothing_is_left_open(tmp_path: Path) -> None:
    xlsx(tmp_path, [["Id"], *([n] for n in range(2000))])
    check_leaves_nothing_open(opened(tmp_path))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "is empty"),
        ([[1, "Durand", "Élodie", "0155171889"]], "first line"),
        ([["Durand", "Élodie", "01 55 17 18 89"]], "first line"),
    ],
)
def test_a_sheet_without_names(tmp_path: Path, rows: list[list[Any]], words: str) -> None:
    xlsx(tmp_path, rows)
    check_words(Misconfigured, lambda: list(opened(tmp_path).entries()), "people.xlsx", words)


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    def read(**settings: Any) -> list[Any]:
        return list(opened(tmp_path, **settings).entries())

    check_words(Misconfigured, read, "people.xlsx")
    xlsx(tmp_path, [NAMES, *ROWS])
    there = "no sheet Clients", "Contacts, Notes"
    check_words(Misconfigured, lambda: read(sheet="Clients"), *there)
    check_words(Misconfigured, lambda: read(sheet="[Contacts$A1:C9]"), "[Contacts$]")
    whole = (tmp_path / "people.xlsx").read_bytes()
    (tmp_path / "people.xlsx").write_bytes(whole[: len(whole) // 2])
    check_words(Misconfigured, read, "damaged")
    (tmp_path / "people.xlsx").write_text("Id;lastname\n1;Durand\n")
    check_words(Misconfigured, read, "no Excel file")


def test_a_small_file_that_asks_for_all_memory(tmp_path: Path) -> None:
    """Two cells, in the first and in the last corner: 17 thousand million cells to a reader that
    trusts them."""
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Id", "lastname"
    book.save(tmp_path / "people.xlsx")
    limit = f"{MEMORY >> 20} MB"
    check_words(Misconfigured, lambda: list(opened(tmp_path).entries()), "too large", limit)


def test_an_archive_that_unpacks_to_all_memory(tmp_path: Path) -> None:
    xlsx(tmp_path, [["Id"]])
    path = tmp_path / "people.xlsx"
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    text = b"<c t='inlineStr'><is><t>" + b"x" * 1_000_000 + b"</t></is></c>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, part in parts.items():
            rows = b"<row>" + text + b"</row>"
            new.writestr(name, part.replace(b"</sheetData>", rows * 250 + b"</sheetData>"))
    assert path.stat().st_size < 5_000_000
    check_words(Misconfigured, lambda: list(opened(tmp_path).entries()), "memory")


def test_names_of_sheets() -> None:
    assert sheet_name("[Liste $$]") == "Liste $"
    assert sheet_name("['My people$']") == "My people"
    assert sheet_name("Price in $ 2020") == "Price in $ 2020"

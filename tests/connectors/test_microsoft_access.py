"""Access databases, by the real mdbtools; the files are our own (`mdb_files`)."""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.mdb_files import BOOL, DATE, DOUBLE, INTEGER, MEMO, TEXT, Table, written
from tests.contracts.connector import (
    check_class,
    check_entries,
    check_leaves_nothing_open,
    check_words,
)
from tests.peers import mdbtools, require_peer
from tws import connectors
from tws.connectors.databases.microsoft_access import Access
from tws.sources.errors import Misconfigured
from tws.sources.values import Value

COLUMNS = [
    ("Id", INTEGER),
    ("lastname", TEXT),
    ("tel1", DOUBLE),
    ("born", DATE),
    ("seen", DATE),
    ("vip", BOOL),
    ("note", MEMO),
]
BORN = datetime.fromisoformat("1970-01-31")
SEEN = datetime.fromisoformat("2020-02-29 13:30:00")
ROWS = [
    (1, 'Élodie; "x"', 155171889.0, BORN, SEEN, True, "two\r\nlines"),
    (2, "Martin", None, None, None, False, None),
]
EXPECTED: list[Mapping[str, Value]] = [
    {
        "Id": "1",
        "lastname": 'Élodie; "x"',
        "tel1": "155171889",
        "born": "1970-01-31",
        "seen": "2020-02-29 13:30:00",
        "vip": "1",
        "note": "two\r\nlines",
    },
    {"Id": "2", "lastname": "Martin", "vip": "0"},
]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an Access file of two tables; mdbtools is installed."""
    require_peer("mdbtools")
    programs = mdbtools.installed(tmp_path / "programs")
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    folder = tmp_path / "files"
    folder.mkdir()
    many = [(n, f"{n}") for n in range(3000)]
    tables = Table("Contacts", COLUMNS, ROWS), Table("Others", [("n", INTEGER), ("t", TEXT)], many)
    written(folder / "mydatabase.mdb", *tables)
    return folder


def opened(folder: Path, table: str = "Contacts", file: str = "mydatabase.mdb") -> Access:
    found = connectors.opened("access", {"file": file, "table": table}, folder)
    assert isinstance(found, Access)
    return found


def test_what_the_administration_looks_at() -> None:
    check_class(Access)
    assert connectors.connectors()["access"] is Access


@pytest.mark.parametrize("table", ["Contacts", "contacts"])
def test_a_table(files: Path, table: str) -> None:
    check_entries(opened(files, table, r"C:\Annuaire\mydatabase.mdb"), EXPECTED)


def test_all_pages_of_a_table(files: Path) -> None:
    assert [entry.values["n"] for entry in opened(files, "Others").entries()] == [
        str(n) for n in range(3000)
    ]
    check_leaves_nothing_open(opened(files, "Others"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "odbc",
            r"Driver={Microsoft Access Driver(*.mdb)};Dbq=C:\Annuaire\mydatabase.mdb;"
            "Uid=Admin;Pwd=;",
        ),
        ("odbc", r"Driver={Microsoft Access Driver (*.mdb, *.accdb)};Dbq=mydatabase.mdb"),
        ("ole_db", r"Provider=Microsoft.Jet.OLEDB.4.0;Data Source=C:\x\mydatabase.mdb"),
        ("ole_db", r"Provider=Microsoft.ACE.OLEDB.12.0;Data Source='mydatabase.mdb'"),
    ],
)
@pytest.mark.parametrize("table", ["Contacts", "[Contacts]", "select * from Contacts;"])
def test_the_strings_of_windows(files: Path, name: str, text: str, table: str) -> None:
    values: dict[str, Any] = {"connection_string": text, "table": table}
    found = connectors.opened(name, values, files)
    assert [entry.values for entry in found.entries()] == EXPECTED


def test_what_is_wrong_is_said(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = "no table Clients", "Contacts, Others"
    check_words(Misconfigured, lambda: list(opened(files, "Clients").entries()), *there)
    check_words(Misconfigured, lambda: list(opened(files, "-D").entries()), "no table -D")
    (files / "broken.mdb").write_bytes(b"Id;lastname\n" * 1000)
    check_words(
        Misconfigured, lambda: list(opened(files, file="broken.mdb").entries()), "no Access"
    )
    whole = (files / "mydatabase.mdb").read_bytes()
    (files / "mydatabase.mdb").write_bytes(whole[: 4096 * 3])
    check_words(Misconfigured, lambda: list(opened(files).entries()), "mydatabase.mdb")
    monkeypatch.setenv("PATH", "/none")
    check_words(Misconfigured, lambda: list(opened(files).entries()), "mdbtools")

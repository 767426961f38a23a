"""The report of an erasure says of each kind of rows what it is, in both languages."""

import re
from pathlib import Path

import pytest

import tws.app.house  # noqa: F401  every room's tables are known
from tws.maintenance.company_data import TRACES
from tws.storage.belonging import OfCompany, tables

WORDS = Path(__file__).parents[2] / "frontend/src/admin/words"
ROW = re.compile(r"^    (\w+): \"", re.MULTILINE)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_kind_of_rows_has_its_words(language: str) -> None:
    said = ROW.findall((WORDS / f"erased.{language}.ts").read_text(encoding="utf-8"))
    assert set(said) == {table.name for table in tables(OfCompany(""))} | {TRACES}

"""docs/promises.md names for each promise the tests that show it: each of them is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "promises.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
ROWS = [
    line
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| what ")
]


def test_they_are_found() -> None:
    assert len(ROWS) == 18 and all(row.count("|") == 4 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row[2:40] for row in ROWS])
def test_each_promise_is_shown_by_tests_that_are_there(row: str) -> None:
    found = NAMED.findall(row)
    assert found and len(found) == row.count("`tests/"), "one is not named as it should be"
    for file, name in found:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^(async )?def {name}\(", text, re.MULTILINE), f"{file}::{name}"

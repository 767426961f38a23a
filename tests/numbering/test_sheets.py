"""Rules in files: what was written comes back, and spreadsheets do no harm."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.errors import Invalid
from tws.numbering import default_rules
from tws.numbering.sheets import LARGEST, read_sheet, to_csv, to_json
from tws.organisation.model import DialRule

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), max_size=20
)
RULES = st.lists(
    st.builds(DialRule, st.integers(0, 999_999), TEXT, TEXT, TEXT, st.booleans()), max_size=8
).map(tuple)


@given(RULES)
def test_what_was_written_is_read_back(rules: tuple[DialRule, ...]) -> None:
    assert read_sheet(to_csv(rules)) == rules
    assert read_sheet(to_json(rules)) == rules


def test_the_default_set_survives_both() -> None:
    rules = default_rules()
    assert read_sheet(to_csv(rules)) == read_sheet(to_json(rules)) == rules


def test_no_cell_is_a_formula() -> None:
    rule = DialRule(1, "=HYPERLINK(1)", "+33", "@x")
    text = to_csv([rule]).decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(text)))[1]
    assert cells == ["1", "'=HYPERLINK(1)", "'+33", "'@x", "0"]


def test_the_guides_french_sheet_from_a_french_windows() -> None:
    sheet = 'Priorité;Nom;Modèle;Valeur\r\n5;"Île; côté";+33;0\r\n;;;\r\n7;x;"[a""b]";$1\r\n'
    assert read_sheet(sheet.encode("cp1252")) == (
        DialRule(5, "Île; côté", "+33", "0"),
        DialRule(7, "x", '[a"b]', "$1"),
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "names no column pattern nor priority nor value"),
        (b"priority,pattern,value\nfive,1,2\n", "Line 2: 'five' is no priority"),
        (b'priority,pattern,value\n1,"1,2\n', "no CSV"),
        (b'[{"priority": "1"}]', "no list of rules in JSON"),
        (b"{}", "no list of rules in JSON"),
        (b"x" * (LARGEST + 1), "too large"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_sheet(data)
    assert words in caught.value.message
    assert caught.value.details["field"] == "file"


@given(st.binary(max_size=200))
def test_no_file_makes_a_fault(data: bytes) -> None:
    try:
        read_sheet(data)
    except Invalid:
        pass

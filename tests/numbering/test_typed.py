"""What people paste into a number field, and the words they are answered with."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.errors import Invalid
from tws.numbering import clean, read_typed, split_numbers


@pytest.mark.parametrize(
    ("text", "number", "extension"),
    [
        ("01 55 17 18 89", "0155171889", ""),
        ("01.55.17.18.89", "0155171889", ""),
        ("+33 (0)1 55 17 18 89", "+33(0)155171889", ""),
        ("(+33) 1 55 17 18 89", "+33155171889", ""),
        ("+1 (212) 555-1234", "+1(212)5551234", ""),
        ("(212) 555-1234", "2125551234", ""),
        ("030/1234567", "0301234567", ""),
        ("\u202a+33\u00a01\u202f55\u201117\u201118\u201189\u202c", "+33155171889", ""),
        ("０１５５１７１８８９", "0155171889", ""),
        ("٠١٥٥١٧١٨٨٩", "0155171889", ""),
        ("tel:+33-1-55-17-18-89;phone-context=example.org", "+33155171889", ""),
        ("tel:%2B33155171889;ext=12", "+33155171889", "12"),
        ("Tél. : 01 55 17 18 89", "0155171889", ""),
        ("0155171889 poste 4092", "0155171889", "4092"),
        ("0155171889 ext. 12", "0155171889", "12"),
        ("0155171889x12", "0155171889", "12"),
        ("0155171889,,1234#", "0155171889", "1234"),
        ("#21*4092#", "#21*4092#", ""),
        ("*77", "*77", ""),
        ("4092", "4092", ""),
    ],
)
def test_reads_what_people_paste(text: str, number: str, extension: str) -> None:
    typed = read_typed(text)
    assert (typed.number, typed.extension) == (number, extension)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Type a number"),
        ("   \u200b ", "Type a number"),
        ("0155 17 18 89maison", "no letters: maison"),
        ("1-800-FLOWERS", "no letters: FLOWERS"),
        ("01=55", "no such sign: ="),
        ("alice@example.org", "no letters"),
        ("+", "no digit"),
        ("( )", "no digit"),
        ("1" * 65, "too long"),
        ("0155171889 ou 0601020304", "several numbers"),
        ("01 55 17 18 89 / 06 01 02 03 04", "several numbers"),
    ],
)
def test_refuses_with_words(text: str, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        read_typed(text)
    assert refused.value.details == {"field": "number"}
    assert refused.value.said.template and words.partition(":")[0] in refused.value.said.template


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("01 55 17 18 89", ["01 55 17 18 89"]),
        ("0155171889 ou 0601020304", ["0155171889", "0601020304"]),
        ("0155171889; 0601020304", ["0155171889", "0601020304"]),
        ("0155171889, poste 12", ["0155171889 poste 12"]),
        ("0155171889\n4092", ["0155171889", "4092"]),
        ("01 55 17 18 89 / 06 01 02 03 04", ["01 55 17 18 89", "06 01 02 03 04"]),
        ("6660 / 01 55 17 18 91", ["6660", "01 55 17 18 91"]),
        ("4092 / 4093", ["4092", "4093"]),
        ("4092 / 4093 / 4094", ["4092", "4093", "4094"]),
        ("4092 /4093", ["4092", "4093"]),
        ("01 55 17 18 89 / 4092", ["01 55 17 18 89", "4092"]),
        ("01/55/17/18/89 / 06/01/02/03/04", ["01/55/17/18/89", "06/01/02/03/04"]),
        ("030/1234567 / 4092", ["030/1234567", "4092"]),
        ("0155171889,0601020304", ["0155171889", "0601020304"]),
        ("4092, 4093", ["4092", "4093"]),
        ("4092 & 4093", ["4092", "4093"]),
        ("01 55 17 18 89 - 06 01 02 03 04", ["01 55 17 18 89", "06 01 02 03 04"]),
        ("01/55/17/18/89", ["01/55/17/18/89"]),
        ("01 / 55 / 17 / 18 / 89", ["01 / 55 / 17 / 18 / 89"]),
        ("030 / 1234567", ["030 / 1234567"]),
        ("+49 30 / 1234567", ["+49 30 / 1234567"]),
        ("(030) / 1234567", ["(030) / 1234567"]),
        ("01 - 55 - 17 - 18 - 89", ["01 - 55 - 17 - 18 - 89"]),
        ("030/1234567", ["030/1234567"]),
        ("0155171889,,1234#", ["0155171889,,1234#"]),
        ("tel:+33155171889;ext=12", ["tel:+33155171889;ext=12"]),
        ("", []),
    ],
)
def test_several_numbers_in_one_field(text: str, numbers: list[str]) -> None:
    assert split_numbers(text) == numbers


@pytest.mark.parametrize(
    ("number", "cleaned"),
    [
        ("+33 1 55", "+33155"),
        ("00155171889", "00155171889"),
        ("12AB*#", "12AB*#"),
        ("sip:4092@pbx.ssdei.local", "4092"),
        ("sip:alice@pbx.ssdei.local", ""),
        ("SIP/trunk-00000012", ""),
        ("anonymous", ""),
        ("", ""),
        ("0155\r\nAction: Originate", ""),
    ],
)
def test_cleans_what_a_pbx_reports(number: str, cleaned: str) -> None:
    assert clean(number) == cleaned


@given(st.text(max_size=100))
def test_any_text_is_read_or_refused_with_words(text: str) -> None:
    try:
        typed = read_typed(text)
    except Invalid as refused:
        assert refused.message
        return
    assert set(typed.number) <= set("0123456789+*#()")
    assert "+" not in typed.number[1:]
    assert any(c.isdigit() for c in typed.number)
    assert typed.extension == "" or typed.extension.isdigit()


@given(st.text(max_size=100))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert set(once) <= set("0123456789*#+ABCD")
    assert clean(once) == once


@given(st.text(max_size=300))
def test_splitting_loses_no_digit(text: str) -> None:
    """It may add those that two numbers have in common: `01 44 11 22 41/42`."""
    left = iter([c for part in split_numbers(text) for c in clean_digits(part)])
    assert all(digit in left for digit in clean_digits(text))


def clean_digits(text: str) -> str:
    """Every digit of a text, as ASCII, after compatibility forms."""

    plain = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.digit(c)) for c in plain if unicodedata.category(c) == "Nd")

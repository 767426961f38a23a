"""Device identifiers as switches write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.protocols.csta.notation import Notation, is_number, understand


@pytest.mark.parametrize(
    ("text", "number", "name"),
    [
        ("2098", "2098", None),
        ("+33140000001", "+33140000001", None),
        ("N<302118840100>;noa=nk", "302118840100", None),
        ("N<+33140000001>Line 1;displayNumber=00001", "+33140000001", "Line 1"),
        (
            "N<+33140000001>+ 33(1)40000001;displayNumber=1;uid=FF",
            "+33140000001",
            "+ 33(1)40000001",
        ),
        ("N<123!98>", "123", None),
        ("N<4001&4002;x>Alice", "4001", "Alice"),
        ("N<>Nobody", "", "Nobody"),
        ("sip:4001@pbx.example;user=phone", "4001", None),
        ("SIPS:%2B331@pbx.example", "+331", None),
        ("tel:+33-1.40(00)00 01;phone-context=x", "+33140000001", None),
        ("tel:4922;device=0014F29CD919", "4922", None),
        ("4001@pbx.example", "4001", None),
        ("12345:CM:192.0.2.1:0", "12345", None),
        ("N<unclosed", "N<unclosed", None),
        ("", "", None),
    ],
)
def test_number_and_name_are_found(text: str, number: str, name: str | None) -> None:
    assert understand(text) == Notation(number, name)


@given(st.text())
def test_any_text_is_understood_somehow(text: str) -> None:
    assert len(understand(text).number) <= 512


def test_a_template_is_only_for_numbers() -> None:
    assert is_number("4001")
    assert is_number("*21#")
    assert not any(map(is_number, ("N<4001>", "sip:4001@x", "TEL:1", "4001@x")))

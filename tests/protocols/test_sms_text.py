"""Texts of short messages: each part fits, nothing is lost, what belongs together stays so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.protocols.sms.alphabet import (
    BASIC,
    ESCAPE,
    EXTENSION,
    Alphabet,
    alphabet_of,
    decoded,
    encoded,
)
from tws.protocols.sms.segments import ALONE, HEADER, TOGETHER, header, segmented

GSM = st.sampled_from([sign for at, sign in enumerate(BASIC) if at != ESCAPE] + [*EXTENSION])
GSM_TEXTS = st.text(GSM, max_size=700)
TEXTS = st.text(
    st.one_of(GSM, st.characters(exclude_categories=["Cs"]), st.sampled_from("ê😀д漢")),
    max_size=400,
)
OCTETS = 140


def test_the_tables_are_those_of_the_standard() -> None:
    """TS 23.038, 6.2.1: some cells of the table, and the extension's euro."""
    assert len(BASIC) == 128 and len(set(BASIC)) == 128
    for sign, septet in (
        ("@", 0),
        ("Δ", 0x10),
        (" ", 0x20),
        ("¡", 0x40),
        ("¿", 0x60),
        ("à", 0x7F),
    ):
        assert encoded(sign, Alphabet.GSM7) == bytes([septet])
    assert encoded("€", Alphabet.GSM7) == b"\x1b\x65"
    with pytest.raises(ValueError, match="not in the GSM alphabet"):
        encoded("ê", Alphabet.GSM7)


@given(GSM_TEXTS)
def test_what_gsm_has_comes_back(text: str) -> None:
    assert alphabet_of(text) is Alphabet.GSM7
    assert decoded(encoded(text, Alphabet.GSM7), Alphabet.GSM7) == text


@given(TEXTS)
def test_each_part_fits_and_nothing_is_lost(text: str) -> None:
    found = segmented(text)
    assert "".join(found.texts) == text
    room = (ALONE if len(found.texts) == 1 else TOGETHER)[found.alphabet]
    each = [encoded(part, found.alphabet) for part in found.texts]
    units = [len(x) if found.alphabet is Alphabet.GSM7 else len(x) // 2 for x in each]
    assert all(size <= room for size in units)
    assert units[-1] + found.left == room
    # A part is closed only where the next sign had no room in it.
    assert all(size >= room - 1 for size in units[:-1])
    # None is cut in an escape, or between the halves of a character.
    assert [decoded(x, found.alphabet) for x in each] == list(found.texts)
    packed = [
        (size * 7 + 7) // 8 if found.alphabet is Alphabet.GSM7 else 2 * size for size in units
    ]
    own = HEADER if len(units) > 1 else 0
    assert all(octets + own <= OCTETS + (own and 1) for octets in packed)


@given(TEXTS)
def test_ucs2_can_be_asked_for(text: str) -> None:
    found = segmented(text, Alphabet.UCS2)
    assert found.alphabet is Alphabet.UCS2 and "".join(found.texts) == text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("x" * 152 + "€" + "x" * 152, 3),
        ("ê" * 70, 1),
        ("ê" * 71, 2),
        ("😀" * 35, 1),
        ("😀" * 66, 2),
        ("😀" * 67, 3),
    ],
)
def test_how_many_parts(text: str, parts: int) -> None:
    """The same as in the page: `frontend/src/caller/sms/segments.test.ts`."""
    assert len(segmented(text).texts) == parts


def test_a_header_says_which_part_it_is() -> None:
    """TS 23.040, 9.2.3.24.1."""
    assert header(0x1A5, ["a", "b", "c"], 1) == bytes([5, 0, 3, 0xA5, 3, 2])

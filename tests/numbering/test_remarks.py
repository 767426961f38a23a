"""Words beside a number are set aside, never made digits of; what is unclear is no number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.numbering.domains import PARIS
from tws.errors import Invalid
from tws.numbering import dialable, read_typed, same_number, split_numbers
from tws.numbering.display import display_written

READ = [
    # text, number, extension, words
    ("01 44 11 22 44 (sauf lundi)", "0144112244", "", "sauf lundi"),
    ("06 11 22 33 44 perso", "0611223344", "", "perso"),
    ("01 44 11 22 45 - standard", "0144112245", "", "standard"),
    ("0144112245, demander Paul", "0144112245", "", "demander Paul"),
    ("01 44 11 22 44 STANDARD", "0144112244", "", "STANDARD"),
    ("+33 (0)1 44 11 22 44 direct", "+33(0)144112244", "", "direct"),
    ("+1 (212) 555-1234 (home)", "+1(212)5551234", "", "home"),
    ("(standard) 01 44 11 22 44", "0144112244", "", "standard"),
    ("Standard : 01 44 11 22 44", "0144112244", "", "Standard"),
    ("Accueil et standard : 01 44 11 22 44", "0144112244", "", "Accueil et standard"),
    ("Tél perso : 06 11 22 33 44", "0611223344", "", "Tél perso"),
    ("M. Dupont 01 44 11 22 44", "0144112244", "", "M. Dupont"),
    ("Bureau 01 44 11 22 44 direct", "0144112244", "", "Bureau, direct"),
    ("01 44 11 22 44 (bât. 3)", "0144112244", "", "bât. 3"),
    ("4092 (perso)", "4092", "", "perso"),
    ("4092 (ACCUEIL)", "4092", "", "ACCUEIL"),
    ("4092 - accueil", "4092", "", "accueil"),
    ("Accueil : 4092", "4092", "", "Accueil"),
    # an extension in other words
    ("01.44.11.70.05 (poste 3)", "0144117005", "3", ""),
    ("01.44.11.70.05 p 3", "0144117005", "3", ""),
    ("01.44.11.70.05 p. 3", "0144117005", "3", ""),
    ("01 44 11 70 05 poste n° 3", "0144117005", "3", ""),
    ("01 44 11 70 05 poste 12 (sauf lundi)", "0144117005", "12", "sauf lundi"),
    ("01 44 11 70 05 (le matin) poste 12", "0144117005", "12", "le matin"),
    ("0155171889 #12", "0155171889", "12", ""),
    ("0155171889#12", "0155171889", "12", ""),
    ("#21*4092#12", "#21*4092#12", "", ""),
    ("*77 #12", "*77#12", "", ""),
    # the same 0 twice
    ("+33 (0) 01 44 11 70 05", "+33(0)144117005", "", ""),
    ("+33(0)(0)144117005", "+33(0)144117005", "", ""),
]
UNCLEAR = [
    "1-800-FLOWERS",
    "1 800 FLOWERS",
    "1 800 - FLOWERS",
    "4092 ACCUEIL",
    "4092 perso",
    "12 rue de la Paix",
    "0144112244perso",
    "perso0144112244",
    "01 44 11 sauf 22 44",
    "01 44 11 22 44 bureau 12",
    "01 44 11 22 44 (fax 01 44 11 22 45)",
    "alice12345678@example.org",
    "http://example.org/12345678",
    "user 12345678@example.org",
    "alice@example.org 12345678",
    "https://example.org 12345678",
]


@pytest.mark.parametrize(("text", "number", "extension", "words"), READ)
def test_words_are_set_aside(text: str, number: str, extension: str, words: str) -> None:
    typed = read_typed(text)
    assert (typed.number, typed.extension, typed.remark) == (number, extension, words)


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_unclear_is_no_number(text: str) -> None:
    with pytest.raises(Invalid, match="no letters") as refused:
        read_typed(text)
    assert refused.value.details == {"field": "number"}


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("01 44 11 22 44 (sauf lundi)", "00144112244"),
        ("+33 (0) 01 44 11 70 05", "00144117005"),
        ("+33(0)(0)144117005", "00144117005"),
        ("0155171889 #12", "00155171889"),
    ],
)
def test_the_number_alone_is_dialled_and_recognised(text: str, sent: str) -> None:
    assert dialable(text, PARIS) == sent
    assert same_number(sent, text, PARIS)


def test_the_words_are_shown() -> None:
    assert display_written("0144112244 (sauf lundi)", PARIS) == (
        "01 44 11 22 44 (sauf lundi)",
        "",
    )
    assert display_written("0144112244 poste 3 (lundi)", PARIS) == ("01 44 11 22 44 (lundi)", "3")
    assert display_written("0144112244", PARIS) == ("01 44 11 22 44", "")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("01-44-11-22-41/42", ["01-44-11-22-41", "01-44-11-22-42"]),
        ("01-44-11-22-41/42/43", ["01-44-11-22-41", "01-44-11-22-42", "01-44-11-22-43"]),
        ("01 44 11 22 41 / 42", ["01 44 11 22 41", "01 44 11 22 42"]),
        ("0144112241/2242", ["0144112241", "0144112242"]),
        ("01.44.11.22.98/101", ["01.44.11.22.98", "01.44.11.21.01"]),
        ("02 555 12 34/35", ["02 555 12 34", "02 555 12 35"]),
        (
            "Standard 01-44-11-22-41/42 (sauf lundi)",
            ["Standard 01-44-11-22-41 (sauf lundi)", "Standard 01-44-11-22-42 (sauf lundi)"],
        ),
        ("01 44 11 22 41 / 4092", ["01 44 11 22 41", "4092"]),
        ("01 55 17 18/89", ["01 55 17 18/89"]),
        ("030/1234567", ["030/1234567"]),
        ("01 44 11 22 44 perso, 06 11 22 33 44", ["01 44 11 22 44 perso", "06 11 22 33 44"]),
        ("01 44 11 22 44 (ou 06 11 22 33 44)", ["01 44 11 22 44", "06 11 22 33 44"]),
        ("01 44 11 22 44 (lundi et mardi)", ["01 44 11 22 44 (lundi et mardi)"]),
    ],
)
def test_numbers_that_are_written_together(text: str, numbers: list[str]) -> None:
    assert split_numbers(text) == numbers


@given(
    st.lists(
        st.sampled_from(
            ["01 44 11 22 44", "4092", "+33", "(0)", "perso", "(lundi)", "p 3", " ", "-", "/", "X"]
        ),
        min_size=1,
        max_size=8,
    )
)
def test_no_letter_becomes_a_digit(parts: list[str]) -> None:
    text = " ".join(parts)
    try:
        typed = read_typed(text)
    except Invalid:
        return
    left = iter(text)
    assert all(digit in left for digit in typed.bare + typed.extension if digit.isdigit())

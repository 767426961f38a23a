"""Numbers as people of the country read them."""

import pytest

from tests.numbering.domains import BOSTON, MILAN, PARIS
from tws.numbering import display, display_written
from tws.organisation.model import Domain


@pytest.mark.parametrize(
    ("domain", "number", "shown"),
    [
        (PARIS, "00155171889", "01 55 17 18 89"),
        (PARIS, "+33155171889", "01 55 17 18 89"),
        (PARIS, "00491234567", "04 91 23 45 67"),
        (PARIS, "0003906 12345678", "+39 06 1234 5678"),
        (PARIS, "4092", "4092"),
        (PARIS, "*77", "*77"),
        (PARIS, "anonymous", "anonymous"),
        (PARIS, "", ""),
        (PARIS, "042141906666", "42141906666"),
        (MILAN, "00612345678", "06 1234 5678"),
        (BOSTON, "92125551234", "(212) 555-1234"),
    ],
)
def test_heard_numbers(domain: Domain, number: str, shown: str) -> None:
    assert display(number, domain) == shown


@pytest.mark.parametrize(
    ("number", "shown", "extension"),
    [
        ("+33 (0)1.55.17.18.89", "01 55 17 18 89", ""),
        ("0155171889 poste 12", "01 55 17 18 89", "12"),
        ("not a number", "not a number", ""),
    ],
)
def test_written_numbers(number: str, shown: str, extension: str) -> None:
    assert display_written(number, PARIS) == (shown, extension)

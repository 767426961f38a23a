"""The short way of reading numbers of one's own country says what the library says."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tws.numbering.home import KINDS, home_grouped, home_number

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


def by_the_library(digits: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A number as of some country, and the country: valid ones, and those beside them."""
    region = draw(st.sampled_from(REGIONS))
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
    assert metadata is not None
    kind = getattr(metadata, draw(st.sampled_from(KINDS)))
    national = list((kind.example_number if kind is not None else None) or "123456789")
    for _ in range(draw(st.integers(0, 4))):
        national[draw(st.integers(0, len(national) - 1))] = draw(st.sampled_from("0123456789"))
    more = draw(st.text("0123456789", max_size=2))
    code = f"+{metadata.country_code}"
    trunk = metadata.national_prefix or "0"
    prefix = draw(st.sampled_from(["", trunk, "0", "00", "8", code, code + trunk, "+1"]))
    return prefix + "".join(national) + more, region


@given(written())
def test_it_is_what_the_library_says(number: tuple[str, str]) -> None:
    digits, region = number
    found = home_number(digits, region)
    if found is not None:
        assert found == by_the_library(digits, region)


@given(written())
def test_it_is_grouped_as_by_the_library(number: tuple[str, str]) -> None:
    digits, region = number
    e164 = f"+{phonenumbers.country_code_for_region(region)}{digits}"
    grouped = home_grouped(e164, region)
    if grouped is not None:
        number_there = phonenumbers.parse(e164)
        national = phonenumbers.PhoneNumberFormat.NATIONAL
        assert grouped == phonenumbers.format_number(number_there, national)


@pytest.mark.parametrize(
    ("e164", "region", "grouped"),
    [
        ("+33155171889", "FR", "01 55 17 18 89"),
        ("+33800123456", "FR", "0 800 12 34 56"),
        ("+4930123456", "DE", "030 123456"),
        ("+390612345678", "IT", None),
        ("+12015550123", "US", None),
    ],
)
def test_how_it_is_grouped(e164: str, region: str, grouped: str | None) -> None:
    assert home_grouped(e164, region) == grouped


@pytest.mark.parametrize(
    ("digits", "region", "e164"),
    [
        ("0155171889", "FR", "+33155171889"),
        ("0612345678", "FR", "+33612345678"),
        ("030123456", "DE", "+4930123456"),
        ("+33155171889", "FR", "+33155171889"),
        ("+330155171889", "FR", None),
        ("+49155171889", "FR", None),
        ("0155171", "FR", None),
        ("33155171889", "FR", None),
        ("0033155171889", "FR", None),
        ("", "FR", None),
        ("0155171889", "ZZ", None),
    ],
)
def test_what_it_reads(digits: str, region: str, e164: str | None) -> None:
    assert home_number(digits, region) == e164

"""Numbers of the plan's own country, written as there: `01 55 17 18 89` in France.

What the phone-number library says of them in thirty microseconds is here one expression, made of
the library's own metadata. Whatever is not certain is left to the library.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneMetadata
from phonenumbers.phonemetadata import NumberFormat, PhoneNumberDesc

FIRST_GROUP = re.compile(r"(\\\d)")
GROUP = re.compile(r"\\(\d)")
KINDS = (
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "voip",
    "pager",
    "uan",
    "voicemail",
)
"The kinds of numbers of which the library calls a number valid."


def _simple(region: str) -> PhoneMetadata | None:
    """None for countries whose numbers are not told simply."""
    metadata = PhoneMetadata.metadata_for_region(region, None)
    if metadata is None or metadata.national_prefix_transform_rule:
        return None
    if not (metadata.national_prefix_for_parsing or "").isdigit():
        return None
    code = phonenumbers.country_code_for_region(region)
    alone = phonenumbers.region_codes_for_country_code(code) == (region,)
    return metadata if alone else None


@lru_cache(maxsize=256)
def _valid(region: str) -> re.Pattern[str] | None:
    """Matches the national prefix, or `+` and the country code, and a valid number behind it
    (group 1). None for countries whose numbers are not told as simply: several share a code, or
    the prefix is more than digits."""
    metadata = _simple(region)
    if metadata is None:
        return None
    kinds = "|".join(filter(None, (_pattern(getattr(metadata, kind)) for kind in KINDS)))
    whole = _pattern(metadata.general_desc)
    if not whole or not kinds:
        return None
    # What begins as numbers abroad do is read as one of them.
    abroad = f"(?!{metadata.international_prefix})" if metadata.international_prefix else ""
    prefix, code = metadata.national_prefix_for_parsing, metadata.country_code
    begins = rf"(?:{abroad}{prefix}|\+{code}(?!{prefix}))"
    return re.compile(f"{begins}(?!0)((?=(?:{whole})\\Z)(?:{kinds}))")


def _pattern(desc: PhoneNumberDesc | None) -> str:
    if desc is None or not desc.national_number_pattern:
        return ""
    lengths = [length for length in desc.possible_length if length > 0]
    if not lengths:
        return f"(?:{desc.national_number_pattern})"
    several = "|".join(f"[0-9]{{{length}}}" for length in lengths)
    return f"(?=(?:{several})\\Z)(?:{desc.national_number_pattern})"


def home_number(digits: str, region: str) -> str | None:
    """The E.164 form of a valid number of the country; None leaves it to the library."""
    valid = _valid(region)
    found = valid.fullmatch(digits) if valid is not None else None
    if found is None:
        return None
    return f"{_code_and_prefix(region)[0]}{found[1]}"


@dataclass(frozen=True, slots=True)
class _Grouping:
    begins: re.Pattern[str] | None
    whole: re.Pattern[str]
    template: str
    "With the national prefix; `{0}` is the first group of digits."


def _with_prefix(one: NumberFormat) -> str:
    if not one.national_prefix_formatting_rule:
        return str(one.format)
    return FIRST_GROUP.sub(one.national_prefix_formatting_rule, str(one.format), count=1)


@lru_cache(maxsize=256)
def _groupings(region: str) -> tuple[_Grouping, ...]:
    metadata = _simple(region)
    formats = metadata.number_format if metadata is not None else ()
    return tuple(
        _Grouping(
            re.compile(one.leading_digits_pattern[-1]) if one.leading_digits_pattern else None,
            re.compile(one.pattern),
            GROUP.sub(lambda m: f"{{{int(m[1]) - 1}}}", _with_prefix(one)),
        )
        for one in formats
        if one.pattern and one.format
    )


@lru_cache(maxsize=256)
def _code_and_prefix(region: str) -> tuple[str, str]:
    metadata = _simple(region)
    prefix = metadata.national_prefix_for_parsing if metadata is not None else None
    return f"+{phonenumbers.country_code_for_region(region)}", prefix or "0"


def home_grouped(e164: str, region: str) -> str | None:
    """A number of the country as people there write it; None leaves it to the library."""
    groupings = _groupings(region)
    code, prefix = _code_and_prefix(region)
    national = e164[len(code) :]
    if national.startswith(("0", prefix)):
        return None  # the library may take it off
    for one in groupings:
        if one.begins is None or one.begins.match(national):
            found = one.whole.fullmatch(national)
            if found is not None:
                return one.template.format(*found.groups())
    return None

"""Numbers of the plan's own country, written as there: `01 55 17 18 89` in France.

What the phone-number library says of them in thirty microseconds is here one expression, made of
the library's own metadata. Whatever is not certain is left to the library.
"""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneMetadata
from phonenumbers.phonemetadata import PhoneNumberDesc

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


@lru_cache(maxsize=256)
def _valid(region: str) -> re.Pattern[str] | None:
    """Matches the national prefix and a valid number behind it (group 1). None for countries whose
    numbers are not told as simply: several share a code, or the prefix is more than digits."""
    metadata = PhoneMetadata.metadata_for_region(region, None)
    if metadata is None or metadata.national_prefix_transform_rule:
        return None
    prefix = metadata.national_prefix_for_parsing or ""
    if not prefix.isdigit():
        return None
    code = phonenumbers.country_code_for_region(region)
    if phonenumbers.region_codes_for_country_code(code) != (region,):
        return None
    kinds = "|".join(filter(None, (_pattern(getattr(metadata, kind)) for kind in KINDS)))
    whole = _pattern(metadata.general_desc)
    if not whole or not kinds:
        return None
    # What begins as numbers abroad do is read as one of them.
    abroad = f"(?!{metadata.international_prefix})" if metadata.international_prefix else ""
    return re.compile(f"{abroad}{prefix}(?!0)((?=(?:{whole})\\Z)(?:{kinds}))")


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
    return f"+{phonenumbers.country_code_for_region(region)}{found[1]}"

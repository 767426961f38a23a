"""By what a contact is found and sorted: told once for those that people write and those that a
source brings. Pure.
"""

from collections.abc import Iterable, Sequence

from tws.directory.text import folded
from tws.numbering import DialPlan, Reading, written

LONGEST_SORT = 1000


def readings(numbers: Iterable[str], plan: DialPlan | None) -> tuple[Reading | None, ...]:
    """How the dial plan reads each number; None = it is none."""
    return tuple(written(number, plan) if plan else None for number in numbers)


def searched(
    names: Sequence[str], emails: Sequence[str], numbers: Iterable[Reading | None]
) -> str:
    """The folded text that searches look into: names, addresses, and numbers as they compare."""
    return folded([*names, *emails, *(number.digits for number in numbers if number)])


def private_text(texts: Sequence[str]) -> str | None:
    """What private fields are found by; None where they are empty."""
    return folded(texts) or None if any(texts) else None


def sort_key(last_name: str, first_name: str, organisation: str) -> str:
    return folded([last_name, first_name, organisation])[:LONGEST_SORT]

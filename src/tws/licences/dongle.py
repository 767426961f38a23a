"""The dongle number of an installation (3.3.1): 128 random bits, in 8 groups of 4 digits."""

import re
import secrets

GROUPS = 8
_FORM = re.compile(rf"[0-9A-F]{{4}}(-[0-9A-F]{{4}}){{{GROUPS - 1}}}")


def new_dongle() -> str:
    return written(secrets.token_hex(2 * GROUPS))


def written(text: str) -> str:
    """As it is shown; ValueError where it is no dongle number."""
    digits = "".join(c for c in text.upper() if c not in "- \t\n")
    groups = "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))
    if not _FORM.fullmatch(groups):
        raise ValueError("a dongle number has 8 groups of 4 of the digits 0-9 A-F")
    return groups

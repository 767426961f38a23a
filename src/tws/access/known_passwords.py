"""Passwords that anybody tries first: those of installations, of broken accounts, and of habit.

Nobody else is asked: the list is a file here (passwords_of_lists.txt)."""

import string
from functools import cache
from itertools import pairwise
from pathlib import Path

from tws.organisation.words import fold

LISTS = Path(__file__).with_name("passwords_of_lists.txt")

WORDS = frozenset(
    """
    tws admin administrator administrateur root user utilisateur test guest invite
    password passwort motdepasse passe secret default defaut changeme changezmoi letmein welcome
    bienvenue bonjour azerty azertyuiop qwerty qwertyuiop qwertz qsdfghjklm asdfghjkl wxcvbn
    abcdef abcdefgh abcdefghij iloveyou jetaime sunshine soleil football princess princesse
    dragon monkey master superman batman baseball trustno chocolat doudou loulou marseille
    telephone telephonie phone pbx asterisk company societe entreprise
    """.split()
)
"As they are without the figures and signs that people put round them."
LONG_ENOUGH = 5
"Letters of a word of the lists that is looked for within figures and signs."
LONGEST_UNIT = 4
"Signs of what is only written again and again."
AROUND = string.digits + string.punctuation + " "


@cache
def of_lists() -> frozenset[str]:
    """Read when the first password is set."""
    lines = LISTS.read_text("ascii").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def known_to_all(password: str, username: str) -> bool:
    """Whether it is a word of the list or the user name, with figures or signs round it; the user
    name or a few signs, again and again; or digits in their order."""
    told, name = fold(password), fold(username)
    word = told.strip(AROUND)
    if word in WORDS or (word and word == name.strip(AROUND)):
        return True
    if told in of_lists() or (len(word) >= LONG_ENOUGH and word in of_lists()):
        return True
    units = {told[:length] for length in range(1, LONGEST_UNIT + 1)} | {name}
    again = any(unit and (unit * len(told))[: len(told)] == told for unit in units if unit != told)
    return again or _in_order(told)


def _in_order(told: str) -> bool:
    """As 12345678, 1234567890 or 87654321."""
    steps = {ord(b) - ord(a) for a, b in pairwise(told.removesuffix("0"))}
    return told.isdecimal() and steps in ({1}, {-1})

"""A file of contacts of any length, and what the n-th of them is called."""

from pathlib import Path

MAPPING = {
    "identifier": "id",
    "last_name": "sn",
    "first_name": "gn",
    "organisation": "o",
    "work": "tel",
    "mobile": "mobile",
    "email1": "mail",
}
LAST = ("Martin", "Bernard", "Thomas", "Petit", "Robert", "Richard", "Durand", "Dubois", "Moreau")
FIRST = ("Marie", "Paul", "Zoé", "Jean", "Anne", "Luc", "Inès", "Hugo", "Léa", "Noé", "Eva")


def numbers(n: int) -> tuple[str, str]:
    """A work and a mobile number of the n-th contact."""
    digits = f"{n:08}"
    pairs = " ".join(digits[i : i + 2] for i in range(0, 8, 2))
    return f"01 {pairs}", f"06 {pairs}"


def first_name(n: int) -> str:
    return FIRST[n % len(FIRST)]


def last_name(n: int) -> str:
    """Shared by few: in letters only, as names are."""
    return LAST[n % len(LAST)] + "".join(chr(ord("a") + int(x, 16)) for x in f"{n // 37:x}")


def write(file: Path, contacts: int) -> None:
    with file.open("w") as out:
        out.write("id;sn;gn;o;tel;mobile;mail\n")
        for n in range(contacts):
            work, mobile = numbers(n)
            who = f"{n};{last_name(n)};{first_name(n)};Company {n % 5000}"
            out.write(f"{who};{work};{mobile};person{n}@example.org\n")

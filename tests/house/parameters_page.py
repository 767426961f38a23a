"""The tables of docs/admin/parameters.md, out of the catalogue.

`python -m tests.house.parameters_page` writes them.
"""

from itertools import groupby
from pathlib import Path

from tws.organisation.parameters.catalogue import DEFINITIONS
from tws.organisation.parameters.parameter import ALL_LEVELS, Level, Parameter, ValueKind

PAGE = Path(__file__).parents[2] / "docs/admin/parameters.md"
BEGINS = "## All of them\n"
"Where the tables begin; they go to the end of the page."
FOR = {
    Level.USER: "users",
    Level.GROUP: "groups",
    Level.DOMAIN: "domains",
    Level.DEFAULT: "company",
}


def tables() -> str:
    found = [BEGINS]
    for application, rows in groupby(DEFINITIONS, lambda each: each.application):
        found.append(
            f"\n### {application}\n\n| parameter | TWS's value | set for | |\n|---|---|---|---|\n"
        )
        found += [row(each) for each in rows]
    return "".join(found)


def row(each: Parameter) -> str:
    name = f"`{each.name}`" + (" (expert)" if each.expert else "")
    also = f" Also understood: {', '.join(f'`{one}`' for one in each.aliases)}." * bool(
        each.aliases
    )
    among = f" One of {listed(each.choices)}." if each.kind is ValueKind.CHOICE else ""
    some = f" Of {listed(each.choices)}." if each.kind is ValueKind.SEVERAL else ""
    later = "" if each.served else " *Stored; not used yet by this version.*"
    words = f"{each.help}{among}{some}{also}{later}".replace("|", "\\|")
    return f"| {name} | {default(each)} | {levels(each)} | {words} |\n"


def listed(choices: tuple[str, ...]) -> str:
    return ", ".join(f"`{choice}`" for choice in choices)


def default(each: Parameter) -> str:
    if each.kind is ValueKind.YES_NO:
        return "Yes" if each.default else "No"
    unit = f" {each.unit}" if each.unit else ""
    return f"`{each.default}`{unit}" if each.default != "" else ""


def levels(each: Parameter) -> str:
    if each.levels == ALL_LEVELS:
        return "all"
    return ", ".join(words for level, words in FOR.items() if level in each.levels)


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text[: text.index(BEGINS)] + tables(), encoding="utf-8")

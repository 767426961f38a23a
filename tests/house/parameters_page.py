"""The tables of docs/admin/parameters.md, in English and French, out of the catalogue.

`python -m tests.house.parameters_page` writes them.
"""

import json
import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tests.house.typography import prose
from tws.organisation.parameters.catalogue import DEFINITIONS
from tws.organisation.parameters.parameter import ALL_LEVELS, Level, Parameter, ValueKind

ROOT = Path(__file__).parents[2]
HELP = ROOT / "frontend/src/shared/i18n/parameters.fr.ts"
SAID = re.compile(r'^ {2}("(?:[^"\\]|\\.)*"):\s+("(?:[^"\\]|\\.)*"),$', re.MULTILINE)


@dataclass(frozen=True)
class Words:
    begins: str
    "Where the tables begin; they go to the end of the page."
    head: str
    levels: dict[Level, str]
    everywhere: str
    expert: str
    units: dict[str, str]
    yes: str
    no: str
    also: str
    among: str
    some: str
    later: str


ENGLISH = Words(
    begins="## All of them\n",
    head="| parameter | TWS's value | set for | |\n|---|---|---|---|\n",
    levels={
        Level.USER: "users",
        Level.GROUP: "groups",
        Level.DOMAIN: "domains",
        Level.DEFAULT: "company",
    },
    everywhere="all",
    expert="expert",
    units={},
    yes="Yes",
    no="No",
    also=" Also understood: {names}.",
    among=" One of {choices}.",
    some=" Of {choices}.",
    later=" *Stored; not used yet by this version.*",
)
FRENCH = Words(
    begins="## Tous les paramètres\n",
    head="| Paramètre | Valeur de TWS | Se fixe par | |\n|---|---|---|---|\n",
    levels={
        Level.USER: "utilisateur",
        Level.GROUP: "groupe",
        Level.DOMAIN: "domaine",
        Level.DEFAULT: "société",
    },
    everywhere="tous",
    expert="expert",
    units={
        "seconds": "secondes",
        "minutes": "minutes",
        "days": "jours",
        "calls": "appels",
        "pixels": "pixels",
    },
    yes="Oui",
    no="Non",
    also=" Également admis\N{NO-BREAK SPACE}: {names}.",
    among=" Un choix parmi {choices}.",
    some=" Un ou plusieurs de {choices}.",
    later=" *Enregistré\N{NO-BREAK SPACE}; pas encore utilisé par cette version.*",
)
PAGES = {
    ROOT / "docs/admin/parameters.md": ENGLISH,
    ROOT / "docs/admin/fr/parameters.md": FRENCH,
}


def tables(words: Words) -> str:
    french = said_in_french() if words is FRENCH else {}
    found = [words.begins]
    for application, rows in groupby(DEFINITIONS, lambda each: each.application):
        found.append(f"\n### {application}\n\n{words.head}")
        found += [row(each, words, french.get(each.help, each.help)) for each in rows]
    return "".join(found)


def said_in_french() -> dict[str, str]:
    """What the pages say of each parameter; typography as in the other French pages."""
    pairs = SAID.findall(HELP.read_text(encoding="utf-8"))
    return {json.loads(english): prose(json.loads(french)) for english, french in pairs}


def row(each: Parameter, words: Words, said: str) -> str:
    name = f"`{each.name}`" + f" ({words.expert})" * each.expert
    also = words.also.format(names=listed(each.aliases)) if each.aliases else ""
    among = words.among.format(choices=listed(each.choices))
    some = words.some.format(choices=listed(each.choices))
    kind = {ValueKind.CHOICE: among, ValueKind.SEVERAL: some}.get(each.kind, "")
    later = "" if each.served else words.later
    text = f"{said}{kind}{also}{later}".replace("|", "\\|")
    return f"| {name} | {default(each, words)} | {levels(each, words)} | {text} |\n"


def listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def default(each: Parameter, words: Words) -> str:
    if each.kind is ValueKind.YES_NO:
        return words.yes if each.default else words.no
    unit = f" {words.units.get(each.unit, each.unit)}" if each.unit else ""
    return f"`{each.default}`{unit}" if each.default != "" else ""


def levels(each: Parameter, words: Words) -> str:
    if each.levels == ALL_LEVELS:
        return words.everywhere
    return ", ".join(name for level, name in words.levels.items() if level in each.levels)


if __name__ == "__main__":
    for page, language in PAGES.items():
        text = page.read_text(encoding="utf-8")
        page.write_text(text[: text.index(language.begins)] + tables(language), encoding="utf-8")

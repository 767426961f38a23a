"""Writes what pages call the kinds of incidents, from what mails call them:
`python -m tests.house.incident_kinds`, behind `python -m tests.house.french`."""

import json
from pathlib import Path

from tws.incidents.letters import NAMES
from tws.incidents.model import IncidentKind
from tws.languages import in_language

WORDS = Path(__file__).parents[2] / "frontend/src/admin/words"
CULTURES = ("en", "fr")


def place(culture: str) -> Path:
    return WORDS / f"incidentKinds.{culture}.generated.ts"


def content(culture: str) -> str:
    names = {kind: in_language(NAMES[kind], culture) for kind in IncidentKind}
    lines = [
        f"  {kind}: {json.dumps(name, ensure_ascii=False)},\n" for kind, name in names.items()
    ]
    head = "/** Written by `python -m tests.house.incident_kinds`: do not edit. */\n"
    return head + "export const incidentKinds = {\n" + "".join(lines) + "};\n"


if __name__ == "__main__":
    for culture in CULTURES:
        place(culture).write_text(content(culture), encoding="utf-8")

"""Writes `src/tws/french.json`, what mails say in French, from what pages say:
`python -m tests.house.french`."""

import json
import subprocess
import sys
from pathlib import Path
from shutil import which

from tws.languages import FRENCH
from tws.organisation.parameters.catalogue import DEFINITIONS

SOURCE = Path(__file__).parents[2] / "frontend/src/shared/i18n/sentences.fr.ts"
SAID = f"""
import {{ sentences }} from {json.dumps(SOURCE.as_uri())};
console.log(JSON.stringify(sentences));
"""


def content() -> str | None:
    """What the file must be; None where there is no Node to read the source."""
    node = which("node", path=Path(sys.executable).parent)  # the one that builds the pages
    if node is None:
        return None
    command = [node, "--input-type=module", "-e", SAID]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    help_texts = {each.help for each in DEFINITIONS}  # of parameters: no mail says these
    known = {en: fr for en, fr in json.loads(done.stdout).items() if en not in help_texts}
    return json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    FRENCH.write_text(content() or "", encoding="utf-8")

"""The pages have words for all that the server says by a code: forms, why a value is refused."""

import json
import re
import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from tws import connectors, links
from tws.connectors.sms import register as sms
from tws.directory.cards import Reason
from tws.forms import describe
from tws.register import NotInstalled

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "frontend/src"
SAID = """
import { fr } from "./admin/words/fr.ts";
import { en } from "./admin/words/en.ts";
import { fr as sharedFr } from "./shared/i18n/fr.ts";
import { en as sharedEn } from "./shared/i18n/en.ts";
console.log(JSON.stringify({ fr: { ...sharedFr, ...fr }, en: { ...sharedEn, ...en } }));
"""


@pytest.fixture(scope="module")
def said() -> Any:
    node = which("node", path=Path(sys.executable).parent)  # the one that builds the pages
    if node is None:
        pytest.skip("peer node is missing: the pages are built elsewhere")
    command = [node, "--input-type=module", "-e", SAID]
    done = subprocess.run(command, cwd=PAGES, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def products() -> dict[str, Any]:
    """Of the IT world: directories, calendars, gateways of text messages."""
    return {
        **{f"calendars.{n}": kind for n, kind in connectors.CALENDAR_WINDOWS.listing().items()},
        **{f"sms.{n}": kind for n, kind in sms.WINDOWS.listing().items()},
        **connectors.connectors(),
    }


def fields() -> set[tuple[str, str]]:
    """Of all windows with a form: whose, and its name."""
    kinds: dict[str, Any] = {**links.dialects(), **products()}
    return {
        (whose.rpartition(".")[2], field.name)
        for whose, kind in kinds.items()
        if not isinstance(kind, NotInstalled)
        for field in describe(kind.Settings)
    }


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_field_of_each_form_has_a_label(said: Any, language: str) -> None:
    labels = said[language]["admin"]["setting"]
    assert not [
        (whose, name)
        for whose, name in sorted(fields())
        if name not in labels and f"{whose}_{name}" not in labels
    ]


def denials() -> set[str]:
    """The reasons for which the server denies something, wherever it does."""
    told = r"(?:NotAllowed|LoginRefused)\(\s*f?\"[^\"]*\",\s*why=\"(\w+)\""
    sources = (file.read_text() for file in (ROOT / "src/tws").rglob("*.py"))
    return {why for source in sources for why in re.findall(told, source)}


def test_each_reason_of_a_denial_is_documented() -> None:
    documented = (ROOT / "docs/toolkit/errors.md").read_text()
    assert not [why for why in sorted(denials()) if f"| `{why}` |" not in documented]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_choice_of_a_product_has_a_name(said: Any, language: str) -> None:
    """What is not a name already, as POST and NTLM are."""
    names = said[language]["admin"]["choice"]
    choices = {
        (field.name, choice)
        for kind in products().values()
        if not isinstance(kind, NotInstalled)
        for field in describe(kind.Settings)
        for choice in field.choices or ()
        if choice.islower()
    }
    assert {("separator", "tab"), ("content", "json")} <= choices
    assert choices == {(name, choice) for name, of in names.items() for choice in of}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_reason_has_words(said: Any, language: str) -> None:
    rooms = [f for d in ("organisation", "numbering") for f in (ROOT / "src/tws" / d).glob("*.py")]
    code = "".join(file.read_text() for file in (ROOT / "src/tws/forms.py", *rooms))
    whys = set(re.findall(r'\bwhy="([a-zA-Z]+)"', code))
    assert {"needed", "patternNeeded"} <= whys and "said" in said[language]["why"]
    assert whys <= set(said[language]["why"])
    assert {"applicationNotGranted", "administratorsOnly"} <= denials()
    assert denials() <= set(said[language]["why"])
    assert {*Reason} <= set(said[language]["admin"]["directories"]["reasons"])
